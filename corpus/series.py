"""Series: headings that only their look makes one, told apart by how they are numbered."""

from __future__ import annotations

import re

from corpus.clean import folded

_NUMBERED = re.compile(r"\s*((?:\d{1,2}\.)*\d{1,2})[.)]?\s+\S")
_COUNTED = re.compile(r"\s*([^\W\d_]+)\s+(?:n°\s?)?(?:\d{1,2}|[ivx]{1,4})\b(?!\s*[.,]\d)")


class Series:
    """Finds how deep a heading in bold stands below one that looks the same.

    `2.1 Calendrier` is below `2. Organisation`, and `Module 1` below the heading right above it;
    what continues a series (`Module 2`) stands where the series does.
    """

    def __init__(self) -> None:
        self._levels: dict[str, int] = {}

    def level(self, text: str, level: int, *, adjacent: bool) -> int:
        """The level of a heading; `adjacent`: one of the same level stands right above it."""
        shape = _shape(text)
        if shape and (known := self._levels.get(shape)) and known >= level:
            level = known
        elif shape.startswith("#.") and (above := self._levels.get(shape[2:])):
            level = max(level, above + 1)
        elif adjacent and shape and not shape.startswith("#"):
            level += 1
        self._levels = {key: at for key, at in self._levels.items() if at <= level}
        if shape:
            self._levels[shape] = level
        return level

    def ends(self, level: int) -> None:
        """A heading of another sort opens at a level: series at it and below are over."""
        self._levels = {key: at for key, at in self._levels.items() if at < level}


def _shape(text: str) -> str:
    """What the members of a series have in common: `#.#` of `2.1 Dates`, `module` of `Module 1`."""
    if numbered := _NUMBERED.match(text):
        return ".".join("#" for _ in numbered[1].split("."))
    counted = _COUNTED.match(folded(text))
    return counted[1] if counted else ""
