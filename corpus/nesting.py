"""Nesting: the headings that are open at a place of a page, and where each of them ends."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.element import Close, Element, Heading
from corpus.markup import Node, ancestors, has_text


@dataclass(frozen=True, slots=True)
class Open:
    """A heading whose section is open; `scope` is the node it holds in, None for the title's.

    `marked`: the page's markup says that it is one.
    """

    level: int
    scope: Node | None
    marked: bool


class Nesting:
    """Keeps the open headings while a page is read.

    A heading ends at the next one that is as high, as everywhere. Those of a part that the markup
    sets apart (an aside, a panel) end with it as well.
    """

    def __init__(self) -> None:
        self._open: list[Open] = []
        self._left: int | None = None  # the level from which sections were left

    def open(self, level: int, scope: Node | None, *, marked: bool = True) -> None:
        """Begin the section of a heading; the title, at level 1, holds everywhere."""
        self._open = [each for each in self._open if each.level < level]
        self._open.append(Open(level, scope if level > 1 else None, marked))

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

    def level_below(self, node: Node) -> int:
        """The level of a heading that only its place marks: below the one whose scope it is in."""
        above = {node, *ancestors(node)}
        for each in reversed(self._open):
            if each.marked and (each.scope is None or each.scope in above):
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


def scope_of(heading: Node) -> Node:
    """The node in which a heading holds: the nearest with more in it than the heading."""
    at = heading
    for above in ancestors(heading):
        others = (above.text or "").strip() or (at.tail or "").strip()
        if others or any(child is not at and has_text(child) for child in above):
            return above
        at = above
    return at
