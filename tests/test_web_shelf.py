"""The documents as staff look after them, and what in them wants a look."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.ingestion import Ingested
from assistant.ingestion_report import keep_report, report_of
from assistant.journal import Journal, snapshot
from assistant.settings import Settings
from assistant.staff_answer import Content, StaffAnswer
from assistant.unread import built_at, keep_unread, read_unread
from corpus.library import Unreadable, read_corpus
from tests.conftest import NOW, FakeDesk, FakeJournal
from tests.databases import sample_record
from tests.desks import desk_of, index_over
from tests.members import PASSWORD, Clock, Door, fresh_staff
from web.app import create_app

PAGE = "/staff/documents"
STAGE = """---
title: Stage
programme: licence
url: https://univ.example/stage
updated: 2026-09-01
---
# Stage

## Durée du stage

Le stage dure 12 semaines.

Les conventions sont à rendre avant le 15 décembre 2026. La réunion a eu lieu le 3 mars 2026.
"""
PRESENTATION = """---
title: Présentation
programme: licence
---
# Présentation

## Durée du stage

La durée du stage est de 16 semaines.
"""


@pytest.fixture
def house(tmp_path: Path, journal: FakeJournal, settings: Settings) -> Any:
    """The pages over a small licence whose two documents disagree, and its desk."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "stage.md").write_text(STAGE, "utf-8")
    (folder / "presentation.md").write_text(PRESENTATION, "utf-8")
    staff, clock = fresh_staff(tmp_path), Clock()
    office: Any = SimpleNamespace(
        desk=desk_of(index_over(read_corpus(folder).documents)), notes=lambda: ()
    )
    app = create_app(office, journal, settings, clock=clock, staff=staff)
    return SimpleNamespace(door=Door(app, staff, clock), office=office, settings=settings)


def section(page: str, id: str) -> str:
    return page.partition(f'id="{id}-heading"')[2].partition("</section>")[0]


def test_every_document_is_listed_with_its_source_and_size(house: Any) -> None:
    page = house.door.client("reader").get(PAGE).text
    listed = section(page, "documents")

    assert listed.count('<tr role="row">') == 3
    assert 'href="/documents/stage"' in listed
    assert 'href="https://univ.example/stage"' in listed
    assert "1er septembre 2026" in listed
    assert "Tous les documents ont été lus" in page
    assert "Aucune lecture" in page


def test_dates_that_are_past_or_come_soon_lead_to_where_they_stand(house: Any) -> None:
    page = house.door.client("reader").get(PAGE).text

    past, soon = section(page, "past"), section(page, "soon")
    assert "3 mars 2026" in past
    assert "/documents/stage?q=La%20r%C3%A9union" in past
    assert "15 décembre 2026" in soon
    assert "15 décembre" not in past


def test_contradictions_are_shown_once_they_are_known(house: Any) -> None:
    client, desk = house.door.client("reader"), house.office.desk
    assert "Examen en cours" in section(client.get(PAGE).text, "opposed")

    list(desk.survey.steps(desk.programmes))
    shown = section(client.get(PAGE).text, "opposed")
    assert "12 semaines" in shown
    assert "16 semaines" in shown
    assert "/documents/presentation?q=" in shown
    assert "/documents/stage?q=" in shown


def test_an_answer_of_staff_that_contradicts_a_page_is_shown(house: Any) -> None:
    content = Content("licence", "Combien de temps dure le stage ?", "Le stage dure 20 semaines.")
    answer = StaffAnswer("a1", 1, "published", content, "editor", NOW, NOW)
    desk = house.office.desk = house.office.desk.with_answers((answer,))
    list(desk.survey.steps(desk.programmes))

    shown = section(house.door.client("reader").get(PAGE).text, "opposed")

    assert "20 semaines" in shown
    assert 'href="/staff/answers/a1"' in shown


def test_quotes_that_have_gone_are_shown_with_how_often_they_were_given(
    door: Door, desk: FakeDesk
) -> None:
    journal = Journal(door.staff.audit.engine)
    kept = snapshot(desk._reply("stage"))
    changed = json.loads(json.dumps(kept))
    changed["citations"][0]["quote"] = "Le stage dure 999 heures."
    left = json.loads(json.dumps(kept))
    left["citations"] = [{**left["citations"][0], "document": "parcours-cmc/ancien"}]
    ours = json.loads(json.dumps(kept))
    ours["citations"] = [{**ours["citations"][0], "document": "staff/a", "kind": "staff"}]
    for answer in (kept, changed, changed, left, ours):
        journal.record(sample_record(NOW, answer=answer))

    shown = section(door.client("reader").get(PAGE).text, "gone")

    assert shown.count("<li>") == 2
    assert "999 heures" in shown
    assert "citée 2 fois" in shown
    assert "Document retiré" in shown
    assert 'action="/staff/explain"' in shown
    assert 'name="question" value="Combien d&#39;heures dure le stage ?"' in shown


def test_what_could_not_be_read_is_named_with_its_remedy(house: Any) -> None:
    folder = house.settings.data / "index"
    folder.mkdir(parents=True)
    keep_unread(folder, [Unreadable("/x/plan.pdf", "It is encrypted.", "Save it without.")])

    page = house.door.client("reader").get(PAGE).text

    assert "/x/plan.pdf" in section(page, "unread")
    assert "It is encrypted. Save it without." in section(page, "unread")
    assert "Index construit le" in page


def test_the_latest_ingestions_are_told_of(house: Any) -> None:
    ingested = Ingested(
        added=("stage.md",), unchanged=("a.md", "b.md"),
        refused=(Unreadable("c.pdf", "It is empty.", "Save it again."),),
    )  # fmt: skip
    report = report_of("2026-11-20T10:30:00+00:00", 1.5, ["https://univ.example/"], ingested)
    keep_report(house.settings, report)

    page = house.door.client("reader").get(PAGE).text
    runs = section(page, "runs")

    assert "https://univ.example/" in runs
    assert "1 ajoutés · 2 inchangés · 1 illisibles" in runs
    assert "It is empty." in runs
    assert "20 novembre 2026" in section(page, "documents")


def test_a_member_of_some_programmes_sees_their_documents_alone(house: Any) -> None:
    staff = house.door.staff
    staff.accounts.add("Ana", "editor", PASSWORD, NOW, "administrator", ["autre"])
    journal = Journal(staff.audit.engine)
    journal.record(sample_record(NOW, programme="licence"))

    page = house.door.client("Ana").get(f"{PAGE}?programme=licence").text

    assert "Aucun document" in section(page, "documents")
    assert "semaines" not in page


def test_without_an_index_the_page_stands(door: Door, desk: FakeDesk) -> None:
    desk.reasons, desk.documents, desk.programmes = ("not open",), {}, {}

    response = door.client("reader").get(PAGE)

    assert response.status_code == 200
    assert "son index n’est pas ouvert" in response.text


def test_what_is_unread_is_kept_as_it_was_and_never_in_the_way(tmp_path: Path) -> None:
    unread = (Unreadable("é.pdf", "Empty.", "Save it."),)

    assert read_unread(tmp_path) == ()
    assert built_at(tmp_path) is None
    keep_unread(tmp_path, unread)
    assert built_at(tmp_path) is not None
    assert read_unread(tmp_path) == unread
    (tmp_path / "unread.json").write_text("[{]")
    assert read_unread(tmp_path) == ()
    keep_unread(tmp_path / "nowhere", unread)
