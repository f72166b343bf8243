import pytest

from assistant.audit import Audit
from assistant.case_filter import CaseFilter
from assistant.group_store import NoSuchGroup, UnlikeGroups
from tests.cases import Office, fresh_engine
from tests.conftest import NOW


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request, tmp_path):
    engine = fresh_engine(request.param, tmp_path)
    yield Office(engine)
    engine.dispose()


@pytest.fixture
def filled(office):
    for question in ("Combien coûte la formation ?", "Où se loger ?", "logement étudiant"):
        office.ask(question)
    office.clerk.catch_up(30)
    return office


def groups(office):
    return office.queue.page(CaseFilter()).groups


def actions(office):
    return [change.action for change in Audit(office.engine).latest(50)]


def test_groups_are_merged(filled):
    housing, fees = (group.id for group in groups(filled))
    assert filled.groups.merge([housing, fees], "marie", NOW) == housing
    (group,) = groups(filled)
    assert (group.id, group.size, len(group.cases)) == (housing, 3, 3)
    (change,) = Audit(filled.engine).latest(5)
    assert (change.account, change.action, change.subject) == (
        "marie",
        "group.merge",
        f"group:{housing}",
    )
    assert change.detail == {"merged": [fees]}


def test_merging_keeps_notes_and_who_takes_care(filled):
    housing, fees = (group.id for group in groups(filled))
    filled.groups.write_note(fees, "demander au service", "marie", NOW)
    filled.groups.assign(fees, "paul", "marie", NOW)
    filled.groups.merge([housing, fees], "marie", NOW)
    (group,) = groups(filled)
    assert (group.note, group.assignee) == ("demander au service", "paul")


def test_groups_of_two_programmes_are_not_merged(filled):
    filled.ask("Où se loger ?", programme="licence-musicologie")
    filled.clerk.catch_up(30)
    with pytest.raises(UnlikeGroups):
        filled.groups.merge([group.id for group in groups(filled)], "marie", NOW)
    assert len(groups(filled)) == 3
    assert actions(filled) == []


def test_questions_are_split_off(filled):
    housing = groups(filled)[0]
    moved = housing.cases[0].id
    made = filled.groups.split(housing.id, [moved], "marie", NOW)
    assert filled.queue.questions_of(made) == (moved,)
    assert filled.queue.group(made).representative == "Où se loger ?"
    assert filled.queue.group(housing.id).representative == "logement étudiant"
    assert [group.size for group in groups(filled)] == [1, 1, 1]
    assert actions(filled) == ["group.split"]


def test_a_question_of_another_group_is_not_split_off(filled):
    housing, fees = groups(filled)
    with pytest.raises(NoSuchGroup):
        filled.groups.split(housing.id, [fees.cases[0].id], "marie", NOW)
    assert len(groups(filled)) == 2


def test_what_staff_split_stays_split(filled):
    housing = groups(filled)[0]
    filled.groups.split(housing.id, [housing.cases[0].id], "marie", NOW)
    filled.ask("logement étudiant crous")
    filled.clerk.catch_up(30)
    assert sorted(group.size for group in groups(filled)) == [1, 1, 2]


def test_a_group_has_somebody_and_a_note(filled):
    id = groups(filled)[0].id
    filled.groups.assign(id, "paul", "marie", NOW)
    filled.groups.write_note(id, "appeler le Crous", "marie", NOW)
    assert (filled.queue.group(id).assignee, filled.queue.group(id).note) == (
        "paul",
        "appeler le Crous",
    )
    assert [group.id for group in filled.queue.page(CaseFilter(assignee="paul")).groups] == [id]
    filled.groups.assign(id, None, "marie", NOW)
    filled.groups.write_note(id, None, "marie", NOW)
    assert (filled.queue.group(id).assignee, filled.queue.group(id).note) == (None, None)
    assert actions(filled) == ["group.note", "group.assign"] * 2
    assert all("Crous" not in str(change.detail) for change in Audit(filled.engine).latest(9))


def test_questions_are_dismissed_and_opened_again(filled):
    housing = groups(filled)[0]
    ids = [case.id for case in housing.cases]
    assert filled.groups.dismiss(ids, "off_topic", "marie", NOW) == tuple(ids)
    assert [group.size for group in groups(filled)] == [1]
    (dismissed,) = filled.queue.page(CaseFilter(state="dismissed")).groups
    assert (dismissed.id, dismissed.size) == (housing.id, 2)
    assert filled.groups.dismiss(ids, "off_topic", "marie", NOW) == ()
    assert filled.groups.reopen(ids[:1], "marie", NOW) == (ids[0],)
    assert [group.size for group in groups(filled)] == [1, 1]
    assert actions(filled) == ["question.reopen", "question.dismiss"]
    detail = Audit(filled.engine).latest(5)[1].detail
    assert detail == {"as": "off_topic", "questions": ids}


def test_what_was_apart_by_mistake_finds_its_group(filled):
    id = filled.ask("logement ?", reason="off_topic")
    filled.clerk.catch_up(30)
    filled.groups.reopen([id], "marie", NOW)
    filled.clerk.catch_up(30)
    assert groups(filled)[0].cases[-1].id == id
    assert groups(filled)[0].size == 3


def test_an_unknown_id_changes_nothing(filled):
    known = groups(filled)[0]
    store = filled.groups
    for change in (
        lambda: store.merge([known.id, "unknown"], "marie", NOW),
        lambda: store.split("unknown", [known.cases[0].id], "marie", NOW),
        lambda: store.assign("unknown", "paul", "marie", NOW),
        lambda: store.write_note("unknown", "x", "marie", NOW),
        lambda: store.dismiss([known.cases[0].id, "unknown"], "off_topic", "marie", NOW),
        lambda: store.reopen(["unknown"], "marie", NOW),
        lambda: store.programmes_of(["unknown"]),
        lambda: store.programmes_of((), ["unknown"]),
    ):
        with pytest.raises(NoSuchGroup):
            change()
    assert groups(filled)[0] == known
    assert actions(filled) == []


def test_the_programmes_of_groups_and_questions_are_told(filled):
    id = filled.ask("Où se loger ?", programme="licence-musicologie")
    filled.clerk.catch_up(30)
    named = [group.id for group in groups(filled)]
    every = {"parcours-cmc", "licence-musicologie"}
    assert filled.groups.programmes_of(named) == every
    assert filled.groups.programmes_of((), [id]) == {"licence-musicologie"}
