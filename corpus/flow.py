"""The flow of a page: its tree, freed of all that is not content, to elements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.draft import Draft
from corpus.element import Element, Fact, Paragraph
from corpus.fact import list_of
from corpus.inline import Inline, flat, lines_of
from corpus.key_fact import same_text, value_of
from corpus.leaf import content_of, is_credit, is_pointer, is_price, pairs_in, title_mark
from corpus.list_markup import is_structured, items_of, terms_of
from corpus.markup import BLOCKS, HEADINGS, LABELLED, PARTS, STRUCTURE, blocky, has_text
from corpus.nesting import anchor_of, level_of, scope_of, stands_apart
from corpus.node import Node
from corpus.noise import is_noise
from corpus.pairing import ALIKE, Pairing
from corpus.panel import Panel, highest_in
from corpus.stanza import joined
from corpus.table_markup import cells_of, data_of, is_layout, is_sectioned


class Flow:
    """Goes through the parts of a page and gathers their elements."""

    def __init__(self, inline: Inline, panels: Mapping[Node, Panel]) -> None:
        self._inline = inline
        self._panels = panels
        self._draft = Draft()
        self._buffer: list[str] = []  # of text that no block holds by itself
        self._shift = 0  # of the levels of headings inside a panel
        self._blocky: frozenset[Node] = frozenset()
        self._pairing = Pairing(inline)

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
        elif tag == "address" and node.first(PARTS) is None:
            lines = self._inline.lines(node)
            self._draft.add(*([Paragraph(joined(lines))] if lines else ()))
        elif tag == "figcaption" and is_credit(self._inline.line(node)):
            return
        elif stands_apart(node):
            self._section(node)
        else:
            self._content(node)

    def _content(self, node: Node) -> None:
        """A block that is nothing in particular."""
        fact = self._pairing.fact(node)
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
        if node.text:
            self._buffer.append(flat(node.text))
        kids = node.children
        panel = ALIKE if self._pairing.is_panel(kids) else ()
        value: Node | None = None
        for at, child in enumerate(kids):
            if value is not None and child is value:  # said with the label before it
                self._buffer.append(flat(child.tail))
                continue
            below = kids[at + 1] if at + 1 < len(kids) else None
            parted = child in self._blocky
            fact = self._pairing.fact(child, in_panel=True) if child.tag in panel else None
            if fact:
                self._flush()
                self._labelled(fact.label, fact.value, fact.rest, child)
            elif below is not None and not parted and self._pairing.labels(child, below):
                self._flush()
                self._term(self._inline.line(child, links=False), [below])
                value = below
            elif parted or child.tag in BLOCKS or self._is_block(child):
                self._flush()
                self._block(child)
                self._flush()
            else:
                self._inline.gather(child, self._buffer)
            if child.tail:
                self._buffer.append(flat(child.tail))
        self._flush()

    def _is_block(self, node: Node) -> bool:
        """Whether a node without blocks is one although its tag is none of theirs."""
        return node in self._panels or node.get("role") == "heading"

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
        if is_price(text):  # what is set large in a card heads nothing
            return self._draft.lines([text])
        level = level_of(node) + self._shift
        self._draft.heading(level, text, anchor_of(node), scope_of(node))

    def _panel(self, node: Node, panel: Panel) -> None:
        self._flush()
        before, shift = self._draft.nesting.here(), self._shift
        heading = node.first(HEADINGS)
        first = self._inline.line(heading, links=False) if heading is not None else ""
        if panel.label and not same_text(first, panel.label):
            known = panel.level + shift if panel.level else None
            level = known or self._draft.nesting.level_below(node)
            self._draft.heading(level, panel.label, panel.anchor, node)
            self._shift = max(shift, level + 1 - highest_in(node, self._panels))
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
        panel = self._pairing.is_panel(entries)
        facts = [self._pairing.fact(entry, in_panel=panel) for entry in entries]
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
            level = self._draft.nesting.level_below(node)
            self._draft.add(*data_of(node, cells, head, level, self._inline))
