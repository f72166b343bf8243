from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from assistant.answer import Abstention, Answer, text_of
from assistant.answer_store import AnswerStore, NoSuchAnswer, RevisionConflict
from assistant.audit import Audit
from assistant.database import connect, migrate
from assistant.draft import Draft, UnknownQuestions
from assistant.exchange import Asked
from assistant.journal import Journal
from assistant.office import Office
from assistant.policy import load_policy
from assistant.publishing import HeldBack, Published, Publishing
from assistant.staff_answer import Content, UnusableAnswer
from assistant.store import StaffUnavailable
from tests.databases import fresh_url, sample_record
from tests.fakes import FakeEncoder
from tests.supplies import FEES, SUPPLIES, settings_of, written

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
TODAY = NOW.date()
# As strict as for an encoder that none was fitted for: nothing is answered by the way.
STRICT = replace(load_policy("none"), encoder=FakeEncoder().fingerprint)
CAREFUL = replace(SUPPLIES, policy_for=lambda fingerprint: STRICT)
PARKING = Content(
    "parcours-cmc",
    "Où garer sa voiture ?",
    "Le parking P2 est ouvert aux étudiants.\n\nIl est sûr.",
)


class Desk:
    """A publishing office over one database, with a journal to ask into."""

    def __init__(self, settings, url, supplies=CAREFUL):
        self.engine = connect(url)
        migrate(self.engine)
        self.store = AnswerStore(self.engine)
        self.journal = Journal(self.engine)
        self.office = Office(settings, supplies, staff=self.store)
        self.office.build()
        self.office.refresh()
        self.publishing = Publishing(self.office, self.store, self.journal)

    def ask(self, question, *history, programme=None, today=TODAY):
        return self.office.open_desk().ask(Asked(question, programme, "fr", history), today).reply

    def asked(self, id, question, status="unanswered", **given):
        reason = "not_documented" if status in ("unanswered", "partial") else None
        given = {"id": id, "question": question, "status": status, "reason": reason} | given
        self.journal.record(sample_record(NOW, **{"history": (), **given}))
        return id

    def publish(self, content=PARKING, *ids, **given):
        return self.publishing.publish(Draft(content, ids, **given), "Marie", NOW)


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request, tmp_path):
    settings = settings_of(tmp_path)
    written(settings.corpus, {"parcours-cmc/frais.md": FEES})
    made = Desk(settings, fresh_url(request.param, tmp_path))
    yield made
    made.office.close()
    made.engine.dispose()


def test_a_published_answer_is_given_at_once_and_quoted_from_its_document(desk):
    done = desk.publish()

    reply = desk.ask("ou garer sa voiture")
    assert isinstance(reply, Answer)
    (citation,) = reply.citations
    document = desk.office.open_desk().document(f"staff/{done.answer.id}")
    assert document is not None
    assert (citation.kind, citation.document) == ("staff", document.id)
    assert citation.quote == document.text[citation.start : citation.end]
    assert citation.quote == "Le parking P2 est ouvert aux étudiants.\n\nIl est sûr."
    assert document.text.startswith("Où garer sa voiture ?")
    assert "équipe" in reply.segments[0].text


def test_staff_answers_are_no_documents_of_a_programme(desk):
    desk.publish()

    shown = desk.office.open_desk()
    assert not any(id.startswith("staff/") for id in shown.documents)
    assert set(shown.programmes) == {"parcours-cmc"}


def test_the_name_of_the_index_tells_which_answers_are_given(desk):
    names = [desk.office.desk.index]
    done = desk.publish()
    names.append(desk.office.desk.index)
    desk.publishing.retract(done.answer.id, None, "Marie", LATER)
    names.append(desk.office.desk.index)

    assert names[0] == names[2] == desk.office.index.name
    assert names[1].startswith(f"{names[0]}.")


def test_ticked_questions_are_answered_however_they_are_put(desk):
    unclear = desk.asked("q1", "c combien ?!")
    long = desk.asked("q2", "BONJOUR la voiture je la mets ou merci")

    done = desk.publish(PARKING, unclear, long)

    assert set(done.closed) == {"q1", "q2"}
    for question in ("c combien", "C COMBIEN !", "bonjour la voiture je la mets où, merci"):
        assert isinstance(desk.ask(question), Answer), question
    assert isinstance(desk.ask("c quand"), Abstention)


def test_a_follow_up_is_vouched_for_after_its_own_questions_only(desk):
    ticked = desk.asked("q1", "et c'est payant ?", history=("Où garer sa voiture ?",))
    assert desk.publish(PARKING, ticked).closed == ("q1",)

    assert isinstance(desk.ask("et c'est payant ?", "où garer sa voiture"), Answer)
    assert "P2" not in text_of(desk.ask("et c'est payant ?", "Le stage est long ?").segments)
    assert "P2" not in text_of(desk.ask("et c'est payant ?").segments)


def test_what_is_not_ticked_closes_only_where_it_is_answered(desk):
    same = desk.asked("q1", "Où garer ma voiture ?")
    other = desk.asked("q2", "Y a-t-il une piscine ?")
    draft = Draft(PARKING, (), "g")
    desk.publishing.store.waiting = lambda group: (same, other)

    done = desk.publishing.publish(draft, "Marie", NOW)

    assert done.closed == ("q1",)
    assert [(each.question_id, each.reason) for each in done.still_open] == [
        ("q2", "not_documented")
    ]


def test_a_number_that_contradicts_the_documentation_is_held_back_until_confirmed(desk):
    wrong = Content("parcours-cmc", "Mon tuteur suit-il le stage ?", "Oui, ses 350 heures.")

    held = desk.publish(wrong)

    assert isinstance(held, HeldBack)
    (change,) = held.preview.changes
    assert change.kind == "contradiction"
    assert "420" in change.before
    assert "350" in change.after
    assert change.document == "parcours-cmc/stage"
    assert desk.store.answers() == ()
    confirmed = desk.publishing.publish(Draft(wrong, ()), "Marie", NOW, confirmed=True)
    assert isinstance(confirmed, Published)
    detail = Audit(desk.engine).latest(1)[0].detail
    assert detail["confirmed"] == [{"kind": "contradiction", "id": None}]


def test_an_answer_that_takes_a_good_one_away_is_held_back(tmp_path):
    # A policy that trusts words: the documentation answers.
    desk = Desk(settings_of(tmp_path), fresh_url("sqlite", tmp_path), SUPPLIES)
    desk.asked("good", "Combien d'heures dure le stage ?", status="answered")
    thief = replace(PARKING, question="Combien d'heures dure le stage ?")

    held = desk.publish(thief)

    assert isinstance(held, HeldBack)
    assert {change.kind for change in held.preview.changes} == {"changed", "taken"}
    changed = next(change for change in held.preview.changes if change.kind == "changed")
    assert (changed.question_id, changed.question) == ("good", "Combien d'heures dure le stage ?")
    assert "420" in changed.before
    assert "P2" in changed.after
    desk.engine.dispose()


def test_an_answer_that_nobody_found_helpful_may_be_replaced(desk):
    bad = desk.asked("bad", "420 heures tout ronds ?", status="answered")
    desk.journal.feedback(bad, False, None, NOW)
    other = replace(PARKING, question="Et précisément, tout ronds ?")

    done = desk.publish(other, bad)

    assert isinstance(done, Published)
    assert done.closed == ("bad",)


def test_an_edit_is_effective_and_what_is_no_longer_answered_opens_again(desk):
    one, two = desk.asked("q1", "ma bagnole ?"), desk.asked("q2", "ma moto ?")
    first = desk.publish(PARKING, one, two)
    better = replace(PARKING, answer="Le parking P3 est ouvert aux étudiants.")

    done = desk.publishing.edit(first.answer.id, 1, Draft(better, (one,)), "Paul", LATER)

    assert isinstance(done, Published)
    assert (done.answer.revision, done.closed, done.reopened) == (2, ("q1",), ("q2",))
    assert "P3" in text_of(desk.ask("ma bagnole").segments)
    assert "P3" not in text_of(desk.ask("ma moto").segments)
    assert desk.store.closed_by(first.answer.id) == ("q1",)


def test_an_edit_that_names_no_questions_keeps_the_wordings(desk):
    ticked = desk.asked("q1", "ma bagnole ?")
    first = desk.publish(PARKING, ticked)

    done = desk.publishing.edit(first.answer.id, 1, Draft(PARKING), "Paul", LATER)

    assert done.closed == ("q1",)
    assert isinstance(desk.ask("ma bagnole"), Answer)


def test_an_old_revision_is_not_edited(desk):
    first = desk.publish()
    desk.publishing.edit(first.answer.id, 1, Draft(PARKING), "Paul", LATER)

    with pytest.raises(RevisionConflict):
        desk.publishing.edit(first.answer.id, 1, Draft(PARKING), "Marie", LATER)
    with pytest.raises(RevisionConflict):
        desk.publishing.retract(first.answer.id, 1, "Marie", LATER)
    with pytest.raises(NoSuchAnswer):
        desk.publishing.edit("nowhere", 1, Draft(PARKING), "Marie", LATER)


def test_a_retracted_answer_is_gone_and_its_questions_are_open_again(desk):
    ticked = desk.asked("q1", "ma bagnole ?")
    first = desk.publish(PARKING, ticked)

    done = desk.publishing.retract(first.answer.id, None, "Paul", LATER)

    assert done.reopened == ("q1",)
    assert "P2" not in text_of(desk.ask("ma bagnole").segments)
    assert desk.office.open_desk().document(f"staff/{first.answer.id}") is None
    assert [each.state for each in desk.store.history(first.answer.id)] == [
        "published",
        "retracted",
    ]


def test_one_step_brings_an_earlier_revision_back(desk):
    ticked = desk.asked("q1", "ma bagnole ?")
    first = desk.publish(PARKING, ticked)
    worse = replace(PARKING, answer="Il n'y en a pas.")
    desk.publishing.edit(first.answer.id, 1, Draft(worse, ()), "Paul", LATER)
    assert desk.store.closed_by(first.answer.id) == ()

    done = desk.publishing.roll_back(first.answer.id, 1, 2, "Marie", LATER)

    assert (done.answer.revision, done.answer.content) == (3, first.answer.content)
    assert "P2" in text_of(desk.ask("ma bagnole").segments)
    with pytest.raises(NoSuchAnswer):
        desk.publishing.roll_back(first.answer.id, 9, 3, "Marie", LATER)


def test_a_draft_never_leaks(desk):
    draft = desk.publishing.keep(Draft(PARKING, ()), "Marie", NOW)

    desk.office.follow_staff()
    assert "P2" not in text_of(desk.ask("Où garer sa voiture ?").segments)
    assert desk.office.open_desk().document(f"staff/{draft.id}") is None
    done = desk.publishing.edit(draft.id, 1, Draft(PARKING), "Marie", LATER)
    assert done.answer.state == "published"
    assert isinstance(desk.ask("Où garer sa voiture ?"), Answer)


def test_a_preview_publishes_nothing(desk):
    ticked = desk.asked("q1", "ma bagnole ?")

    preview = desk.publishing.preview(Draft(PARKING, (ticked,)), NOW)

    assert (preview.closed, preview.changes) == (("q1",), ())
    assert desk.store.answers() == ()
    assert isinstance(desk.ask("ma bagnole ?"), Abstention)


def test_an_answer_is_given_within_its_dates_only(desk):
    dated = replace(PARKING, valid_from=date(2026, 9, 1), valid_until=date(2026, 12, 31))
    desk.publish(dated)

    days = {date(2026, 8, 31): False, date(2026, 9, 1): True, date(2026, 12, 31): True}
    for day, given in {**days, date(2027, 1, 1): False}.items():
        reply = desk.ask("Où garer sa voiture ?", today=day)
        assert ("P2" in text_of(reply.segments)) is given, day


def test_unknown_questions_and_empty_answers_are_refused(desk):
    with pytest.raises(UnknownQuestions):
        desk.publish(PARKING, "nobody asked this")
    with pytest.raises(UnusableAnswer):
        desk.publish(replace(PARKING, answer=" "))


def test_another_server_of_the_database_follows(desk, tmp_path):
    settings = settings_of(tmp_path / "elsewhere")
    other = Office(settings, CAREFUL, staff=AnswerStore(desk.engine))
    other.build()
    other.refresh()
    other.watch()
    try:
        desk.publish()
        deadline = time.monotonic() + 10
        while "." not in other.desk.index and time.monotonic() < deadline:
            time.sleep(0.05)
        reply = other.open_desk().ask(Asked("Où garer sa voiture ?"), TODAY).reply
        assert isinstance(reply, Answer)
    finally:
        other.close()


def test_a_server_of_the_same_folder_follows_before_the_reply(desk):
    other = Office(desk.office.settings, CAREFUL, staff=AnswerStore(desk.engine))
    other.refresh()
    other.watch()
    desk.office.watch()
    try:
        desk.publish()
        assert other.desk.index == desk.office.desk.index
        assert "." in other.desk.index
    finally:
        other.close()


def test_answers_stay_while_the_database_is_out(desk):
    desk.publish()
    broken = (
        AnswerStore(connect("sqlite:////nowhere/at/all.sqlite3?mode=ro&uri=true"))
        if False
        else None
    )
    assert broken is None
    desk.office._overlay._source = Out()

    assert not desk.office.follow_staff()
    assert isinstance(desk.ask("Où garer sa voiture ?"), Answer)
    assert any("out of order" in note for note in desk.office.notes())


class Out:
    """A database that is out."""

    def mark(self):
        raise StaffUnavailable("out of order")

    published = mark


def test_two_who_publish_at_once_each_see_the_other(desk):
    drafts = [replace(PARKING, question=f"Où garer sa voiture numéro {n} ?") for n in range(6)]
    others = [Publishing(desk.office, desk.store, desk.journal) for _ in drafts]
    threads = [
        threading.Thread(target=lambda p=p, d=d: p.publish(Draft(d, ()), "M", NOW, confirmed=True))
        for p, d in zip(others, drafts, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(desk.store.published()) == 6
    assert len(desk.office.open_desk().answers) == 6
