"""Questions in groups, as people put them, and how near a grouping comes to these."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from assistant.affinity import load_affinity
from assistant.aspect import load_aspects
from assistant.exchange import Asked
from assistant.grouping import Grouping, Member
from assistant.likeness import Shapes
from assistant.trait import read_text, traits_of
from tests.desks import dev_desk, embedded

FOLDER = Path(__file__).parent / "data" / "questions" / "groups"
Half = Literal["tuning", "reported"]


@dataclass(frozen=True, slots=True)
class Grouped:
    """A question with the name of its group."""

    group: str
    programme: str
    language: str
    question: str
    history: tuple[str, ...] = ()


def read_grouped(half: Half) -> tuple[Grouped, ...]:
    lines = (FOLDER / f"{half}.jsonl").read_text("utf-8").splitlines()
    found = (json.loads(line) for line in lines)
    return tuple(Grouped(**each | {"history": tuple(each.get("history", ()))}) for each in found)


def shapes() -> Shapes:
    return Shapes(tuple(load_aspects()), load_affinity(embedded().fingerprint))


@cache
def members(half: Half) -> tuple[Member, ...]:
    """The questions as a desk with the embedded encoder understands them."""
    asked = read_grouped(half)
    heard = [
        dev_desk().queries(Asked(each.question, each.programme, None, each.history))
        for each in asked
    ]
    vectors = embedded().encode_queries([read_text(queries) for queries in heard])
    return tuple(
        Member(f"{place:04d}", each.programme, traits_of(each.question, queries, vector))
        for place, (each, queries, vector) in enumerate(zip(asked, heard, vectors, strict=True))
    )


def found_groups(half: Half, seed: int) -> tuple[str, ...]:
    """The group of each question, when they come in an order of that seed."""
    grouping, found = Grouping(shapes()), {}
    everybody = members(half)
    for member in random.Random(seed).sample(everybody, len(everybody)):
        group = grouping.place(member) or member.id
        grouping.put(group, member)
        found[member.id] = group
    return tuple(found[member.id] for member in everybody)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many of the pairs that were put together belong together, and the other way round."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def agreement(wanted: Sequence[str], found: Sequence[str]) -> Agreement:
    """Over all pairs of questions."""
    both = _pairs(zip(wanted, found, strict=True))
    return Agreement(both / _pairs(found), both / _pairs(wanted))


def _pairs(names: object) -> int:
    counts: Iterator[int] = iter(Counter(names).values())  # type: ignore[call-overload]
    return sum(count * (count - 1) // 2 for count in counts)
