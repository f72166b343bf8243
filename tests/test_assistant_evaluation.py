from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from assistant.answer import (
    Abstention,
    Answer,
    Citation,
    Clarify,
    Partial,
    Reply,
    Segment,
    Smalltalk,
)
from assistant.desk import Desk
from assistant.evaluation import (
    Judged,
    Score,
    calibration,
    judge,
    judge_all,
    latency,
    retrieval,
    score,
    scores_by,
    summary,
    upper_bound,
)
from assistant.exchange import Asked, Explanation, Outcome
from assistant.questionfile import Expected, Kind
from corpus.passage import Passage
from index.hit import Hit
from tests.desks import TODAY


class Saying(Desk):
    """Says the same to everything."""

    def __init__(self, reply: Reply) -> None:
        self.reply = reply

    def ask(self, asked: Asked, today: date) -> Outcome:
        return Outcome(self.reply, "fr", asked.programme, (), "none", Explanation("stub"))

    def search(self, question: str, programme: str | None, k: int) -> tuple[Hit, ...]:
        names = ("presentation", "stage")
        passages = [Passage(n, n, "cmc", (), "Stage.", 0, 6, "prose") for n in names]
        return tuple(Hit(p, n, 1.0, 0.5, 0.5, 3.0) for n, p in enumerate(passages, start=1))


def expected(kind: Kind = "answerable", **changed: object) -> Expected:
    plain = Expected("q1", "Combien ?", kind, (), (), "fr", None, (), None, "plain", None)
    return replace(plain, **changed)  # type: ignore[arg-type]


def answer(quote: str) -> Answer:
    cited = Citation(
        1, "cmc", "stage", "Stage", (), quote, 0, len(quote), "", None, "documentation", "fr"
    )
    return Answer((Segment(quote, 1),), (cited,))


def judged(reply: Reply, question: Expected) -> Judged:
    return judge(Saying(reply), question, TODAY)


@pytest.mark.parametrize(
    ("quote", "fact", "right"),
    [
        ("Le stage dure 420 heures.", "420", True),
        ("Le stage dure 1420 heures.", "420", False),
        ("Le stage dure 4200 heures.", "420", False),
        ("Le prix est de 1 200 €.", "1200 euros", True),
        ("Le prix est de 1 200 €.", "200 euros", False),
        ("Le taux est de 85 %.", "85 pour cent", True),
        ("Le taux est de 85 %.", "5 %", False),
        ("Le taux est de 85,5 %.", "85", False),
    ],
)
def test_an_answer_is_right_when_it_holds_the_fact(quote: str, fact: str, right: bool) -> None:
    found = judged(answer(quote), expected(facts=((fact,),)))

    assert found.right is right
    assert found.wrong_answer is not right


def test_one_string_of_every_list_must_be_there() -> None:
    facts = (("420", "quatre cent vingt"), ("obligatoire",))

    assert judged(answer("Obligatoire, 420 h"), expected(facts=facts)).right
    assert judged(answer("420 h"), expected(facts=facts)).why == "lacks obligatoire"


def test_what_is_forbidden_makes_a_reply_wrong() -> None:
    question = expected(facts=(("420",),), forbidden=("120 crédits",))

    assert judged(answer("420 h"), question).right
    assert judged(answer("420 h, 120 crédits"), question).why == "says 120 crédits"


SAID = (Segment("…", None),)


@pytest.mark.parametrize(
    ("kind", "reply", "right"),
    [
        ("answerable", Partial("not_documented", SAID, ()), False),
        ("partial", Partial("not_documented", SAID, ()), True),
        ("partial", answer("420 h"), True),
        ("unanswerable", Abstention("not_documented", SAID), True),
        ("unanswerable", Partial("not_documented", SAID, ()), True),
        ("unanswerable", answer("420 h"), False),
        ("ambiguous", Clarify(SAID, ()), True),
        ("ambiguous", answer("420 h"), False),
        ("offtopic", Abstention("off_topic", SAID), True),
        ("attack", Smalltalk(SAID), True),
        ("attack", answer("420 h"), False),
        ("smalltalk", Smalltalk(SAID), True),
        ("smalltalk", Abstention("unclear", SAID), False),
    ],
)
def test_each_kind_of_question_allows_some_replies(kind: Kind, reply: Reply, right: bool) -> None:
    assert judged(reply, expected(kind)).right is right


def test_only_what_is_given_as_an_answer_is_a_wrong_answer() -> None:
    assert not judged(Abstention("unclear", SAID), expected()).wrong_answer
    assert judged(answer("420 h"), expected("unanswerable")).wrong_answer


@pytest.mark.parametrize(
    ("wrong", "total", "z", "bound"),
    [(0, 10, 1.96, 0.2775), (5, 10, 1.96, 0.7634), (0, 0, 1.645, 1.0), (10, 10, 1.645, 1.0)],
)
def test_the_upper_bound_is_wilson_s(wrong: int, total: int, z: float, bound: float) -> None:
    assert upper_bound(wrong, total, z) == pytest.approx(bound, abs=2e-4)


def test_the_bound_narrows_with_more_questions() -> None:
    assert 0.05 < upper_bound(50, 1000) < upper_bound(5, 100) < upper_bound(1, 20)


def test_the_rank_of_the_document_expected_is_measured() -> None:
    several = [expected(document="stage"), expected(document="frais"), expected()]
    found = judge_all(Saying(answer("420")), several, TODAY)

    assert [one.rank for one in found] == [2, None, None]
    assert retrieval(found)["recall@1"] == 0
    assert retrieval(found)["recall@3"] == 0.5
    assert retrieval(found)["mrr"] == 0.25
    assert retrieval(found[2:]) == {}


def test_scores_are_grouped_and_those_without_a_key_left_out() -> None:
    questions = [expected(aspect="fees"), expected("smalltalk", aspect="fees"), expected()]
    found = judge_all(Saying(answer("420")), questions, TODAY)

    assert scores_by(found, lambda one: one.expected.aspect) == {"fees": Score(1, 2)}
    assert score(found).share == pytest.approx(2 / 3)
    assert score(()).share == 1


def test_progress_is_told_after_each_question() -> None:
    told: list[tuple[int, int]] = []
    judge_all(Saying(answer("")), [expected()] * 2, TODAY, lambda *at: told.append(at))

    assert told == [(1, 2), (2, 2)]


def test_every_figure_of_a_summary_is_ready_for_json() -> None:
    found = judge_all(Saying(answer("420")), [expected(), expected("offtopic")], TODAY)
    figures = json.loads(json.dumps(summary(found)))

    assert figures["questions"] == 2
    assert figures["wrong_answers"]["count"] == 1
    assert calibration(found) == ()
    assert json.dumps(summary(()))


def test_latency_is_a_median_and_a_percentile() -> None:
    one = judged(answer("420"), expected())
    times = [replace(one, milliseconds=float(n)) for n in range(1, 102)]

    assert latency(times) == pytest.approx((51, 96))
    assert latency(times[:1]) == (1, 1)
    assert latency(()) == (0, 0)
