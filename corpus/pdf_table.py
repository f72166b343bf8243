"""Tables of a PDF, which are only lines whose cells stand under one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.grid import Cell
from corpus.pdf_piece import Piece
from corpus.pdf_text import Line

_ALIGNED = 0.9  # of the size: how far apart the left edges of a column may be
_SAME_ROW = 1.55  # of the size: the farthest apart that lines of one cell are
_FARTHEST = 4.0  # of the size: rows further apart are of two tables
_BULLETS = "•‣▪▫◦●○■□➢➤►▶✓✔–"


@dataclass(frozen=True, slots=True)
class PdfTable:
    """Rows of cells, how many lines they took, and whether the first row holds titles."""

    rows: tuple[tuple[str, ...], ...]
    lines: int
    titled: bool

    def cells(self) -> list[list[Cell]]:
        """The rows for `corpus.grid`."""
        return [[Cell(text) for text in row] for row in self.rows]


def table_at(lines: Sequence[Line], start: int) -> PdfTable | None:
    """The table that begins at a line, if one does."""
    first = lines[start]
    if not _is_row(first):
        return None
    end = _end(lines, start)
    run = lines[start:end]
    width = max(len(line.cells) for line in run)
    columns = _columns([line for line in run if len(line.cells) == width], width)
    full = [line for line in run if len(line.cells) == width]
    if columns is None or len(full) < 2:
        return None
    rows = _rows(run, columns)
    texts = tuple(tuple(" ".join(cell) for cell in row) for row, _ in rows)
    bold = [is_bold for _, is_bold in rows]
    digits = [any(c.isdigit() for c in "".join(row)) for row in texts]
    plain = width > 2 and not digits[0] and sum(digits[1:]) * 2 > len(digits) - 1
    titled = len(rows) > 1 and ((bold[0] and not all(bold)) or (plain and all(texts[0])))
    return PdfTable(texts, end - start, titled) if len(rows) > 1 else None


def _is_row(line: Line) -> bool:
    return len(line.cells) > 1 and line.cells[0].text not in _BULLETS


def _end(lines: Sequence[Line], start: int) -> int:
    """Where the table ends: after the last line of several cells that nothing parts from it."""
    end = start + 1
    starts = [cell.left for cell in lines[start].cells]
    for at in range(start + 1, len(lines)):
        line, above = lines[at], lines[at - 1]
        gap = above.base - line.base
        if line.page != above.page or gap > _FARTHEST * max(line.size, 1):
            break
        if _is_row(line):
            if not _fits(line, starts):
                break
            starts.extend(cell.left for cell in line.cells)
            end = at + 1
        elif gap <= _SAME_ROW * line.size and _fits(line, starts) and not line.bold:
            # The rest of a cell; the table is longer only if a row follows, or it is no first cell.
            if line.left > min(starts) + _ALIGNED * line.size:
                end = at + 1
        else:
            break
    return end


def _fits(line: Line, starts: Sequence[float]) -> bool:
    """Whether one cell of a line at least begins where a column does."""
    return any(abs(cell.left - at) <= _ALIGNED * line.size for cell in line.cells for at in starts)


def _columns(full: Sequence[Line], width: int) -> list[tuple[float, float]] | None:
    """The stretch of each column, unless the cells of complete rows do not stand in columns."""
    columns = [
        (min(line.cells[at].left for line in full), max(line.cells[at].right for line in full))
        for at in range(width)
    ]
    for (_, right), (left, _) in pairwise(columns):
        if right > left + 2 * full[0].size:
            return None
    return columns


def _column_of(cell: Piece, columns: Sequence[tuple[float, float]]) -> int:
    def distance(at: int) -> float:
        left, right = columns[at]
        overlap = min(right, cell.right) - max(left, cell.left)
        return min(abs(cell.left - left), -overlap)

    return min(range(len(columns)), key=distance)


def _rows(
    run: Sequence[Line], columns: Sequence[tuple[float, float]]
) -> list[tuple[list[list[str]], bool]]:
    """The rows: lines close to one another are of one row when rows are further apart."""
    gaps = [above.base - line.base for above, line in pairwise(run)]
    narrow = min(gaps)
    apart = max(gaps) > 1.2 * narrow and narrow <= _SAME_ROW * run[0].size
    rows: list[tuple[list[list[str]], bool]] = []
    for at, line in enumerate(run):
        close = at > 0 and gaps[at - 1] <= 1.2 * narrow
        places = {_column_of(cell, columns): cell for cell in line.cells}
        # A line without a first cell goes on with the row above, however far rows are apart.
        goes_on = close and (apart or 0 not in places)
        if not rows or not goes_on:
            rows.append(([[] for _ in columns], line.bold))
        for column, cell in places.items():
            rows[-1][0][column].append(cell.text)
    return rows
