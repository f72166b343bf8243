"""Decisions: does a programme's documentation answer this query, help, or stay silent?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.affinity import Nearness
from assistant.asking import lacks
from assistant.certainty import certainty, logistic
from assistant.evidence import Candidate, Evidence, weigh
from assistant.policy import Policy
from assistant.query import Query
from assistant.topic import alternatives

MOST_CITATIONS = 3
"""Passages that one query is answered from, at most."""
_HELP_MARGIN = 0.4
"""Share of the policy's margin within which passages are offered as help: less is better there."""
_LESS_COVERED = 0.5
"""How much less of the question another passage may name and still be shown."""
_SHOWN = 8
"""Passages kept for an explanation."""


@dataclass(frozen=True, slots=True)
class Search:
    """What a search came to: the passages best first, and how sure it is that they answer."""

    ranked: tuple[tuple[float, Evidence], ...]
    features: Mapping[str, float]
    probability: float


@dataclass(frozen=True, slots=True)
class Found:
    """The documentation answers: `chosen` passages, best first."""

    search: Search
    chosen: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Not sure enough to be the answer, sure enough to help: `chosen` passages, best first."""

    search: Search
    chosen: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Silent:
    """No passage answers; `search` is none when nothing was found."""

    search: Search | None


Decision = Found | Near | Silent


def decide(
    query: Query, candidates: Sequence[Candidate], nearness: Nearness | None, policy: Policy
) -> Decision:
    """Rank the passages, then answer from the best, offer them as help, or stay silent."""
    if not candidates or not query.keys:
        return Silent(None)
    search = searched(query, candidates, nearness, policy)
    if search.probability < policy.help:
        return Silent(search)
    shown = chosen(query, search.ranked, policy.margin)
    if search.probability < policy.answer or lacks_the_kind(query, shown):
        return Near(search, chosen(query, search.ranked, _HELP_MARGIN * policy.margin))
    return Found(search, shown)


def searched(
    query: Query, candidates: Sequence[Candidate], nearness: Nearness | None, policy: Policy
) -> Search:
    """The candidates ranked, and the probability that the best of them answer."""
    scored = [
        (weighted(policy.ranking, evidence.features), evidence)
        for evidence in weigh(query, candidates, nearness)
    ]
    ranked = sorted(scored, key=lambda pair: (-pair[0], pair[1].hit.rank))
    features = certainty(query, ranked, nearness)
    total = policy.bias + weighted(policy.answering, features)
    return Search(tuple(ranked[:_SHOWN]), features, logistic(total))


def weighted(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """The weighted sum of the features; one without a weight counts nothing."""
    return sum([weight * features[name] for name, weight in weights.items()])


def chosen(
    query: Query, ranked: Sequence[tuple[float, Evidence]], margin: float
) -> tuple[Evidence, ...]:
    """The best passage, and those within `margin` of its score that are on the same topic and say
    more."""
    best_score, best = ranked[0]
    kept = [best]
    for score, evidence in ranked[1:]:
        if best_score - score > margin or len(kept) == MOST_CITATIONS:
            break
        if _of_another(query, evidence):
            continue
        if _adds(evidence, best) and all(_differs(evidence, other) for other in kept):
            kept.append(evidence)
    return tuple(kept)


def lacks_the_kind(query: Query, shown: Sequence[Evidence]) -> bool:
    """Whether an amount, a date or a duration is asked for and none is shown."""
    return all(lacks(query.text, query.expects, evidence.subject.kinds) for evidence in shown)


def _adds(evidence: Evidence, best: Evidence) -> bool:
    """Whether a passage is as much on the question as the best one."""
    strays = evidence.features["stray_topic"] > best.features["stray_topic"]
    return not strays and evidence.features["covered"] >= best.features["covered"] - _LESS_COVERED


def _of_another(query: Query, evidence: Evidence) -> bool:
    """Whether a passage names another year, another status, … than the one asked about."""
    named = evidence.subject.whole.concepts
    return any(
        asked.isdisjoint(named) and not rivals.isdisjoint(named)
        for asked, rivals in alternatives(query.concepts)
    )


def _differs(evidence: Evidence, other: Evidence) -> bool:
    stems = evidence.subject.text.stems
    return len(stems - other.subject.text.stems) > 0.2 * len(stems)
