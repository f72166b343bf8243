"""Sameness: whether a question asks the same as the wordings of an answer.

Words and meaning both have to agree, and what a question asks beyond every wording is a veto: an
answer given to another question would be wrong with confidence. Weights and limits were fitted on
the tuning half of `tests/data/questions/staff/` and on the wordings of `training/data/policy/`,
whose programmes the encoder was not trained on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from assistant.affinity import Nearness
from assistant.asking import asked_kind
from assistant.key import Key
from assistant.query import Query
from index.encoder import Vectors
from index.words import fold

# What is missing of these tells little: every question is about studies at a university.
_QUIET = frozenset(
    [
        "university",
        "programme",
        "campus",
        "years",
        "academic_year",
        "possibility",
        "courses",
        "master_degree",
        "bachelor",
        "university_life",
        "student",
        "week",
        "day",
        "regarding",
    ]
)
_QUIET_SHARE = 0.4
_IMPLIED = 0.7
"""What a broader word of the wordings is worth for a narrower one, or the other way round."""

# A logistic regression; above 0 it is likelier the same question than another one.
_WEIGHTS = {"covered": 2.20, "named": 0.52, "near": 3.63, "agreement": 3.54}
_BIAS = -5.19

# The vetoes: `_CLOSE` or `_CENTRAL` is so near that words need not say it too.
_CLOSE, _CENTRAL, _AGREED = 0.75, 0.71, 0.6
_NEW_CONCEPT, _NEW_WORD = 0.2, 0.85
_FEWEST_NAMED, _BEST_NAMED, _WELL_AGREED = 0.55, 0.8, 0.65
_LITERAL, _LEAST_SIMILAR = 0.3, 0.46
"""Words that only the lexicon makes the same (a bicycle's garage, a car's) have to be near too."""

_DEFINES = re.compile(
    r"\bqu est ce (?:que|qu) (?:le|la|les|l|un|une|c)\b"
    r"|\b(?:que (?:veut dire|signifie)|definition|what does .* mean|que es)\b"
)
# "Quand on a un handicap" asks for no date, "où trouver la fiche" for no place.
_NO_KIND = re.compile(
    r"(?<=\S )quand (?:on|je|j|tu|il|elle|nous|vous|ils)\b(?! est ce)|\bou (?:on )?trouver?\b"
)
_STRICT = frozenset({"date", "place", "money", "duration"})
_COUNTS = frozenset({"number", "money", "duration", "date"})


@dataclass(frozen=True, slots=True)
class Sense:
    """A question understood: its query, its unit vector, and how near it is to each aspect.

    Without an encoder (or the aspects' vectors for it) there is only the query.
    """

    query: Query
    vector: Vectors | None = None
    nearness: Nearness | None = None


class Sameness:
    """The wordings of one answer, to compare questions with."""

    def __init__(self, senses: Sequence[Sense]) -> None:
        self._senses = tuple(sense for sense in senses if sense.query.keys)
        queries = [sense.query for sense in self._senses]
        self._queries = queries
        self._keys = tuple(key for query in queries for key in query.keys)
        self._concepts = frozenset[str]().union(*(query.concepts for query in queries))
        self._stems = frozenset(stem for key in self._keys for stem in key.stems)
        self._kinds = {_kind(query.text) for query in queries} | {q.expects for q in queries}
        self._obliges = any("obligation" in query.concepts for query in queries)
        self._defines = any(_DEFINES.search(fold(query.text)) for query in queries)

    @property
    def units(self) -> frozenset[str]:
        """The concepts and stems of which a question has to share one."""
        own = (key.concepts | frozenset(key.stems) for key in self._keys)
        return frozenset[str]().union(*own) | self._concepts

    @cached_property
    def vectors(self) -> Vectors:
        """The wordings' vectors, shape (n, d); (0, 0) when there are none."""
        rows = [sense.vector for sense in self._senses if sense.vector is not None]
        return np.array(rows) if rows else np.zeros((0, 0), np.float32)

    @cached_property
    def _centre(self) -> Vectors:
        mean = self.vectors.mean(axis=0)
        centre: Vectors = mean / (np.linalg.norm(mean) or 1.0)
        return centre

    def score(self, sense: Sense) -> float:
        """How surely a question asks the same; 0 or less when it does not, or a veto holds."""
        query = sense.query
        if not query.keys or not self._senses:
            return 0.0
        if self._asks_otherwise(query) or self._demands(query):
            return 0.0
        total = sum(map(_weight, query.keys)) or 1.0
        lost = [(key, _weight(key) * (1 - self._met(key))) for key in query.keys]
        covered = 1 - sum(weight for _, weight in lost) / total
        named = [_named(other, query) for other in self._queries]
        literal = sum(_weight(key) * _share(key, self._stems) for key in query.keys) / total
        new_concept = max((weight for key, weight in lost if key.concepts), default=0.0)
        new_word = max((weight for key, weight in lost if not key.concepts), default=0.0)
        if sense.vector is None or sense.nearness is None or not len(self.vectors):
            same = covered > 0.95 and max(named) > 0.95 and literal > 0.5
            return float(same)
        near = float(self._centre @ sense.vector)
        closest = float((self.vectors @ sense.vector).max())
        agreement = max(
            sense.nearness.agreement(other.nearness)
            for other in self._senses
            if other.nearness is not None
        )
        mean_named = sum(named) / len(named)
        told = {"covered": covered, "named": mean_named, "near": near, "agreement": agreement}
        score = _BIAS + sum(_WEIGHTS[name] * value for name, value in told.items())
        if agreement >= _AGREED and (closest >= _CLOSE or near >= _CENTRAL):
            return score
        strange = (
            new_concept >= _NEW_CONCEPT
            or new_word >= _NEW_WORD
            or self._leaves_out(query, mean_named, agreement)
            or (mean_named < _FEWEST_NAMED and max(named) < _BEST_NAMED)
            or (mean_named < _FEWEST_NAMED and agreement < _WELL_AGREED)
            or (literal < _LITERAL and closest < _LEAST_SIMILAR)
        )
        return 0.0 if strange else score

    def _asks_otherwise(self, query: Query) -> bool:
        """Whether it asks for a date, a place, an amount or a meaning, and no wording does."""
        kind = _kind(query.text)
        if kind in _STRICT and kind not in self._kinds:
            return True
        if kind == "number" and self._kinds.isdisjoint(_COUNTS):
            return True
        return not self._defines and bool(_DEFINES.search(fold(query.text)))

    def _demands(self, query: Query) -> bool:
        """Whether it asks if one must, and no wording does."""
        return not self._obliges and "obligation" in query.concepts

    def _leaves_out(self, query: Query, named: float, agreement: float) -> bool:
        """Whether what every wording speaks of is not spoken of."""
        missing = (
            max((_weight(k) for k in other.keys if k.concepts and not _meets(k, query)), default=0)
            for other in self._queries
        )
        return named < 0.5 and agreement < _AGREED and min(missing) >= _NEW_CONCEPT

    def _met(self, key: Key) -> float:
        if any(_same(key, other) for other in self._keys):
            return 1.0
        return _IMPLIED if not key.concepts.isdisjoint(self._concepts) else 0.0


def _kind(text: str) -> str | None:
    return asked_kind(_NO_KIND.sub(" ", fold(text)))


def _weight(key: Key) -> float:
    quiet = bool(key.concepts) and key.concepts <= _QUIET
    return key.weight * (_QUIET_SHARE if quiet else 1.0)


def _same(one: Key, other: Key) -> bool:
    if not one.concepts.isdisjoint(other.concepts):
        return True
    return bool(one.stems) and set(one.stems) == set(other.stems)


def _meets(key: Key, query: Query) -> float:
    if any(_same(key, other) for other in query.keys):
        return 1.0
    return _IMPLIED if not key.concepts.isdisjoint(query.concepts) else 0.0


def _named(wording: Query, query: Query) -> float:
    """The share of a wording's weight that the question names."""
    total = sum(map(_weight, wording.keys)) or 1.0
    return sum(_weight(key) * _meets(key, query) for key in wording.keys) / total


def _share(key: Key, stems: frozenset[str]) -> float:
    return sum(stem in stems for stem in key.stems) / max(1, len(key.stems))
