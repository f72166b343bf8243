"""Likeness: how probable it is that two questions ask the same, from what tells them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from assistant.trait import Traits

FEATURES = (
    "cosine",  # of the vectors; that of the words where one has none
    "words",  # cosine of the weighty words
    "aspects",  # cosine of the aspects' scores
    "first_aspect",  # 1 where both ask about one aspect first
    "other_aspect",  # 1 where both ask about some aspect first, and not the same
    "lacking",  # weight of the heaviest known concept that one names alone
    "lacking_both",  # the same in the one that lacks less: each says what the other does not
    "topic_clash",  # 1 where each names topics, and none in common
    "topic_alone",  # 1 where one names a topic that the other, naming none, does not
    "expects_same",  # 1 where the same kind of answer is wanted
    "expects_other",  # 1 where different kinds are
)


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the features, and the bias: their sum is the log odds that two ask the same."""

    bias: float
    features: Mapping[str, float]


# Fitted by logistic regression to pairs of the tuning half of tests/data/questions/groups.
FITTED = Weights(-6.0, {"cosine": 4.0, "words": 4.0, "aspects": 2.0, "first_aspect": 1.0})


def likeness(one: Traits, other: Traits, weights: Weights = FITTED) -> float:
    """The probability that two questions of one programme ask the same; 1 for one wording."""
    if one.folded == other.folded:
        return 1.0
    found = features(one, other)
    total = weights.bias + sum(weights.features.get(name, 0.0) * found[name] for name in found)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def features(one: Traits, other: Traits) -> dict[str, float]:
    """What FEATURES names, of two questions; each is the same in both directions."""
    words = _cosine(one.units, other.units)
    first, second = _first(one), _first(other)
    lacks = sorted((_lacking(one, other), _lacking(other, one)))
    topics, others = one.topics, other.topics
    same_kind = one.expects == other.expects
    return {
        "cosine": cosine(one, other, words),
        "words": words,
        "aspects": _cosine(one.aspects, other.aspects),
        "first_aspect": float(first is not None and first == second),
        "other_aspect": float(None not in (first, second) and first != second),
        "lacking": lacks[1],
        "lacking_both": lacks[0],
        "topic_clash": float(bool(topics and others) and topics.isdisjoint(others)),
        "topic_alone": float(bool(topics) != bool(others)),
        "expects_same": float(one.expects is not None and same_kind),
        "expects_other": float(None not in (one.expects, other.expects) and not same_kind),
    }


def cosine(one: Traits, other: Traits, otherwise: float) -> float:
    """The cosine of two questions' vectors."""
    if one.vector is None or other.vector is None or one.vector.shape != other.vector.shape:
        return otherwise
    return float(np.dot(one.vector.astype(np.float32), other.vector.astype(np.float32)))


def _first(traits: Traits) -> str | None:
    if not traits.aspects:
        return None
    return min(traits.aspects, key=lambda id: (-traits.aspects[id], id))


def _lacking(one: Traits, other: Traits) -> float:
    return max(
        (weight for unit, weight in one.units.items() if unit[0] == "#" and unit not in other.units),
        default=0.0,
    )


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    shared = sum(value * other[name] for name, value in one.items() if name in other)
    if not shared:
        return 0.0
    lengths = sum(v * v for v in one.values()) * sum(v * v for v in other.values())
    return shared / math.sqrt(lengths)
