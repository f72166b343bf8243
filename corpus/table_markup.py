"""Tables in markup: which of them hold data, and their cells."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.element import Element
from corpus.grid import Cell, table_elements
from corpus.inline import Inline
from corpus.key_fact import value_of
from corpus.leaf import is_bold
from corpus.markup import HEADINGS, has_text
from corpus.node import Node
from corpus.stanza import joined

Cells = Sequence[Sequence[Node]]

_TITLE_LENGTH = 100
_PARAGRAPHS = 2  # more in one cell, in a table of few rows, and it lays out the page


def cells_of(table: Node) -> tuple[list[list[Node]], int]:
    """The cells of a table by row, and how many rows its `thead` has."""
    rows = [row for row in table.all(("tr",)) if row.nearest("table") is table]
    head = sum(1 for row in rows if row.parent is not None and row.parent.tag == "thead")
    return [[cell for cell in row.children if cell.tag in ("td", "th")] for row in rows], head


def is_layout(table: Node, cells: Cells) -> bool:
    """Whether a table only lays out the page."""
    if table.get("role") in ("presentation", "none"):
        return True
    if any(cell.tag == "th" for row in cells for cell in row):
        return False
    if any(cell.first(("table", *HEADINGS)) is not None for row in cells for cell in row):
        return True
    return max(map(len, cells), default=0) <= 1 or (
        len(cells) <= 2
        and any(len(cell.all(("p",))) > _PARAGRAPHS for row in cells for cell in row)
    )


def is_sectioned(cells: Cells, inline: Inline) -> bool:
    """Whether the rows are sections: a title in the first of two columns, text in the second."""
    if not cells or any(len(row) != 2 for row in cells):
        return False
    if all(cell.tag == "th" for cell in cells[0]):
        return False
    long = any(has_text(row[1]) and not value_of(inline.lines(row[1])) for row in cells)
    return long and all(len(inline.line(row[0])) <= _TITLE_LENGTH for row in cells)


def data_of(table: Node, cells: Cells, head: int, level: int, inline: Inline) -> list[Element]:
    """The elements of a table that holds data, below headings above `level`."""
    caption = next((inline.line(at) for at in table.all(("caption",))), "")
    grid = _grid_of(cells, inline)
    return table_elements(grid, level=level, caption=caption, header_rows=head)


def _grid_of(cells: Cells, inline: Inline) -> list[list[Cell]]:
    """The cells with their text and what they span; a row in bold is a row of titles."""
    grid: list[list[Cell]] = []
    for row in cells:
        bold = _in_bold(row)
        grid.append([_cell(cell, inline, bold) for cell in row])
    return grid


def _cell(cell: Node, inline: Inline, bold: bool) -> Cell:
    inner = cell.first(("table",)) if cell.children else None
    text = joined(inline.lines(cell)) if inner is None else _inner_table(inner, inline)
    title = cell.tag == "th" or bold
    if not cell.attributes:
        return Cell(text, title)
    return Cell(text, title, _span(cell, "rowspan"), _span(cell, "colspan"))


def _inner_table(table: Node, inline: Inline) -> str:
    """A table inside a cell on one line: its rows, each cell after the title of its column."""
    rows, head = cells_of(table)
    filled = [row for row in rows if row]
    titled = len(filled) > 1 and (head > 0 or all(cell.tag == "th" for cell in filled[0]))
    titles = [inline.line(cell) for cell in filled[0]] if titled else []
    said: list[str] = []
    for row in filled[1 if titled else 0 :]:
        texts = [inline.line(cell) for cell in row]
        if len(titles) == len(texts):
            texts = [f"{title} : {text}" for title, text in zip(titles, texts, strict=True)]
        said.append(" ; ".join(filter(None, texts)))
    return " / ".join(said)


def _span(cell: Node, name: str) -> int:
    value = (cell.get(name) or "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else 1


def _in_bold(row: Sequence[Node]) -> bool:
    filled = 0
    for cell in row:
        if has_text(cell):
            if cell.tag != "td" or not is_bold(cell):
                return False
            filled += 1
    return filled > 1
