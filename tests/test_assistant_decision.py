import math
from dataclasses import replace

import pytest

from assistant.decision import (
    MOST_CITATIONS,
    Decision,
    Found,
    Near,
    Silent,
    chosen,
    decide,
    logistic,
    weighted,
)
from assistant.evidence import weigh
from assistant.exchange import Asked
from assistant.policy import Policy, load_policy
from tests.desks import cmc_desk, embedded, query_of

POLICY = load_policy(embedded().fingerprint)


def decided(policy: Policy, question: str = "Combien de temps dure le stage ?") -> Decision:
    (trial,) = cmc_desk().trials(Asked(question))
    return decide(trial.query, trial.candidates, trial.nearness, policy)


@pytest.mark.parametrize(
    ("answer", "help", "kind"), [(0.0, 0.0, Found), (1.0, 0.0, Near), (1.0, 1.0, Silent)]
)
def test_two_bars_part_answers_help_and_silence(
    answer: float, help: float, kind: type[Decision]
) -> None:
    assert isinstance(decided(replace(POLICY, answer=answer, help=help)), kind)


def test_the_passages_shown_begin_with_the_best() -> None:
    decision = decided(replace(POLICY, answer=0.0, help=0.0, margin=100.0))

    assert isinstance(decision, Found)
    assert decision.chosen[0] is decision.search.ranked[0][1]
    assert 1 < len(decision.chosen) <= MOST_CITATIONS
    scores = [score for score, _ in decision.search.ranked]
    assert scores == sorted(scores, reverse=True)


def test_without_a_margin_only_the_best_is_shown() -> None:
    decision = decided(replace(POLICY, answer=0.0, help=0.0, margin=-1.0))

    assert isinstance(decision, Found)
    assert len(decision.chosen) == 1


def test_fewer_passages_are_offered_as_help_than_shown_as_an_answer() -> None:
    widest = decided(replace(POLICY, answer=0.0, help=0.0, margin=100.0))
    assert isinstance(widest, Found)
    scores = {id(one): score for score, one in widest.search.ranked}
    best, second, *_ = (scores[id(one)] for one in widest.chosen)

    margin = 1.5 * (best - second)
    found = decided(replace(POLICY, answer=0.0, help=0.0, margin=margin))
    near = decided(replace(POLICY, answer=1.0, help=0.0, margin=margin))

    assert isinstance(found, Found)
    assert isinstance(near, Near)
    assert len(found.chosen) > 1
    assert len(near.chosen) == 1


def test_without_a_passage_or_a_key_nothing_is_said() -> None:
    assert decide(query_of("le stage"), (), None, POLICY) == Silent(None)
    (trial,) = cmc_desk().trials(Asked("le stage"))
    assert decide(query_of(""), trial.candidates, trial.nearness, POLICY) == Silent(None)


def test_a_feature_without_a_weight_counts_nothing() -> None:
    assert weighted({"covered": 2.0}, {"covered": 0.5, "literal": 9.0}) == 1.0


def test_the_logistic_function_never_overflows() -> None:
    assert logistic(0) == 0.5
    assert 0 < logistic(-1e9) < logistic(1e9) < 1
    assert math.isclose(logistic(1), 0.731, abs_tol=1e-3)


def test_what_another_year_is_told_is_not_shown_beside_the_year_asked_about() -> None:
    (trial,) = cmc_desk().trials(Asked("Combien de temps dure le stage ?"))
    year = query_of("Combien de temps dure le stage de M2 ?")
    best, second, *_ = weigh(trial.query, trial.candidates, trial.nearness)
    first = replace(best.subject.whole, concepts=frozenset({"first_year", "internship"}))
    other = replace(second, subject=replace(second.subject, whole=first))
    ranked = [(0.0, replace(best, features={**best.features, "covered": 0.0})), (0.0, other)]

    assert other in chosen(trial.query, ranked, 1.0)
    assert other not in chosen(year, ranked, 1.0)
