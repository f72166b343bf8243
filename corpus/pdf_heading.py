"""Headings of a PDF: lines that are larger or bolder than the text, and how deep they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from corpus.clean import folded
from corpus.cue import is_capitals
from corpus.pdf_text import Line

_LONGEST = 130  # characters
_LARGER = 1.07  # times the size of the text
_NUMBER = re.compile(
    r"((?:\d{1,2}\.)*\d{1,2})(?:[.)]\s|\s+[–-]\s|\s+(?=[A-ZÀ-Ý]))|([IVX]{1,4})[.)]\s"
)
_CAPTION = re.compile(r"(?:tableau|figure|fig\.|table|schema)\s+(?:\d{1,3}|[ivx]{1,4})\s*[:.–-]")
_LABEL = re.compile(r"\s:(?:\s|$)|:$")

Look = tuple[float, bool, bool, bool]


class Headings:
    """Knows the looks of a document's headings, from the lines of its pages."""

    def __init__(self, lines: Sequence[Line]) -> None:
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[line.size] += len(line.text)
        self.body = sizes.most_common(1)[0][0] if sizes else 0.0
        text = [line for line in lines if line.size == self.body]
        in_bold = sum(len(line.text) for line in text if line.bold)
        # Where the text itself is in bold, bold says nothing.
        self._bold_counts = in_bold * 2 < sum(len(line.text) for line in text)
        found = self._heads(lines)
        looks = sorted({_look(line) for line in found}, reverse=True)
        first = found[0] if found else None
        self._title = self._titled(found, looks, first)
        alone = [line for line in found if line is not self._title]
        below = [look for look in looks if any(_look(line) == look for line in alone)]
        self._levels = {look: at + 2 for at, look in enumerate(below)}
        self._shallowest = self._numbers(found)

    def is_heading(self, line: Line) -> bool:
        """Whether a line looks like a heading."""
        text = line.text
        if len(line.cells) > 1 or len(text) > _LONGEST or not any(map(str.isalpha, text)):
            return False
        if text.endswith((".", ";", ",")) or text[:1] in "•-–▪" or _CAPTION.match(folded(text)):
            return False
        if line.size >= self.body * _LARGER:
            return True
        if not line.bold or not self._bold_counts or line.size < self.body:
            return False
        return not _LABEL.search(text)

    def level(self, text: str, line: Line) -> int:
        """The level of a heading: by its look, deeper by the parts of its number."""
        if self._title and line is self._title:
            return 1
        look = _look(line)
        level = self._levels.get(look, 2)
        depth = _depth(text)
        return level + max(0, depth - self._shallowest.get(look, depth)) if depth else level

    @property
    def has_title(self) -> bool:
        """Whether one line stands out as the title of the document."""
        return self._title is not None

    def same_look(self, one: Line, other: Line) -> bool:
        """Whether two lines are set alike."""
        return _look(one) == _look(other)

    def _titled(
        self, found: Sequence[Line], looks: Sequence[Look], first: Line | None
    ) -> Line | None:
        """The first heading in the largest look, when that look is its own."""
        if not first or not looks:
            return None
        largest = [line for line in found if _look(line) == looks[0]]
        others = [line for line in largest if line.page != largest[0].page]
        near = largest[0].page == 1 and not others and len(largest) <= 3
        if near and not _depth(largest[0].text):
            return largest[0]
        # The first line of all may be the title though others are set as large.
        return (
            first
            if first.page == 1
            and _look(first) == looks[0]
            and not _depth(first.text)
            and any(_depth(line.text) for line in largest)
            else None
        )

    def _heads(self, lines: Sequence[Line]) -> list[Line]:
        """The headings, each by its first line."""
        found: list[Line] = []
        above: Line | None = None
        for line in lines:
            if not self.is_heading(line):
                above = None
                continue
            near = above is not None and 0 < above.base - line.base <= 1.5 * line.size
            if not (near and above is not None and self.same_look(above, line)):
                found.append(line)
            above = line
        return found

    def _numbers(self, found: Sequence[Line]) -> dict[Look, int]:
        depths: dict[Look, int] = {}
        for line in found:
            if depth := _depth(line.text):
                depths[_look(line)] = min(depth, depths.get(_look(line), depth))
        return depths


def _look(line: Line) -> Look:
    """What tells headings apart, the higher ones first when sorted downwards."""
    return line.size, line.bold, is_capitals(line.text), not line.slanted


def _depth(text: str) -> int:
    """How many parts the number before a heading has, 0 without one."""
    number = _NUMBER.match(text)
    if not number:
        return 0
    return number[1].count(".") + 1 if number[1] else 1


def is_contents(text: str) -> bool:
    """Whether a heading announces a table of contents."""
    return folded(text).strip(" :.") in (
        *("sommaire", "table des matieres", "contents", "table of contents", "contenu", "index"),
    )
