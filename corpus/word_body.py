"""The body of a Word document to elements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from corpus.element import Close, Element, Fact, Heading, Paragraph
from corpus.fact import LABEL_LENGTH, VALUE_LENGTH, fact_of, list_of
from corpus.grid import Cell, table_elements
from corpus.noise import is_noise
from corpus.series import Series
from corpus.stanza import folded_item, gathered, joined, stanza
from corpus.vocabulary import is_label
from corpus.word_paragraph import Node, Paragraphs, W, WordParagraph, is_hint

_TITLE_LENGTH = 90  # characters of a line in bold that is a heading
_LABEL_WORDS = 8
_LONG_CELL = 2 * VALUE_LENGTH
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

    def _table(self, table: Node, depth: int) -> None:
        rows = [self._cells(row) for row in table.iterchildren(f"{W}tr")]
        if self._is_layout(rows):
            for cell in (cell for row in rows for cell, _, _ in row):
                self._blocks(cell, depth + 1)
            return
        if self._is_sectioned(rows):
            for row in rows:
                self._section(row[0][0], row[1][0], depth)
            return
        heads = sum(1 for row in table.iterchildren(f"{W}tr") if _is_header_row(row))
        grid = _merged([[self._cell(*cell) for cell in row] for row in rows], rows)
        in_bold = [all(cell.header or not cell.text for cell in row) for row in grid]
        if not heads and in_bold[:1] == [True] and not all(in_bold):
            heads = 1
        if not heads and not any(cell.header for row in grid for cell in row) and _is_titled(grid):
            heads = 1
        plain = [[Cell(c.text, False, c.rows, c.columns) for c in row] for row in grid]
        self._out.extend(table_elements(plain, level=self._below, header_rows=heads))

    def _cells(self, row: Node) -> list[tuple[Node, int, str | None]]:
        """The cells of a row: each with the columns it spans and how it goes on downwards."""
        cells = []
        for cell in _unwrapped(row, f"{W}tc"):
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            value = span.get(f"{W}val") if span is not None else None
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            goes_on = (merge.get(f"{W}val") or "continue") if merge is not None else None
            cells.append((cell, int(value) if value and value.isdigit() else 1, goes_on))
        return cells

    def _cell(self, cell: Node, columns: int, goes_on: str | None) -> Cell:
        read = [self._paragraphs.read(node) for node in cell.iter(f"{W}p")]
        filled = [paragraph for paragraph in read if paragraph.lines]
        text = joined(line for paragraph in filled for line in paragraph.lines)
        bold = bool(filled) and all(paragraph.bold for paragraph in filled)
        return Cell(text if goes_on != "continue" else "", bold, 1, columns)

    def _text(self, cell: Node) -> list[str]:
        read = (self._paragraphs.read(node) for node in cell.iter(f"{W}p"))
        return [line for paragraph in read for line in paragraph.lines]

    def _is_layout(self, rows: Sequence[Sequence[tuple[Node, int, str | None]]]) -> bool:
        if max(map(len, rows), default=0) <= 1:
            return True
        cells = [cell for row in rows for cell, _, _ in row]
        if any(cell.find(f".//{W}tbl") is not None for cell in cells):
            return True
        headed = (
            self._paragraphs.read(node).style.level is not None
            for cell in cells
            for node in cell.iter(f"{W}p")
        )
        return any(headed)

    def _is_sectioned(self, rows: Sequence[Sequence[tuple[Node, int, str | None]]]) -> bool:
        if not all(len(row) == 2 for row in rows):
            return False
        labels = [joined(self._text(row[0][0])) for row in rows]
        values = [self._text(row[1][0]) for row in rows]
        long = any(sum(map(len, lines)) > _LONG_CELL for lines in values)
        return long and all(0 < len(label) <= LABEL_LENGTH * 2 for label in labels)

    def _section(self, label: Node, content: Node, depth: int) -> None:
        title = joined(self._text(label)).rstrip(" :")
        lines = self._text(content)
        if sum(map(len, lines)) <= VALUE_LENGTH and lines:
            self._out.append(Fact(title, joined(lines)))
        elif lines:
            level, below = self._level, self._below
            self._heading(below, title)
            self._blocks(content, depth + 1)
            self._level, self._below = level, below
            self._out.append(Close(below))


def _blocks_in(container: Node) -> Iterator[Node]:
    for node in container:
        if node.tag in (f"{W}p", f"{W}tbl"):
            yield node
        elif node.tag in _WRAPPERS and not (_is_table_of_contents(node) or is_hint(node)):
            yield from _blocks_in(node)


def _unwrapped(container: Node, tag: str) -> Iterator[Node]:
    for node in container:
        if node.tag == tag:
            yield node
        elif node.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _unwrapped(node, tag)


def _is_table_of_contents(node: Node) -> bool:
    gallery = node.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and "contents" in (gallery.get(f"{W}val") or "").lower()


def _is_header_row(row: Node) -> bool:
    return row.find(f"{W}trPr/{W}tblHeader") is not None


def _is_titled(grid: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first row of a table without bold has titles: words, above a column of numbers.

    Two columns are labels and values, unless the second counts something.
    """
    titles, body = grid[0], grid[1:]
    if len(body) < 2 or any(len(row) != len(titles) for row in body) or len(titles) < 2:
        return False
    if any(not cell.text or any(map(str.isdigit, cell.text)) for cell in titles):
        return False
    columns = [[row[at].text for row in body] for at in range(1, len(titles))]
    if len(titles) == 2:
        return all(text.replace(",", "").isdigit() for text in columns[0])
    return any(all(text[:1].isdigit() for text in column) for column in columns)


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


def _merged(
    grid: list[list[Cell]], rows: Sequence[Sequence[tuple[Node, int, str | None]]]
) -> list[list[Cell]]:
    """Cells that go on downwards, with the text of the cell that they continue."""
    starts: dict[int, str] = {}
    out: list[list[Cell]] = []
    for cells, row in zip(grid, rows, strict=True):
        line: list[Cell] = []
        at = 0
        for cell, (_, columns, goes_on) in zip(cells, row, strict=True):
            if goes_on == "continue":
                cell = Cell(starts.get(at, ""), cell.header, 1, columns)
            starts[at] = cell.text if goes_on else ""
            line.append(cell)
            at += columns
        out.append(line)
    return out
