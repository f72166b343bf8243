"""The text of a PDF page as lines with their place, size and weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.clean import clean_line
from corpus.pdf_piece import Piece, pieces_of

_RAISED, _RAISED_LENGTH = 0.6, 4  # of the size; characters
_ON_LINE = 0.35  # of the size: how far apart baselines of one line may be
_COLUMN_GAP = 0.75  # of the size: a wider gap parts cells
# Two columns of text have some lines each, which are long and mostly full; cells are not.
_COLUMN_LINES, _LINE_LENGTH, _FULL = 5, 22, 0.8
_WORD_GAP = 0.12  # of the size: a wider gap parts words


@dataclass(frozen=True, slots=True)
class Line:
    """Pieces on one baseline, parted into cells; all measures are in points."""

    cells: tuple[Piece, ...]
    page: int
    height: float  # of the page
    margin: float  # where the longest line of the column ends

    @property
    def text(self) -> str:
        """The whole line."""
        return clean_line(" ".join(cell.text for cell in self.cells))

    @property
    def left(self) -> float:
        """Where the line begins."""
        return self.cells[0].left

    @property
    def right(self) -> float:
        """Where the line ends."""
        return max(cell.right for cell in self.cells)

    @property
    def base(self) -> float:
        """The baseline."""
        return self.cells[0].base

    @property
    def size(self) -> float:
        """The size of the largest text on the line, to the half point."""
        return round(max(cell.size for cell in self.cells) * 2) / 2

    @property
    def slanted(self) -> bool:
        """Whether the whole line is slanted."""
        return all(cell.slanted for cell in self.cells)

    @property
    def bold(self) -> bool:
        """Whether the whole line is in bold."""
        return all(cell.bold for cell in self.cells)


def lines_of(page: Any, number: int) -> list[Line]:
    """The lines of a pypdf page in reading order, one column of text after the other."""
    height = float(page.mediabox.top)
    rows: list[list[Piece]] = []
    for piece in sorted(pieces_of(page), key=lambda piece: -piece.base):
        if rows and _is_level(rows[-1], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    cells = [found for row in _raised(rows) if (found := tuple(_cells(row)))]
    margin = max((row[0].right for row in cells if len(row) == 1), default=0.0)
    return in_columns([Line(row, number, height, margin) for row in cells])


def _is_level(row: Sequence[Piece], piece: Piece) -> bool:
    return abs(row[0].base - piece.base) <= _ON_LINE * min(piece.size, row[0].size)


def _raised(rows: Sequence[list[Piece]]) -> list[list[Piece]]:
    """The rows, with what is only raised above a line (`2e`, `m2`, a note's number) on it."""
    kept: list[list[Piece]] = []
    raised: list[Piece] = []
    for row in rows:
        near = bool(raised) and raised[0].base - row[0].base <= _RAISED * row[0].size
        if near and raised[0].size < row[0].size:
            row = [*row, *(replace(piece, base=row[0].base) for piece in raised)]
            raised = []
        if raised:
            kept.append(raised)
            raised = []
        if all(len(piece.text) <= _RAISED_LENGTH for piece in row):
            raised = row
        else:
            kept.append(row)
    return [*kept, raised] if raised else kept


def _cells(row: Sequence[Piece]) -> list[Piece]:
    """The pieces of a line put together, unless a wide gap parts them."""
    cells: list[Piece] = []
    for piece in sorted(row, key=lambda piece: piece.left):
        last = cells[-1] if cells else None
        gap = piece.left - last.right if last else 0.0
        if last is None or gap > _COLUMN_GAP * piece.size:
            cells.append(replace(piece, text=piece.text.strip()))
            continue
        space = " " if gap > _WORD_GAP * piece.size and not piece.text.startswith(" ") else ""
        # The longer piece says whether the cell is in bold: a label is, its value is not.
        bold, slanted = last.bold and piece.bold, last.slanted and piece.slanted
        cells[-1] = replace(
            last,
            text=f"{last.text}{space}{piece.text}",
            right=max(last.right, piece.right),
            size=max(last.size, piece.size),
            bold=bold,
            slanted=slanted,
        )
    return [replace(cell, text=clean_line(cell.text)) for cell in cells if clean_line(cell.text)]


def in_columns(lines: Sequence[Line]) -> list[Line]:
    """The lines with each stretch of two columns of text read one column after the other."""
    out: list[Line] = []
    at = 0
    while at < len(lines):
        end = _columns_end(lines, at)
        if end is None:
            out.append(lines[at])
            at += 1
            continue
        gutter = _gutter(lines[at:end])
        for side in (True, False):
            cells = [
                (line, tuple(cell for cell in line.cells if (cell.left < gutter) is side))
                for line in lines[at:end]
            ]
            margin = max((own[-1].right for _, own in cells if own), default=0.0)
            out.extend(replace(line, cells=own, margin=margin) for line, own in cells if own)
        at = end
    return out


def _columns_end(lines: Sequence[Line], start: int) -> int | None:
    """Where the two columns end that begin at a line, nothing when none do."""
    first = next((line for line in lines[start : start + 3] if len(line.cells) == 2), None)
    if first is None or len(lines[start].cells) > 2:
        return None
    gutter = first.cells[1].left - 2
    end = start
    while end < len(lines):
        line = lines[end]
        if len(line.cells) > 2 or any(cell.left < gutter < cell.right for cell in line.cells):
            break
        if len(line.cells) == 1 and line.cells[0].size > first.size * 1.3:
            break
        end += 1
    run = lines[start:end]
    sides = (
        [cell for line in run for cell in line.cells if cell.left < gutter],
        [cell for line in run for cell in line.cells if cell.left >= gutter],
    )
    return end if all(map(_is_text, sides)) else None


def _gutter(run: Sequence[Line]) -> float:
    return next(line for line in run if len(line.cells) == 2).cells[1].left - 2


def _is_text(side: Sequence[Piece]) -> bool:
    """Whether the cells on one side are lines of text: long, and most as long as the column."""
    if len(side) < _COLUMN_LINES:
        return False
    left, right = min(cell.left for cell in side), max(cell.right for cell in side)
    full = sum(1 for cell in side if cell.right - left >= _FULL * (right - left))
    length = sum(len(cell.text) for cell in side)
    return length >= _LINE_LENGTH * len(side) and full * 2 >= len(side)
