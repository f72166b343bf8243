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

from assistant.aspect import Aspect
from assistant.key import Key, Weights, keys
from assistant.language import detect_language
from assistant.lexicon import Lexicon

_RULE = 0.6
"""What a rule that holds is worth beside a perfect match with an example (1)."""
_UNRULED = 0.85
"""What a match with an example is worth when the aspect's rule does not hold besides."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """An aspect that the question may ask about; `score` lies between 0 and 1."""

    aspect: Aspect
    score: float


class Recogniser:
    """Holds the examples as sparse unit vectors, inverted."""

    def __init__(self, aspects: Mapping[str, Aspect], lexicon: Lexicon, weights: Weights) -> None:
        self._aspects = aspects
        self._weights = weights
        self._postings: dict[str, list[tuple[str, int, float]]] = defaultdict(list)
        number = 0
        for aspect in aspects.values():
            for example in aspect.examples:
                for unit, value in _unit_vector(
                    keys(example, lexicon, weights, detect_language(example, lexicon.words))
                ).items():
                    self._postings[unit].append((aspect.id, number, value))
                number += 1

    def recognise(self, found: Sequence[Key], concepts: frozenset[str]) -> tuple[Recognised, ...]:
        """The aspects of a question with these keys and (implied) concepts, best first, few."""
        nearness = self._nearness(found)
        scores: dict[str, float] = {}
        for id, aspect in self._aspects.items():
            rule = self._specificity(aspect.holding(concepts) or ())
            near = nearness.get(id, 0.0) * (1.0 if rule else _UNRULED)
            score = 1 - (1 - _RULE * rule) * (1 - near)
            if score > 0.25:
                scores[id] = score
        best = sorted(scores, key=lambda id: (-scores[id], id))[:4]
        return tuple(Recognised(self._aspects[id], scores[id]) for id in best)

    def _specificity(self, named: Sequence[frozenset[str]]) -> float:
        """How telling a rule that holds is: two weighty conditions say more than one."""
        return min(1.0, sum(self._weights.of_concepts(concepts) for concepts in named) / 1.2)

    def _nearness(self, found: Sequence[Key]) -> dict[str, float]:
        """Cosine with the nearest example of each aspect that shares a unit."""
        cosines: dict[tuple[str, int], float] = defaultdict(float)
        for unit, value in _unit_vector(found).items():
            for aspect, number, other in self._postings.get(unit, ()):
                cosines[aspect, number] += value * other
        nearest: dict[str, float] = {}
        for (aspect, _), cosine in cosines.items():
            nearest[aspect] = max(nearest.get(aspect, 0.0), min(1.0, cosine))
        return nearest


def _unit_vector(found: Iterable[Key]) -> dict[str, float]:
    values: dict[str, float] = defaultdict(float)
    for key in found:
        for unit in key.units:
            values[unit] = max(values[unit], key.weight)
    length = math.sqrt(sum(value * value for value in values.values()))
    return {unit: value / length for unit, value in values.items()} if length else {}
