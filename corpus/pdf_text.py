"""The text of a PDF page as lines with their place, size and weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus.clean import clean_line
from corpus.pdf_piece import Piece, columns_of, pieces_of

_ON_LINE = 0.35  # of the size: how far apart baselines of one line may be
_COLUMN_GAP = 1.3  # of the size: a wider gap parts cells
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
    def bold(self) -> bool:
        """Whether the whole line is in bold."""
        return all(cell.bold for cell in self.cells)


def lines_of(page: Any, number: int) -> list[Line]:
    """The lines of a pypdf page in reading order, one column of text after the other."""
    height = float(page.mediabox.top)
    lines: list[Line] = []
    for column in columns_of(pieces_of(page)):
        rows: list[list[Piece]] = []
        for piece in sorted(column, key=lambda piece: -piece.base):
            last = rows[-1][0] if rows else None
            if last and abs(last.base - piece.base) <= _ON_LINE * min(piece.size, last.size):
                rows[-1].append(piece)
            else:
                rows.append([piece])
        cells = [found for row in rows if (found := tuple(_cells(row)))]
        margin = max((row[0].right for row in cells if len(row) == 1), default=0.0)
        lines.extend(Line(row, number, height, margin) for row in cells)
    return lines


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
        bold = last.bold and piece.bold
        cells[-1] = replace(
            last,
            text=f"{last.text}{space}{piece.text}",
            right=max(last.right, piece.right),
            size=max(last.size, piece.size),
            bold=bold,
        )
    return [replace(cell, text=clean_line(cell.text)) for cell in cells if clean_line(cell.text)]
