from __future__ import annotations

import json
import logging
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from assistant.answer_store import AnswerStore
from assistant.audit import Audit
from assistant.case_filter import CaseFilter
from assistant.database import reading
from assistant.erasure import Erasure
from assistant.extract import COLUMNS, Extracts
from assistant.staff_answer import Content, Wording
from assistant.tables import answer_revisions, cases, feedback, groups, questions, traits
from tests.cases import Office, fresh_engine
from tests.conftest import NOW

CANARY = "Zélinde Quatrevaux"


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request, tmp_path):
    engine = fresh_engine(request.param, tmp_path)
    yield Office(engine)
    engine.dispose()


@pytest.fixture
def erasure(office):
    return Erasure(office.engine, office.groups)


def everything(office):
    """Every row of every table that holds candidates' words, as text."""
    with reading(office.engine) as connection:
        tables = (questions, feedback, cases, traits, groups, answer_revisions)
        rows = [connection.execute(select(table)).all() for table in tables]
    answers = AnswerStore(office.engine).answers()
    return f"{rows} {answers}"


def bytes_left(office, tmp_path: Path, words: str) -> int:
    """How often the words stand in the files that were written, in any of their forms."""
    forms = {words.encode(), json.dumps(words).encode(), words.lower().encode()}
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    return sum(path.read_bytes().count(form) for path in files for form in forms)


def test_what_is_too_old_is_erased_with_its_case(office, erasure, tmp_path):
    old = office.ask(f"{CANARY} demande : combien coûte la formation ?")
    office.journal.feedback(old, False, f"{CANARY} n'est pas contente", NOW)
    lonely = office.ask("Y a-t-il une piscine ?")
    office.now += timedelta(days=60)
    office.ask("le prix de la formation")
    office.clerk.catch_up(30)
    erased = erasure.purge(office.now - timedelta(days=30), "(terminal)", office.now)
    assert (erased.questions, erased.groups, erased.packed) == (2, 1, True)
    assert office.journal.question(old) is None
    assert office.journal.question(lonely) is None
    (group,) = office.queue.page(CaseFilter()).groups
    assert (group.size, group.representative) == (1, "le prix de la formation")
    assert CANARY not in everything(office)
    office.engine.dispose()
    assert bytes_left(office, tmp_path, CANARY) == 0


def test_what_is_young_enough_stays(office, erasure):
    id = office.ask("le prix de la formation")
    office.clerk.catch_up(30)
    assert erasure.purge(NOW, "(terminal)", NOW).questions == 0
    assert office.journal.question(id) is not None
    assert Audit(office.engine).latest(5) == ()


def test_answers_stay_when_the_questions_they_closed_are_purged(office, erasure):
    id = office.ask("le prix de la formation")
    office.clerk.catch_up(30)
    store = AnswerStore(office.engine)
    wording = Wording("le prix de la formation", id)
    content = Content("parcours-cmc", "Combien ?", "250 euros.", wordings=(wording,))
    answer = store.add(content, "published", "marie", NOW)
    erasure.purge(office.now + timedelta(days=1), "(terminal)", NOW)
    assert store.published() == (answer,)


@pytest.mark.parametrize("wanted", [CANARY, "zelinde quatrevaux", "ZÉLINDE  QUATREVAUX"])
def test_a_text_is_forgotten_everywhere(office, erasure, tmp_path, wanted):
    said = office.ask(f"{CANARY} : combien coûte la formation ?")
    office.ask("le prix de la formation ?", history=(f"ici {CANARY}",))
    commented = office.ask("prix de la formation svp")
    office.journal.feedback(commented, False, f"signé {CANARY}", NOW)
    kept = office.ask("quel est le tarif de la formation ?")
    office.clerk.catch_up(30)
    (group,) = office.queue.page(CaseFilter()).groups
    office.groups.write_note(group.id, f"rappeler {CANARY}", "marie", NOW)
    store = AnswerStore(office.engine)
    wordings = (Wording(f"{CANARY} : prix ?", None), Wording("prix ?", said), Wording("coût ?"))
    content = Content("parcours-cmc", "Combien ?", "250 euros.", wordings=wordings)
    store.add(content, "published", "marie", NOW)
    mark = store.mark()

    erased = erasure.forget(wanted, "(terminal)", office.now)

    assert (erased.questions, erased.notes, erased.wordings) == (3, 1, 2)
    assert erased.answers == ()
    assert CANARY not in everything(office)
    assert store.mark() != mark  # so that servers follow
    assert [each.text for each in store.published()[0].content.wordings] == ["coût ?"]
    (group,) = office.queue.page(CaseFilter()).groups
    assert [case.id for case in group.cases] == [kept]
    assert group.representative == "quel est le tarif de la formation ?"
    assert group.note is None
    (change, *_) = Audit(office.engine).latest(1)
    assert change.action == "erasure.forget"
    assert change.detail == {"questions": 3, "notes": 1, "wordings": 2}
    office.engine.dispose()
    assert bytes_left(office, tmp_path, CANARY) == 0
    assert bytes_left(office, tmp_path, "Quatrevaux") == 0


def test_the_group_of_closed_questions_does_not_keep_a_forgotten_text(office, erasure):
    office.ask(f"Combien coûte la formation pour {CANARY} ?")
    other = office.ask("prix de la formation")
    office.clerk.catch_up(30)
    (group,) = office.queue.page(CaseFilter()).groups
    office.groups.dismiss([case.id for case in group.cases], "off_topic", "marie", NOW)
    assert CANARY in everything(office)
    erasure.forget(CANARY, "(terminal)", NOW)
    assert CANARY not in everything(office)
    (group,) = office.queue.page(CaseFilter(state="dismissed")).groups
    assert [case.id for case in group.cases] == [other]


def test_a_question_is_forgotten_by_its_id_with_what_repeats_it(office, erasure):
    id = office.ask("mon dossier a été refusé l'an dernier, je peux recandidater ?")
    office.ask(
        "et sinon ?", history=("mon dossier a été refusé l'an dernier, je peux recandidater ?",)
    )
    kept = office.ask("le prix de la formation")
    assert erasure.found(id)[0] == id
    erased = erasure.forget(id, "(terminal)", NOW)
    assert erased.questions == 2
    assert [row["id"] for row in Extracts(office.engine).rows()] == [kept]


def test_an_answer_that_says_it_is_named_and_not_erased(office, erasure):
    content = Content("parcours-cmc", "Qui contacter ?", f"Écrivez à {CANARY}.")
    answer = AnswerStore(office.engine).add(content, "published", "marie", NOW)
    assert erasure.forget(CANARY, "(terminal)", NOW).answers == (answer.id,)
    assert AnswerStore(office.engine).answer(answer.id) == answer


def test_once_it_is_changed_its_history_forgets_it_too(office, erasure, tmp_path):
    store = AnswerStore(office.engine)
    said = f"Écrivez au secrétariat.\n\nOu à {CANARY}."
    url = "https://univ.example/zelinde-quatrevaux"
    other = Content("parcours-cmc", f"Qui est {CANARY} ?", said, f"{url}?q=Quatrevaux")
    answer = store.add(other, "published", "marie", NOW)
    new = Content("parcours-cmc", "Qui contacter ?", "Écrivez au secrétariat.")
    changed = store.change(answer.id, 1, new, "published", "marie", NOW)

    erased = erasure.forget("Quatrevaux", "(terminal)", NOW)

    assert (erased.revisions, erased.answers) == (1, ())
    assert store.answer(answer.id) == changed
    first, second = store.history(answer.id)
    assert second.content == new
    assert first.content.question == "[effacé]"
    assert first.content.answer == "Écrivez au secrétariat.\n\n[effacé]"
    assert first.content.source_url is None
    (change,) = Audit(office.engine).latest(1)
    assert change.detail == {"questions": 0, "notes": 0, "wordings": 0, "revisions": 1}
    office.engine.dispose()
    assert bytes_left(office, tmp_path, "Quatrevaux") == 0


@pytest.mark.parametrize("text", ["", "  ", "é", "ab"])
def test_too_short_a_text_erases_nothing(office, erasure, text):
    office.ask("le prix de la formation, ab")
    with pytest.raises(ValueError, match="too short"):
        erasure.forget(text, "(terminal)", NOW)
    assert len(list(Extracts(office.engine).rows())) == 1


def test_a_text_that_nobody_wrote_erases_nothing(office, erasure):
    office.ask("le prix de la formation")
    assert erasure.found("100%_") == ()
    assert erasure.forget("personne", "(terminal)", NOW).questions == 0


def test_a_database_in_use_is_packed_all_the_same(tmp_path):
    office = Office(fresh_engine("sqlite", tmp_path))
    office.ask(f"{CANARY} : prix ?")
    with office.engine.connect() as idle:  # a server's connection that does nothing just now
        idle.exec_driver_sql("SELECT 1").all()
        idle.rollback()
        erased = Erasure(office.engine, office.groups).forget(CANARY, "(terminal)", NOW)
    assert erased.packed
    assert bytes_left(office, tmp_path, CANARY) == 0


def test_nothing_is_logged(office, erasure, caplog):
    caplog.set_level(logging.DEBUG)
    office.ask(f"{CANARY} : prix ?")
    office.clerk.catch_up(30)
    erasure.forget(CANARY, "(terminal)", NOW)
    assert CANARY not in caplog.text


def test_extracts_hold_all_that_is_known_of_each_question(office):
    id = office.ask(
        "Combien coûte la formation ?",
        history=("Bonjour",),
        language="en",
        asked_in="fr",
        answer={"segments": [{"text": "Rien ne le dit."}], "citations": [{"document": "a/b"}]},
    )
    office.journal.feedback(id, False, "dommage", NOW)
    office.clerk.catch_up(30)
    (row,) = Extracts(office.engine).rows()
    assert tuple(row) == COLUMNS
    assert row["id"] == id
    assert row["history"] == ["Bonjour"]
    assert (row["language"], row["asked_in"]) == ("en", "fr")
    assert (row["answer"], row["sources"]) == ("Rien ne le dit.", ["a/b"])
    assert (row["helpful"], row["comment"], row["state"]) == (False, "dommage", "open")
    assert row["representative"] == "Combien coûte la formation ?"


def test_extracts_are_chosen(office):
    first = office.ask(f"{CANARY} : prix ?")
    second = office.ask("logement ?", programme="licence-musicologie")
    extracts = Extracts(office.engine)

    def ids(**chosen):
        return [row["id"] for row in extracts.rows(**chosen)]

    assert ids() == [first, second]
    assert ids(programme="licence-musicologie") == [second]
    assert ids(containing="zelinde") == [first]
    assert ids(since=NOW + timedelta(seconds=90)) == [second]
    assert ids(until=NOW + timedelta(seconds=90)) == [first]
    assert ids(containing="zelinde", programme="licence-musicologie") == []


def test_many_extracts_come_whole(office):
    ids = [office.ask(f"prix {number}") for number in range(20)]
    extracts = Extracts(office.engine, portion=3)
    assert [row["id"] for row in extracts.rows()] == ids
    assert [row["id"] for row in extracts.rows(containing="prix")] == ids
