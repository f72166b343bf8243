"""The flow of a page: its tree, freed of all that is not content, to elements."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus.clean import folded
from corpus.element import Element, Fact, Heading, Paragraph
from corpus.fact import list_of
from corpus.grid import table_elements
from corpus.inline import Inline, flat, lines_of
from corpus.key_fact import is_panel_of_facts, key_fact, marks_label, same_text, value_of
from corpus.leaf import content_of, is_bold_title, is_pointer, is_title, pairs_in
from corpus.markup import BLOCKS, HEADINGS, Node, blocky, has_text, nearest
from corpus.nesting import Nesting, scope_of
from corpus.noise import is_noise
from corpus.panel import Panel
from corpus.stanza import folded_item, gathered, joined, stanza
from corpus.table_markup import cells_of, grid_of, is_layout, is_sectioned

_SECTIONS = frozenset(("section", "article", "aside"))
_STRUCTURE = ("table", "dl", "details", *HEADINGS)
_ALIKE = ("div", "li", "p", "section", "article", "span")  # that make up a panel of facts
_MOST_ALIKE = 40
_TEXT_ITEM = 600  # characters; a longer item of several paragraphs is text of its own
_LABEL_LENGTH = 80
_CREDIT = re.compile(r"(?:©|credits?\b|photo\b|\(c\)|image\b|source ?:)")


class Flow:
    """Goes through the parts of a page and gathers their elements."""

    def __init__(self, inline: Inline, panels: Mapping[Node, Panel]) -> None:
        self._inline = inline
        self._panels = panels
        self._nesting = Nesting()
        self._out: list[Element] = []
        self._buffer: list[str] = []  # of text that no block holds by itself
        self._shift = 0  # of the levels of headings inside a panel
        self._blocky: frozenset[Node] = frozenset()

    def title(self, text: str, anchor: str | None = None) -> None:
        """Begin with the title of the page."""
        self._heading(1, text, anchor, None)

    def part(self, node: Node, *, beside: bool) -> None:
        """Add a part of the page; one `beside` the main part stands for itself."""
        self._blocky = blocky(node)
        if beside:
            self._nesting.leave()
            self._section(node)
        else:
            self._block(node)
        self._flush()

    def elements(self) -> tuple[Element, ...]:
        """All elements so far."""
        self._flush()
        return tuple(gathered(self._out))

    def _block(self, node: Node) -> None:
        tag = node.tag
        if panel := self._panels.get(node):
            self._panel(node, panel)
        elif tag in HEADINGS or node.get("role") == "heading":
            self._marked_heading(node)
        elif tag in ("ul", "ol", "menu", "dir"):
            self._list(node)
        elif tag == "dl":
            self._definitions(node)
        elif tag == "table":
            self._table(node)
        elif tag == "details":
            self._details(node)
        elif tag == "address" and next(node.iter(*_STRUCTURE, "ul"), None) is None:
            if lines := self._inline.lines(node):
                self._emit(Paragraph(joined(lines)))
        elif tag == "figcaption" and _CREDIT.match(folded(self._inline.line(node))):
            return
        elif tag in _SECTIONS:
            self._section(node)
        else:
            self._content(node)

    def _content(self, node: Node) -> None:
        """A block that is nothing in particular."""
        fact = key_fact(node, self._inline)
        if fact and (fact.value or node in self._blocky):
            self._labelled(fact.label, fact.value, fact.rest, node)
        elif node.tag in BLOCKS and node not in self._blocky:
            self._leaf(node)
        else:
            self._children(node)

    def _section(self, node: Node) -> None:
        """A block whose headings end where it ends."""
        before = self._nesting.here()
        self._content(node)
        self._flush()
        self._nesting.leave(before)

    def _children(self, node: Node) -> None:
        self._buffer.append(flat(node.text))
        kids = list(node)
        panel = _ALIKE if self._is_panel(kids) else ()
        value: Node | None = None
        for at, child in enumerate(kids):
            if value is not None and child is value:  # said with the label before it
                self._buffer.append(flat(child.tail))
                continue
            below = kids[at + 1] if at + 1 < len(kids) else None
            block = child.tag in BLOCKS or child in self._blocky or child in self._panels
            fact = key_fact(child, self._inline, in_panel=True) if child.tag in panel else None
            if fact:
                self._flush()
                self._labelled(fact.label, fact.value, fact.rest, child)
            elif below is not None and self._labels(child, below):
                self._flush()
                self._term(self._inline.line(child, links=False), [below])
                value = below
            elif block:
                self._flush()
                self._block(child)
                self._flush()
            else:
                self._inline.gather(child, self._buffer)
            self._buffer.append(flat(child.tail))
        self._flush()

    def _is_panel(self, kids: Sequence[Node]) -> bool:
        alike = [kid for kid in kids if kid.tag in _ALIKE]
        return len(alike) <= _MOST_ALIKE and is_panel_of_facts(alike, self._inline)

    def _labels(self, child: Node, below: Node) -> bool:
        """Whether a node is the label of the one below it."""
        if not marks_label(child) or marks_label(below) or (child.tail or "").strip():
            return False
        if child.tag in HEADINGS or below.tag in HEADINGS or not has_text(below):
            return False
        text = self._inline.line(child, links=False)
        plain = next(child.iter(*_STRUCTURE, "ul"), None) is None
        return plain and 1 < len(text) <= _LABEL_LENGTH

    def _labelled(self, label: str, value: str, rest: Sequence[Node], scope: Node) -> None:
        """A label with its value: a fact, or a section when the value is more than that."""
        if value:
            self._emit(Fact(label, value))
            return
        before = self._nesting.here()
        self._heading(self._nesting.level_below(scope), label, None, scope)
        for node in rest:
            if node.tag in BLOCKS:
                self._block(node)
            else:
                self._inline.gather(node, self._buffer)
        self._flush()
        self._nesting.leave(before)

    def _marked_heading(self, node: Node) -> None:
        text = self._inline.line(node, links=False)
        if not text or is_noise(text):
            return
        level = node.tag[1] if node.tag in HEADINGS else node.get("aria-level") or "2"
        level = int(level) if level.isdigit() else 2
        self._heading(level + self._shift, text, _anchor(node), scope_of(node))

    def _heading(
        self, level: int, text: str, anchor: str | None, scope: Node | None, *, marked: bool = True
    ) -> None:
        self._emit(Heading(level, text.rstrip(" :") or text, anchor))
        self._nesting.open(level, scope, marked=marked)

    def _panel(self, node: Node, panel: Panel) -> None:
        self._flush()
        before, shift = self._nesting.here(), self._shift
        headings = list(node.iter(*HEADINGS))
        first = self._inline.line(headings[0], links=False) if headings else ""
        if panel.label and not same_text(first, panel.label):
            known = panel.level + shift if panel.level else None
            level = known or self._nesting.level_below(node)
            self._heading(level, panel.label, panel.anchor, node)
            highest = min((int(heading.tag[1]) for heading in headings), default=7)
            self._shift = max(shift, level + 1 - highest)
        if node.tag in ("ul", "ol"):
            self._list(node)
        elif node.tag == "table":
            self._table(node)
        else:
            self._content(node)
        self._flush()
        self._nesting.leave(before)
        self._shift = shift

    def _details(self, node: Node) -> None:
        summary = next((child for child in node if child.tag == "summary"), None)
        if summary is None:
            self._section(node)
            return
        heading = next(summary.iter(*HEADINGS), None)
        label = self._inline.line(summary, links=False)
        level = int(heading.tag[1]) if heading is not None else None
        anchor = _anchor(heading) if heading is not None else node.get("id")
        node.text = flat(node.text) + flat(summary.tail)
        node.remove(summary)
        self._panel(node, Panel(label, level, anchor))

    def _leaf(self, node: Node) -> None:
        """A block without blocks inside: a paragraph, or a heading or facts by its look."""
        if pairs := pairs_in(node, self._inline):
            for pair in pairs:
                self._emit(pair)
            return
        lines = self._inline.lines(node)
        if len(lines) == 1 and (is_title(node, lines[0]) or is_bold_title(node, lines[0])):
            marked = is_title(node, lines[0])
            level = self._nesting.level_below(node)
            self._heading(level, lines[0], node.get("id"), scope_of(node), marked=marked)
        elif not is_pointer(node, lines):
            self._lines(lines)

    def _lines(self, lines: Sequence[str]) -> None:
        if kept := content_of(lines):
            for element in stanza(kept, introduced=self._introduced):
                self._emit(element)

    def _flush(self) -> None:
        lines = lines_of(self._buffer)
        self._buffer.clear()
        self._lines(lines)

    def _emit(self, element: Element) -> None:
        if close := self._nesting.before(element):
            self._out.append(close)
        self._out.append(element)

    @property
    def _introduced(self) -> bool:
        last = self._out[-1] if self._out and not self._nesting.has_left else None
        return isinstance(last, Paragraph) and last.text.endswith(":")

    def _list(self, node: Node) -> None:
        entries = [child for child in node if has_text(child)]
        if any(self._is_structured(entry) for entry in entries):
            for entry in entries:
                self._section(entry)
            return
        panel = self._is_panel(entries)
        facts = [key_fact(entry, self._inline, in_panel=panel) for entry in entries]
        stated = sum(1 for fact in facts if fact and fact.value)
        if stated * 2 >= len(entries) and not (self._introduced and stated < len(entries)):
            for entry, fact in zip(entries, facts, strict=True):
                if fact and fact.value:
                    self._emit(Fact(fact.label, fact.value))
                else:
                    self._lines(self._items(entry))
            return
        if kept := content_of(item for entry in entries for item in self._items(entry)):
            for element in list_of(kept, introduced=self._introduced):
                self._emit(element)

    def _is_structured(self, entry: Node) -> bool:
        """Whether an item is a part of the page of its own (a card, an accordion)."""
        if any(at.tag in _STRUCTURE or at in self._panels for at in entry.iter()):
            return True
        blocks = [child for child in entry if child.tag in ("p", "div") and has_text(child)]
        return len(blocks) > 1 and len(self._inline.line(entry)) > _TEXT_ITEM

    def _items(self, entry: Node) -> list[str]:
        """The texts of an item: one, unless its sub-items need one each."""
        parts = [flat(entry.text)]
        below: list[str] = []
        for child in entry:
            inner = child if child.tag in ("ul", "ol") else next(child.iter("ul", "ol"), None)
            if inner is None:
                self._inline.gather(child, parts)
            else:
                parts.append(flat(child.text) if inner is not child else "")
                below.extend(item for sub in inner for item in self._items(sub))
            parts.append(flat(child.tail))
        return folded_item(joined(lines_of(parts)), [item for item in below if item])

    def _definitions(self, node: Node) -> None:
        """A list of definitions: each term with what is said of it."""
        terms: list[str] = []
        values: list[Node] = []
        entries = [each for each in node.iter("dt", "dd") if nearest(each, "dl") is node]
        for entry in (*entries, None):
            if entry is not None and entry.tag == "dd":
                values.append(entry)
                continue
            if values:
                self._term(", ".join(terms), values)
                terms, values = [], []
            if entry is not None and (term := self._inline.line(entry, links=False)):
                terms.append(term)

    def _term(self, term: str, values: Sequence[Node]) -> None:
        simple = all(next(value.iter(*_STRUCTURE), None) is None for value in values)
        lines = content_of(self._inline.lines(*values))
        term = term.rstrip(" :")
        if not term:
            self._lines(lines)
        elif lines:
            self._labelled(term, value_of(lines) if simple else "", values, values[0])

    def _table(self, node: Node) -> None:
        cells, head = cells_of(node)
        if is_layout(node, cells):
            for cell in (cell for row in cells for cell in row):
                self._section(cell)
        elif is_sectioned(cells, self._inline):
            for title, text in cells:
                self._term(self._inline.line(title, links=False), [text])
        else:
            caption = next((self._inline.line(at) for at in node.iter("caption")), "")
            level = self._nesting.level_below(node)
            grid = grid_of(cells, self._inline)
            for element in table_elements(grid, level=level, caption=caption, header_rows=head):
                self._emit(element)


def _anchor(heading: Node) -> str | None:
    """What a link to a heading ends in: its id, or that of an anchor in it or right before it."""
    places = [heading, *heading.iter("a")]
    before, above = heading.getprevious(), heading.getparent()
    if before is not None and before.tag == "a" and not has_text(before):
        places.append(before)
    if before is None and above is not None and above.tag == "section":
        places.append(above)
    return next((str(name) for at in places if (name := at.get("id") or at.get("name"))), None)
