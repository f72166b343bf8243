"""The coverage table: what each programme's documentation says, as a page and as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

import pytest

from assistant.aspect import load_aspects
from assistant.journal import Journal
from tests.conftest import NOW, FakeDesk
from tests.databases import sample_record
from tests.members import PASSWORD, Door

PAGE = "/staff/coverage"
TOTAL = len(load_aspects())


def surveyed(desk: FakeDesk, programmes: Mapping[str, str] | None = None) -> None:
    if programmes is not None:
        desk.programmes = programmes
    list(desk.survey.steps(desk.programmes))


def ask_in_vain(door: Door, aspect: str, **changes: Any) -> None:
    given = {"status": "unanswered", "reason": "not_documented", "aspect": aspect}
    Journal(door.staff.audit.engine).record(sample_record(NOW, **given | changes))


def cells(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_what_is_not_known_yet_is_said_and_nothing_is_asked_for_it(door: Door) -> None:
    page = door.client("reader").get(PAGE).text

    assert f"Examen en cours\u00a0: 0 sujets sur {TOTAL}" in page
    assert page.count("À l’examen") == TOTAL


def test_one_programme_is_shown_with_its_quotes(door: Door, desk: FakeDesk) -> None:
    surveyed(desk)

    page = door.client("reader").get(PAGE).text

    assert "Examen en cours" not in page
    assert page.count('<tr role="row">') == TOTAL + 1
    assert f"sujets couverts sur {TOTAL}" in page
    assert "420 heures" in page
    assert 'href="/documents/parcours-cmc/' in page or "#:~:text=" in page
    missing = door.client("reader").get(f"{PAGE}?shown=missing").text
    covered = door.client("reader").get(f"{PAGE}?shown=covered").text
    assert "Durée du stage" in covered
    assert missing.count('<tr role="row">') + covered.count('<tr role="row">') == TOTAL + 2


def test_several_programmes_stand_side_by_side_with_the_quote_beside_each_mark(
    door: Door, desk: FakeDesk
) -> None:
    titles = dict(desk.programmes)
    surveyed(desk, titles | {"licence": "Licence : histoire"})

    page = door.client("reader").get(PAGE).text

    assert page.count('role="tooltip"') == page.count('aria-describedby="q-')
    assert 'id="q-licence-internship_length"' in page
    assert "Couverture par formation" in page
    one = door.client("reader").get(f"{PAGE}?programme=licence").text
    assert 'role="tooltip"' not in one


def test_of_many_programmes_one_is_chosen(door: Door, desk: FakeDesk) -> None:
    surveyed(desk, {f"p{number}": f"P {number}" for number in range(6)})

    page = door.client("reader").get(PAGE).text

    assert "Choisissez une formation" in page
    assert page.count('<tr role="row">') == 7


def test_what_was_asked_in_vain_leads_to_its_questions(door: Door, desk: FakeDesk) -> None:
    surveyed(desk)
    for aspect in ("fees", "fees", "internship_length"):
        ask_in_vain(door, aspect)
    ask_in_vain(door, "fees", programme="autre")

    page = door.client("reader").get(PAGE).text
    gaps = page.partition('id="gaps-heading"')[2].partition("</section>")[0]

    assert 'href="/staff/?programme=parcours-cmc&amp;aspect=fees"' in gaps
    assert '<span class="number">2</span>' in gaps
    # Its aspect is covered: the question itself was put in another way.
    assert "internship_length" not in gaps


def test_the_file_has_everything_and_no_formula(door: Door, desk: FakeDesk) -> None:
    surveyed(desk, {"=1+1": "@title", **desk.programmes})
    ask_in_vain(door, "fees")

    response = door.client("reader").get(f"{PAGE}.csv")
    rows = cells(response.text)

    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in response.headers["content-disposition"]
    assert len(rows) == 2 * TOTAL
    assert rows[0]["programme"] == "'=1+1"
    assert rows[0]["programme_title"] == "'@title"
    of = {(row["programme"], row["aspect"]): row for row in rows}
    assert of["parcours-cmc", "internship_length"]["coverage"] == "documented"
    assert "420 heures" in of["parcours-cmc", "internship_length"]["quote"]
    assert of["parcours-cmc", "fees"]["asked_in_vain"] == "1"
    one = door.client("reader").get(f"{PAGE}.csv?programme=parcours-cmc").text
    assert len(cells(one)) == TOTAL


def test_a_member_of_some_programmes_sees_those_alone(door: Door, desk: FakeDesk) -> None:
    door.staff.accounts.add("Ana", "editor", PASSWORD, NOW, "administrator", ["licence"])
    surveyed(desk, {**desk.programmes, "licence": "Licence"})

    rows = cells(door.client("Ana").get(f"{PAGE}.csv?programme=parcours-cmc").text)

    assert {row["programme"] for row in rows} == {"licence"}


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}.csv"])
def test_without_an_index_there_is_nothing_to_look_at(
    door: Door, desk: FakeDesk, path: str
) -> None:
    desk.reasons = ("The index is not open yet.",)

    response = door.client("reader").get(path)

    assert response.status_code == 200
    assert ("Aucune formation à examiner" in response.text) == (path == PAGE)
