"""Evidence: what speaks for a passage as the answer to a query, as named features.

Each feature lies roughly between -1 and 1 and can be said in a sentence; `assistant ask
--explain` prints them. Their weights belong to the policy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from statistics import fmean, pstdev

from assistant.affinity import Nearness
from assistant.expectation import ANNOUNCING, REQUIRED
from assistant.key import Key
from assistant.query import Query
from assistant.subject import PassageSubject, SentenceSubject
from assistant.topic import TOPICS
from index.hit import Hit

# What each feature says, and the sign that its weight must have.
FEATURES: Mapping[str, int] = {
    "covered": 1,  # share of the keys' weight that headings or text name
    "covered_in_text": 1,  # the same, by the text alone
    "covered_in_sentence": 1,  # the same, by one sentence with its heading
    "literal": 1,  # the same, in the question's own words
    "missing": -1,  # weight of the heaviest key that is not named
    "missing_concept": -1,  # the same, among keys that the lexicon knows
    "kind_present": 1,  # the kind of answer asked for (a number, a date) is there
    "kind_absent": -1,  # it is not there
    "kind_in_sentence": 1,  # it is there in the sentence that covers the most
    "kind_announced": 1,  # a label or heading announces it ("Date", "Lieu")
    "aspect": 1,  # an aspect of the question is one of the passage
    "aspect_announced": 1,  # a heading or label announces it
    "other_aspect": -1,  # the question's first aspect is none of the passage's
    "stray_topic": -1,  # the heading announces a topic that the question does not name
    "nearest": 1,  # cosine of the nearest sentence
    "nearest_lead": 1,  # how far it is ahead of the other passages
    "standing": 1,  # the passage's cosine, in deviations from the others'
    "words": 1,  # BM25, as a share of the best
    "agreement": 1,  # question and passage are near to the same aspects
    "affinity": 1,  # the passage is near to the question's nearest aspect
    "alike": 1,  # "covered", where a word near in meaning covers in part
    "unlike": -1,  # weight of the key that no word comes near to
    "read": 1,  # log odds that it answers rather than none, by close reading
    "read_lead": 1,  # how far these are ahead of the other passages'
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """The features of one passage, and the sentence of it that covers the query best."""

    hit: Hit
    subject: PassageSubject
    features: Mapping[str, float]
    covered: tuple[Key, ...]
    missing: tuple[Key, ...]
    sentence: SentenceSubject | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A hit with what is known of its passage; `nearness` is none without aspect vectors.

    `likeness` tells for each key of the query how near a word of the passage comes to it, `odds`
    are the log odds that it answers rather than none, by close reading (0: not read so).
    """

    hit: Hit
    subject: PassageSubject
    nearness: Nearness | None
    likeness: tuple[float, ...]
    odds: float = 0.0


def weigh(
    query: Query, candidates: Sequence[Candidate], nearness: Nearness | None
) -> tuple[Evidence, ...]:
    """The evidence that each candidate gives beside the others of the same search."""
    field = _Field(query, candidates, nearness)
    return tuple(field.evidence(candidate) for candidate in candidates)


class _Field:
    """What is the same for every candidate of one query."""

    def __init__(
        self, query: Query, candidates: Sequence[Candidate], nearness: Nearness | None
    ) -> None:
        similarities = [candidate.hit.similarity for candidate in candidates] or [0.0]
        self._query = query
        self._nearness = nearness
        self._aspect_of = int(nearness.cosines.argmax()) if nearness else 0
        self._weights = [key.weight for key in query.keys]
        self._total = sum(self._weights)
        self._required = REQUIRED.get(query.expects or "")
        self._announcing = ANNOUNCING.get(query.expects or "", frozenset[str]())
        self._aspects = {found.aspect.id: found.score for found in query.aspects}
        self._mean, self._deviation = fmean(similarities), pstdev(similarities) or 1.0
        self._best_bm25 = max((c.hit.bm25 for c in candidates), default=0.0) or 1.0
        self._nearest = sorted((c.hit.nearest for c in candidates), reverse=True)[:2]
        self._odds = sorted((c.odds for c in candidates), reverse=True)[:2]

    def evidence(self, candidate: Candidate) -> Evidence:
        query, hit, subject = self._query, candidate.hit, candidate.subject
        met = [key.covered_by(subject.whole) for key in query.keys]
        covered = tuple(compress(query.keys, met))
        missing = tuple(key for key, named in zip(query.keys, met, strict=True) if not named)
        sentence = best_sentence(query, subject)
        told = sentence.told if sentence else subject.nearest_heading
        announced = subject.announced & TOPICS
        features = {
            "covered": self._share(covered),
            "covered_in_text": self._share(k for k in covered if k.covered_by(subject.text)),
            "covered_in_sentence": self._share(k for k in covered if k.covered_by(told)),
            "literal": self._share(k for k in covered if k.stands_in(subject.whole)),
            "missing": max((key.weight for key in missing), default=0.0),
            "missing_concept": max((key.weight for key in missing if key.concepts), default=0.0),
            **self._kind(subject, sentence),
            **self._aspect(subject),
            "stray_topic": float(bool(announced) and announced.isdisjoint(query.concepts)),
            "nearest": hit.nearest,
            "nearest_lead": max(-0.3, min(0.3, hit.nearest - _rival(hit.nearest, self._nearest))),
            "standing": (hit.similarity - self._mean) / self._deviation / 3,
            "words": hit.bm25 / self._best_bm25,
            **self._meaning(candidate.nearness),
            **self._alike(candidate.likeness, met),
            "read": candidate.odds / 10,
            "read_lead": max(-1, min(1, (candidate.odds - _rival(candidate.odds, self._odds)) / 3)),
        }
        return Evidence(hit, subject, features, covered, missing, sentence)

    def _share(self, keys: Iterable[Key]) -> float:
        return sum([key.weight for key in keys]) / self._total if self._total else 0.0

    def _alike(self, likeness: Sequence[float], met: Sequence[bool]) -> dict[str, float]:
        pairs = zip(self._weights, likeness, met, strict=True)
        near = [(weight, 1.0 if named else alike) for weight, alike, named in pairs]
        total = sum([weight * alike for weight, alike in near])
        return {
            "alike": total / self._total if self._total else 0.0,
            "unlike": max([weight * (1 - alike) for weight, alike in near], default=0.0),
        }

    def _kind(self, subject: PassageSubject, sentence: SentenceSubject | None) -> dict[str, float]:
        there = bool(self._required and sentence and self._required & sentence.kinds)
        present = bool(self._required and self._required & subject.kinds)
        absent = bool(self._required) and not present
        return {
            "kind_present": float(present),
            "kind_absent": float(absent),
            "kind_in_sentence": float(there),
            "kind_announced": float(not self._announcing.isdisjoint(subject.announced)),
        }

    def _aspect(self, subject: PassageSubject) -> dict[str, float]:
        top = self._query.aspects[0] if self._query.aspects else None
        shared = [score for id, score in self._aspects.items() if id in subject.aspects]
        other = top.score if top and top.aspect.id not in subject.aspects else 0.0
        announced = [s for id, s in self._aspects.items() if id in subject.announced_aspects]
        return {
            "aspect": max(shared, default=0.0),
            "aspect_announced": max(announced, default=0.0),
            "other_aspect": other,
        }

    def _meaning(self, nearness: Nearness | None) -> dict[str, float]:
        if nearness is None or self._nearness is None:
            return {"agreement": 0.0, "affinity": 0.0}
        return {
            "agreement": self._nearness.agreement(nearness),
            "affinity": float(nearness.cosines[self._aspect_of]),
        }


def _rival(own: float, best: Sequence[float]) -> float:
    """The best value of another passage, of the two best; 0 where there is none."""
    first, second = best if len(best) == 2 else (*best, 0.0)
    return second if own >= first else first


def best_sentence(query: Query, subject: PassageSubject) -> SentenceSubject | None:
    """The sentence that covers the most weight of keys, then the expected kind, then the first."""
    if len(subject.sentences) == 1:
        return subject.sentences[0]
    required = REQUIRED.get(query.expects or "", frozenset())
    return max(
        subject.sentences,
        key=lambda part: (
            sum([key.weight for key in query.keys if key.covered_by(part.subject)])
            + 0.5 * bool(required & part.kinds),
            -part.start,
        ),
        default=None,
    )
