"""The flow of a page: its tree, freed of all that is not content, to elements."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus.clean import folded
from corpus.draft import Draft
from corpus.element import Element, Fact, Paragraph
from corpus.fact import list_of
from corpus.grid import table_elements
from corpus.inline import Inline, flat, lines_of
from corpus.key_fact import (
    KeyFact,
    are_pairs,
    is_panel_of_facts,
    key_fact,
    marks_label,
    same_text,
    value_of,
)
from corpus.leaf import content_of, is_pointer, pairs_in, title_mark
from corpus.list_markup import is_structured, items_of, terms_of
from corpus.markup import BLOCKS, HEADINGS, LABELLED, STRUCTURE, blocky, has_text
from corpus.nesting import anchor_of, scope_of, stands_apart
from corpus.node import Node
from corpus.noise import is_noise
from corpus.panel import Panel
from corpus.stanza import joined
from corpus.table_markup import cells_of, grid_of, is_layout, is_sectioned

_ALIKE = ("div", "li", "p", "section", "article", "span")  # that make up a panel of facts
_FEWEST_ALIKE, _MOST_ALIKE = 3, 40
_LABEL_LENGTH = 80
_CREDIT = re.compile(r"^(?:credits?\b|photo\b|\(c\)|image\b|source ?:)|©")


class Flow:
    """Goes through the parts of a page and gathers their elements."""

    def __init__(self, inline: Inline, panels: Mapping[Node, Panel]) -> None:
        self._inline = inline
        self._panels = panels
        self._draft = Draft()
        self._buffer: list[str] = []  # of text that no block holds by itself
        self._shift = 0  # of the levels of headings inside a panel
        self._blocky: frozenset[Node] = frozenset()
        self._known: dict[tuple[Node, bool], KeyFact | None] = {}

    def title(self, text: str, anchor: str | None = None) -> None:
        """Begin with the title of the page."""
        self._draft.heading(1, text, anchor, None)

    def part(self, node: Node, *, beside: bool) -> None:
        """Add a part of the page; one `beside` the main part stands for itself."""
        self._blocky = blocky(node)
        if beside:
            self._draft.nesting.leave()
            self._section(node)
        else:
            self._block(node)
        self._flush()

    def elements(self) -> tuple[Element, ...]:
        """All elements so far."""
        self._flush()
        return self._draft.elements()

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
        elif tag in LABELLED:
            self._details(node, LABELLED[tag])
        elif tag == "address" and node.first((*STRUCTURE, "ul")) is None:
            if lines := self._inline.lines(node):
                self._draft.add(Paragraph(joined(lines)))
        elif tag == "figcaption" and _CREDIT.search(folded(self._inline.line(node))):
            return
        elif stands_apart(node):
            self._section(node)
        else:
            self._content(node)

    def _content(self, node: Node) -> None:
        """A block that is nothing in particular."""
        fact = self._fact(node)
        if fact and (fact.value or node in self._blocky):
            self._labelled(fact.label, fact.value, fact.rest, node)
        elif node.tag in BLOCKS and node not in self._blocky:
            self._leaf(node)
        else:
            self._children(node)

    def _section(self, node: Node) -> None:
        """A block whose headings end where it ends."""
        before = self._draft.nesting.here()
        self._content(node)
        self._flush()
        self._draft.nesting.leave(before)

    def _children(self, node: Node) -> None:
        self._buffer.append(flat(node.text))
        kids = node.children
        panel = _ALIKE if self._is_panel(kids) else ()
        value: Node | None = None
        for at, child in enumerate(kids):
            if value is not None and child is value:  # said with the label before it
                self._buffer.append(flat(child.tail))
                continue
            below = kids[at + 1] if at + 1 < len(kids) else None
            block = child.tag in BLOCKS or child in self._blocky or child in self._panels
            block = block or child.get("role") == "heading"
            fact = self._fact(child, in_panel=True) if child.tag in panel else None
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
        if not _FEWEST_ALIKE <= len(alike) <= _MOST_ALIKE:
            return False
        return are_pairs(alike) or is_panel_of_facts(
            [self._fact(kid, in_panel=True) for kid in alike]
        )

    def _fact(self, node: Node, *, in_panel: bool = False) -> KeyFact | None:
        """The label and value that a node is, worked out once."""
        if not node.children:
            return None  # a label and its value are two nodes, or a node and the text after it
        key = (node, in_panel)
        if key not in self._known:
            self._known[key] = key_fact(node, self._inline, in_panel=in_panel)
        return self._known[key]

    def _labels(self, child: Node, below: Node) -> bool:
        """Whether a node is the label of the one below it."""
        if not marks_label(child) or marks_label(below) or (child.tail or "").strip():
            return False
        if child.tag in HEADINGS or below.tag in HEADINGS or not has_text(below):
            return False
        if child in self._blocky:
            return False
        text = self._inline.line(child, links=False)
        plain = child.first((*STRUCTURE, "ul")) is None
        return plain and 1 < len(text) <= _LABEL_LENGTH

    def _labelled(self, label: str, value: str, rest: Sequence[Node], scope: Node) -> None:
        """A label with its value: a fact, or a section when the value is more than that."""
        if value:
            self._draft.add(Fact(label, value))
            return
        before = self._draft.nesting.here()
        self._draft.heading(self._draft.nesting.level_below(scope), label, None, scope)
        for node in rest:
            if node.tag in BLOCKS:
                self._block(node)
            else:
                self._inline.gather(node, self._buffer)
        self._flush()
        self._draft.nesting.leave(before)

    def _marked_heading(self, node: Node) -> None:
        text = self._inline.line(node, links=False)
        if not text or is_noise(text):
            return
        given = node.tag[1] if node.tag in HEADINGS else node.get("aria-level") or "2"
        level = int(given) if given.isdigit() else 2
        self._draft.heading(level + self._shift, text, anchor_of(node), scope_of(node))

    def _panel(self, node: Node, panel: Panel) -> None:
        self._flush()
        before, shift = self._draft.nesting.here(), self._shift
        headings = node.all(HEADINGS)
        first = self._inline.line(headings[0], links=False) if headings else ""
        if panel.label and not same_text(first, panel.label):
            known = panel.level + shift if panel.level else None
            level = known or self._draft.nesting.level_below(node)
            self._draft.heading(level, panel.label, panel.anchor, node)
            levels = [int(heading.tag[1]) for heading in headings]
            levels += [
                inner.level
                for at in node.within()[1:]
                if (inner := self._panels.get(at)) and inner.level
            ]
            highest = min(levels, default=7)
            self._shift = max(shift, level + 1 - highest)
        if node.tag in ("ul", "ol"):
            self._list(node)
        elif node.tag == "table":
            self._table(node)
        else:
            self._content(node)
        self._flush()
        self._draft.nesting.leave(before)
        self._shift = shift

    def _details(self, node: Node, by: str) -> None:
        """A part whose first words are its label (`summary`, `legend`)."""
        summary = next((child for child in node.children if child.tag == by), None)
        if summary is None or not has_text(summary):
            self._section(node)
            return
        heading = summary.first(HEADINGS)
        label = self._inline.line(summary, links=False)
        level = int(heading.tag[1]) if heading is not None else None
        anchor = anchor_of(heading) if heading is not None else node.get("id")
        node.text = flat(node.text) + flat(summary.tail)
        summary.detach()
        self._panel(node, Panel(label, level, anchor))

    def _leaf(self, node: Node) -> None:
        """A block without blocks inside: a paragraph, or a heading or facts by its look."""
        if pairs := pairs_in(node, self._inline):
            self._draft.add(*pairs)
            return
        lines = self._inline.lines(node)
        mark = title_mark(node, lines[0]) if len(lines) == 1 else None
        if mark is not None:
            level = self._draft.nesting.level_below(node, mark)
            self._draft.heading(level, lines[0], node.get("id"), scope_of(node), mark)
        elif not is_pointer(node, lines):
            self._draft.lines(lines)

    def _flush(self) -> None:
        if self._buffer:
            lines = lines_of(self._buffer)
            self._buffer.clear()
            if lines:
                self._draft.lines(lines)

    def _list(self, node: Node) -> None:
        entries = [child for child in node.children if has_text(child)]
        if any(is_structured(entry, self._panels, self._inline) for entry in entries):
            for entry in entries:
                self._section(entry)
            return
        panel = self._is_panel(entries)
        facts = [self._fact(entry, in_panel=panel) for entry in entries]
        stated = sum(1 for fact in facts if fact and fact.value)
        if stated * 2 >= len(entries) and not (self._draft.introduced and stated < len(entries)):
            for entry, fact in zip(entries, facts, strict=True):
                if fact and fact.value:
                    self._draft.add(Fact(fact.label, fact.value))
                else:
                    self._draft.lines(items_of(entry, self._inline))
            return
        if kept := content_of(item for entry in entries for item in items_of(entry, self._inline)):
            self._draft.add(*list_of(kept, introduced=self._draft.introduced))

    def _definitions(self, node: Node) -> None:
        for term, values in terms_of(node, self._inline):
            self._term(term, values)

    def _term(self, term: str, values: Sequence[Node]) -> None:
        simple = all(value.first(STRUCTURE) is None for value in values)
        lines = content_of(self._inline.lines(*values))
        term = term.rstrip(" :")
        if not term:
            self._draft.lines(lines)
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
            caption = next((self._inline.line(at) for at in node.all(("caption",))), "")
            level = self._draft.nesting.level_below(node)
            grid = grid_of(cells, self._inline)
            self._draft.add(*table_elements(grid, level=level, caption=caption, header_rows=head))
