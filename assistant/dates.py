"""Dates: those that a quote names, so that a past one is never given as coming."""

from __future__ import annotations

import re
from datetime import date

from index.words import fold

_MONTHS = (
    ("janvier", "january"),
    ("fevrier", "february"),
    ("mars", "march"),
    ("avril", "april"),
    ("mai", "may"),
    ("juin", "june"),
    ("juillet", "july"),
    ("aout", "august"),
    ("septembre", "september"),
    ("octobre", "october"),
    ("novembre", "november"),
    ("decembre", "december"),
)
_NUMBERS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_NAMES = "|".join(_NUMBERS)
_WRITTEN = re.compile(rf"\b(?:(?P<day>1er|\d{{1,2}}) )?(?P<month>{_NAMES})(?: (?P<year>20\d\d))?\b")
_NUMERIC = re.compile(r"\b(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>20\d\d)\b")


def dates_in(text: str) -> tuple[date, ...]:
    """The dates that a text gives with their year, in order; a month alone is its last day.

    A day that does not exist (31/02/2026) is no date.
    A date without a year takes the year of the next one that has it ("du 2 au 30 mars 2026").
    """
    folded = fold(text)
    found: list[tuple[int, int | None, int, int | None]] = []
    for match in _WRITTEN.finditer(folded):
        day = int(re.sub(r"\D", "", match["day"])) if match["day"] else None
        found.append(
            (
                match.start(),
                day,
                _NUMBERS[match["month"]],
                int(match["year"]) if match["year"] else None,
            )
        )
    for match in _NUMERIC.finditer(folded):
        found.append((match.start(), int(match["day"]), int(match["month"]), int(match["year"])))
    dates: list[date] = []
    year: int | None = None
    for _, day, month, own in sorted(found, reverse=True):
        year = own or year
        made = _made(day, month, year)
        if made is not None:
            dates.append(made)
    return tuple(reversed(dates))


def is_past(text: str, today: date) -> bool:
    """Whether every dated thing in a text lies before today."""
    found = dates_in(text)
    return bool(found) and max(found) < today


def _made(day: int | None, month: int, year: int | None) -> date | None:
    """The date, the month's last day where no day is given; none where there is no such day."""
    if year is None or not 1 <= month <= 12:
        return None
    last = (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days
    return (
        date(year, month, last if day is None else day) if day is None or 1 <= day <= last else None
    )
