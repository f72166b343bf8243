"""Fitting: the policy's weights and thresholds, from question files.

Two small models, each with a reason for every weight. The ranking is a conditional logit over the
passages of a question (McFadden 1974), each weight held to the sign that its feature must have.
The certainty is a ridge logistic regression on standardised features of the whole search; one of
them, how often what is near to each aspect was answered, is such a regression itself. The bar
for an answer is the lowest one whose wrong answers stay under the share allowed, judged on
probabilities of questions that the fold had not seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.affinity import Affinity, Chances
from assistant.aspect import Aspect
from assistant.certainty import SIGNS, certainty, logistic
from assistant.decision import chosen, lacks_the_kind, weighted
from assistant.desk import Desk
from assistant.evidence import FEATURES, weigh
from assistant.exchange import Asked
from assistant.librarian import Trial
from assistant.policy import Policy
from assistant.questionfile import Expected, excerpted, fulfilled
from assistant.ridge import Matrix, logistic_regression, unseen
from index.encoder import Encoder

_RANKING_RIDGE = 3.0
_ANSWERING_RIDGE = 30.0
_CHANCES_RIDGE = 1_500.0
_CEILING = {"stray_topic": -1.5}
"""The internship's length is never the degree's, however seldom the samples confuse them."""
_FOLDS = 10
WRONG_ALLOWED = 0.04
"""Share of all questions that may be given a wrong answer as `answered`."""
WRONG_BY_WORDS = 0.02
"""The same, without an encoder that a policy was fitted for."""
_LEAST = 0.5
"""Least bar: however few the wrong ones among the samples, an answer is likelier right than not."""
_HELP = 0.65
"""Bar for passages offered as help, as a share of the bar for an answer."""
START = Policy(
    ranking={name: float(sign) for name, sign in FEATURES.items()},
    answering={},
    bias=0.0,
    answer=0.5,
    help=0.25,
    margin=4.0,
    pointer=0.5,
    dense_share=0.6,
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A search with, for each candidate, whether it holds what was asked."""

    expected: Expected
    trial: Trial
    good: tuple[bool, ...]


def aspect_vectors(aspects: Mapping[str, Aspect], encoder: Encoder) -> Affinity:
    """The two vectors of each aspect, by an encoder."""
    centres = [
        encoder.encode_queries(list(aspect.examples)).mean(axis=0) for aspect in aspects.values()
    ]
    examples = np.stack(centres)
    examples /= np.linalg.norm(examples, axis=1, keepdims=True)
    questions = encoder.encode_queries([aspect.question["fr"] for aspect in aspects.values()])
    return Affinity(examples.astype(np.float32), questions)


def samples(desk: Desk, questions: Sequence[Expected]) -> list[Sample]:
    """The searches that questions of one part lead to, with their candidates judged."""
    found = []
    for expected in questions:
        trials = desk.trials(Asked(expected.question, expected.programme, None, expected.history))
        if expected.kind in _LEARNT and len(trials) == 1 and trials[0].candidates:
            found.append(Sample(expected, trials[0], _judged(expected, trials[0])))
    return found


_LEARNT = ("answerable", "partial", "unanswerable", "offtopic")


def _judged(expected: Expected, trial: Trial) -> tuple[bool, ...]:
    if expected.kind not in ("answerable", "partial"):
        return (False,) * len(trial.candidates)
    if expected.passage:
        return tuple(excerpted(c.hit.passage.text, expected.passage) for c in trial.candidates)
    return tuple(any(fulfilled(c.hit.passage.text, expected.facts)) for c in trial.candidates)


def by_words_alone(sample: Sample) -> Sample:
    """The sample as it is without an encoder."""
    candidates = tuple(
        replace(
            candidate,
            hit=replace(candidate.hit, similarity=0.0, nearest=0.0),
            nearness=None,
            odds=0.0,
        )
        for candidate in sample.trial.candidates
    )
    return replace(sample, trial=replace(sample.trial, candidates=candidates, nearness=None))


def fit(
    found: Sequence[Sample],
    asked: int,
    encoder: str,
    start: Policy = START,
    allowed: float = WRONG_ALLOWED,
) -> tuple[Policy, Chances | None]:
    """The policy fitted on samples of `asked` questions, for the encoder of this fingerprint, and
    how often what is near to each aspect was answered (none without the aspects' vectors)."""
    policy = replace(start, ranking=_ranking(found), encoder=encoder)
    names, table, right, held_back = _certainties(found, policy)
    folds = _folds([sample.expected.programme for sample in found])
    chances = None
    near = [s.trial.nearness.cosines for s in found if s.trial.nearness is not None]
    if len(near) == len(found):
        aspects = np.array(near, np.float64)
        table[:, names.index("usual")] = unseen(aspects, right, folds, _CHANCES_RIDGE)
        chances = Chances(*logistic_regression(aspects, right, _CHANCES_RIDGE))
    signs = [SIGNS.get(name, 0) for name in names]
    odds = unseen(table, right, folds, _ANSWERING_RIDGE, signs)
    weights, bias = logistic_regression(table, right, _ANSWERING_RIDGE, signs)
    probabilities = np.array([logistic(z) for z in odds])
    answer = _bar(np.where(held_back, 0.0, probabilities), right, allowed * asked)
    policy = replace(
        policy,
        answering=dict(zip(names, map(_rounded, weights), strict=True)),
        bias=_rounded(bias),
        answer=_rounded(answer),
        help=_rounded(_HELP * answer),
    )
    return policy, chances


def _folds(programmes: Sequence[str | None]) -> NDArray[np.int64]:
    """A fold for each sample: programmes stay together, because wordings of one question, and
    questions about one text, tell too much of each other."""
    numbers = {programme: n for n, programme in enumerate(dict.fromkeys(programmes))}
    return np.array([numbers[programme] % _FOLDS for programme in programmes])


def _ranking(found: Sequence[Sample]) -> dict[str, float]:
    from scipy.optimize import minimize

    names = list(FEATURES)
    groups = []
    for sample in found:
        if any(sample.good) and not all(sample.good):
            evidence = weigh(sample.trial.query, sample.trial.candidates, sample.trial.nearness)
            rows = np.array([[e.features[name] for name in names] for e in evidence])
            groups.append((rows, np.array(sample.good)))

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        total, slope = 0.0, np.zeros(len(names))
        for rows, good in groups:
            scores = rows @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            chosen = shares * good
            total -= float(np.log(chosen.sum()))
            slope -= rows.T @ (chosen / chosen.sum() - shares)
        ridge = 0.5 * _RANKING_RIDGE * float(weights @ weights)
        return total + ridge, slope + _RANKING_RIDGE * weights

    bounds = [(0, None) if FEATURES[name] > 0 else (None, _CEILING.get(name, 0)) for name in names]
    best: Any = minimize(loss, np.zeros(len(names)), jac=True, bounds=bounds, method="L-BFGS-B")
    return dict(zip(names, map(_rounded, best.x), strict=True))


def _certainties(
    found: Sequence[Sample], policy: Policy
) -> tuple[list[str], Matrix, NDArray[np.bool_], NDArray[np.bool_]]:
    """For each sample the features of its search, whether what would be shown is right, and
    whether it is held back for lack of the kind of answer."""
    rows, right, held_back = [], [], []
    for sample in found:
        query, nearness = sample.trial.query, sample.trial.nearness
        evidence = weigh(query, sample.trial.candidates, nearness)
        scored = [(weighted(policy.ranking, e.features), e) for e in evidence]
        order = sorted(range(len(scored)), key=lambda n: (-scored[n][0], scored[n][1].hit.rank))
        ranked = [scored[n] for n in order]
        rows.append(certainty(query, ranked, nearness))
        shown = chosen(query, tuple(ranked), policy.margin)
        good = {id(scored[n][1]) for n in order if sample.good[n]}
        right.append(any(id(e) in good for e in shown))
        held_back.append(lacks_the_kind(query, shown))
    names = list(rows[0])
    table = np.array([[row[name] for name in names] for row in rows])
    return names, table, np.array(right), np.array(held_back)


def _bar(probabilities: Matrix, right: NDArray[np.bool_], allowed: float) -> float:
    """The lowest bar above which no more wrong answers are given than allowed."""
    order = np.argsort(-probabilities, kind="stable")
    wrong = np.cumsum(~right[order])
    within = np.flatnonzero(wrong <= allowed)
    return max(_LEAST, float(probabilities[order[within[-1]]])) if len(within) else 1.0


def _rounded(value: float) -> float:
    return round(float(value), 4)
