"""Periods: whole days as they are where the server is, of all programmes or of some."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

_DAY = timedelta(days=1)

Midnight = Callable[[date], datetime]
"""Gives the moment at which a day begins."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both included; `programmes` None is all of them, and
    questions about none.
    """

    first: date
    last: date
    programmes: tuple[str, ...] | None = None

    @classmethod
    def until(cls, last: date, days: int, programmes: tuple[str, ...] | None = None) -> Period:
        """So many days, of which `last` is the last."""
        return cls(last - _DAY * (days - 1), last, programmes)

    @property
    def days(self) -> tuple[date, ...]:
        """Every day, in order."""
        return tuple(self.first + _DAY * number for number in range(self.length))

    @property
    def length(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> Period:
        """As many days, those before."""
        return Period.until(self.first - _DAY, self.length, self.programmes)

    def bounds(self, midnight: Midnight) -> tuple[datetime, datetime]:
        """The moments at which it begins and ends."""
        return midnight(self.first), midnight(self.last + _DAY)


def local_midnight(day: date) -> datetime:
    """The moment at which a day begins where the server is."""
    return datetime.combine(day, time()).astimezone()
