"""Grouping: which group a question belongs to, one question after the other.

Questions of different programmes are never in one group. What nothing of was understood is
grouped by its text alone, so that junk stays by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.likeness import FITTED, Profiles, Shape, Shapes, Weights
from assistant.trait import Traits

_SPOKEN = 60
"""Questions of a group among which the one that speaks for it is chosen."""
LEAST = 0.4
"""Probability from which a question joins a group; best on the tuning half, and flat around it."""


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """A question of a group, or one that looks for its group."""

    id: str
    programme: str | None
    traits: Traits


class Grouping:
    """The open groups of every programme, as they were found out or as staff made them."""

    def __init__(self, shapes: Shapes, weights: Weights = FITTED, least: float = LEAST) -> None:
        self._shapes = shapes
        self._weights = weights
        self._least = least
        self._shelves: dict[str | None, Profiles] = {}
        self._texts: dict[tuple[str | None, str], str] = {}
        self._members: dict[str, frozenset[str]] = {}
        self._programmes: dict[str, str | None] = {}

    def place(self, member: Member) -> str | None:
        """The group that a question belongs to; None when it begins one of its own."""
        if not member.traits.clear:
            return self._texts.get((member.programme, member.traits.folded))
        shelf = self._shelves.get(member.programme)
        found = shelf.nearest(self._shapes.of(member.traits)) if shelf else None
        return found[0] if found and found[1] >= self._least else None

    def put(self, group: str, member: Member) -> None:
        """Put a question into a group."""
        self._programmes[group] = member.programme
        self._members[group] = self._members.get(group, frozenset()) | {member.id}
        if member.traits.clear:
            profiles = self._shelves.get(member.programme)
            if profiles is None:
                profiles = Profiles(self._shapes.size, self._weights)
                self._shelves[member.programme] = profiles
            profiles.add(group, self._shapes.of(member.traits))
        else:
            self._texts.setdefault((member.programme, member.traits.folded), group)

    def stale(self, memberships: Mapping[str, frozenset[str]]) -> frozenset[str]:
        """The groups that are no longer made of these questions, or are not known yet."""
        names = memberships.keys() | self._members.keys()
        return frozenset(name for name in names if memberships.get(name) != self._members.get(name))

    def renew(self, group: str, members: Iterable[Member]) -> None:
        """Make a group consist of these questions; of none, forget it."""
        if group in self._members:
            del self._members[group]
            if shelf := self._shelves.get(self._programmes.pop(group)):
                shelf.remove(group)
            self._texts = {text: name for text, name in self._texts.items() if name != group}
        for member in members:
            self.put(group, member)


class Said(Protocol):
    """A question with its traits."""

    @property
    def id(self) -> str:
        """Ids sort by age."""

    @property
    def question(self) -> str:
        """As it was typed."""

    @property
    def language(self) -> str:
        """The language it was answered in."""

    @property
    def traits(self) -> Traits:
        """Its traits."""


def described(said: Sequence[Said], shapes: Shapes) -> tuple[str, str | None, bool]:
    """Of a group's questions: the one that speaks for it, their aspect, and if they are clear.

    It speaks best what is nearest to what all of them say, rather a whole French question than
    a scrap; chosen among the oldest.
    """
    some = sorted(said, key=lambda each: each.id)[:_SPOKEN]
    made = [shapes.of(each.traits) for each in some]
    chosen = max(
        range(len(some)),
        key=lambda place: (_nearness(made[place], made) + _manner(some[place]), -place),
    )
    clear = any(each.traits.clear for each in some)
    return some[chosen].question, _aspect_of([each.traits for each in some]), clear


def _aspect_of(traits: Iterable[Traits]) -> str | None:
    """The aspect that most of the questions ask about."""
    scores: dict[str, float] = {}
    for each in traits:
        for id, score in each.aspects.items():
            scores[id] = scores.get(id, 0.0) + score
    return min(scores, key=lambda id: (-scores[id], id)) if scores else None


def _nearness(one: Shape, all_: Sequence[Shape]) -> float:
    return float(
        sum(one.near @ other.near + one.aspects @ other.aspects for other in all_) / len(all_)
    )


def _manner(said: Said) -> float:
    """A little for what reads like a whole question in the language of the house."""
    text = said.question
    whole = text.rstrip().endswith("?") and text[:1].isupper() and 20 <= len(text) <= 120
    return 0.3 * whole + 0.2 * (said.language == "fr")
