"""Statistics: what was asked in a period and what came of it, counted in the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any, get_args

from sqlalchemy import (
    ColumnElement,
    Connection,
    DateTime,
    Engine,
    Float,
    Integer,
    Select,
    cast,
    column,
    exists,
    func,
    literal,
    select,
    values,
)
from sqlalchemy.dialects.postgresql import ARRAY

from assistant.column import Instant
from assistant.figures import AspectCount, Figures, GroupCount
from assistant.journal import Channel, Status
from assistant.period import Midnight, Period, local_midnight
from assistant.store import Store
from assistant.tables import cases, feedback, groups, questions

_LISTED = 10
"""Aspects and groups that are named."""
STATUSES: tuple[str, ...] = get_args(Status)
_CHANNELS: tuple[str, ...] = get_args(Channel)
_LANGUAGES = ("fr", "en", "es", "de", "it")
SILENT = ("unanswered", "partial")
"""Statuses of what the documentation does not say."""
_APART = ("off_topic", "unsafe")


class Statistics(Store):
    """Counts in the database; `midnight` gives the moment at which a day begins."""

    def __init__(self, engine: Engine, midnight: Midnight | None = None) -> None:
        super().__init__(engine)
        self._midnight = midnight or local_midnight

    def figures(self, period: Period) -> Figures:
        """Everything of a period, in one state of the database."""
        with self.reading() as connection:
            days = self._counted(connection, period)
            total = Counter[str]()
            for counts in days.values():
                total.update(counts)
            opinions = self._opinions(connection, period)
            closed, to_close = self._closing(connection, period)
            return Figures(
                days={day: _of(counts, STATUSES) for day, counts in days.items()},
                answerable_days={day: counts["answerable"] for day, counts in days.items()},
                statuses=_of(total, STATUSES),
                answerable=total["answerable"],
                languages=_of(total, _LANGUAGES),
                channels=_of(total, _CHANNELS),
                aspects=self._aspects(connection, period),
                groups=self._groups(connection, period),
                helpful=opinions.get(True, 0),
                unhelpful=opinions.get(False, 0),
                closed=closed,
                to_close=to_close,
            )

    def silences(self, period: Period) -> Mapping[tuple[str, str], int]:
        """How often each aspect was asked about in vain, by programme and aspect."""
        table = questions.c
        query = (
            select(table.programme, table.aspect, func.count())
            .where(*self._within(period), table.status.in_(SILENT))
            .where(table.programme.is_not(None), table.aspect.is_not(None))
            .group_by(table.programme, table.aspect)
        )
        return {(programme, aspect): count for programme, aspect, count in self.read(query)}

    def share(self, period: Period) -> tuple[int, float | None]:
        """How many questions were asked, and the share answered, to be compared with."""
        with self.reading() as connection:
            total = Counter[str]()
            for counts in self._counted(connection, period).values():
                total.update(counts)
        asked, able = sum(total[name] for name in STATUSES), total["answerable"]
        return asked, total["answered"] / able if able else None

    def snapshots(
        self, limit: int, programmes: tuple[str, ...] | None = None
    ) -> tuple[tuple[str, str, Mapping[str, Any]], ...]:
        """The latest answered questions, newest first: id, words, what was shown."""
        table = questions.c
        query = select(table.id, table.question, table.answer).where(table.status == "answered")
        if programmes is not None:
            query = query.where(table.programme.in_(programmes))
        rows = self.read(query.order_by(table.id.desc()).limit(limit))
        return tuple((row.id, row.question, row.answer) for row in rows)

    def _counted(self, connection: Connection, period: Period) -> dict[date, Counter[str]]:
        """Counts of each day by status, language and channel, and those that are answerable."""
        table = questions.c
        moments = [self._midnight(day) for day in (*period.days, period.last + timedelta(days=1))]
        counts = {
            "answerable": (table.status != "smalltalk")
            & (table.reason.is_(None) | table.reason.not_in(_APART)),
            **{name: table.status == name for name in STATUSES},
            **{name: table.language == name for name in _LANGUAGES},
            **{name: table.channel == name for name in _CHANNELS},
        }
        sums = [func.count().filter(each) for each in counts.values()]
        if connection.dialect.name == "postgresql":
            bounds = literal(moments[:-1], ARRAY(DateTime(timezone=True)))
            day = func.width_bucket(table.asked_at, bounds, type_=Integer).label("day")
            query = select(day - 1, *sums).where(*self._within(period)).group_by(day)
        else:
            query = self._day_by_day(moments, period, sums)
        found = {day: Counter[str]() for day in period.days}
        for number, *row in connection.execute(query):
            found[period.days[number]].update(dict(zip(counts, row, strict=True)))
        return found

    def _day_by_day(
        self, moments: list[datetime], period: Period, sums: Sequence[ColumnElement[int]]
    ) -> Select[Any]:
        """For SQLite, which then sorts nothing: each day's stretch of the index in turn."""
        rows = [(number, *pair) for number, pair in enumerate(pairwise(moments))]
        names = (column("day", Integer), column("begin", Instant), column("end", Instant))
        days = values(*names, name="days").data(rows).cte("days")
        asked = questions.c.asked_at
        within = (asked >= days.c.begin) & (asked < days.c.end)
        if period.programmes is not None:
            within &= questions.c.programme.in_(period.programmes)
        return select(days.c.day, *sums).join_from(days, questions, within).group_by(days.c.day)

    def _aspects(self, connection: Connection, period: Period) -> tuple[AspectCount, ...]:
        table = questions.c
        asked = func.count().label("asked")
        silent = func.count().filter(table.status.in_(SILENT)).label("silent")
        query = (
            select(table.aspect, asked, silent)
            .where(*self._within(period), table.aspect.is_not(None))
            .group_by(table.aspect)
            .order_by(asked.desc(), table.aspect)
            .limit(_LISTED)
        )
        return tuple(AspectCount(*row) for row in connection.execute(query))

    def _groups(self, connection: Connection, period: Period) -> tuple[GroupCount, ...]:
        """The largest groups; those in which nothing was understood come last."""
        asked = func.count().label("asked")
        table = groups.c
        query = (
            select(table.id, table.programme, table.representative, asked)
            .join(cases, cases.c.group_id == table.id)
            .join(questions, questions.c.id == cases.c.question_id)
            .where(cases.c.state == "open", *self._within(period))
            .group_by(table.id, table.programme, table.representative, table.clear)
            .order_by(table.clear.desc(), asked.desc(), table.id)
            .limit(_LISTED)
        )
        return tuple(GroupCount(*row) for row in connection.execute(query))

    def _opinions(self, connection: Connection, period: Period) -> dict[bool, int]:
        begin, end = period.bounds(self._midnight)
        table = feedback.c
        given = [table.given_at >= begin, table.given_at < end]
        if period.programmes is not None:
            # Looked up one by one: there are far fewer opinions than questions.
            asked = questions.c.id == table.question_id
            given.append(exists().where(asked, questions.c.programme.in_(period.programmes)))
        query = select(table.helpful, func.count()).where(*given).group_by(table.helpful)
        return {row[0]: row[1] for row in connection.execute(query)}

    def _closing(self, connection: Connection, period: Period) -> tuple[int, timedelta | None]:
        """How many cases were closed, and the median time that it took."""
        begin, end = period.bounds(self._midnight)
        moment = cases.c.closed_at
        took = _seconds(connection, moment) - _seconds(connection, questions.c.asked_at)
        query = (
            select(took)
            .join_from(cases, questions, questions.c.id == cases.c.question_id)
            .where(cases.c.state == "closed", moment >= begin, moment < end)
        )
        if period.programmes is not None:
            query = query.where(questions.c.programme.in_(period.programmes))
        seconds = connection.execute(query).scalars().all()
        if not seconds:
            return 0, None
        return len(seconds), timedelta(seconds=round(max(0.0, median(seconds))))

    def _within(self, period: Period) -> list[ColumnElement[bool]]:
        begin, end = period.bounds(self._midnight)
        found = [questions.c.asked_at >= begin, questions.c.asked_at < end]
        if period.programmes is not None:
            found.append(questions.c.programme.in_(period.programmes))
        return found


def _of(counts: Counter[str], names: tuple[str, ...]) -> dict[str, int]:
    """What was counted under these names, the zeros left out."""
    return {name: counts[name] for name in names if counts[name]}


def _seconds(connection: Connection, moment: Any) -> ColumnElement[float]:
    """Seconds, from whatever moment."""
    if connection.dialect.name == "sqlite":
        return func.julianday(moment, type_=Float) * 86_400
    return cast(func.extract("epoch", moment), Float)
