"""Decisions: does a programme's documentation answer this query, help, or stay silent?"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence, weigh
from assistant.policy import Policy
from assistant.query import Query
from assistant.subject import PassageSubject
from corpus.passage import Passage
from index.hit import Hit

MOST_CITATIONS = 3
"""Passages that one query is answered from, at most."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A passage with its evidence and the probability that it answers."""

    evidence: Evidence
    subject: PassageSubject
    probability: float


@dataclass(frozen=True, slots=True)
class Found:
    """The passages that answer, best first; `considered` also holds those that do not."""

    chosen: tuple[Weighed, ...]
    considered: tuple[Weighed, ...]


@dataclass(frozen=True, slots=True)
class Silent:
    """No passage answers; `rule` says why in a word."""

    rule: str
    considered: tuple[Weighed, ...]


Decision = Found | Silent


def decide(
    query: Query,
    hits: Sequence[Hit],
    subject_of: Callable[[Passage], PassageSubject],
    policy: Policy,
) -> Decision:
    """Choose the passages that answer, or stay silent."""
    considered = sorted(
        (_weighed(query, hit, subject_of(hit.passage), hits, policy) for hit in hits),
        key=lambda weighed: (-weighed.probability, weighed.evidence.hit.rank),
    )
    if not considered:
        return Silent("nothing found", ())
    best = considered[0]
    if best.probability < policy.answer:
        return Silent("too little evidence", tuple(considered[:8]))
    bar = max(policy.answer, policy.also * best.probability)
    chosen = [weighed for weighed in considered if weighed.probability >= bar]
    return Found(tuple(_distinct(chosen)[:MOST_CITATIONS]), tuple(considered[:8]))


def probability(features: dict[str, float] | object, policy: Policy) -> float:
    """The logistic of the weighted features."""
    total = policy.bias + sum(
        policy.weights.get(name, 0.0) * value for name, value in features.items()  # type: ignore[attr-defined]
    )
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _weighed(
    query: Query, hit: Hit, subject: PassageSubject, hits: Sequence[Hit], policy: Policy
) -> Weighed:
    evidence = weigh(query, hit, subject, hits)
    return Weighed(evidence, subject, probability(evidence.features, policy))


def _distinct(chosen: Sequence[Weighed]) -> list[Weighed]:
    """Without passages whose text says the same as an earlier one."""
    kept: list[Weighed] = []
    for weighed in chosen:
        stems = weighed.subject.text.stems
        if all(len(stems - other.subject.text.stems) > 0.2 * len(stems) for other in kept):
            kept.append(weighed)
    return kept
