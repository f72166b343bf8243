"""The text of a PDF page as lines with their place, size and weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.clean import clean_line
from corpus.pdf_field import fields_of
from corpus.pdf_piece import Piece, pieces_of

_RAISED, _RAISED_LENGTH = 0.6, 4  # of the size; characters
_ON_LINE = 0.35  # of the size: how far apart baselines of one line may be
_COLUMN_GAP = 0.75  # of the size: a wider gap parts cells
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
    """The lines of a pypdf page from its top to its bottom."""
    height = float(page.mediabox.top)
    rows: list[list[Piece]] = []
    fields = fields_of(page)
    filled = [field.piece() for field in fields if field.text]
    for piece in sorted([*pieces_of(page), *filled], key=lambda piece: -piece.base):
        if rows and _is_level(rows[-1], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    empty = [field for field in fields if not field.text]
    rows = [row for row in rows if not any(field.is_labelled_by(row) for field in empty)]
    cells = [found for row in _raised(rows) if (found := tuple(_cells(row)))]
    margin = max((row[0].right for row in cells if len(row) == 1), default=0.0)
    return [Line(row, number, height, margin) for row in cells]


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
