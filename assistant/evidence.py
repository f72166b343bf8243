"""Evidence: what speaks for a passage as the answer to a query, as named features.

Each feature lies roughly between -1 and 1 and can be said in a sentence; `assistant ask
--explain` prints them. Their weights belong to the policy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.expectation import REQUIRED
from assistant.history import TOPICS
from assistant.key import Key
from assistant.query import Query
from assistant.subject import PassageSubject, SentenceSubject
from index.hit import Hit

FEATURES = (
    "covered",
    "covered_in_text",
    "covered_in_sentence",
    "missing",
    "missing_concept",
    "kind_present",
    "kind_absent",
    "aspect",
    "aspect_rule",
    "other_aspect",
    "heading",
    "stray_topic",
    "similarity",
    "lead",
    "words",
    "keyless",
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The features of one passage, and the sentence of it that covers the query best."""

    hit: Hit
    features: Mapping[str, float]
    covered: tuple[Key, ...]
    missing: tuple[Key, ...]
    sentence: SentenceSubject | None


def weigh(query: Query, hit: Hit, subject: PassageSubject, hits: Sequence[Hit]) -> Evidence:
    """The evidence that a passage gives, beside the other hits of the same search."""
    whole = subject.whole
    total = sum(key.weight for key in query.keys)
    covered = tuple(key for key in query.keys if key.covered_by(whole))
    missing = tuple(key for key in query.keys if not key.covered_by(whole))
    sentence = best_sentence(query, subject)
    share = _share(query.keys, total)
    required = REQUIRED.get(query.expects or "")
    aspects = {found.aspect.id: found.score for found in query.aspects}
    top = query.aspects[0] if query.aspects else None
    best_bm25 = max((other.bm25 for other in hits), default=0.0) or 1.0
    second = max((other.similarity for other in hits if other is not hit), default=0.0)
    features = {
        "covered": share(covered),
        "covered_in_text": share([key for key in covered if key.covered_by(subject.text)]),
        "covered_in_sentence": share(
            [key for key in covered if sentence and key.covered_by(sentence.subject | subject.nearest_heading)]
        ),
        "missing": max((key.weight for key in missing), default=0.0),
        "missing_concept": max((key.weight for key in missing if key.concepts), default=0.0),
        "kind_present": float(bool(required and required & subject.kinds)),
        "kind_absent": float(bool(required and not required & subject.kinds)),
        "aspect": max((aspects[id] for id in subject.aspects if id in aspects), default=0.0),
        "aspect_rule": float(top is not None and top.aspect.id in subject.aspects) * (top.score if top else 0.0),
        "other_aspect": top.score if top is not None and top.aspect.id not in subject.aspects else 0.0,
        "heading": share([key for key in query.keys if key.covered_by(subject.nearest_heading)]),
        "stray_topic": float(
            not (subject.announced & TOPICS) <= query.concepts and not (subject.announced & query.concepts & TOPICS)
        ),
        "similarity": hit.similarity,
        "lead": max(-0.3, min(0.3, hit.similarity - second)),
        "words": hit.bm25 / best_bm25,
        "keyless": float(total < 0.3),
    }
    return Evidence(hit, features, covered, missing, sentence)


def best_sentence(query: Query, subject: PassageSubject) -> SentenceSubject | None:
    """The sentence that covers the most weight of keys, then the expected kind, then the first."""
    required = REQUIRED.get(query.expects or "", frozenset())
    return max(
        subject.sentences,
        key=lambda part: (
            sum(key.weight for key in query.keys if key.covered_by(part.subject))
            + 0.5 * bool(required & part.kinds),
            -part.start,
        ),
        default=None,
    )


def _share(keys: Sequence[Key], total: float):  # type: ignore[no-untyped-def]
    def share(some: Sequence[Key]) -> float:
        return sum(key.weight for key in some) / total if total else 0.0

    return share
