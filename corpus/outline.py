"""The outline of a page without markup: how deep each of its headings stands."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from corpus.clean import folded
from corpus.cue import is_capitals
from corpus.element import Element, Heading
from corpus.vocabulary import Rank, is_division, names, rank

_TOP = 2  # the title of the page is 1
_DEEPEST = 5

# What pages have as a chapter of its own, or as a part of their admission.
_PARTS = names(
    """calendrier|dates cles|cout|cout de la formation|tarif|tarifs|frais|frais d'inscription
    |droits d'inscription|frais de scolarite|financement"""
)
_SERIES = re.compile(
    r"\d+|\b(?:premiere?|deuxieme|seconde?|troisieme|quatrieme|cinquieme|sixieme|i{1,3}|iv|vi?)\b"
)


def leveled(elements: Sequence[Element], chapters: Set[str] = frozenset()) -> list[Element]:
    """The elements with a level for each heading of level 0 (one that nothing marks).

    A heading right below another is under it, unless pages commonly have both side by side; one
    that continues a series (`Semestre 2`) stands where the series does; one of no common name
    stays where the heading before it stands. A heading that only repeats the one above is left
    out. `chapters` are those that the page's tabs or anchors name, folded: what they do not name,
    and pages do not commonly have as a chapter, is below them.
    """
    outline = _Outline(elements, chapters)
    return [
        element for at, element in enumerate(elements) for element in outline.place(at, element)
    ]


class _Outline:
    def __init__(self, elements: Sequence[Element], chapters: Set[str]) -> None:
        self._elements = elements
        self._chapters = chapters
        capitals = [e for e in elements if isinstance(e, Heading) and is_capitals(e.text)]
        self._by_capitals = len(capitals) >= 2
        self._last: Heading | None = None  # the heading placed last
        self._chapter = Rank.UNKNOWN  # of the open heading at the top
        self._in_named = False  # below a chapter that the page's tabs or anchors name
        self._child: int | None = None  # the level of the chapter's first child
        self._series: dict[str, int] = {}

    def place(self, at: int, element: Element) -> tuple[Element, ...]:
        if not isinstance(element, Heading):
            return (element,)
        adjacent = at > 0 and isinstance(self._elements[at - 1], Heading) and self._last is not None
        if adjacent and self._last and folded(self._last.text) == folded(element.text):
            return ()
        level = element.level or self._level(element.text, adjacent)
        if level <= _TOP:
            self._chapter, self._child, self._series = rank(element.text), None, {}
            self._in_named = self._is_named(element.text)
        elif self._child is None:
            self._child = level
        self._series.setdefault(_series(element.text), level)
        self._last = replace(element, level=level)
        return (self._last,)

    def _level(self, text: str, adjacent: bool) -> int:
        last = self._last
        common = rank(text)
        if last is None or common is Rank.CHAPTER or self._is_named(text):
            return _TOP
        part = folded(text).strip(" .!:") in _PARTS
        if self._in_named and (part or (adjacent and common < Rank.LEAF)):
            return _TOP + 1
        if common is Rank.LEAF:
            return _TOP
        if self._by_capitals:
            if is_capitals(text):
                return _TOP
            return max(_TOP + 1, self._below_capitals(text, adjacent, last))
        return self._below_capitals(text, adjacent, last)

    def _is_named(self, text: str) -> bool:
        return folded(text).strip(" .!:") in self._chapters and not is_division(text)

    def _below_capitals(self, text: str, adjacent: bool, last: Heading) -> int:
        common = rank(text)
        if known := self._series.get(_series(text)):
            return known
        if adjacent:
            same_sort = common is Rank.SECTION and rank(last.text) is Rank.SECTION
            return last.level if same_sort else min(last.level + 1, _DEEPEST)
        if common is Rank.SECTION:
            return self._child or _TOP
        if last.level == _TOP and self._chapter is Rank.CHAPTER:
            return _TOP + 1
        return last.level


def _series(text: str) -> str:
    """What the members of a series have in common: `Semestre 1` and `Semestre 2 (30 crédits)`."""
    head = re.split(r"[(,:–]", folded(text))[0]
    shape, numbers = _SERIES.subn("#", head)
    words = shape.split()
    return " ".join(words[:2]) if numbers and words else folded(text)
