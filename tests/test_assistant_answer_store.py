from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import insert, select

from assistant.answer_store import (
    AnswerStore,
    Effect,
    NoSuchAnswer,
    PublishedMeanwhile,
    RevisionConflict,
)
from assistant.audit import Audit
from assistant.database import connect, migrate, writing
from assistant.journal import Journal
from assistant.staff_answer import Content, UnusableAnswer, Wording
from assistant.store import StaffUnavailable
from assistant.tables import cases, groups
from tests.databases import fresh_url, sample_record

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
CONTENT = Content(
    "parcours-cmc",
    "Le stage est-il payé ?",
    "Oui, 4,35 € de l'heure.",
    "https://univ.example/stage",
    date(2026, 9, 1),
    date(2027, 8, 31),
    (Wording("stage remunere ?", "q1", ("Le stage dure combien de temps ?",)),),
)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, tmp_path):
    engine = connect(fresh_url(request.param, tmp_path))
    migrate(engine)
    yield AnswerStore(engine)
    engine.dispose()


def asked(store, *ids):
    for id in ids:
        Journal(store.engine).record(sample_record(NOW, id=id))


def case(store, id):
    query = select(cases.c.state, cases.c.answer_id, cases.c.closed_at)
    row = store.read(query.where(cases.c.question_id == id))
    return tuple(row[0]) if row else None


def test_an_answer_is_given_back_as_it_was_published(store):
    added = store.add(CONTENT, "published", "Marie", NOW)

    assert store.answer(added.id) == added
    assert store.published() == (added,)
    assert (added.revision, added.content, added.author) == (1, CONTENT, "Marie")


def test_drafts_and_retracted_answers_are_not_published(store):
    draft = store.add(CONTENT, "draft", "Marie", NOW)
    out = store.add(CONTENT, "published", "Marie", NOW)
    store.change(out.id, 1, CONTENT, "retracted", "Marie", LATER)

    assert store.published() == ()
    assert [each.id for each in store.answers()] == [draft.id, out.id]


def test_an_edit_is_the_next_revision_and_the_earlier_one_stays_in_the_history(store):
    added = store.add(CONTENT, "published", "Marie", NOW)
    better = replace(CONTENT, answer="Oui, 4,50 € de l'heure.")

    edited = store.change(added.id, 1, better, "published", "Paul", LATER)

    assert (edited.revision, edited.content, edited.author) == (2, better, "Marie")
    first, second = store.history(added.id)
    assert (first.content, first.account, first.state) == (CONTENT, "Marie", "published")
    assert (second.content, second.account, second.at) == (better, "Paul", LATER)


def test_an_edit_of_an_old_revision_is_refused_and_names_the_current_one(store):
    added = store.add(CONTENT, "published", "Marie", NOW)
    store.change(added.id, 1, CONTENT, "published", "Paul", NOW)

    with pytest.raises(RevisionConflict) as refused:
        store.change(added.id, 1, CONTENT, "retracted", "Marie", LATER)
    assert refused.value.current == 2
    assert store.answer(added.id).state == "published"


def test_of_many_edits_at_once_each_revision_is_won_by_one(store):
    added = store.add(CONTENT, "published", "Marie", NOW)

    def edit(revision, number):
        content = replace(CONTENT, answer=f"Réponse {number}.")
        try:
            return store.change(added.id, revision, content, "published", f"member {number}", LATER)
        except RevisionConflict:
            return None

    with ThreadPoolExecutor(4) as pool:
        for revision in range(1, 201):
            won = [each for each in pool.map(partial(edit, revision), range(4)) if each]
            assert len(won) == 1
            assert store.answer(added.id) == won[0]

    assert len(store.history(added.id)) == 201


def test_what_is_not_there_cannot_be_changed(store):
    with pytest.raises(NoSuchAnswer):
        store.change("nowhere", 1, CONTENT, "published", "Marie", NOW)
    with pytest.raises(NoSuchAnswer):
        store.answer("nowhere")
    with pytest.raises(NoSuchAnswer):
        store.history("nowhere")


@pytest.mark.parametrize(
    "wrong",
    [
        {"question": " "},
        {"question": "?" * 501},
        {"answer": "\n\t"},
        {"answer": "a" * 5001},
        {"source_url": "javascript:alert(1)"},
        {"source_url": "https://univ.example/a b"},
        {"valid_until": date(2026, 8, 31)},
    ],
)
def test_what_cannot_be_an_answer_is_refused(store, wrong):
    with pytest.raises(UnusableAnswer):
        store.add(replace(CONTENT, **wrong), "published", "Marie", NOW)
    assert store.answers() == ()


def test_closing_and_reopening_go_with_the_answer(store):
    asked(store, "q1", "q2")
    added = store.add(CONTENT, "published", "Marie", NOW, Effect(closed=("q1", "q2", "unknown")))
    assert case(store, "q1") == ("closed", added.id, NOW)
    assert store.closed() == (("q1", added.id), ("q2", added.id))

    retracted = Effect(reopened=("q1",))
    store.change(added.id, 1, CONTENT, "retracted", "Marie", LATER, retracted)

    assert case(store, "q1") == ("open", None, None)
    assert store.closed_by(added.id) == ("q2",)
    assert store.closed() == ()


def test_an_answer_does_not_open_what_another_one_closed(store):
    asked(store, "q1")
    one = store.add(CONTENT, "published", "Marie", NOW, Effect(closed=("q1",)))
    other = store.add(CONTENT, "published", "Marie", NOW)

    store.change(other.id, 1, CONTENT, "retracted", "Marie", LATER, Effect(reopened=("q1",)))

    assert case(store, "q1") == ("closed", one.id, NOW)


def test_the_size_of_a_group_is_how_many_of_its_questions_wait(store):
    asked(store, "q1", "q2")
    with writing(store.engine) as connection:
        group = {"id": "g", "representative": "?", "size": 2, "asked_at": NOW, "clear": True}
        connection.execute(insert(groups).values(group))
        rows = [{"question_id": id, "group_id": "g", "state": "open"} for id in ("q1", "q2")]
        connection.execute(insert(cases), rows)
    assert set(store.waiting("g")) == {"q1", "q2"}

    added = store.add(CONTENT, "published", "Marie", NOW, Effect(closed=("q1",)))
    assert store.read(select(groups.c.size)) == [(1,)]
    assert store.waiting("g") == ("q2",)

    store.change(added.id, 1, CONTENT, "retracted", "Marie", LATER, Effect(reopened=("q1",)))
    assert store.read(select(groups.c.size)) == [(2,)]


def test_every_change_is_in_the_audit_and_what_fails_leaves_no_trace(store):
    added = store.add(CONTENT, "published", "Marie", NOW, Effect(noted={"confirmed": 1}))
    with pytest.raises(RevisionConflict):
        store.change(added.id, 7, CONTENT, "retracted", "Paul", LATER)
    store.change(added.id, 1, CONTENT, "published", "Paul", LATER)
    store.change(added.id, 2, CONTENT, "retracted", "Paul", LATER)

    found = Audit(store.engine).latest(10)
    assert [(each.action, each.account) for each in found] == [
        ("answer.retracted", "Paul"),
        ("answer.edited", "Paul"),
        ("answer.published", "Marie"),
    ]
    assert {each.subject for each in found} == {f"answer:{added.id}"}
    assert found[-1].detail == {"revision": 1, "closed": 0, "reopened": 0, "confirmed": 1}
    assert len(store.history(added.id)) == 3


def test_the_mark_moves_with_every_change_and_with_nothing_else(store):
    marks = [store.mark(), store.mark()]
    added = store.add(CONTENT, "published", "Marie", NOW)
    marks.append(store.mark())
    store.change(added.id, 1, CONTENT, "published", "Marie", NOW)
    marks.append(store.mark())

    assert marks[0] == marks[1]
    assert len(set(marks)) == 3


def test_a_change_for_another_state_of_the_store_is_refused(store):
    mark = store.mark()
    store.add(CONTENT, "published", "Marie", NOW)

    with pytest.raises(PublishedMeanwhile):
        store.add(CONTENT, "published", "Paul", LATER, Effect(mark=mark))
    assert len(store.answers()) == 1


def test_an_outage_is_told_as_one(tmp_path):
    engine = connect(f"sqlite:///{tmp_path}/empty.sqlite3")
    store = AnswerStore(engine)

    with pytest.raises(StaffUnavailable):
        store.mark()
    with pytest.raises(StaffUnavailable):
        store.add(CONTENT, "published", "Marie", NOW)
    engine.dispose()
