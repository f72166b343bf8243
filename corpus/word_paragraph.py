"""Paragraphs of a Word document: their text, and what their style makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from corpus.address import address_of
from corpus.clean import clean_line

# lxml comes without types; a node is one of its XML elements.
Node = Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_HEADING = re.compile(r"(?:heading|titre|überschrift|título) ?(\d)")
_TITLES = ("title", "titre", "titre principal")
_CONTENTS = re.compile(r"(?:toc|tm|table des mati[eè]res|table of contents)\b")
_LISTS = re.compile(r"list|puce|énum|enum")
# Deleted or moved away by a tracked change, or no text of the document.
_GONE = frozenset(
    (f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", f"{_MC}Fallback", f"{W}pPr")
)
_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says: a heading's level (0 is the title's), a list, contents."""

    level: int | None = None
    is_list: bool = False
    is_contents: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one manner."""

    text: str
    bold: bool


@dataclass(frozen=True, slots=True)
class WordParagraph:
    """A paragraph: its lines, and the tab-separated cells of the first of them.

    `depth` is that in a list, None outside lists; `boxes` are text boxes anchored in it.
    """

    lines: tuple[str, ...]
    cells: tuple[str, ...]
    style: Style
    depth: int | None
    bold: bool
    bold_label: bool
    hidden: str
    boxes: tuple[Node, ...]


def styles_of(root: Node | None) -> dict[str, Style]:
    """Each paragraph style by its id; what a style does not say, the one it is based on does."""
    found: dict[str, Node] = {}
    if root is not None:
        for style in root.iter(f"{W}style"):
            found[style.get(f"{W}styleId") or ""] = style
    return {name: _style(name, found) for name in found}


class Paragraphs:
    """Reads paragraphs of one document: `links` has the addresses by relationship id."""

    def __init__(self, styles: Mapping[str, Style], links: Mapping[str, str]) -> None:
        self._styles = styles
        self._links = links

    def read(self, node: Node) -> WordParagraph:
        """Read one `w:p`."""
        properties = node.find(f"{W}pPr")
        style = self._style_of(properties)
        hidden: list[str] = []
        boxes: list[Node] = []
        runs = list(self._runs(node, style.bold, hidden, boxes))
        text = "".join(run.text for run in runs)
        lines = tuple(line for raw in text.split("\n") if (line := clean_line(raw)))
        if lines and lines[-1].endswith(":") and any(map(is_hint, node)):
            lines = ()  # a label whose field was not filled in
        first = text.strip().split("\n")[0]
        cells = tuple(cell for raw in re.split(r"\t+", first) if (cell := clean_line(raw)))
        inked = [run for run in runs if run.text.strip(" \t\n:")]
        return WordParagraph(
            lines=lines,
            cells=cells,
            style=style,
            depth=_depth(properties, style),
            bold=bool(inked) and all(run.bold for run in inked),
            bold_label=len(inked) > 1 and inked[0].bold and not inked[-1].bold,
            hidden=clean_line("".join(hidden)),
            boxes=tuple(boxes),
        )

    def _style_of(self, properties: Node | None) -> Style:
        if properties is None:
            return self._styles.get("Normal", Style())
        named = properties.find(f"{W}pStyle")
        style = self._styles.get(named.get(f"{W}val") if named is not None else "Normal", Style())
        outline = properties.find(f"{W}outlineLvl")
        if outline is not None and style.level is None and outline.get(f"{W}val", "9") < "9":
            return Style(int(outline.get(f"{W}val")) + 1, style.is_list, False, style.bold)
        return style

    def _runs(self, node: Node, bold: bool, hidden: list[str], boxes: list[Node]) -> Iterator[Run]:
        for child in node:
            tag = child.tag
            if tag in _GONE:
                continue
            if tag == f"{W}r":
                properties = child.find(f"{W}rPr")
                text = _run_text(child, boxes)
                if _is_on(properties, "vanish") or _is_on(properties, "webHidden"):
                    hidden.append(text)
                elif not (_is_on(properties, "strike") or _is_on(properties, "dstrike")):
                    yield Run(text, _is_bold(properties, bold))
            elif tag == f"{W}hyperlink":
                inner = list(self._runs(child, bold, hidden, boxes))
                yield from inner
                href = self._links.get(child.get(f"{_R}id") or "", "")
                if href and (added := address_of(href, "".join(run.text for run in inner))):
                    yield Run(added, inner[-1].bold if inner else bold)
            elif isinstance(tag, str) and not is_hint(child):
                yield from self._runs(child, bold, hidden, boxes)


def is_hint(node: Node) -> bool:
    """Whether a node is a field left at its hint, such as `Cliquez ici pour entrer du texte`."""
    return node.tag == f"{W}sdt" and node.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _run_text(run: Node, boxes: list[Node]) -> str:
    parts: list[str] = []
    for node in run:
        name = node.tag
        if name == f"{W}t":
            parts.append((node.text or "").replace("\n", " "))
        elif name == f"{W}tab":
            parts.append("\t")
        elif name in (f"{W}br", f"{W}cr"):
            parts.append("\n" if node.get(f"{W}type") not in ("page", "column") else " ")
        elif name == f"{W}noBreakHyphen":
            parts.append("-")
        elif name not in _GONE and len(node):
            boxes.extend(
                box
                for box in node.iter(f"{W}txbxContent")
                if not any(above.tag == f"{_MC}Fallback" for above in box.iterancestors())
            )
    return "".join(parts)


def _style(name: str, found: Mapping[str, Node]) -> Style:
    level: int | None = None
    is_list = is_contents = False
    bold: bool | None = None
    for _ in range(10):
        node = found.get(name)
        if node is None:
            break
        named = node.find(f"{W}name")
        label = (named.get(f"{W}val") or "" if named is not None else name).lower()
        if level is None and (heading := _HEADING.match(label)):
            level = int(heading[1])
        elif level is None and label in _TITLES:
            level = 0
        outline = node.find(f"{W}pPr/{W}outlineLvl")
        if level is None and outline is not None and outline.get(f"{W}val", "9") < "9":
            level = int(outline.get(f"{W}val")) + 1
        numbered = node.find(f"{W}pPr/{W}numPr") is not None
        is_list = is_list or numbered or bool(_LISTS.search(label))
        is_contents = is_contents or bool(_CONTENTS.match(label))
        properties = node.find(f"{W}rPr")
        if bold is None and properties is not None and properties.find(f"{W}b") is not None:
            bold = _is_on(properties, "b")
        based = node.find(f"{W}basedOn")
        name = based.get(f"{W}val") or "" if based is not None else ""
    return Style(level, is_list and level is None, is_contents, bool(bold))


def _depth(properties: Node | None, style: Style) -> int | None:
    numbering = properties.find(f"{W}numPr") if properties is not None else None
    if numbering is None:
        return 0 if style.is_list else None
    number, depth = numbering.find(f"{W}numId"), numbering.find(f"{W}ilvl")
    if number is not None and number.get(f"{W}val") == "0":
        return None  # taken out of the list that its style would put it in
    value = depth.get(f"{W}val") if depth is not None else "0"
    return int(value) if value and value.isdigit() else 0


def _is_bold(properties: Node | None, otherwise: bool) -> bool:
    if properties is None or properties.find(f"{W}b") is None:
        return otherwise
    return _is_on(properties, "b")


def _is_on(properties: Node | None, name: str) -> bool:
    node = properties.find(f"{W}{name}") if properties is not None else None
    return node is not None and (node.get(f"{W}val") or "1").lower() not in _OFF
