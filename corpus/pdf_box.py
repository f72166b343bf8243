"""Boxes of a PDF page side by side: headings in one row, under each of them its own lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.pdf_text import Line

_LARGER = 1.07  # times the size of the text below: what tells headings from titles of columns
_ALIGNED = 0.9  # of the size
_CLOSE = 1.75  # of the size: how far apart the lines of a box are set
_NUMBER_LENGTH, _CELL_LENGTH = 10, 20  # characters of a figure, of the cells of a table
_FEWEST = 3  # lines: of one row of text, headings would be the titles of columns
_BELOW = 4.0  # of the size: how far below its heading the first line stands


@dataclass(frozen=True, slots=True)
class Boxes:
    """The heading of each box, the texts under it, and how many lines of the page they took."""

    headings: tuple[str, ...]
    texts: tuple[tuple[str, ...], ...]
    lines: int


def boxes_at(lines: Sequence[Line], start: int) -> Boxes | None:
    """The boxes whose headings stand side by side in a line, nothing where it is another."""
    first = lines[start]
    if len(first.cells) < 2 or not first.bold:
        return None
    under: list[list[str]] = [[] for _ in first.cells]
    end = start + 1
    while end < len(lines) and _belongs(lines[end], lines[end - 1], first, within=end > start + 1):
        for cell in lines[end].cells:
            offsets = [abs(head.left - cell.left) for head in first.cells]
            under[offsets.index(min(offsets))].append(cell.text)
        end += 1
    if end - start < _FEWEST or not all(under) or _are_columns(lines[start + 1 : end], under):
        return None
    headings = tuple(cell.text for cell in first.cells)
    return Boxes(headings, tuple(map(tuple, under)), end - start)


def _are_columns(rows: Sequence[Line], under: Sequence[Sequence[str]]) -> bool:
    """Whether what stands under the headings is a table: figures, or short cells in each row."""
    for column in under[1:]:
        if all(len(cell) <= _NUMBER_LENGTH and cell[:1].isdigit() for cell in column):
            return True
    cells = [cell for column in under for cell in column]
    full = all(len(row.cells) == len(under) for row in rows)
    return full and len(rows) >= _FEWEST and sum(map(len, cells)) < _CELL_LENGTH * len(cells)


def _belongs(line: Line, above: Line, first: Line, *, within: bool) -> bool:
    """Whether a line holds one line of one box at least, and nothing else."""
    if line.page != first.page or line.size * _LARGER > first.size or line.bold:
        return False
    if not 0 < above.base - line.base <= (_CLOSE if within else _BELOW) * line.size:
        return False
    starts = [cell.left for cell in first.cells]
    return all(
        any(abs(cell.left - at) <= _ALIGNED * line.size for at in starts) for cell in line.cells
    )
