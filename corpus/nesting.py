"""Nesting: the headings that are open at a place of a page, and where each of them ends."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from corpus.element import Close, Element, Heading
from corpus.markup import HEADINGS, has_text, word_set
from corpus.node import Node

_SECTIONS = frozenset(("section", "article", "aside"))
_CARDS = word_set("card cards box boite encadre encadres panel well")
_CARD_PARTS = word_set("header heading head title titre body content contenu footer group")


class Mark(IntEnum):
    """What shows that a heading is one; a weaker sign stands below a stronger one."""

    BOLD = 0
    CLASS = 1
    TAG = 2


@dataclass(frozen=True, slots=True)
class Open:
    """A heading whose section is open; `scope` is the node it holds in, None for the title's."""

    level: int
    scope: Node | None
    mark: Mark


class Nesting:
    """Keeps the open headings while a page is read.

    A heading ends at the next one that is as high, as everywhere. Those of a part that the markup
    sets apart (an aside, a panel) end with it as well.
    """

    def __init__(self) -> None:
        self._open: list[Open] = []
        self._left: int | None = None  # the level from which sections were left

    def open(self, level: int, scope: Node | None, mark: Mark = Mark.TAG) -> None:
        """Begin the section of a heading; the title, at level 1, holds everywhere."""
        self._open = [each for each in self._open if each.level < level]
        self._open.append(Open(level, scope if level > 1 else None, mark))

    def here(self) -> tuple[Open, ...]:
        """What is open now."""
        return tuple(self._open)

    def leave(self, before: tuple[Open, ...] = ()) -> None:
        """End all sections but those that were open `before`, and the title's."""
        left = [each for each in self._open if each not in before and each.scope is not None]
        if left:
            levels = [each.level for each in left]
            self._left = min(levels if self._left is None else [*levels, self._left])
            self._open = [each for each in self._open if each not in left]

    def level_below(self, node: Node, mark: Mark = Mark.TAG) -> int:
        """The level of a heading without one of its own: below the one whose scope it is in."""
        above = {node, *node.above()}
        for each in reversed(self._open):
            if each.mark >= min(mark + 1, Mark.TAG) and (each.scope is None or each.scope in above):
                return each.level + 1
        return 2

    def before(self, element: Element) -> Close | None:
        """What must come before an element, so that it is not under sections already left."""
        left, self._left = self._left, None
        if left is None or (isinstance(element, Heading) and element.level <= left):
            return None
        return Close(left)

    @property
    def has_left(self) -> bool:
        """Whether sections ended since the last element."""
        return self._left is not None


def level_of(heading: Node) -> int:
    """The level that a heading has by its tag, or says that it has."""
    given = heading.tag[1] if heading.tag in HEADINGS else heading.get("aria-level") or "2"
    return int(given) if given.isdigit() else 2


def scope_of(heading: Node) -> Node:
    """The node in which a heading holds: the nearest with more in it than the heading."""
    at = heading
    for above in heading.above():
        others = (above.text or "").strip() or (at.tail or "").strip()
        if others or any(child is not at and has_text(child) for child in above.children):
            return above
        at = above
    return at


def stands_apart(node: Node) -> bool:
    """Whether a block is a part of its own, so that its headings end with it."""
    words = node.words
    return node.tag in _SECTIONS or (not _CARDS.isdisjoint(words) and _CARD_PARTS.isdisjoint(words))


def anchor_of(heading: Node) -> str | None:
    """What a link to a heading ends in: its id, or that of an anchor in it or right before it."""
    places = [heading, *heading.all(("a",))]
    before, above = heading.previous, heading.parent
    if before is not None and before.tag == "a" and not has_text(before):
        places.append(before)
    if before is None and above is not None and above.tag == "section":
        places.append(above)
    return next((str(name) for at in places if (name := at.get("id") or at.get("name"))), None)
