"""Recognition: which aspects a question asks about.

Two ways agree or complete each other. An aspect's rule (its concepts) holds in the question's
own words; or the question is near to an aspect's example questions, compared by their weighty
units (concepts, else stems), so that a wording which obeys no rule is still placed.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.aspect import Aspect
from assistant.key import Heard, Key, Weights, keys_of

_RULE = 0.6
"""What a rule that holds is worth beside a perfect match with an example (1)."""
_LEAST = 0.25
"""Score of an aspect that is recognised."""
_UNRULED = 0.85
"""What a match with an example is worth when the aspect's rule does not hold besides."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """An aspect that the question may ask about; `score` lies between 0 and 1."""

    aspect: Aspect
    score: float


class Recogniser:
    """Holds the rules by what they begin with, and the examples as sparse unit vectors, inverted.

    `_postings` gives for a unit the numbers of the examples that have it and its value in each;
    the examples of one aspect stand together, from `_firsts` on.
    """

    def __init__(
        self, aspects: Mapping[str, Aspect], heard: Mapping[str, Heard], weights: Weights
    ) -> None:
        self._aspects = aspects
        self._weights = weights
        self._ruled: dict[str, set[str]] = defaultdict(set)
        self._shown = tuple(id for id, aspect in aspects.items() if aspect.examples)
        self._firsts: list[int] = []
        postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        number = 0
        for id, aspect in aspects.items():
            for rule in aspect.rules:
                for concept in rule[0]:
                    self._ruled[concept].add(id)
            if aspect.examples:
                self._firsts.append(number)
            for example in aspect.examples:
                found = keys_of(heard[example].mentions, weights, heard[example].language)
                for unit, value in _unit_vector(found).items():
                    postings[unit].append((number, value))
                number += 1
        self._examples = number
        self._postings = {
            unit: (np.array([place for place, _ in there]), np.array([value for _, value in there]))
            for unit, there in postings.items()
        }

    def recognise(self, found: Sequence[Key], concepts: frozenset[str]) -> tuple[Recognised, ...]:
        """The aspects of a question with these keys and (implied) concepts, best first, few."""
        nearness = self._nearness(found)
        ruled = {id for concept in concepts for id in self._ruled.get(concept, ())}
        # Without a rule the nearness alone has to be enough.
        near_enough = {id for id, near in nearness.items() if near * _UNRULED > _LEAST}
        scores: dict[str, float] = {}
        for id in ruled | near_enough:
            named = self._aspects[id].holding(concepts) if id in ruled else None
            rule = self._specificity(named or ())
            near = nearness.get(id, 0.0) * (1.0 if rule else _UNRULED)
            score = 1 - (1 - _RULE * rule) * (1 - near)
            if score > _LEAST:
                scores[id] = score
        best = sorted(scores, key=lambda id: (-scores[id], id))[:4]
        return tuple(Recognised(self._aspects[id], scores[id]) for id in best)

    def _specificity(self, named: Sequence[frozenset[str]]) -> float:
        """How telling a rule that holds is: two weighty conditions say more than one."""
        return min(1.0, sum(self._weights.of_concepts(concepts) for concepts in named) / 1.2)

    def _nearness(self, found: Sequence[Key]) -> dict[str, float]:
        """Cosine with the nearest example of each aspect that shares a unit."""
        if not self._firsts:
            return {}
        cosines = np.zeros(self._examples)
        for unit, value in _unit_vector(found).items():
            if unit in self._postings:
                numbers, others = self._postings[unit]
                cosines[numbers] += value * others
        nearest = np.minimum(np.maximum.reduceat(cosines, self._firsts), 1.0)
        near = np.flatnonzero(nearest > 0).tolist()
        return {self._shown[place]: float(nearest[place]) for place in near}


def _unit_vector(found: Iterable[Key]) -> dict[str, float]:
    values: dict[str, float] = defaultdict(float)
    for key in found:
        for unit in key.units:
            values[unit] = max(values[unit], key.weight)
    length = math.sqrt(sum(value * value for value in values.values()))
    return {unit: value / length for unit, value in values.items()} if length else {}
