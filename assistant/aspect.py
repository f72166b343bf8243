"""Aspects: the closed world of what candidates ask about a programme.

`data/aspects.toml` describes each one by the concepts that a text about it names, the headings
that announce it, and example questions. The same table tells what a question is about, what a
passage is about, which questions to suggest and what the documentation leaves out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from index.words import fold


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing that candidates ask about."""

    id: str
    concepts: tuple[frozenset[str], ...]
    label: Mapping[str, str]
    question: Mapping[str, str]
    headings: frozenset[str]
    expects: str
    pointer: tuple[str, ...]
    examples: tuple[str, ...]

    def holds(self, concepts: Set[str]) -> bool:
        """Whether a text that names these concepts is about the aspect."""
        return bool(self.concepts) and all(not alternatives.isdisjoint(concepts) for alternatives in self.concepts)


def aspect(id: str, entry: Mapping[str, Any]) -> Aspect:
    """An aspect from its entry in the table."""
    return Aspect(
        id=id,
        concepts=tuple(frozenset(alternatives) for alternatives in entry["concepts"]),
        label=entry["label"],
        question=entry["question"],
        headings=frozenset(fold(heading).strip() for heading in entry.get("headings", ())),
        expects=entry["expects"],
        pointer=tuple(entry.get("pointer", ())),
        examples=tuple(entry["examples"]),
    )


@lru_cache(maxsize=1)
def load_aspects() -> Mapping[str, Aspect]:
    """The aspects that come with the project, by id, in the table's order."""
    data = files("assistant").joinpath("data/aspects.toml").read_text("utf-8")
    return {id: aspect(id, entry) for id, entry in tomllib.loads(data).items()}
