"""Tables of a text whose columns stand under one another, however few spaces part them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

_CELL = re.compile(r"\S+(?: \S+)*")
_APART = " " * 4
_FEWEST_ROWS, _FEWEST_COLUMNS = 2, 3


def with_columns(lines: Sequence[str]) -> list[str]:
    """The lines, with cells that stand in the columns of the rows around them set well apart.

    The columns are those of most rows of a block, where these have three cells at least; a title
    that nearly reaches the next one is parted from it where the column below begins.
    """
    out = list(lines)
    start = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and lines[at].strip():
            continue
        out[start:at] = _block(lines[start:at])
        start = at + 1
    return out


def _block(lines: Sequence[str]) -> list[str]:
    starts = Counter(_starts(line) for line in lines)
    starts = Counter({places: count for places, count in starts.items() if len(places) > 2})
    if not starts:
        return list(lines)
    columns, count = starts.most_common(1)[0]
    if count < _FEWEST_ROWS or len(columns) < _FEWEST_COLUMNS:
        return list(lines)
    return [_parted(line, columns) for line in lines]


def _starts(line: str) -> tuple[int, ...]:
    """Where the cells of a row begin, which two spaces part at least."""
    return tuple(found.start() for found in _CELL.finditer(line.rstrip()))


def _parted(line: str, columns: Sequence[int]) -> str:
    """A row with its cells apart, when a word begins in each column and none runs over its edge."""
    inner = columns[1:]
    if any(at >= len(line) or line[at] == " " or line[at - 1] != " " for at in inner):
        return line
    edges = [0, *inner, len(line)]
    cells = [line[a:b].rstrip() for a, b in pairwise(edges)]
    return _APART.join(cells)
