"""Traits: what of a question tells whether another one asks the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.query import Query, concept_token
from assistant.topic import TOPICS
from index.words import fold

Half = NDArray[np.float16]


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """The traits of one question.

    `units` are its weighty words, concepts written as BM25 has them, each with its weight;
    `aspects` what it may ask about, with their scores; `folded` its text, folded; `vector` its
    unit vector of shape (d,), None without an encoder.
    """

    id: str
    programme: str | None
    folded: str
    units: Mapping[str, float]
    aspects: Mapping[str, float]
    expects: str | None
    vector: Half | None

    @property
    def clear(self) -> bool:
        """Whether anything in it was understood."""
        return any(unit.startswith("#") for unit in self.units) or bool(self.aspects)

    @property
    def topics(self) -> frozenset[str]:
        """The parts of a programme that it names, such as the internship."""
        return frozenset(unit for unit in self.units if unit[1:] in TOPICS)


def traits_of(
    id: str,
    programme: str | None,
    question: str,
    queries: Sequence[Query],
    vector: NDArray[np.float32] | None,
) -> Traits:
    """The traits of a question that was understood as these queries, one for each part of it."""
    units: dict[str, float] = {}
    aspects: dict[str, float] = {}
    for query in queries:
        for key in query.keys:
            names = [concept_token(each) for each in sorted(key.concepts)] or key.stems
            for name in names:
                units[name] = max(units.get(name, 0.0), round(key.weight, 3))
        for found in query.aspects:
            score = round(found.score, 3)
            aspects[found.aspect.id] = max(aspects.get(found.aspect.id, 0.0), score)
    expects = next((query.expects for query in queries if query.expects), None)
    half = None if vector is None else vector.astype(np.float16)
    return Traits(id, programme, searchable(question), units, aspects, expects, half)


def searchable(text: str) -> str:
    """A text as it is searched and compared: folded, without the marks at its ends."""
    return fold(text).strip(" ?!.;…")


def kept(traits: Traits) -> dict[str, Any]:
    """The traits as JSON, but for the text and the vector, which have columns of their own."""
    return {
        "units": dict(traits.units),
        "aspects": dict(traits.aspects),
        "expects": traits.expects,
    }


def packed(traits: Traits) -> bytes | None:
    """The vector as little-endian 16-bit floats."""
    return None if traits.vector is None else traits.vector.astype("<f2").tobytes()


def restored(
    id: str,
    programme: str | None,
    folded: str | None,
    record: Mapping[str, Any] | None,
    vector: bytes | None,
) -> Traits:
    """The traits of a row."""
    record = record or {}
    half = None if vector is None else np.frombuffer(vector, "<f2").astype(np.float16)
    units, aspects = record.get("units", {}), record.get("aspects", {})
    return Traits(id, programme, folded or "", units, aspects, record.get("expects"), half)
