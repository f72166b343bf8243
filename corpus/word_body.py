"""The body of a Word document to elements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from corpus.element import Close, Element, Fact, Heading, Paragraph
from corpus.fact import LABEL_LENGTH, VALUE_LENGTH, fact_of, list_of
from corpus.noise import is_noise
from corpus.series import Series
from corpus.stanza import folded_item, gathered, joined, stanza
from corpus.vocabulary import is_label
from corpus.word_paragraph import Node, Paragraphs, W, WordParagraph, is_hint
from corpus.word_table import WordCell, WordTable

_TITLE_LENGTH = 90  # characters of a line in bold that is a heading
_LABEL_WORDS = 8
_WRAPPERS = tuple(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "smartTag"))
_DEEPEST = 12  # of tables inside tables


class WordBody:
    """Goes through the blocks of a document in order."""

    def __init__(self, paragraphs: Paragraphs, *, titled: bool) -> None:
        self._paragraphs = paragraphs
        self._offset = 1 if titled else 0  # the title's level is 1, headings are below it
        self._level = 1  # of the last heading with a style
        self._below = 2  # the level of a heading under the last one of any kind
        self._series = Series()  # of the headings in bold
        self._out: list[Element] = []
        self.hidden: list[str] = []

    def elements(self, body: Node) -> tuple[Element, ...]:
        """The elements of the document."""
        self._blocks(body, 0)
        return tuple(gathered(self._out))

    def _blocks(self, container: Node, depth: int) -> None:
        held: list[WordParagraph] = []
        for block in _blocks_in(container):
            paragraph = self._paragraphs.read(block) if block.tag == f"{W}p" else None
            if paragraph and paragraph.hidden:
                self.hidden.append(paragraph.hidden)
            if paragraph and self._is_item(paragraph):
                held.append(paragraph)
                continue
            self._items(held)
            held = []
            if paragraph:
                self._paragraph(paragraph)
                for box in paragraph.boxes:
                    self._blocks(box, depth)
            elif depth < _DEEPEST:
                self._table(block, depth)
        self._items(held)

    def _is_item(self, paragraph: WordParagraph) -> bool:
        if paragraph.depth is None or not paragraph.lines or paragraph.style.level is not None:
            return False
        # A number before a line in bold is that of a section.
        return not (paragraph.bold and _is_title(paragraph))

    def _items(self, held: Sequence[WordParagraph]) -> None:
        if held:
            items = _folded([(each.depth or 0, joined(each.lines)) for each in held])
            self._out.extend(list_of(items, introduced=self._introduced))

    @property
    def _introduced(self) -> bool:
        last = self._out[-1] if self._out else None
        return isinstance(last, Paragraph) and last.text.endswith(":")

    def _paragraph(self, paragraph: WordParagraph) -> None:
        style = paragraph.style
        if not paragraph.lines or style.is_contents:
            return
        if style.level is not None:
            self._heading(max(style.level + self._offset, 1), " ".join(paragraph.lines))
        elif fact := _fact(paragraph):
            self._out.append(fact)
        elif paragraph.bold and _is_title(paragraph):
            # What opens a document without styles is its title.
            level = self._level + 1 if self._out or self._offset else 1
            above = self._out[-1] if self._out else None
            adjacent = isinstance(above, Heading) and above.level == level > 1
            level = self._series.level(paragraph.lines[0], level, adjacent=adjacent)
            self._out.append(Heading(level, paragraph.lines[0].rstrip(" :")))
            self._below = level + 1
        else:
            lines = [line for line in paragraph.lines if not is_noise(line)]
            if lines:
                self._out.extend(stanza(lines, introduced=self._introduced))

    def _heading(self, level: int, text: str) -> None:
        self._level, self._below = level, level + 1
        self._series.ends(level)
        self._out.append(Heading(level, text.rstrip(" :") or text))

    def _table(self, node: Node, depth: int) -> None:
        table = WordTable(node, self._paragraphs)
        if table.is_layout():
            for cell in (cell for row in table.rows for cell in row):
                self._blocks(cell.node, depth + 1)
        elif table.is_sectioned():
            for label, content in table.rows:
                self._section(label, content, depth)
        else:
            self._out.extend(table.elements(self._below))

    def _section(self, label: WordCell, content: WordCell, depth: int) -> None:
        title = joined(label.lines).rstrip(" :")
        lines = content.lines
        if sum(map(len, lines)) <= VALUE_LENGTH and lines:
            self._out.append(Fact(title, joined(lines)))
        elif lines:
            level, below = self._level, self._below
            self._heading(below, title)
            self._blocks(content.node, depth + 1)
            self._level, self._below = level, below
            self._out.append(Close(below))


def _blocks_in(container: Node) -> Iterator[Node]:
    for node in container:
        if node.tag in (f"{W}p", f"{W}tbl"):
            yield node
        elif node.tag in _WRAPPERS and not (_is_table_of_contents(node) or is_hint(node)):
            yield from _blocks_in(node)


def _is_table_of_contents(node: Node) -> bool:
    gallery = node.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and "contents" in (gallery.get(f"{W}val") or "").lower()


def _is_title(paragraph: WordParagraph) -> bool:
    line = paragraph.lines[0]
    return (
        len(paragraph.lines) == 1
        and len(line) <= _TITLE_LENGTH
        and not line.endswith((".", "!", ";", ","))
        and fact_of(line) is None
    )


def _fact(paragraph: WordParagraph) -> Fact | None:
    """The fact that a paragraph states with a tab, a colon or a line break after its label."""
    lines, cells = paragraph.lines, paragraph.cells
    if len(lines) == 2 and paragraph.bold_label and not lines[0].endswith((".", ";", ",")):
        label, value = lines
    elif len(lines) == 1 and len(cells) == 2:
        label, value = cells
        if not (paragraph.bold_label or is_label(label) or label.endswith(":")):
            return None
    else:
        return None
    label = label.rstrip(" :")
    fits = 0 < len(label) <= LABEL_LENGTH and len(label.split()) <= _LABEL_WORDS
    return Fact(label, value) if fits and len(value) <= VALUE_LENGTH else None


def _folded(items: Sequence[tuple[int, str]]) -> list[str]:
    """Items with their depth as the texts of one list, deeper ones folded into those above."""
    top = min(depth for depth, _ in items)
    out: list[str] = []
    for deeper, group in groupby(items, key=lambda item: item[0] > top):
        if not deeper:
            out.extend(text for _, text in group)
        else:
            below = _folded(list(group))
            out[-1:] = folded_item(out[-1] if out else "", below)
    return out
