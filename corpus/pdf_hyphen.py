"""Hyphens at the ends of a PDF's lines: those that break a word, and those that are part of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

BROKEN = re.compile(r"(\w+)[-\u2010\u00ad]$")
_FIRST_WORD = re.compile(r"\w+")
# After these a hyphen is part of the word, wherever the line ends.
_COMPOUNDS = frozenset(
    [
        *("non", "semi", "demi", "mi", "sous", "ex", "vice", "après", "avant", "peut", "rendez"),
        *("est", "dix", "vingt", "trente", "quatre", "soixante", "socio", "grand", "celle", "ci"),
        *("ceux", "celles", "celui", "lui", "elle", "eux", "nous", "vous", "au", "là", "contre"),
        *("bac", "mot", "c'est"),
    ]
)


class Hyphens:
    """Joins the lines of a document, whose own words tell which of them have a hyphen."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words = Counter(
            word for line in lines for word in re.findall(r"[\w-]+", line.lower())
        )

    def joined(self, texts: Sequence[str]) -> str:
        """Wrapped lines as one, words that were cut at a line's end whole again."""
        whole = texts[0]
        for text in texts[1:]:
            cut = BROKEN.search(whole)
            after = _FIRST_WORD.match(text)
            if not cut or not after or not after[0][0].islower():
                whole += f" {text}"
                continue
            before, rest = cut[1].lower(), after[0].lower()
            whole_word, compound = before + rest, f"{before}-{rest}"
            keeps = self._words[compound] > self._words[whole_word] or before in _COMPOUNDS
            whole = (f"{whole[: cut.end(1)]}-" if keeps else whole[: cut.end(1)]) + text
        return whole
