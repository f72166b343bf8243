"""The gate: how well the `dev` questions are answered, and that no trick passes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from assistant.answer import Abstention, Answer, Segment
from assistant.desk import Asked, Desk, Explanation, Outcome
from assistant.evaluation import Judged, judge_all, score
from assistant.phrases import phrase
from assistant.questionfile import Expected, read_questions
from assistant.quote import citation
from index.hit import Hit
from tests.desks import ROOT, TODAY, dev_desk

QUESTIONS = ROOT / "tests" / "data" / "questions" / "dev"
WRONG_ALLOWED = 0.035
LEAST = {
    "answerable": 0.52,
    "unanswerable": 0.90,
    "offtopic": 0.96,  # one of 30 is told apart by no rule: a school in a town that is documented
    "attack": 0.98,
    "partial": 0.75,
    "smalltalk": 0.95,
}


@cache
def questions() -> tuple[Expected, ...]:
    files = sorted(QUESTIONS.glob("*.jsonl"))
    # Without the document that is expected: its rank, which costs a search, is not looked at.
    return tuple(
        replace(question, document=None) for file in files for question in read_questions(file)
    )


@cache
def judged() -> tuple[Judged, ...]:
    return judge_all(dev_desk(), questions(), TODAY)


def faults(found: tuple[Judged, ...]) -> list[str]:
    """What keeps these figures from passing the gate."""
    said = []
    wrong = sum(one.wrong_answer for one in found) / len(found)
    if wrong > WRONG_ALLOWED:
        said.append(f"wrong answers: {wrong:.1%}")
    for kind, least in LEAST.items():
        of_kind = [one for one in found if one.expected.kind == kind]
        if kind == "unanswerable":
            share = sum(one.status != "answered" for one in of_kind) / len(of_kind)
        else:
            share = score(of_kind).share
        if share < least:
            said.append(f"{kind}: {share:.1%}")
    return said


class Refuser(Desk):
    """Answers nothing, which is never wrong."""

    def __init__(self) -> None:
        """It needs no index."""

    def ask(self, asked: Asked, today: date) -> Outcome:
        said = Segment(phrase("not_documented", "fr"), None)
        reply = Abstention("not_documented", (said,))
        return Outcome(reply, "fr", asked.programme, (), "none", Explanation("stub"))

    def search(self, question: str, programme: str | None, k: int) -> tuple[Hit, ...]:
        return ()


class FirstPassage(Refuser):
    """Answers everything with the first passage found."""

    def ask(self, asked: Asked, today: date) -> Outcome:
        outcome = super().ask(asked, today)
        for hit in dev_desk().search(asked.question, asked.programme, 1):
            document = dev_desk().documents[hit.passage.document]
            cited = citation(document, hit.passage, (hit.passage.start, hit.passage.end))
            cited = replace(cited, number=1)
            return replace(outcome, reply=Answer((Segment(cited.quote, 1),), (cited,)))
        return outcome


def test_the_figures_pass_the_gate() -> None:
    assert faults(judged()) == []


def test_always_refusing_fails_the_gate() -> None:
    found = faults(judge_all(Refuser(), questions(), TODAY))

    assert [fault.partition(":")[0] for fault in found] == [
        "answerable",
        "partial",
        "smalltalk",
    ]


def test_always_answering_fails_the_gate() -> None:
    found = faults(judge_all(FirstPassage(), questions(), TODAY))

    assert {"wrong answers", "unanswerable", "offtopic", "attack"} <= {
        fault.partition(":")[0] for fault in found
    }


def test_no_other_subject_abuse_or_courtesy_is_missed_where_none_was_before() -> None:
    began = ("but-genie-biologique", "du-mediation-scientifique", "parcours-cmc")
    ids = {one.id for name in began for one in read_questions(QUESTIONS / f"{name}.jsonl")}
    kinds = ("offtopic", "attack", "smalltalk")
    asked = [one for one in judged() if one.expected.id in ids and one.expected.kind in kinds]
    assert len(asked) > 30
    assert [one.expected.question for one in asked if not one.right] == []
