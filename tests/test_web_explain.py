"""Why a reply is what it is, as staff read it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.settings import Settings
from tests.conftest import FakeDesk, FakeJournal
from tests.desks import cmc_desk
from tests.members import Clock, Door, fresh_staff
from web.app import create_app

PAGE = "/staff/explain"


@pytest.fixture
def real(journal: FakeJournal, settings: Settings, tmp_path: Path) -> Door:
    """The pages over the desk of the documents that come with the project."""
    staff, clock = fresh_staff(tmp_path), Clock()
    office: Any = SimpleNamespace(desk=cmc_desk(), notes=lambda: ())
    return Door(create_app(office, journal, settings, clock=clock, staff=staff), staff, clock)


def test_the_form_stands_alone_at_first(door: Door) -> None:
    page = door.client("reader").get(PAGE).text

    assert "Pourquoi cette réponse" in page
    assert "Ce que lit un candidat" not in page


def test_an_answer_is_explained(real: Door) -> None:
    client = real.client("reader")

    page = client.post(PAGE, data={"question": "Combien de temps dure le stage ?"}).text

    assert "la documentation répond" in page
    assert "Durée du stage" in page
    assert "420" in page
    assert "Cité" in page
    assert "Les passages trouvés ont été pesés" in page
    assert 'href="/documents/parcours-cmc/' in page
    english = client.get(f"{PAGE}?question=Combien%20de%20temps%20dure%20le%20stage&language=en")
    assert "the documentation answers" in english.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Y a-t-il une piscine ?", "absent"),
        ("Bonjour", "Politesse"),
        ("Serai-je admis avec 11 de moyenne ?", "jamais jugé"),
        ("Quelle est la recette de la tarte ?", "Autre sujet"),
        ("bla", "Sans réponse"),
    ],
)
def test_a_refusal_is_explained(real: Door, question: str, said: str) -> None:
    page = real.client("reader").post(PAGE, data={"question": question}).text

    assert said in page


def test_nothing_is_recorded_and_what_is_typed_never_runs(door: Door, journal: FakeJournal) -> None:
    payload = "<img src=x onerror=alert(1)>"

    for page in (
        door.client("reader").post(PAGE, data={"question": payload}),
        door.client("reader").get(PAGE, params={"question": payload}),
    ):
        assert page.status_code == 200
        assert "<img src=x" not in page.text
        assert "by heart" in page.text
    assert journal.records == []


def test_a_question_that_is_too_long_is_told_so(door: Door, desk: FakeDesk) -> None:
    page = door.client("reader").post(PAGE, data={"question": "a" * 501})

    assert page.status_code == 422
    assert 'id="question-error"' in page.text
    assert desk.asked == []


def test_a_programme_is_the_one_that_was_chosen_if_there_is_one(door: Door, desk: FakeDesk) -> None:
    client = door.client("reader")

    client.post(PAGE, data={"question": "stage", "programme": "parcours-cmc"})
    client.post(PAGE, data={"question": "stage", "programme": "nowhere"})

    assert [asked.programme for asked, _ in desk.asked] == ["parcours-cmc", None]


def test_while_the_index_is_closed_nothing_is_asked(door: Door, desk: FakeDesk) -> None:
    desk.reasons = ("The index is not open yet.",)

    page = door.client("reader").get(PAGE, params={"question": "stage"})

    assert page.status_code == 200
    assert "son index n’est pas ouvert" in page.text
    assert desk.asked == []
