"""Certainty: what tells whether the best passages answer at all, as named features.

Ranking asks which passage is the best; this asks whether the best is good enough. It looks at the
best passage's own evidence and at the field: is it ahead, is anything the question names unheard
of, does the programme document the aspect that is asked about?
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from assistant.affinity import Nearness
from assistant.evidence import FEATURES, Evidence
from assistant.query import Query

_KINDS = ("money", "duration", "date", "number", "place", "person", "list", "yes_no")
"""Kinds of answer that are told apart; the others are open questions."""
# The sign that the weight of a feature must have, where reason gives one: near misses that share
# every word with the question must not teach that sharing words speaks against an answer.
SIGNS: Mapping[str, int] = {
    **FEATURES,
    "score": 1,
    "ahead_of_second": 1,
    "ahead_of_fourth": 1,
    "recognised": 1,
    "documented": 1,
    "undocumented": -1,
    "unheard": -1,
    "unheard_name": -1,
    "unheard_share": -1,
    "covered_by_two": 1,
    "nearest_of_all": 1,
    "alike_of_all": 1,
    "alike_ahead": 1,
    "unlike_all": -1,
    "affinity_of_all": 1,
    "placed": 1,
    "usual": 1,
    "read_so": 1,
    "read_of_all": 1,
}
_NEXT = 6
"""Passages whose words are compared."""


def certainty(
    query: Query, ranked: Sequence[tuple[float, Evidence]], nearness: Nearness | None
) -> Mapping[str, float]:
    """The features of a whole search; `ranked` holds scores and evidence, best first."""
    (score, best), *rest = ranked
    scores = [score, *(other for other, _ in rest)]
    total = sum(key.weight for key in query.keys) or 1.0
    unheard = [
        key.weight
        for key in query.keys
        if not any(key in evidence.covered for _, evidence in ranked)
    ]
    either = {key for _, evidence in ranked[:2] for key in evidence.covered}
    top = query.aspects[0] if query.aspects else None
    documented = top is not None and any(
        top.aspect.id in evidence.subject.aspects for _, evidence in ranked
    )
    told = top.score if top else 0.0
    return {
        **best.features,
        "score": score / 10,
        "ahead_of_second": min(3.0, score - scores[min(1, len(scores) - 1)]) / 3,
        "ahead_of_fourth": min(3.0, score - scores[min(3, len(scores) - 1)]) / 3,
        "recognised": told,
        "documented": told if documented else 0.0,
        "undocumented": 0.0 if documented else told,
        "unheard": max(unheard, default=0.0),
        "unheard_name": float(
            any(
                key.is_name and not any(key in evidence.covered for _, evidence in ranked)
                for key in query.keys
            )
        ),
        "unheard_share": sum(unheard) / total,
        "covered_by_two": sum(key.weight for key in either) / total,
        "keys": min(6, len(query.keys)) / 6,
        "substance": min(3.0, total) / 3,
        "nearest_of_all": max(evidence.hit.nearest for _, evidence in ranked),
        **_likeness(ranked),
        "affinity_of_all": max(evidence.features["affinity"] for _, evidence in ranked),
        "placed": float(nearness.cosines.max()) if nearness is not None else 0.0,
        "usual": nearness.usual if nearness is not None else 0.0,
        "read_so": logistic(10 * best.features["read"]),
        "read_of_all": logistic(10 * max(evidence.features["read"] for _, evidence in ranked)),
        **_question(query),
    }


def logistic(total: float) -> float:
    """The logistic function, kept within what a float can say."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def _likeness(ranked: Sequence[tuple[float, Evidence]]) -> Mapping[str, float]:
    """Whether words near in meaning tell the best passage from the next ones, or none from any."""
    alike = [evidence.features["alike"] for _, evidence in ranked[:_NEXT]]
    return {
        "alike_of_all": max(alike),
        "alike_ahead": alike[0] - max(alike[1:], default=0.0),
        "unlike_all": min(evidence.features["unlike"] for _, evidence in ranked[:_NEXT]),
    }


def _question(query: Query) -> Mapping[str, float]:
    """What the question is like, whatever was found: some kinds are answered more surely."""
    return {
        "length": min(40, len(query.text.split())) / 40,
        "concepts": min(10, len(query.concepts)) / 10,
        "names": min(3, sum(key.is_name for key in query.keys)) / 3,
        "aspects": min(3, len(query.aspects)) / 3,
        **{f"asks_{kind}": float(query.expects == kind) for kind in _KINDS},
    }
