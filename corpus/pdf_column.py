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
        if any(cell.left < gutter < cell.right for cell in line.cells):
            break
        if len(line.cells) > 2 and not _is_beside_text(line, gutter):
            break
        if len(line.cells) == 1 and line.cells[0].size > first.size * 1.3:
            break
        end += 1
    run = lines[start:end]
    left, right = ([side for line in run if (side := _side(line, gutter, own))] for own in (0, 1))
    if _is_text(left) and _is_text(right):
        return end
    return end if _are_headed(run, gutter) else None


def _side(line: Line, gutter: float, own: int) -> list[Piece]:
    """The cells of a line to the left (0) or to the right (1) of the gutter."""
    return [cell for cell in line.cells if (cell.left >= gutter) == bool(own)]


def _is_beside_text(line: Line, gutter: float) -> bool:
    """Whether the cells of a table's row stand on one side only, with a line of text beside."""
    sides = [_side(line, gutter, own) for own in (0, 1)]
    return any(len(side) == 1 and len(side[0].text) >= _LINE_LENGTH for side in sides)


def _gutter(run: Sequence[Line]) -> float:
    return next(line for line in run if len(line.cells) == 2).cells[1].left - 2


def _is_text(rows: Sequence[Sequence[Piece]]) -> bool:
    """Whether the rows on one side are lines of text: long, and most as long as the column."""
    if len(rows) < _COLUMN_LINES:
        return False
    left = min(row[0].left for row in rows)
    right = max(row[-1].right for row in rows)
    full = sum(1 for row in rows if row[-1].right - left >= _FULL * (right - left))
    length = sum(len(cell.text) for row in rows for cell in row)
    return length >= _LINE_LENGTH * len(rows) and full * 2 >= len(rows)


def _are_headed(run: Sequence[Line], gutter: float) -> bool:
    """Whether both sides have headings that stand beside none: those of a table's row are one."""
    rows = [(_side(line, gutter, 0), _side(line, gutter, 1)) for line in run]
    for side, other in ((0, 1), (1, 0)):
        own = [row for row in rows if row[side]]
        headed = sum(1 for row in own if _is_bold(row[side]) and not _is_bold(row[other]))
        alone = sum(1 for row in own if not row[other])
        if len(own) < _HEADED_LINES or not headed or not alone:
            return False
    return True


def _is_bold(cells: Sequence[Piece]) -> bool:
    return bool(cells) and all(cell.bold for cell in cells)
