"""Traits: what of a question tells whether another one asks the same."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.language import SERVED, is_little
from assistant.query import Query, concept_token
from assistant.table import read_tables
from index.words import FUNCTION_WORDS, fold, tokens

Vector = NDArray[np.float32]

_TELLING = 0.1
"""Weight from which a concept says what a question is about; the programme's name weighs less."""
_WEIGHTY, _MANY = 0.3, 4
"""Four weighty words without a little one are typed by nobody in a hurry, but by who plays."""


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """The traits of one question.

    `units` are its weighty words, concepts written as BM25 has them, each with its weight;
    `aspects` what it may ask about, with their scores; `facets` what it asks in particular;
    `folded` its text, folded; `vector` its unit vector of shape (d,), None without an encoder.
    """

    folded: str
    units: Mapping[str, float]
    aspects: Mapping[str, float]
    facets: tuple[str, ...]
    vector: Vector | None

    @property
    def clear(self) -> bool:
        """Whether anything of it was understood."""
        named = any(unit[0] == "#" and weight > _TELLING for unit, weight in self.units.items())
        return named or bool(self.aspects)


def traits_of(question: str, queries: Sequence[Query], vector: Vector | None) -> Traits:
    """The traits of a question that was understood as these queries, one for each part of it.

    Nothing is understood of words that were only strewn.
    """
    units: dict[str, float] = {}
    aspects: dict[str, float] = {}
    for query in queries:
        for key in query.keys:
            for name in [concept_token(each) for each in sorted(key.concepts)] or key.stems:
                units[name] = max(units.get(name, 0.0), round(key.weight, 3))
        for found in query.aspects:
            score = round(found.score, 3)
            aspects[found.aspect.id] = max(aspects.get(found.aspect.id, 0.0), score)
    folded = searchable(question)
    if _is_strewn(question, units):
        return Traits(folded, {}, {}, (), vector)
    facets = tuple(name for name, pattern in _facets().items() if pattern.search(folded))
    return Traits(folded, units, aspects, facets, vector)


def read_text(queries: Sequence[Query]) -> str:
    """What the encoder reads of a question that was understood as these queries."""
    return " ".join(query.text for query in queries)


def searchable(text: str) -> str:
    """A text as it is searched and compared: folded, without the marks at its ends."""
    return fold(text).strip(" ?!.;…")


def recorded(traits: Traits, encoder: str) -> dict[str, Any]:
    """The traits as JSON; text and vector have columns of their own. `encoder` made the vector."""
    return {
        "units": dict(traits.units),
        "aspects": dict(traits.aspects),
        "facets": list(traits.facets),
        "encoder": encoder,
    }


def packed(traits: Traits) -> bytes | None:
    """The vector as little-endian 16-bit floats."""
    return None if traits.vector is None else traits.vector.astype("<f2").tobytes()


def restored(
    folded: str | None, record: Mapping[str, Any] | None, vector: bytes | None, encoder: str
) -> Traits:
    """The traits of a row; a vector that another encoder made is left out."""
    record = record or {}
    made = None
    if vector is not None and record.get("encoder") == encoder:
        made = np.frombuffer(vector, "<f2").astype(np.float32)
    units, aspects = record.get("units", {}), record.get("aspects", {})
    return Traits(folded or "", units, aspects, tuple(record.get("facets", ())), made)


def _is_strewn(question: str, units: Mapping[str, float]) -> bool:
    """Whether there are many weighty words and no little one that joins them, in no language."""
    if sum(weight > _WEIGHTY for weight in units.values()) < _MANY:
        return False
    words = {token.text for token in tokens(question)}
    return words.isdisjoint(FUNCTION_WORDS) and not any(
        is_little(word, language) for word in words for language in SERVED
    )


@lru_cache(maxsize=1)
def _facets() -> Mapping[str, re.Pattern[str]]:
    entries, _ = read_tables("facets")
    return {
        name: re.compile("|".join(rf"\b(?:{pattern})" for pattern in entry["patterns"]))
        for name, entry in entries.items()
    }
