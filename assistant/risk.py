"""Risk: how often answering would be wrong, at each share of the questions answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evaluation import Judged
from assistant.questionfile import fulfilled


@dataclass(frozen=True, slots=True)
class Point:
    """Answering all questions whose confidence is at least `confidence`, at `risk`."""

    confidence: float
    coverage: float
    risk: float


def risk_coverage(judged: Sequence[Judged]) -> tuple[Point, ...]:
    """The curve over the questions that a passage was weighed for, the surest first.

    Risk is the share, among those answered, whose best passage does not answer. The threshold in
    force is one point of it: the curve says what another one would cost.
    """
    weighed = sorted(
        ((one.confidence, _answers(one)) for one in judged if one.confidence is not None),
        key=lambda pair: -pair[0],
    )
    points: list[Point] = []
    wrong = 0
    for count, (confidence, right) in enumerate(weighed, start=1):
        wrong += not right
        if count == len(weighed) or weighed[count][0] < confidence:
            points.append(Point(confidence, count / len(weighed), wrong / count))
    return tuple(points)


def _answers(one: Judged) -> bool:
    """Whether what was weighed highest answers: it was shown and right, or it holds the facts."""
    if one.expected.kind not in ("answerable", "partial"):
        return False
    if one.status == "answered":
        return one.right
    searches = [part.decision.search for part in one.outcome.explanation.parts]
    best = [search.ranked[0][1] for search in searches if search and search.ranked]
    texts = " / ".join(evidence.hit.passage.text for evidence in best)
    return bool(one.expected.facts) and all(fulfilled(texts, one.expected.facts))
