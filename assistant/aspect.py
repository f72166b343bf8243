"""Aspects: the closed world of what candidates ask about a programme.

`data/aspects/` describes each one by the concepts that a text about it names, the headings
that announce it, and example questions. The same table tells what a question is about, what a
passage is about, which questions to suggest and what the documentation leaves out.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from assistant.table import read_tables
from index.words import fold


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing that candidates ask about."""

    id: str
    rules: tuple[tuple[frozenset[str], ...], ...]
    label: Mapping[str, str]
    question: Mapping[str, str]
    headings: frozenset[str]
    expects: str
    pointer: tuple[str, ...]
    examples: tuple[str, ...]

    def holding(self, concepts: Set[str]) -> tuple[frozenset[str], ...] | None:
        """The rule that holds in a text naming these concepts: each condition's named ones."""
        for rule in self.rules:
            named = tuple(alternatives & concepts for alternatives in rule)
            if all(named):
                return named
        return None


def aspect(id: str, entry: Mapping[str, Any]) -> Aspect:
    """An aspect from its entry in the table."""
    return Aspect(
        id=id,
        rules=tuple(
            tuple(frozenset(alternatives) for alternatives in rule)
            for rule in (entry["concepts"], entry.get("also"))
            if rule
        ),
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
    table, _ = read_tables("aspects")
    return {id: aspect(id, entry) for id, entry in table.items()}
