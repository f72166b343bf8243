"""Tables of a Word document: what they are for, and their cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.element import Element
from corpus.fact import LABEL_LENGTH, VALUE_LENGTH
from corpus.grid import Cell, table_elements
from corpus.stanza import joined
from corpus.word_paragraph import Node, Paragraphs, W, WordParagraph

_LONG_CELL = 2 * VALUE_LENGTH


@dataclass(frozen=True, slots=True)
class WordCell:
    """A cell with its paragraphs; the columns it spans; how it goes on downwards, if it does."""

    node: Node
    paragraphs: tuple[WordParagraph, ...]
    columns: int
    goes_on: str | None

    @property
    def lines(self) -> list[str]:
        """The lines of its text."""
        return [line for paragraph in self.paragraphs for line in paragraph.lines]


class WordTable:
    """A table by its rows of cells."""

    def __init__(self, table: Node, paragraphs: Paragraphs) -> None:
        self._rows = list(table.iterchildren(f"{W}tr"))
        cells = [list(_unwrapped(row, f"{W}tc")) for row in self._rows]
        # What holds tables is read once, by them.
        self._nested = any(cell.find(f".//{W}tbl") is not None for row in cells for cell in row)
        self.rows = [
            [_cell_of(cell, None if self._nested else paragraphs) for cell in row] for row in cells
        ]

    def is_layout(self) -> bool:
        """Whether it only lays out the page: it holds headings or tables, or is one cell wide."""
        if self._nested or max(map(len, self.rows), default=0) <= 1:
            return True
        cells = (cell for row in self.rows for cell in row)
        return any(each.style.level is not None for cell in cells for each in cell.paragraphs)

    def is_sectioned(self) -> bool:
        """Whether its rows are sections: a title in the first column, text in the second."""
        if not all(len(row) == 2 for row in self.rows):
            return False
        labels = [joined(row[0].lines) for row in self.rows]
        long = any(sum(map(len, row[1].lines)) > _LONG_CELL for row in self.rows)
        return long and all(0 < len(label) <= LABEL_LENGTH * 2 for label in labels)

    def elements(self, level: int) -> list[Element]:
        """Its elements where it holds data; rows that divide it are headings of `level`."""
        heads = sum(1 for row in self._rows if row.find(f"{W}trPr/{W}tblHeader") is not None)
        grid = _merged(self.rows)
        in_bold = [all(cell.header or not cell.text for cell in row) for row in grid]
        if not heads and in_bold[:1] == [True] and not all(in_bold):
            heads = 1
        if not heads and not any(cell.header for row in grid for cell in row) and _is_titled(grid):
            heads = 1
        if not heads and _heads_spans(self.rows):
            heads = 2
        plain = [[Cell(c.text, False, c.rows, c.columns) for c in row] for row in grid]
        return table_elements(plain, level=level, header_rows=heads)


def _cell_of(cell: Node, paragraphs: Paragraphs | None) -> WordCell:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    value = span.get(f"{W}val") if span is not None else None
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    goes_on = (merge.get(f"{W}val") or "continue") if merge is not None else None
    read = tuple(paragraphs.read(node) for node in cell.iter(f"{W}p")) if paragraphs else ()
    return WordCell(cell, read, int(value) if value and value.isdigit() else 1, goes_on)


def _unwrapped(container: Node, tag: str) -> Iterator[Node]:
    for node in container:
        if node.tag == tag:
            yield node
        elif node.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _unwrapped(node, tag)


def _merged(rows: Sequence[Sequence[WordCell]]) -> list[list[Cell]]:
    """The cells with their text; one that goes on downwards has that of the cell it continues."""
    starts: dict[int, str] = {}
    grid: list[list[Cell]] = []
    for row in rows:
        line: list[Cell] = []
        at = 0
        for cell in row:
            filled = [paragraph for paragraph in cell.paragraphs if paragraph.lines]
            bold = bool(filled) and all(paragraph.bold for paragraph in filled)
            continued = cell.goes_on == "continue"
            text = starts.get(at, "") if continued else joined(cell.lines)
            starts[at] = text if cell.goes_on else ""
            line.append(Cell(text, bold, 1, cell.columns))
            at += cell.columns
        grid.append(line)
    return grid


def _heads_spans(rows: Sequence[Sequence[WordCell]]) -> bool:
    """Whether the first row holds titles over two rows: each spans columns, or goes on below."""
    if len(rows) < 3 or any(map(str.isdigit, "".join("".join(c.lines) for c in rows[0]))):
        return False
    over = [cell.columns > 1 for cell in rows[0]]
    down = [cell.goes_on == "restart" for cell in rows[0]]
    told = sum(1 for cell in rows[1] if cell.goes_on == "continue")
    return (
        any(over)
        and any(down)
        and all(map(any, zip(over, down, strict=True)))
        and (told == sum(down) and not any(cell.goes_on == "continue" for cell in rows[2]))
    )


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
