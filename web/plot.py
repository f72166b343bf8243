"""Plots: figures as the bars of a drawing, in percents of its height and columns of its width."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

# Days of one column, by how many days are shown: columns stay wide enough to be seen on a phone.
_COLUMN_DAYS = ((31, 1), (366, 7))
_GAP = 0.22
"""Share of a column's width that stays empty."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle of one kind; x and width in columns, y (from above) and height in percents."""

    kind: str
    x: float
    width: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """What one column stands for: days from the first to the last, and its figures by kind."""

    first: date
    last: date
    figures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Plot:
    """Columns with their bars, and the value at the top of the drawing."""

    columns: tuple[Column, ...]
    bars: tuple[Bar, ...]
    top: int


def columns_of(days: Mapping[date, Mapping[str, int]]) -> tuple[Column, ...]:
    """The days in columns: one for each, or for each seven of many; the last column is whole."""
    every = sorted(days)
    size = next(size for most, size in _COLUMN_DAYS if len(every) <= most)
    columns: list[Column] = []
    for end in range(len(every), 0, -size):
        some = every[max(0, end - size) : end]
        figures: dict[str, int] = {}
        for day in some:
            for kind, count in days[day].items():
                figures[kind] = figures.get(kind, 0) + count
        columns.append(Column(some[0], some[-1], figures))
    return tuple(reversed(columns))


def stacked(columns: Sequence[Column], kinds: Sequence[str]) -> Plot:
    """A bar of each kind upon the other, the first kind at the bottom."""
    top = round_up(max((sum(each.figures.values()) for each in columns), default=0))
    bars: list[Bar] = []
    for number, column in enumerate(columns):
        height = 0.0
        for kind in kinds:
            share = 100 * column.figures.get(kind, 0) / top
            if share:
                bars.append(Bar(kind, *_place(number), 100 - height - share, share))
            height += share
    return Plot(tuple(columns), tuple(bars), top)


def shares(columns: Sequence[Column], part: str, whole: str) -> Plot:
    """How large a part is of a whole, in percents; no bar where the whole is nothing."""
    bars: list[Bar] = []
    for number, column in enumerate(columns):
        if of := column.figures.get(whole, 0):
            share = 100 * column.figures.get(part, 0) / of
            bars.append(Bar("rest", *_place(number), 0, 100 - share))
            bars.append(Bar("share", *_place(number), 100 - share, share))
    return Plot(tuple(columns), tuple(bars), 100)


def round_up(value: int) -> int:
    """The top of the scale: the next number that halves well."""
    step = max(2, 2 * int("1".ljust(len(str(value)), "0")) // 5)
    return max(4, -(-value // step) * step)


def _place(number: int) -> tuple[float, float]:
    return number + _GAP / 2, 1 - _GAP
