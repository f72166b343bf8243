"""Tables of a PDF, which are only lines whose cells stand under one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.grid import Cell, is_measure
from corpus.pdf_piece import Piece
from corpus.pdf_span import spanned
from corpus.pdf_text import Line
from corpus.vocabulary import is_label

_ALIGNED = 0.9  # of the size: how far apart the left edges of a column may be
_SAME_ROW = 1.55  # of the size: the farthest apart that lines of one cell are
_FARTHEST = 4.0  # of the size: rows further apart are of two tables
_BULLETS = "•‣▪▫◦●○■□➢➤►▶✓✔–"


@dataclass(frozen=True, slots=True)
class PdfTable:
    """Rows of cells, how many lines they took, and whether the first row holds titles.

    A row of one cell is a band over all columns.
    """

    rows: tuple[tuple[str, ...], ...]
    lines: int
    titled: bool

    def cells(self) -> list[list[Cell]]:
        """The rows for `corpus.grid`."""
        width = max(map(len, self.rows))
        return [
            [Cell(text, columns=width if len(row) == 1 else 1) for text in row] for row in self.rows
        ]


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
    if spans := spanned(run, columns):
        return PdfTable(spans, end - start, _is_titled(spans, [line.bold for line in run]))
    texts, bold = _banded(run, columns)
    return PdfTable(texts, end - start, _is_titled(texts, bold)) if len(texts) > 1 else None


def _is_titled(texts: Sequence[tuple[str, ...]], bold: Sequence[bool]) -> bool:
    """Whether the first row holds titles: in bold alone, or words above figures."""
    if len(texts) < 2:
        return False
    if bold[0] and not all(bold):
        return True
    digits = [any(c.isdigit() for c in "".join(row)) for row in texts]
    if digits[0] or not all(texts[0]):
        return False
    if len(texts[0]) > 2:
        return sum(digits[1:]) * 2 > len(digits) - 1
    return len(texts) > 2 and is_measure(texts[0][-1]) and not is_label(texts[0][0])


def _banded(
    run: Sequence[Line], columns: Sequence[tuple[float, float]]
) -> tuple[tuple[tuple[str, ...], ...], list[bool]]:
    """The rows between the bands of a table, and these; whether each is in bold."""
    texts: list[tuple[str, ...]] = []
    bold: list[bool] = []
    start = 0
    for end in range(len(run) + 1):
        if end < len(run) and not (end and _is_band(run[end], run[0])):
            continue
        for row, is_bold in _rows(run[start:end], columns):
            texts.append(tuple(" ".join(cell) for cell in row))
            bold.append(is_bold)
        if end < len(run):
            texts.append((run[end].text,))
            bold.append(True)
        start = end + 1
    return tuple(texts), bold


def _is_band(line: Line, first: Line) -> bool:
    """Whether a line stands over all columns of a table with titles, as they do in bold."""
    alike = line.bold and first.bold and line.size == first.size
    return alike and len(line.cells) == 1 and abs(line.left - first.left) <= _ALIGNED * line.size


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
        elif _is_band(line, lines[start]) and _goes_on(lines, at, starts):
            end = at + 1
        else:
            break
    return end


def _goes_on(lines: Sequence[Line], at: int, starts: Sequence[float]) -> bool:
    """Whether the line below one is a plain row of the same table."""
    line, below = lines[at], lines[at + 1 : at + 2]
    if not below or below[0].page != line.page or below[0].size != line.size:
        return False
    near = line.base - below[0].base <= _FARTHEST / 2 * line.size
    return near and _is_row(below[0]) and not below[0].bold and _fits(below[0], starts)


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
    narrow = min(gaps, default=0.0)
    apart = bool(gaps) and max(gaps) > 1.2 * narrow and narrow <= _SAME_ROW * run[0].size
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
