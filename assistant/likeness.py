"""Likeness: how probable it is that a question asks what a group of questions asks.

A group is compared by its profile, the sum of its questions' traits: what one of them says badly
(a slip, a word nobody knows) weighs little beside what all of them say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.affinity import Affinity
from assistant.trait import Traits, Vector

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the features, all cosines but the last two; their sum is the log odds."""

    bias: float
    vector: float
    near: float
    """Of the vectors' nearness to each aspect."""
    words: float
    aspects: float
    other_aspect: float
    """1 where they ask about different aspects first."""
    other_facet: float
    """How much of the group differs from the question in a facet."""


# Logistic regression (L2 of 3) of questions against parts of groups, over the tuning half of
# tests/data/questions/groups and, at 0.3 of its weight, wordings of training/data/policy;
# `other_facet`, which one group alone could tell, is set by hand.
FITTED = Weights(-3.23, 2.39, 4.16, 0.89, 2.01, -1.41, -6.0)


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """Traits as unit vectors: `vector` of shape (d,) or None, `near` and `aspects` of shape
    (aspects,), and the words by name.
    """

    vector: Vector | None
    near: Floats
    aspects: Floats
    words: Mapping[str, float]
    facets: tuple[str, ...]


class Shapes:
    """Turns traits into shapes; `aspects` are every aspect's id, in the affinity's order."""

    def __init__(self, aspects: tuple[str, ...], affinity: Affinity | None) -> None:
        self.size = len(aspects)
        self._places = {id: place for place, id in enumerate(aspects)}
        self._affinity = affinity

    def of(self, traits: Traits) -> Shape:
        """The shape of some traits."""
        asked = np.zeros(self.size, np.float32)
        for id, score in traits.aspects.items():
            if id in self._places:
                asked[self._places[id]] = score
        asked = _unit(asked)
        near = asked
        if traits.vector is not None and self._affinity is not None:
            # The root makes a distribution a unit vector; its dot product is Bhattacharyya's.
            near = np.sqrt(self._affinity.of_question(traits.vector).shares).astype(np.float32)
        length = sum(weight * weight for weight in traits.units.values()) ** 0.5
        words = {unit: weight / length for unit, weight in traits.units.items()} if length else {}
        return Shape(traits.vector, near, asked, words, traits.facets)


class Profiles:
    """The profiles of many groups, in rows, to compare a question with all of them at once."""

    def __init__(self, aspects: int, weights: Weights = FITTED) -> None:
        self._weights = weights
        self._rows: dict[str, int] = {}
        self._names: list[str] = []
        self._free: list[int] = []
        self._near = np.zeros((0, aspects), np.float32)
        self._aspects = np.zeros((0, aspects), np.float32)
        self._counts = np.zeros(0, np.float32)
        self._words_length = np.zeros(0, np.float32)
        self._vectors: list[Vector | None] = []
        self._words: list[dict[str, float]] = []
        self._facets: list[dict[str, int]] = []
        self._postings: dict[str, dict[int, float]] = {}

    def __contains__(self, group: object) -> bool:
        return group in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._rows))

    def add(self, group: str, shape: Shape) -> None:
        """Add a question to a group, which is made when there is none of that name."""
        row = self._rows[group] if group in self._rows else self._new_row(group)
        self._counts[row] += 1
        self._near[row] += shape.near
        self._aspects[row] += shape.aspects
        if shape.vector is not None:
            known = self._vectors[row]
            if known is None or known.shape != shape.vector.shape:
                known = np.zeros_like(shape.vector)
            self._vectors[row] = known + shape.vector
        words = self._words[row]
        for unit, weight in shape.words.items():
            words[unit] = words.get(unit, 0.0) + weight
            self._postings.setdefault(unit, {})[row] = words[unit]
        self._words_length[row] = sum(weight * weight for weight in words.values()) ** 0.5
        for facet in shape.facets:
            self._facets[row][facet] = self._facets[row].get(facet, 0) + 1

    def remove(self, group: str) -> None:
        """Forget a group."""
        row = self._rows.pop(group, None)
        if row is None:
            return
        for unit in self._words[row]:
            del self._postings[unit][row]
        self._counts[row] = 0  # an empty row is compared with nothing, and used again
        self._near[row] = self._aspects[row] = 0
        self._words_length[row] = 0
        self._vectors[row], self._words[row], self._facets[row] = None, {}, {}
        self._names[row] = ""
        self._free.append(row)

    def nearest(self, shape: Shape) -> tuple[str, float] | None:
        """The group that most probably asks the same, the older of two alike; None of none."""
        if not self._rows:
            return None
        weights = self._weights
        words = np.zeros(len(self._counts), np.float32)
        for unit, weight in shape.words.items():
            for row, other in self._postings.get(unit, {}).items():
                words[row] += weight * other
        words = _ratio(words, self._words_length)
        near = _ratio(self._near @ shape.near, np.linalg.norm(self._near, axis=1))
        asked = _ratio(self._aspects @ shape.aspects, np.linalg.norm(self._aspects, axis=1))
        odds = weights.bias + weights.near * near + weights.words * words + weights.aspects * asked
        if shape.aspects.any():
            first = self._aspects.argmax(axis=1)
            differs = (first != shape.aspects.argmax()) & self._aspects.any(axis=1)
            odds += weights.other_aspect * differs
        odds[self._counts == 0] = -np.inf
        return self._best(shape, odds, words)

    def _best(self, shape: Shape, odds: Floats, words: Floats) -> tuple[str, float]:
        best = (-np.inf, "")
        for row in np.argsort(-odds, kind="stable"):
            if odds[row] + self._weights.vector < best[0] or odds[row] == -np.inf:
                break  # no vector can make up for it
            total = float(odds[row]) + self._weights.vector * self._cosine(row, shape, words)
            total += self._weights.other_facet * self._facet_gap(row, shape)
            name = self._names[row]
            if total > best[0] or (total == best[0] and name < best[1]):
                best = (total, name)
        return best[1], float(1 / (1 + np.exp(-best[0])))

    def _cosine(self, row: int, shape: Shape, words: Floats) -> float:
        sums = self._vectors[row]
        if sums is None or shape.vector is None or sums.shape != shape.vector.shape:
            return float(words[row])
        return float(sums @ shape.vector / (np.linalg.norm(sums) or 1.0))

    def _facet_gap(self, row: int, shape: Shape) -> float:
        shares = self._facets[row]
        names = {*shares, *shape.facets}
        count = float(self._counts[row])
        gaps = (abs((name in shape.facets) - shares.get(name, 0) / count) for name in names)
        return max(gaps, default=0.0)

    def _new_row(self, group: str) -> int:
        row = self._free_row()
        self._rows[group] = row
        self._names[row] = group
        return row

    def _free_row(self) -> int:
        if self._free:
            return self._free.pop()
        row = len(self._names)
        if row == len(self._counts):
            more = max(64, row)
            self._near = _grown(self._near, more)
            self._aspects = _grown(self._aspects, more)
            self._counts = _grown(self._counts, more)
            self._words_length = _grown(self._words_length, more)
        self._names.append("")
        self._vectors.append(None)
        self._words.append({})
        self._facets.append({})
        return row


def _grown(array: Floats, more: int) -> Floats:
    return np.concatenate([array, np.zeros((more, *array.shape[1:]), np.float32)])


def _unit(vector: Floats) -> Floats:
    length = float(np.linalg.norm(vector))
    return vector / np.float32(length) if length else vector


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.zeros_like(above), where=below > 0)
