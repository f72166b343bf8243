"""What a programme's documentation covers, asked once and in the background."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from assistant.answer import Abstention, Answer, Citation, Partial, Reply
from assistant.aspect import load_aspects
from assistant.contradiction import Contradiction
from assistant.disagreement import Disagreement
from assistant.exchange import Asked
from assistant.staff_answer import Content, StaffAnswer
from assistant.survey import Covered, Survey
from assistant.surveyor import Surveyor
from tests.desks import TODAY, cmc_desk

ASPECTS = dict(list(load_aspects().items())[:20])
CITATION = Citation(
    1, "p", "p/stage", "Stage", (), "420 heures", 0, 10, "/d", None, "documentation", "fr"
)


class FakeDesk:
    """Answers every other aspect in French, every third in English; the rest in part."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []
        self.programmes = {"p": "P", "q": "Q"}
        self.survey = Survey(self.reply, ASPECTS)

    def reply(self, question: str, programme: str, language: str) -> Reply:
        self.asked.append((question, programme, language))
        number = [aspect.question[language] for aspect in ASPECTS.values()].index(question)
        if number % {"fr": 2, "en": 3}[language] == 0:
            return Answer((), (CITATION,))
        if number % 5 == 0:
            return Partial("not_documented", (), (CITATION,))
        return Abstention("not_documented", ())


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_each_question_is_asked_once() -> None:
    desk = FakeDesk()

    first = desk.survey.suggestions("p", "fr")
    list(desk.survey.steps(desk.programmes))
    asked = list(desk.asked)

    assert first == tuple(aspect.question["fr"] for aspect in list(ASPECTS.values())[:12:2])
    assert desk.survey.suggestions("p", "fr") == first
    assert len(set(asked)) == len(asked)
    assert desk.asked == asked
    table = desk.survey.table("p")
    assert list(table) == list(ASPECTS)
    assert [each.coverage for each in table.values()][:6] == [
        "documented", "silent", "documented", "silent", "documented", "partial",
    ]  # fmt: skip
    assert table[next(iter(ASPECTS))] == Covered("documented", CITATION)


def test_what_candidates_wait_for_comes_first() -> None:
    desk = FakeDesk()
    for number, _ in enumerate(desk.survey.steps(desk.programmes), start=1):
        if number == 2 * 11 + 2 * 16:
            break
    asked = len(desk.asked)

    for programme in desk.programmes:
        assert len(desk.survey.suggestions(programme, "fr")) == 6
        assert len(desk.survey.suggestions(programme, "en")) == 6

    assert len(desk.asked) == asked
    assert len(desk.survey.table("p")) < len(ASPECTS)


def test_other_answers_of_staff_leave_the_other_programmes_as_they_are() -> None:
    desk, other = FakeDesk(), FakeDesk()
    list(desk.survey.steps(desk.programmes))

    for changed, kept in (({"p"}, {"q"}), ({"p", None}, set()), (set(), {"p", "q"})):
        after = desk.survey.after(other.reply, changed)
        assert {each for each in desk.programmes if after.table(each)} == kept
    after.suggestions("p", "fr")
    assert other.asked == []


def test_what_pages_and_staff_contradict_is_found_out_last_and_kept() -> None:
    desk, compared = FakeDesk(), []
    found = Disagreement("p/a", 0, 5, Contradiction("a", "p/b", "b", 0, 1))

    def compare(programme: str) -> tuple[Disagreement, ...]:
        compared.append(programme)
        return (found,)

    survey = Survey(desk.reply, ASPECTS, compare)
    assert survey.disagreements("p") is None
    list(survey.steps(desk.programmes))
    assert survey.disagreements("p") == (found,)
    after = survey.after(desk.reply, {"q"}, compare)
    assert after.disagreements("q") is None
    list(after.steps(desk.programmes))

    assert compared == ["p", "q", "q"]
    assert Disagreement("staff/x", 0, 0, found.contradiction).answer == "x"
    assert found.answer == ""


def test_the_surveyor_works_through_each_new_desk_and_stops_in_the_middle() -> None:
    office = SimpleNamespace(desk=SimpleNamespace())  # closed: it has no survey
    surveyor = Surveyor(lambda: office.desk, period=0.001, rest=0.0)
    surveyor.start()
    office.desk = first = FakeDesk()
    until(lambda: len(first.survey.table("q")) == len(ASPECTS))

    office.desk = second = FakeDesk()
    until(lambda: len(second.survey.table("q")) == len(ASPECTS))
    slow = FakeDesk()
    began = threading.Event()
    slow.survey = Survey(lambda *asked: began.set() or slow.reply(*asked), ASPECTS)
    surveyor._rest = 1e9
    office.desk = slow
    assert began.wait(10)
    surveyor.close()

    assert len(slow.asked) == 1


def test_a_surveyor_that_never_began_is_closed() -> None:
    Surveyor(lambda: None).close()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_suggestion_of_the_desk_is_answered_and_the_same_again(language: str) -> None:
    desk = cmc_desk()

    suggestions = desk.suggestions("parcours-cmc", language)

    assert len(suggestions) == 6
    for question in suggestions:
        outcome = desk.ask(Asked(question, "parcours-cmc", language), TODAY)
        assert isinstance(outcome.reply, Answer)
    fresh = desk.with_answers(()).suggestions("parcours-cmc", language)
    assert fresh == suggestions


def test_an_answer_of_staff_covers_its_aspect() -> None:
    aspect = "housing"
    question = load_aspects()[aspect].question["fr"]
    at = datetime(2026, 11, 24, tzinfo=UTC)
    content = Content("parcours-cmc", question, "Le CROUS propose des chambres.")
    answer = StaffAnswer("a", 1, "published", content, "editor", at, at)

    desk = cmc_desk()
    before = desk.survey.covered("parcours-cmc", aspect)
    covered = desk.with_answers((answer,)).survey.covered("parcours-cmc", aspect)

    assert not before.answered
    assert covered.coverage == "staff"
    assert covered.citation is not None
    assert covered.citation.quote == "Le CROUS propose des chambres."
