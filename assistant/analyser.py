"""The analyser handed to the index: stems, and the concepts that the lexicon finds."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from itertools import chain
from operator import itemgetter

from assistant.lexicon import Lexicon
from assistant.query import concept_token
from index.analysis import WordAnalyser
from index.words import FUNCTION_WORDS, terms

_Found = tuple[tuple[str, ...], tuple[str, ...]]
_STEMS, _NAMED = itemgetter(0), itemgetter(1)


class ConceptAnalyser:
    """BM25 tokens of a passage: its words' stems and a token for each concept it names."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        parts = f"{WordAnalyser().fingerprint} {lexicon.fingerprint}"
        self.fingerprint = hashlib.sha256(parts.encode()).hexdigest()
        # The passages of a document have their headings in common.
        self._heading = lru_cache(maxsize=4096)(self._part)

    def __call__(self, text: str, headings: tuple[str, ...]) -> list[str]:
        """The tokens of a passage and its headings, repeats kept."""
        parts = [*map(self._heading, headings), self._part(text)]
        return [*chain.from_iterable(map(_STEMS, parts)), *chain.from_iterable(map(_NAMED, parts))]

    def _part(self, text: str) -> _Found:
        words = terms(text)
        return (
            tuple([word.stem for word in words if word.text not in FUNCTION_WORDS]),
            tuple(map(concept_token, self._lexicon.implied(words))),
        )
