"""Panels: the parts of a page that open at a click (tabs, accordions), each with its label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus.clean import folded
from corpus.markup import BLOCKS, HEADINGS, text_in, word_set
from corpus.node import Node

_POPUP = word_set(
    "modal modale modals popup popin popover lightbox dialog dialogue fancybox "
    "remodal tooltip cookie cookies offcanvas"
)
_PANEL = word_set(
    "accordion accordions accordeon accordeons collapse collapsible tabpanel tabpane tab tabs "
    "onglet onglets panel pane toggle faq depliable depliant deroulant volet expandable spoiler "
    "disclosure"
)
# Of what is clicked, when nothing says what it opens.
_TITLES = word_set("title titre header head heading question button btn trigger toggle")
_TAB_LISTS = word_set("tabs onglets tablist tabset tabnav")
_POINTING = (
    *("aria-controls", "data-bs-target", "data-target", "data-tab", "data-panel"),
    *("data-toggle-target", "data-tab-target", "data-controls", "data-href", "data-id", "href"),
)
_CLICKED = word_set(
    "aria-expanded aria-selected aria-controls data-toggle data-bs-toggle "
    "data-tab data-panel data-target data-tab-target data-toggle-target"
)
# What a click says of itself and not of what it opens.
_GENERIC = re.compile(
    r"(?:(?:voir|en savoir|lire|afficher|montrer) ?(?:plus|la suite|moins|le detail|les details"
    r"|tout)?|plus|details?|fermer|ouvrir|(?:tout )?(?:deplier|replier|derouler)|show|hide|toggle"
    r"|(?:show|read|see|learn) (?:more|less)|more|close|open|\W*)(?: d'infos?)?"
)
_LONGEST_SIGN = 5  # characters of what shows that something opens: `+`, `▼`
_LONGEST_LABEL = 200  # characters; longer, it is no label


@dataclass(frozen=True, slots=True)
class Panel:
    """What a panel is called; `level` is that of its heading when the page has one for it."""

    label: str
    level: int | None = None
    anchor: str | None = None


def is_popup(node: Node) -> bool:
    """Whether a node is a pop-up that lies over the page."""
    return (
        node.tag == "dialog"
        or node.get("role") in ("dialog", "alertdialog", "tooltip")
        or node.get("aria-modal") == "true"
        or not _POPUP.isdisjoint(node.words)
    )


def is_panel(node: Node) -> bool:
    """Whether a node says of itself that it is a panel."""
    return node.get("role") == "tabpanel" or not _PANEL.isdisjoint(node.words)


def is_site_part(node: Node) -> bool:
    """Whether a node is, or lies in, what the pages of a site share."""
    return any(
        at.tag in ("nav", "footer") or at.get("role") in ("navigation", "contentinfo", "search")
        for at in (node, *node.above())
    )


def panels_of(root: Node) -> tuple[dict[Node, Panel], list[Node]]:
    """The panels of a page, and what opens them."""
    named: dict[str, Node] = {}
    for node in root.within():
        if (identity := node.get("id")) and identity not in named:
            named[identity] = node
    panels: dict[Node, Panel] = {}
    controls: list[Node] = []
    for control, target in _pairs(root, named):
        whole, panel = _labelled(control, target)
        if target not in panels or not panels[target].label:
            panels[target] = panel
        controls.append(whole)
    for node in root.within():
        if node not in panels and node.get("role") == "tabpanel":
            naming = named.get(node.get("aria-labelledby") or "")
            label = text_in(naming, said=True) if naming is not None else node.get("aria-label")
            if label and not (naming is not None and node in naming.above()):
                panels[node] = Panel(label, None, node.get("id"))
                if naming is not None:
                    controls.append(naming)
    return panels, controls


def highest_in(node: Node, panels: Mapping[Node, Panel]) -> int:
    """The highest level of the headings in a node and of the panels below it; 7 without any."""
    levels = [int(heading.tag[1]) for heading in node.all(HEADINGS)]
    inner = (panels.get(at) for at in node.within()[1:])
    levels += [panel.level for panel in inner if panel and panel.level]
    return min(levels, default=7)


def _pairs(root: Node, named: Mapping[str, Node]) -> Iterator[tuple[Node, Node]]:
    """What is clicked, with the panel that it opens."""
    for node in root.within():
        attributes = node.attributes
        if (not attributes and node.tag != "button") or node.get("role") == "tabpanel":
            continue
        clicked = node.tag == "button" or node.get("role") in ("tab", "button")
        clicked = clicked or not _CLICKED.isdisjoint(attributes)
        target = _target(node, named) if clicked or node.tag == "a" else None
        if target is not None:
            if _opens(node, target, clicked):
                yield node, target
        elif clicked or (node.tag not in HEADINGS and not _TITLES.isdisjoint(node.words)):
            beside = _beside(node, clicked)
            if beside is not None:
                yield node, beside
        elif node.tag == "label" and _is_switch(named.get(node.get("for") or "")):
            below = node.next
            if below is not None and below.tag in BLOCKS:
                yield node, below
        elif not _TAB_LISTS.isdisjoint(node.words) or node.get("role") == "tablist":
            yield from _in_order(node, named)


def _target(node: Node, named: Mapping[str, Node]) -> Node | None:
    for name in _POINTING:
        value = node.get(name)
        if value and (name != "href" or value.startswith("#")):
            for identity in value.split():
                target = named.get(identity.lstrip("#."))
                if target is not None and target is not node:
                    return target
    return None


def _opens(node: Node, target: Node, clicked: bool) -> bool:
    if target.tag in HEADINGS or target.tag in ("a", "body", "main", "input"):
        return False
    if node.get("data-toggle") == "modal" or node.get("data-bs-toggle") == "modal":
        return False
    if node.get("aria-haspopup") in ("dialog", "menu", "true", "listbox") or is_popup(target):
        return False
    if target in node.above() or is_site_part(target):
        return False
    if clicked:
        return True
    # A plain link: only where it opens what is closed, and is no link in a sentence.
    closed = (
        is_panel(target) or "hidden" in target.attributes or target.get("aria-hidden") == "true"
    )
    closed = closed or "display:none" in (target.get("style") or "").replace(" ", "").lower()
    block = next((above for above in node.above() if above.tag in BLOCKS), None)
    return closed and block is not None and text_in(block) == text_in(node)


def _beside(node: Node, clicked: bool) -> Node | None:
    """The panel right after what opens it, in accordions that no attribute ties together."""
    if any(not _CLICKED.isdisjoint(inner.attributes) for inner in node.within()[1:]):
        return None  # it is the item that holds what is clicked
    if not clicked and _holds_more(node):
        return None
    if node.tag == "a" and not (node.get("href") or "#").startswith("#"):
        return None
    at: Node | None = node
    for _ in range(3):
        below = at.next if at is not None else None
        if below is not None:
            break
        at = at.parent if at is not None else None
        if at is None or at.tag in ("body", "li", "main") or text_in(at) != text_in(node):
            return None
    else:
        return None
    if below.tag not in ("div", "section", "ul", "dd", "p", "table", "ol") or is_popup(below):
        return None
    if is_site_part(below):
        return None
    words = node.words
    telling = not _PANEL.isdisjoint(words) or node.get("aria-expanded") is not None
    if telling or (clicked and _is_closed(below)) or (is_panel(below) and clicked):
        return below if telling or clicked else None
    return below if is_panel(below) and not _PANEL.isdisjoint(below.words) else None


def _holds_more(node: Node) -> bool:
    """Whether a node has text besides its heading: it is the item, heading and panel together."""
    heading = node.first(HEADINGS)
    return heading is not None and len(text_in(node)) > len(text_in(heading)) + _LONGEST_SIGN


def _is_closed(node: Node) -> bool:
    style = (node.get("style") or "").replace(" ", "").lower()
    return (
        "hidden" in node.attributes or node.get("aria-hidden") == "true" or "display:none" in style
    )


def _is_switch(node: Node | None) -> bool:
    return node is not None and node.tag == "input" and node.get("type") in ("radio", "checkbox")


def _in_order(tabs: Node, named: Mapping[str, Node]) -> Iterator[tuple[Node, Node]]:
    """Tabs that nothing ties to their panels but their order."""
    labels = [child for child in tabs.children if text_in(child)]
    if len(labels) == 1 and labels[0].tag in ("ul", "ol", "div"):
        labels = [child for child in labels[0].children if text_in(child)]
    if len(labels) < 2 or any(len(text_in(label)) > 60 for label in labels):
        return
    if any(_target(node, named) is not None for label in labels for node in label.within()):
        return
    below = tabs.next
    if below is not None and len(below.children) == len(labels):
        yield from zip(labels, below.children, strict=True)
        return
    following = list(tabs.following())[: len(labels)]
    if len(following) == len(labels) and all(is_panel(node) for node in following):
        yield from zip(labels, following, strict=True)


def _labelled(control: Node, target: Node) -> tuple[Node, Panel]:
    """The node to take out, and the panel as that node calls it."""
    above = next((node for node in control.above() if node.tag in HEADINGS), None)
    within = next((node for node in control.within() if node.tag in HEADINGS), None)
    heading = above if above is not None else within
    label = text_in(heading if heading is not None else control, said=True)
    generic = bool(_GENERIC.fullmatch(folded(label))) or len(label) > _LONGEST_LABEL
    anchor = (heading.get("id") if heading is not None else None) or target.get("id")
    level = int(heading.tag[1]) if heading is not None else _aria_level(control)
    panel = Panel("" if generic else label, level, anchor)
    return (above if above is not None else control), panel


def _aria_level(control: Node) -> int | None:
    for node in (control, control.parent):
        level = node.get("aria-level") if node is not None else None
        if level and level.isdigit():
            return int(level)
    return None
