import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from assistant.case_filter import CaseFilter
from assistant.case_store import CaseStore
from assistant.clerk import Clerk
from assistant.database import reading
from assistant.tables import cases, groups
from tests.cases import ASPECTS, Office, fresh_engine
from tests.conftest import NOW


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request, tmp_path):
    engine = fresh_engine(request.param, tmp_path)
    yield Office(engine)
    engine.dispose()


def states(office):
    with reading(office.engine) as connection:
        rows = connection.execute(select(cases.c.question_id, cases.c.state))
        return {row[0]: row[1] for row in rows}


def test_questions_of_one_meaning_are_one_group(office):
    office.ask("Combien coûte la formation ?")
    office.ask("quel est le prix de la formation")
    office.ask("Y a-t-il des logements étudiants ?")
    assert office.clerk.catch_up(30)
    assert office.meanings() == [
        ["Combien coûte la formation ?", "quel est le prix de la formation"],
        ["Y a-t-il des logements étudiants ?"],
    ]


def test_the_same_question_to_two_programmes_is_two_groups(office):
    for programme in ("parcours-cmc", "licence-musicologie", None):
        office.ask("Combien coûte la formation ?", programme=programme)
    office.clerk.catch_up(30)
    assert len(office.meanings()) == 3


def test_only_what_was_not_answered_waits(office):
    office.ask("Combien dure le stage ?", status="answered", reason=None)
    office.ask("Bonjour", status="smalltalk", reason=None)
    office.ask("Laquelle ?", status="clarify", reason=None)
    partial = office.ask("Le stage est-il payé ?", status="partial")
    office.clerk.catch_up(30)
    assert states(office) == {partial: "open"}


def test_an_answer_that_did_not_help_waits_too(office):
    id = office.ask("Combien coûte la formation ?", status="answered", reason=None)
    assert office.clerk.catch_up(30)
    office.journal.feedback(id, False, "ce n'est pas ça", NOW)
    helped = office.ask("Combien dure le stage ?", status="answered", reason=None)
    office.journal.feedback(helped, True, None, NOW)
    office.clerk = office.another_clerk()
    office.clerk.catch_up(30)
    assert states(office) == {id: "open"}


def test_who_thinks_better_of_an_answer_closes_what_waited_for_that_alone(office):
    answered = office.ask("Combien coûte la formation ?", status="answered", reason=None)
    partial = office.ask("Le stage est-il payé ?", status="partial")
    for id in (answered, partial):
        office.journal.feedback(id, False, None, NOW)
    office.clerk.catch_up(30)
    assert states(office) == {answered: "open", partial: "open"}

    later = NOW + timedelta(minutes=3)
    for id in (answered, partial):
        office.journal.feedback(id, True, "finalement si", later)
    assert states(office) == {answered: "closed", partial: "open"}
    assert office.meanings() == [["Le stage est-il payé ?"]]
    office.clerk.catch_up(30)
    assert states(office)[answered] == "closed"

    office.journal.feedback(answered, False, None, later)
    office.clerk.catch_up(30)
    assert states(office) == {answered: "open", partial: "open"}
    assert len(office.meanings()) == 2
    assert {group.size for group in office.queue.page(CaseFilter()).groups} == {1}


def test_a_question_that_staff_dismissed_or_answered_stays_so_whatever_is_thought(office):
    dismissed = office.ask("Combien coûte la formation ?", status="answered", reason=None)
    office.journal.feedback(dismissed, False, None, NOW)
    office.clerk.catch_up(30)
    office.groups.dismiss([dismissed], "off_topic", "marie", NOW)
    for helpful in (True, False):
        office.journal.feedback(dismissed, helpful, None, NOW)
        assert states(office) == {dismissed: "dismissed"}


def test_off_topic_and_abuse_stay_apart_and_the_rest_does_not(office):
    apart = [office.ask("raconte une blague", reason=reason) for reason in ("off_topic", "unsafe")]
    office.ask("serai-je pris ?", reason="individual_case")
    office.ask("hein", reason="unclear")
    office.clerk.catch_up(30)
    found = states(office)
    assert [id for id, state in found.items() if state == "apart"] == apart
    assert len(office.meanings()) == 2
    page = office.queue.page(CaseFilter(state="apart"))
    assert [group.cases[0].id for group in page.groups] == apart[::-1]


def test_what_nobody_understands_is_behind_and_with_its_like_only(office):
    for text in ("zzz", "zzz", "zzz", "qsdf"):
        office.ask(text, reason="unclear")
    office.ask("Combien coûte la formation ?")
    office.clerk.catch_up(30)
    assert office.meanings() == [["Combien coûte la formation ?"], ["zzz"] * 3, ["qsdf"]]


def test_a_follow_up_means_what_was_asked_before_it(office):
    office.ask("Le stage est-il payé ?")
    office.ask("et c'est payé ?", history=("Combien de temps dure le stage ?",))
    office.clerk.catch_up(30)
    assert len(office.meanings()) == 1


def test_working_again_changes_nothing(office):
    for question in ("Combien coûte la formation ?", "le prix ?", "Où se loger ?"):
        office.ask(question)
    office.clerk.catch_up(30)
    before = office.meanings()
    assert office.clerk.catch_up(30)
    assert office.another_clerk().catch_up(30)
    assert office.meanings() == before


def test_groups_do_not_depend_on_portions_or_on_who_works(office):
    questions = [
        "Combien coûte la formation ?", "le prix de la formation ?", "Où se loger ?",
        "logement crous", "Combien ça coûte ?", "Y a-t-il un parking ?", "on peut se garer où ?",
    ]  # fmt: skip
    for question in questions:
        office.ask(question)
        office.another_clerk().catch_up(30)
    apart = office.meanings()
    with office.engine.begin() as connection:
        connection.execute(cases.delete())
        connection.execute(groups.delete())
    office.another_clerk().catch_up(30)
    assert sorted(office.meanings()) == sorted(apart)


def test_several_clerks_at_once_make_each_case_once(office):
    for number in range(60):
        office.ask(f"Combien coûte la formation en {2000 + number} ?")
    clerks = [office.another_clerk() for _ in range(3)]
    workers = [threading.Thread(target=clerk.catch_up, args=(20.0,)) for clerk in clerks]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(states(office)) == 60
    assert [len(group) for group in office.meanings()] == [60]


class Killed(BaseException):
    """The process is gone at this point."""


class MortalStore(CaseStore):
    """A store whose process is killed within the write."""

    def _keep(self, connection, case):
        super()._keep(connection, case)
        if case.question.question == "Où se loger ?":
            raise Killed


def test_a_clerk_that_is_killed_leaves_nothing_half_done(office):
    office.ask("Combien coûte la formation ?")
    office.ask("Où se loger ?")
    mortal = Clerk(MortalStore(office.engine), lambda: office.ear, office.encoder, ASPECTS)
    with pytest.raises(Killed):
        mortal.catch_up(30)
    assert states(office) == {}
    assert office.meanings() == []
    office.another_clerk().catch_up(30)
    assert len(office.meanings()) == 2


def test_nothing_is_made_while_the_desk_is_closed(office):
    office.ask("Combien coûte la formation ?")
    office.ear.reasons = ("The index is not open yet.",)
    assert office.clerk.catch_up(30)
    assert states(office) == {}
    office.ear.reasons = ()
    office.clerk.catch_up(30)
    assert len(states(office)) == 1


def test_a_question_joins_the_group_that_staff_made_it_like(office):
    office.ask("Combien coûte la formation ?")
    moved = office.ask("Y a-t-il un parking ?")
    office.clerk.catch_up(30)
    fees, parking = (group.id for group in office.queue.page(CaseFilter()).groups[::-1])
    assert office.queue.questions_of(parking) == (moved,)
    office.groups.merge([fees, parking], "marie", NOW)
    office.ask("où est le parking ?")
    office.clerk.catch_up(30)
    assert [len(group) for group in office.meanings()] == [3]


def test_without_an_encoder_words_alone_tell(tmp_path):
    engine = fresh_engine("sqlite", tmp_path)
    office = Office(engine, encoder=None)
    office.ask("Combien coûte la formation ?")
    office.ask("quel est le prix de la formation")
    office.ask("Où se loger ?")
    office.clerk.catch_up(30)
    assert [len(group) for group in office.meanings()] == [2, 1]


def test_another_encoder_does_not_misread_the_vectors_of_the_first(tmp_path):
    engine = fresh_engine("sqlite", tmp_path)
    office = Office(engine)
    office.ask("Combien coûte la formation ?")
    office.clerk.catch_up(30)
    from tests.fakes import FakeEncoder

    later = Office(engine, encoder=FakeEncoder(salt="later"))
    later.ask("quel est le prix de la formation")
    later.clerk.catch_up(30)
    assert [len(group) for group in later.meanings()] == [2]


def test_a_thread_works_by_itself(tmp_path):
    engine = fresh_engine("sqlite", tmp_path)
    office = Office(engine)
    office.clerk.start()
    office.ask("Combien coûte la formation ?")
    office.clerk.close()
    assert not any(thread.name == "clerk" for thread in threading.enumerate())
