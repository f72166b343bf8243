"""Certainty: what tells whether the best passages answer at all, as named features.

Ranking asks which passage is the best; this asks whether the best is good enough. It looks at the
best passage's own evidence and at the field: is it ahead, is anything the question names unheard
of, does the programme document the aspect that is asked about?
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.affinity import Nearness
from assistant.evidence import Evidence
from assistant.query import Query

_KINDS = ("money", "duration", "date", "number", "place", "person", "list", "yes_no")
"""Kinds of answer that are told apart; the others are open questions."""


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
        "affinity_of_all": max(evidence.features["affinity"] for _, evidence in ranked),
        "placed": float(nearness.cosines.max()) if nearness is not None else 0.0,
        **_question(query),
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
