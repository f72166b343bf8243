"""Cells of a PDF's table that span rows: they stand halfway down what they span."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.pdf_text import Line

_OFF = 0.25  # of the distance of two rows: how far from the middle such a cell may stand


def spanned(
    run: Sequence[Line], columns: Sequence[tuple[float, float]]
) -> tuple[tuple[str, ...], ...] | None:
    """The rows of a table whose first column is centred over several rows, said in each of them.

    Nothing where each row has a first cell, or where the cells do not stand in the middle of rows.
    """
    first_ends = columns[1][0]
    names: list[tuple[float, str]] = []
    rows: list[tuple[float, list[str]]] = []
    for line in run[1:]:
        head = [cell for cell in line.cells if cell.left < first_ends]
        rest = [cell for cell in line.cells if cell.left >= first_ends]
        names.extend((cell.base, cell.text) for cell in head)
        if len(rest) == len(columns) - 1:
            rows.append((rest[0].base, [cell.text for cell in rest]))
        elif rest:
            return None
    if len(run[0].cells) != len(columns) or len(columns) < 3 or not 0 < len(names) < len(rows):
        return None
    out: list[tuple[str, ...]] = [tuple(cell.text for cell in run[0].cells)]
    distance = (rows[0][0] - rows[-1][0]) / (len(rows) - 1)
    at = 0
    for base, name in names:
        count = _rows_around(base, [row for row, _ in rows[at:]], distance)
        if not count:
            return None
        out.extend((name, *cells) for _, cells in rows[at : at + count])
        at += count
    return tuple(out) if at == len(rows) else None


def _rows_around(base: float, rows: Sequence[float], distance: float) -> int:
    """How many of the rows, from the first on, a cell stands in the middle of."""
    for count in range(1, len(rows) + 1):
        if abs((rows[0] + rows[count - 1]) / 2 - base) <= _OFF * distance:
            return count
    return 0
