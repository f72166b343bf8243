"""Columns of a PDF page: text set side by side, to be read one column after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.pdf_piece import Piece
from corpus.pdf_text import Line

# Two columns of text have some lines each, which are long and mostly full; cells are not.
_COLUMN_LINES, _LINE_LENGTH, _FULL = 5, 22, 0.8
_HEADED_LINES = 4  # of each of two columns that have headings of their own


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
    return end if all(map(_is_text, sides)) or _are_headed(run, gutter) else None


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


def _are_headed(run: Sequence[Line], gutter: float) -> bool:
    """Whether both sides have headings that stand beside none: those of a table's row are one."""
    rows = [
        (
            [cell for cell in line.cells if cell.left < gutter],
            [cell for cell in line.cells if cell.left >= gutter],
        )
        for line in run
    ]
    for side, other in ((0, 1), (1, 0)):
        own = [row for row in rows if row[side]]
        headed = sum(1 for row in own if _is_bold(row[side]) and not _is_bold(row[other]))
        alone = sum(1 for row in own if not row[other])
        if len(own) < _HEADED_LINES or not headed or not alone:
            return False
    return True


def _is_bold(cells: Sequence[Piece]) -> bool:
    return bool(cells) and all(cell.bold for cell in cells)
