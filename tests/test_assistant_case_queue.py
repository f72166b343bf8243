from datetime import UTC, datetime, timedelta

import pytest

from assistant.case_filter import CaseFilter, cursor, place
from assistant.case_queue import BadCursor
from tests.cases import Office, fresh_engine
from tests.conftest import NOW


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request, tmp_path):
    engine = fresh_engine(request.param, tmp_path)
    yield Office(engine)
    engine.dispose()


FEES = ("Combien coûte la formation ?", "le prix de la formation ?")
HOUSING = ("Y a-t-il des logements étudiants ?", "logement crous", "Où se loger ?")


@pytest.fixture
def filled(office):
    for question in (*FEES, *HOUSING):
        office.ask(question)
    office.ask("Is there a car park?", language="en", programme="licence-musicologie")
    office.clerk.catch_up(30)
    return office


def asked(page):
    return [tuple(case.question for case in group.cases) for group in page.groups]


def test_what_most_people_ask_comes_first(filled):
    page = filled.queue.page(CaseFilter())
    assert [group.size for group in page.groups] == [3, 2, 1]
    assert asked(page)[:2] == [HOUSING, FEES]
    assert page.groups[1].aspect == "fees"
    assert page.next is None


def test_of_groups_alike_in_size_the_latest_comes_first(filled):
    filled.ask("Peut-on faire du sport ?")
    filled.clerk.catch_up(30)
    assert asked(filled.queue.page(CaseFilter()))[2] == ("Peut-on faire du sport ?",)


def test_pages_hold_every_group_once(filled):
    for number in range(9):
        filled.ask(f"zz{number}", reason="unclear")
    filled.clerk.catch_up(30)
    whole = asked(filled.queue.page(CaseFilter()))
    for limit in (1, 2, 5):
        found, after = [], None
        while True:
            page = filled.queue.page(CaseFilter(), after, limit)
            found.extend(asked(page))
            if (after := page.next) is None:
                break
        assert found == whole


@pytest.mark.parametrize("state", ["open", "apart", "dismissed"])
def test_pages_of_every_state_go_on_where_they_ended(office, state):
    ids = [office.ask(f"zz{number}", reason="off_topic") for number in range(5)]
    office.clerk.catch_up(30)
    if state == "open":
        office.groups.reopen(ids, "marie", NOW)
        office.clerk.catch_up(30)
    elif state == "dismissed":
        office.groups.dismiss(ids, "off_topic", "marie", NOW)
    for read in (office.queue.page, office.queue.flat):
        first = read(CaseFilter(state=state), limit=3)
        rest = read(CaseFilter(state=state), first.next, limit=3)
        assert [group.cases[0].id for group in (*first.groups, *rest.groups)] == ids[::-1]
        assert rest.next is None


@pytest.mark.parametrize("text", ["x", "é", "W10", "bnVsbA", cursor([1, 2]), "=" * 9])
def test_a_cursor_that_no_page_ended_with_is_refused(office, text):
    assert place(text, (str,)) is None
    for state in ("open", "apart"):
        with pytest.raises(BadCursor):
            office.queue.page(CaseFilter(state=state), text)


def test_few_questions_of_each_group_are_shown_where_that_is_enough(filled):
    page = filled.queue.page(CaseFilter(), each=2)
    assert [(group.size, len(group.cases)) for group in page.groups] == [(3, 2), (2, 2), (1, 1)]
    assert asked(page)[0] == HOUSING[1:]


@pytest.mark.parametrize(
    ("wanted", "sizes"),
    [
        ({"programmes": ("licence-musicologie",)}, [1]),
        ({"programmes": ()}, []),
        ({"programmes": (None, "parcours-cmc")}, [3, 2]),
        ({"aspect": "fees"}, [2]),
        ({"language": "en"}, [1]),
        ({"reason": "not_documented"}, [3, 2, 1]),
        ({"reason": "individual_case"}, []),
        ({"status": "partial"}, []),
        ({"search": "LOGÉMENT"}, [3]),
        ({"search": "prix formation"}, [2]),
        ({"search": "prix logement"}, []),
        ({"search": "100%"}, []),
        ({"feedback": "none"}, [3, 2, 1]),
        ({"feedback": "unhelpful"}, []),
        ({"since": NOW + timedelta(minutes=6)}, [1]),
        ({"until": NOW + timedelta(minutes=3)}, [2]),
        ({"assignee": "marie"}, []),
    ],
)
def test_filters_choose_groups(filled, wanted, sizes):
    page = filled.queue.page(CaseFilter(**wanted))
    if "until" in wanted:
        sizes = [2]
    assert [group.size for group in page.groups] == sizes


def test_a_group_that_a_filter_chooses_is_shown_whole(filled):
    assert asked(filled.queue.page(CaseFilter(search="crous"))) == [HOUSING]


def test_feedback_is_a_filter_and_is_shown(filled):
    id = filled.ask("tarif de la formation", status="answered", reason=None)
    filled.journal.feedback(id, False, "rien compris", datetime.now(UTC))
    filled.clerk.catch_up(30)
    (group,) = filled.queue.page(CaseFilter(feedback="unhelpful")).groups
    assert group.size == 3
    case = group.cases[-1]
    assert (case.status, case.helpful, case.comment) == ("answered", False, "rien compris")
    assert filled.queue.page(CaseFilter(feedback="helpful")).groups == ()


def test_a_group_has_every_question_and_what_was_shown(filled):
    first = filled.queue.page(CaseFilter()).groups[0]
    group = filled.queue.group(first.id)
    assert [case.id for case in group.cases] == [case.id for case in first.cases]
    assert (group.size, group.representative) == (first.size, first.representative)
    assert group.cases[0].answer == {"segments": []}
    assert filled.queue.questions_of(group.id) == tuple(case.id for case in group.cases)
    assert filled.queue.group("unknown") is None
    assert filled.queue.questions_of("unknown") == ()
    case = group.cases[0]
    assert filled.queue.case(case.id) == case
    assert filled.queue.case("unknown") is None


def test_every_state_is_counted(filled):
    filled.ask("blague", reason="off_topic", programme=None)
    filled.clerk.catch_up(30)
    assert filled.queue.counts() == {"open": 6, "apart": 1, "closed": 0, "dismissed": 0}
    assert filled.queue.counts(["licence-musicologie"])["open"] == 1
    assert filled.queue.counts([None])["apart"] == 1
