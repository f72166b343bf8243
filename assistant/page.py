"""Pages: the text of a web page, searched more generously than any browser does.

A browser ignores case, accents and the kind of a space, matches whole words, and finds nothing
across the edge of a block. Here only letters and digits count, all edges are bridged, and what may
be hidden is found as well: what is found once here is found at most once there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from corpus.clean import folded
from corpus.stretch import Stretch, parsed

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a page: `[start, end)` of its stretch's text, `[first, last)` of the letters.

    `usable`: it is shown, and an address may begin or end with it.
    """

    stretch: int
    start: int
    end: int
    first: int
    last: int
    usable: bool


def letters_of(text: str) -> str:
    """The letters and digits of a text, folded."""
    bare = folded(text)
    return bare if bare.isalnum() else "".join(filter(str.isalnum, bare))


@lru_cache(maxsize=64)
def page_of(shown: str) -> Page:
    """The page that a document's `shown` describes; the latest ones are kept."""
    return Page(parsed(shown))


class Page:
    """A page as its words and, in `letters`, all their letters and digits in one."""

    def __init__(self, stretches: tuple[Stretch, ...]) -> None:
        self.stretches = stretches
        words: list[Word] = []
        letters: list[str] = []
        length = 0
        for number, stretch in enumerate(stretches):
            spans = [found.span() for found in _WORD.finditer(stretch.text)]
            for at, (start, end) in enumerate(spans):
                said = letters_of(stretch.text[start:end])
                if not said:
                    continue
                torn = (at == 0 and self._is_torn(number)) or (
                    at == len(spans) - 1 and self._is_torn(number + 1)
                )
                usable = stretch.sure and not torn
                words.append(Word(number, start, end, length, length + len(said), usable))
                letters.append(said)
                length += len(said)
        self.words = tuple(words)
        self.letters = "".join(letters)

    def _is_torn(self, number: int) -> bool:
        """Whether a stretch begins with half a word, the other half in the one before it."""
        if number >= len(self.stretches) or not self.stretches[number].joined:
            return False
        before = self.stretches[number - 1].text.split()[-1:]
        after = self.stretches[number].text.split()[:1]
        return all(any(map(str.isalnum, "".join(part))) for part in (before, after))

    @cached_property
    def beginnings(self) -> dict[int, int]:
        """The word that begins at each place of the letters where one does."""
        return {word.first: number for number, word in enumerate(self.words)}

    @cached_property
    def ends(self) -> dict[int, int]:
        """The word that ends at each place of the letters where one does."""
        return {word.last: number for number, word in enumerate(self.words)}

    def places(
        self, said: str, start: int = 0, end: int | None = None
    ) -> Iterator[tuple[int, int]]:
        """Where letters stand as whole words, as the numbers of the first and the last one."""
        at = self.letters.find(said, start, end) if said else -1
        while at >= 0:
            first, last = self.beginnings.get(at), self.ends.get(at + len(said))
            if first is not None and last is not None:
                yield first, last
            at = self.letters.find(said, at + 1, end)

    def is_unique(self, said: str) -> bool:
        """Whether letters stand once on the page, be it inside longer words."""
        at = self.letters.find(said)
        return at >= 0 and self.letters.find(said, at + 1) < 0

    def said(self, first: int, last: int) -> str:
        """The letters of the words from `first` to `last`, both included."""
        return self.letters[self.words[first].first : self.words[last].last]
