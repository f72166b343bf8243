"""The dashboard: what a period's figures look like, drawn and said."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from assistant.journal import Journal
from assistant.period import Period
from tests.conftest import NOW
from tests.databases import sample_record
from tests.members import PASSWORD, Door
from web.dashboard_view import change, lasting, percent
from web.messages import read_catalogue
from web.plot import columns_of, round_up, shares, stacked

PAGE = "/staff/dashboard"
TODAY = date(2026, 11, 24)
FR = read_catalogue()["fr"]


def ask(door: Door, days_ago: int = 0, **changes: object) -> str:
    if changes.get("status", "answered") in ("unanswered", "partial"):
        changes.setdefault("reason", "not_documented")
    record = sample_record(NOW - timedelta(days=days_ago), **changes)
    Journal(door.staff.audit.engine).record(record)
    return record.id


def tile(page: str, name: str) -> str:
    found = re.search(rf"<dt>{name}</dt><dd>(.*?)</dd>", page)
    assert found
    return found[1]


def test_a_period_without_questions_says_so(door: Door) -> None:
    page = door.client("reader").get(PAGE).text

    assert "Aucune question pour l’instant" in page
    assert "<svg" not in page.partition("<main")[2]
    assert "No questions yet" in door.client("reader").get(f"{PAGE}?language=en").text


def test_figures_are_drawn_and_stand_in_a_table(door: Door) -> None:
    for days_ago, changes in (
        (0, {}), (0, {"aspect": "internship_length"}), (1, {"status": "unanswered"}),
        (1, {"status": "smalltalk"}), (40, {}),
    ):  # fmt: skip
        ask(door, days_ago, **changes)
    journal = Journal(door.staff.audit.engine)
    journal.feedback(ask(door), True, None, NOW)

    page = door.client("reader").get(PAGE).text

    assert tile(page, "Questions posées") == "5"
    assert tile(page, "Part de réponses") == "75\u00a0%"
    assert tile(page, "Réponses jugées utiles") == "100\u00a0%"
    assert "1 sur la période précédente" in page
    assert "−25 points" in page
    assert page.count('<rect class="over"') == 60
    assert "24 novembre 2026\u00a0: 3</title>" in page
    table = page.partition("<details>")[2].partition("</details>")[0]
    assert table.count('<tr role="row">') == 31
    assert "Durée du stage" in page
    assert 'role="img" aria-label="Questions par jour\u00a0: 5 en tout' in page


@pytest.mark.parametrize(("days", "columns"), [("7", 7), ("30", 30), ("90", 13), ("-1", 30)])
def test_a_period_can_be_chosen(door: Door, days: str, columns: int) -> None:
    ask(door)

    page = door.client("reader").get(f"{PAGE}?days={days}").text

    assert page.count('<rect class="over"') == 2 * columns
    assert page.count('aria-current="true"') == 1


def test_a_member_of_some_programmes_sees_their_figures_alone(door: Door) -> None:
    door.staff.accounts.add("Ana", "editor", PASSWORD, NOW, "administrator", ["parcours-cmc"])
    ask(door)
    ask(door, programme="autre")
    ask(door, programme=None, status="clarify")

    mine = door.client("Ana").get(f"{PAGE}?programme=autre").text
    all_of_it = door.client("reader").get(PAGE).text
    one = door.client("reader").get(f"{PAGE}?programme=parcours-cmc").text

    assert tile(mine, "Questions posées") == tile(one, "Questions posées") == "1"
    assert tile(all_of_it, "Questions posées") == "3"


def test_a_figure_never_becomes_markup(door: Door) -> None:
    ask(door, aspect="<script>x</script>")

    assert "<script>x" not in door.client("reader").get(PAGE).text


def test_many_days_are_drawn_in_weeks_of_which_the_last_is_whole() -> None:
    days = {day: {"answered": 1} for day in Period.until(TODAY, 90).days}

    columns = columns_of(days)

    assert len(columns) == 13
    assert columns[-1].last == TODAY
    assert [sum(each.figures.values()) for each in columns] == [6] + [7] * 12


def test_bars_stand_upon_each_other_and_never_leave_the_drawing() -> None:
    days = {TODAY: {"answered": 3, "partial": 1}, TODAY + timedelta(days=1): {"partial": 5}}

    plot = stacked(columns_of(days), ("answered", "partial"))

    assert plot.top == 6
    assert [(bar.kind, round(bar.y), round(bar.height)) for bar in plot.bars] == [
        ("answered", 50, 50), ("partial", 33, 17), ("partial", 17, 83),
    ]  # fmt: skip
    share = shares(columns_of({TODAY: {"part": 1, "whole": 4}}), "part", "whole")
    assert [(bar.kind, bar.y, bar.height) for bar in share.bars] == [
        ("rest", 0, 75), ("share", 75, 25),
    ]  # fmt: skip
    assert shares(columns_of({TODAY: {}}), "part", "whole").bars == ()


def test_the_scale_ends_on_a_number_that_halves() -> None:
    for value in range(3_000):
        assert value <= round_up(value) <= max(4, 2 * value)
        assert round_up(value) % 2 == 0


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "0 min"), (59, "59 min"), (61, "1 h"), (1430, "1 j 0 h"), (3030, "2 j 2 h")],
)
def test_a_time_is_said_shortly(minutes: int, said: str) -> None:
    assert lasting(timedelta(minutes=minutes), FR) == said


def test_a_share_is_said_with_what_it_gained() -> None:
    assert percent(None, FR) == "–"
    assert percent(0.125, FR) == "12\u00a0%"
    assert change(0.5, None, FR) == ""
    assert change(0.5, 0.5, FR) == "comme sur la période précédente"
    assert change(0.5, 0.25, FR) == "+25 points depuis la période précédente"
