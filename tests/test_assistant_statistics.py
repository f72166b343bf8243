"""What is counted of a period, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from assistant.database import connect, migrate
from assistant.figures import AspectCount, GroupCount
from assistant.journal import Journal
from assistant.period import Period
from assistant.statistics import Statistics
from assistant.store import StaffUnavailable
from assistant.tables import cases, groups
from tests.databases import fresh_url, sample_record

PARIS = ZoneInfo("Europe/Paris")
LAST = date(2026, 11, 24)
WEEK = Period.until(LAST, 7)


def paris(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=PARIS)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: Any, tmp_path: Path) -> Iterator[Engine]:
    engine = connect(fresh_url(request.param, tmp_path))
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def statistics(engine: Engine) -> Statistics:
    return Statistics(engine, paris)


def at(day: int, hour: int = 12, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=PARIS)


def ask(engine: Engine, moment: datetime, **changes: Any) -> str:
    if changes.get("status", "answered") in ("unanswered", "partial"):
        changes.setdefault("reason", "not_documented")
    record = sample_record(moment, **changes)
    Journal(engine).record(record)
    return record.id


def group(engine: Engine, id: str, questions: list[str], clear: bool = True) -> None:
    values = {"representative": f"{id} ?", "size": len(questions), "asked_at": at(24)}
    with engine.begin() as connection:
        connection.execute(groups.insert().values(id=id, clear=clear, **values))
        for question in questions:
            row = {"question_id": question, "group_id": id, "state": "open"}
            connection.execute(cases.insert().values(row))


def close(engine: Engine, question: str, moment: datetime) -> None:
    row = {"question_id": question, "state": "closed", "closed_at": moment}
    with engine.begin() as connection:
        connection.execute(cases.insert().values(row))


def test_nothing_was_asked(statistics: Statistics) -> None:
    figures = statistics.figures(WEEK)

    assert list(figures.days) == list(WEEK.days)
    assert figures.asked == 0
    assert figures.answered_share is None
    assert figures.helpful_share is None
    assert figures.to_close is None
    assert statistics.share(WEEK) == (0, None)
    assert statistics.snapshots(5) == ()


def test_questions_are_counted_by_day_status_language_and_channel(
    engine: Engine, statistics: Statistics
) -> None:
    for moment, changes in (
        (at(18, 0, 0), {}),  # the first moment of the week
        (at(17, 23, 59), {}),  # the last one before
        (at(24, 23, 59), {"status": "unanswered", "language": "en", "channel": "page"}),
        (at(25, 0, 0), {}),
        (at(20), {"status": "smalltalk"}),
        (at(20), {"status": "unanswered", "reason": "off_topic"}),
        (at(20), {"status": "partial", "programme": "licence"}),
        (at(20), {"status": "clarify", "programme": None}),
    ):
        ask(engine, moment, **changes)

    figures = statistics.figures(WEEK)

    assert figures.asked == 6
    by_day = {day.day: dict(counts) for day, counts in figures.days.items() if counts}
    assert by_day == {
        18: {"answered": 1},
        20: {"smalltalk": 1, "unanswered": 1, "partial": 1, "clarify": 1},
        24: {"unanswered": 1},
    }
    assert figures.answerable == 4
    assert figures.answered_share == 0.25
    assert figures.languages == {"fr": 5, "en": 1}
    assert figures.channels == {"api": 5, "page": 1}
    of_one = statistics.figures(Period.until(LAST, 7, ("licence",)))
    assert of_one.statuses == {"partial": 1}
    assert statistics.share(WEEK) == (6, 0.25)
    assert figures.answerable_days[date(2026, 11, 20)] == 2


def test_days_are_those_of_the_place_when_its_clocks_change(
    engine: Engine, statistics: Statistics
) -> None:
    # In Paris 25 October 2026 has 25 hours, and 29 March 23.
    for month, day in ((10, 24), (10, 25), (10, 26), (3, 28), (3, 29), (3, 30)):
        ask(engine, at(day, 0, 0, month))
        ask(engine, at(day, 23, 59, month))

    autumn = statistics.figures(Period(date(2026, 10, 24), date(2026, 10, 26)))
    change = statistics.figures(Period(date(2026, 10, 25), date(2026, 10, 25)))
    spring = statistics.figures(Period(date(2026, 3, 28), date(2026, 3, 30)))

    for figures in (autumn, change, spring):
        assert {sum(counts.values()) for counts in figures.days.values()} == {2}


def test_aspects_are_those_asked_most_with_how_many_in_vain(
    engine: Engine, statistics: Statistics
) -> None:
    for aspect, status in (
        ("fees", "unanswered"), ("fees", "partial"), ("fees", "answered"),
        ("start", "answered"), ("start", "answered"), (None, "answered"), ("jobs", "unanswered"),
    ):  # fmt: skip
        ask(engine, at(20), aspect=aspect, status=status)

    assert statistics.figures(WEEK).aspects == (
        AspectCount("fees", 3, 2), AspectCount("start", 2, 0), AspectCount("jobs", 1, 1),
    )  # fmt: skip
    assert statistics.silences(WEEK) == {("parcours-cmc", "fees"): 2, ("parcours-cmc", "jobs"): 1}
    assert statistics.silences(Period.until(LAST, 7, ("licence",))) == {}


def test_groups_are_the_largest_of_the_period_and_the_unclear_ones_come_last(
    engine: Engine, statistics: Statistics
) -> None:
    asked = [ask(engine, at(20), status="unanswered") for _ in range(6)]
    old = [ask(engine, at(1), status="unanswered") for _ in range(5)]
    group(engine, "small", [asked[0], *old])
    group(engine, "large", asked[1:3])
    group(engine, "junk", asked[3:], clear=False)

    assert statistics.figures(WEEK).groups == (
        GroupCount("large", None, "large ?", 2),
        GroupCount("small", None, "small ?", 1),
        GroupCount("junk", None, "junk ?", 3),
    )


def test_opinions_are_those_given_in_the_period(engine: Engine, statistics: Statistics) -> None:
    journal = Journal(engine)
    for moment, helpful in ((at(20), True), (at(20), True), (at(20), False), (at(1), False)):
        journal.feedback(ask(engine, moment), helpful, None, moment)

    figures = statistics.figures(WEEK)

    assert (figures.helpful, figures.unhelpful) == (2, 1)
    assert figures.helpful_share == pytest.approx(2 / 3)
    assert statistics.figures(Period.until(LAST, 7, ("licence",))).helpful_share is None
    assert statistics.figures(Period.until(LAST, 7, ("parcours-cmc",))).helpful == 2


@pytest.mark.parametrize(("hours", "median"), [((1, 5, 30), 5), ((1, 4, 6, 30), 5), ((2,), 2)])
def test_the_time_to_close_is_a_median(
    engine: Engine, statistics: Statistics, hours: tuple[int, ...], median: int
) -> None:
    for each in hours:
        question = ask(engine, at(20), status="unanswered")
        close(engine, question, at(20) + timedelta(hours=each))
    # Closed before the period, whenever it was asked.
    close(engine, ask(engine, at(1), status="unanswered"), at(2))

    figures = statistics.figures(WEEK)

    assert figures.closed == len(hours)
    assert figures.to_close == timedelta(hours=median)


def test_the_latest_answers_come_as_they_were_shown(engine: Engine, statistics: Statistics) -> None:
    statuses = ("answered", "partial", "answered")
    first, _, last = (ask(engine, at(20), status=each) for each in statuses)

    found = statistics.snapshots(2)

    assert [id for id, _, _ in found] == [last, first]
    assert found[0][2]["segments"][0]["text"] == "420 heures"


def test_an_outage_is_told_apart(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/none.sqlite3")

    with pytest.raises(StaffUnavailable):
        Statistics(engine).figures(WEEK)


def test_the_period_before_is_as_long() -> None:
    assert WEEK.before == Period(date(2026, 11, 11), date(2026, 11, 17))
    assert Period.until(LAST, 1).days == (LAST,)
