"""Dashboard views: the figures of a period as they are drawn, listed and compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from assistant.aspect import Aspect
from assistant.figures import Figures
from assistant.statistics import STATUSES
from web.messages import Messages
from web.plot import Plot, columns_of, shares, stacked
from web.queue_view import programme_title

# From the bottom of a column to its top: what is well first.
KINDS = ("answered", "partial", "clarify", "unanswered", "smalltalk")
assert set(KINDS) == set(STATUSES)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list with its bar: `share` and `part` in percents of the longest line.

    `part` is the portion that was asked in vain; `note` says more, `address` leads on.
    """

    label: str
    count: int
    share: float
    part: float = 0.0
    note: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class DashboardView:
    """What the dashboard draws."""

    figures: Figures
    asked: Plot
    answered: Plot
    aspects: tuple[Row, ...]
    groups: tuple[Row, ...]
    languages: tuple[Row, ...]
    channels: tuple[Row, ...]


def dashboard_view(
    figures: Figures, titles: Mapping[str, str], aspects: Mapping[str, Aspect], m: Messages
) -> DashboardView:
    """The view of these figures."""
    able = {
        day: {"answered": counts.get("answered", 0), "able": figures.answerable_days[day]}
        for day, counts in figures.days.items()
    }
    return DashboardView(
        figures=figures,
        asked=stacked(columns_of(figures.days), KINDS),
        answered=shares(columns_of(able), "answered", "able"),
        aspects=_rows(
            (
                aspects[each.aspect].label[m.language] if each.aspect in aspects else each.aspect,
                each.asked,
                each.silent,
                m("staff.dashboard.in_vain", count=each.silent) if each.silent else "",
                f"/staff/?aspect={each.aspect}" if each.silent else "",
            )
            for each in figures.aspects
        ),
        groups=_rows(
            (
                each.representative,
                each.asked,
                each.asked,
                programme_title(each.programme, titles, m) if len(titles) > 1 else "",
                f"/staff/questions/{each.id}",
            )
            for each in figures.groups
        ),
        languages=_rows(
            (m(f"staff.language.{name}"), count, 0, "", "")
            for name, count in _commonest(figures.languages)
        ),
        channels=_rows(
            (m(f"staff.channel.{name}"), count, 0, "", "")
            for name, count in _commonest(figures.channels)
        ),
    )


def lasting(time: timedelta, m: Messages) -> str:
    """How long something took, in words as short as they may be."""
    minutes = round(time.total_seconds() / 60)
    days, hours = divmod(round(minutes / 60), 24)
    if days:
        return m("staff.dashboard.days", days=days, hours=hours)
    if minutes >= 60:
        return m("staff.dashboard.hours", hours=hours)
    return m("staff.dashboard.minutes", minutes=minutes)


def percent(share: float | None, m: Messages) -> str:
    """A share as people write it; a dash for none."""
    if share is None:
        return "–"
    return f"{round(100 * share)}" + ("\N{NO-BREAK SPACE}%" if m.language == "fr" else "%")


def change(now: float | None, before: float | None, m: Messages) -> str:
    """How many points a share has gained or lost since the period before; empty for none."""
    if now is None or before is None:
        return ""
    points = round(100 * now) - round(100 * before)
    if not points:
        return m("staff.dashboard.same")
    return m("staff.dashboard.points", points=f"{points:+d}".replace("-", "\N{MINUS SIGN}"))


def _commonest(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _rows(lines: Iterable[tuple[str, int, int, str, str]]) -> tuple[Row, ...]:
    every = list(lines)
    most = max((count for _, count, *_ in every), default=0) or 1
    return tuple(
        Row(label, count, 100 * count / most, 100 * part / most, note, address)
        for label, count, part, note, address in every
    )
