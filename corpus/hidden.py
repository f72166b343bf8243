"""Hidden parts of a page: what a reader never sees, apart from panels that open at a click."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from corpus.clean import folded
from corpus.markup import BLOCKS, HEADINGS, has_text, length_of, remove, text_in, word_set
from corpus.node import Node
from corpus.panel import is_panel, is_popup
from corpus.style_sheet import INVISIBLE, concealed_by

# Never text of the page. Struck text was withdrawn by whoever struck it.
_NEVER = word_set(
    "script style template noscript iframe object embed canvas svg math video audio select "
    "datalist input textarea del s strike map progress meter link meta title base img picture"
)
_HIDING = word_set(
    "hidden hide is-hidden d-none invisible u-hidden uk-hidden visually-none display-none "
    "dn hidden-all collapse-hidden"
)
_SMALL_ONLY = re.compile(
    r"(?:d-(?:sm|md|lg|xl|xxl)-none|visible-(?:xs|sm)(?:-\w+)?|hidden-(?:md|lg|desktop)|"
    r"(?:sm|md|lg|xl):hidden|show-for-small-only|hide-for-(?:medium|large)|mobile-only|only-mobile|"
    r"is-hidden-(?:tablet|desktop))"
)
_SHOWN_WIDE = re.compile(r"(?:d-(?:sm|md|lg|xl|xxl)-\w+|(?:sm|md|lg|xl):\w[\w-]*)")
_COLOUR = re.compile(r"(?<![\w-])color:([^;!]+)")
_GROUND = re.compile(r"background(?:-color)?:([^;!]+)")
_NEW_WINDOW = re.compile(
    r"\W*(?:(?:s'ouvre|ouvre|ouverture|lien|opens?)\b.{0,20}\b)?"
    r"(?:nouvelle fenetre|nouvel onglet|new (?:window|tab))\W*"
)

# Out of sight and read aloud only.
_UNSEEN = word_set(
    "sr-only visually-hidden visuallyhidden screen-reader-text element-invisible hors-ecran"
)
_STRUCK = word_set("del s strike")
# What may show nothing in which a browser finds words, whatever its attributes.
UNSURE = (_NEVER - _STRUCK) | {"button", "dialog"}
_SAYING = word_set("hidden aria-hidden style")  # attributes

_SHORTEST_NOTED = 15  # characters; less is an icon or a label
_QUOTED = 80  # characters of what is left out that a note shows
_MOST_NOTES = 10


class _Signs(NamedTuple):
    """Of classes: they hide, all but on wide screens, all but on small ones, or may do either."""

    hiding: bool
    wide: bool
    small: bool
    doubtful: bool


_NONE = _Signs(False, False, False, False)


@dataclass(frozen=True, slots=True)
class Hidden:
    """The nodes of a page that may not be seen, judged once for all who ask.

    `says`: its markup says that it is hidden. `doubtful`: whether it is depends on the screen or on
    who reads. `small`: only narrow screens show it. `popups` lie over the page.
    """

    says: frozenset[Node]
    doubtful: frozenset[Node]
    small: frozenset[Node]
    popups: frozenset[Node]


def hidden_in(root: Node) -> Hidden:
    """Find the nodes that may not be seen, by their attributes and by the page's style sheets."""
    concealed = concealed_by(root)
    says: list[Node] = []
    doubtful: list[Node] = []
    small: list[Node] = []
    popups: list[Node] = []
    for node in root.within():
        if not node.attributes and node.tag != "dialog":
            continue
        names = node.get("class")
        signs = _signs(names) if names else _NONE
        if signs.doubtful:
            doubtful.append(node)
            if signs.small:
                small.append(node)
        if _says_hidden(node, signs, concealed):
            says.append(node)
        if is_popup(node):
            popups.append(node)
    return Hidden(*map(frozenset, (says, doubtful, small, popups)))


def remove_hidden(
    root: Node, panels: Container[Node], title: Node | None, hidden: Hidden
) -> list[str]:
    """Take what is never seen out of a page; the notes tell what text that was."""
    kept = set(title.above()) | {title} if title is not None else set()
    # More than that, and it is the page that a class is wrong about.
    most = length_of(root) / 2 if hidden.popups else 0
    small: list[Node] = []
    said: list[str] = []

    def goes(node: Node) -> bool:
        if node.tag in _NEVER or (node.tag == "button" and not _is_heading(node)):
            return True
        if node not in kept and _is_hidden(node, panels, hidden, most):
            text = text_in(node)
            if len(text) >= _SHORTEST_NOTED and text not in said:
                said.append(text)
            return True
        if node in hidden.small:
            small.append(node)
        return False

    for node in root.outermost(goes):
        remove(node)
    if small:
        whole = text_in(root)
        for node in small:
            _remove_copy(whole, node)
    notes = [f"Hidden text is left out: {_shortened(text)}" for text in said[:_MOST_NOTES]]
    if len(said) > _MOST_NOTES:
        notes.append(f"{len(said) - _MOST_NOTES} more hidden parts are left out.")
    return notes


def may_be_hidden(node: Node, hidden: Hidden, most: float) -> bool:
    """Whether a browser may show nothing of a node, or nothing that it finds words in.

    A pop-up is never longer than `most` characters: that one is the page itself.
    """
    return (
        node.tag in UNSURE
        or node in hidden.doubtful
        or node in hidden.says
        or (node in hidden.popups and length_of(node) < most)
    )


def is_not_displayed(node: Node) -> bool:
    """Whether a browser leaves a node out as the page stands, until a script says otherwise."""
    if node.tag == "noscript" or node.attributes.get("hidden", "until-found") != "until-found":
        return True
    style = node.get("style")
    return style is not None and "display:none" in style.replace(" ", "").lower()


def _is_hidden(node: Node, panels: Container[Node], hidden: Hidden, most: float) -> bool:
    if not node.attributes and node.tag != "dialog":
        return False
    if node.tag in ("html", "body", "main"):
        return False
    if node in hidden.popups:
        return node.tag == "dialog" or length_of(node) < most
    if node in hidden.says:
        return not (node in panels or is_panel(node))
    text = (node.text or "")[:80] if not node.children else ""
    telling = any(word in text for word in ("fen", "nglet", "window", "tab"))
    return telling and bool(_NEW_WINDOW.fullmatch(folded(text)))


def _says_hidden(node: Node, signs: _Signs, concealed: frozenset[str]) -> bool:
    attributes = node.attributes
    if not _SAYING.isdisjoint(attributes):
        if "hidden" in attributes and attributes["hidden"] != "until-found":
            return True
        if attributes.get("aria-hidden") == "true" and node.tag not in HEADINGS:
            return True
        style = attributes.get("style")
        if style and _is_invisible(style.replace(" ", "").lower()):
            return True
    if signs.hiding:
        return not signs.wide
    if not concealed:
        return False
    return f"#{node.get('id')}" in concealed or any(
        f".{name}" in concealed for name in (node.get("class") or "").split()
    )


@lru_cache(maxsize=4096)
def _signs(names: str) -> _Signs:
    """What the classes of a node say, worked out once for all that have the same."""
    classes = names.split()
    hiding, small = not _HIDING.isdisjoint(classes), any(map(_SMALL_ONLY.fullmatch, classes))
    wide = any(map(_SHOWN_WIDE.fullmatch, classes))
    return _Signs(hiding, wide, small, hiding or small or not _UNSEEN.isdisjoint(classes))


def _is_invisible(style: str) -> bool:
    if INVISIBLE.search(style):
        return True
    colour, ground = _COLOUR.search(style), _GROUND.search(style)
    return bool(colour and ground and colour[1] == ground[1])


def _is_heading(node: Node) -> bool:
    return any(above.tag in HEADINGS or above.tag == "summary" for above in node.above())


def _remove_copy(whole: str, node: Node) -> None:
    """Take out what only narrow screens show, where it says again what wide ones show."""
    text = text_in(node)
    if (
        text and (node.tag in BLOCKS or node.tag == "span") and whole.count(text) > 1
    ) or not has_text(node):
        remove(node)


def _shortened(text: str) -> str:
    return f"«{text}»" if len(text) <= _QUOTED else f"«{text[:_QUOTED].rstrip()}…»"
