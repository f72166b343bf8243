"""The draft of a page's elements, as they are found one after the other."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.element import Element, Fact, Heading, Paragraph
from corpus.leaf import content_of
from corpus.nesting import Mark, Nesting
from corpus.node import Node
from corpus.noise import is_noise
from corpus.pointer import without_announcements
from corpus.series import Series
from corpus.stanza import gathered, stanza


class Draft:
    """Takes elements in reading order; `nesting` knows what headings they are under."""

    def __init__(self) -> None:
        self.nesting = Nesting()
        self._out: list[Element] = []
        self._series = Series()

    def add(self, *elements: Element) -> None:
        """Add elements."""
        for element in elements:
            if isinstance(element, Fact) and is_noise(f"{element.label} : {element.value}"):
                continue
            if close := self.nesting.before(element):
                self._out.append(close)
            self._out.append(element)

    def heading(
        self,
        level: int,
        text: str,
        anchor: str | None,
        scope: Node | None,
        mark: Mark = Mark.TAG,
    ) -> None:
        """Add a heading and open its section."""
        if mark is Mark.TAG:
            self._series.ends(level)
        else:
            above = self._out[-1] if self._out and not self.nesting.has_left else None
            adjacent = isinstance(above, Heading) and above.level == level > 1
            level = self._series.level(text, level, adjacent=adjacent)
        self.add(Heading(level, text.rstrip(" :") or text, anchor))
        self.nesting.open(level, scope, mark)

    def lines(self, lines: Iterable[str]) -> None:
        """Add the lines of a paragraph, but for those that are no content."""
        if kept := content_of(lines):
            self.add(*stanza(kept, introduced=self.introduced))

    @property
    def introduced(self) -> bool:
        """Whether the sentence before ends in a colon."""
        last = self._out[-1] if self._out and not self.nesting.has_left else None
        return isinstance(last, Paragraph) and last.text.endswith(":")

    def elements(self) -> tuple[Element, ...]:
        """All elements so far."""
        return tuple(gathered(without_announcements(self._out)))
