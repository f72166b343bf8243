"""The analyser handed to the index: stems, and the concepts that the lexicon finds."""

from __future__ import annotations

import hashlib

from assistant.lexicon import Lexicon
from assistant.query import concept_token
from index.analysis import WordAnalyser
from index.words import tokens


class ConceptAnalyser:
    """BM25 tokens of a passage: its words' stems and a token for each concept it names."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._words = WordAnalyser()
        parts = f"{self._words.fingerprint} {lexicon.fingerprint}"
        self.fingerprint = hashlib.sha256(parts.encode()).hexdigest()

    def __call__(self, text: str, headings: tuple[str, ...]) -> list[str]:
        """The tokens of a passage and its headings, repeats kept."""
        return self._words(text, headings) + [
            concept_token(concept)
            for part in (*headings, text)
            for mention in self._lexicon.mentions(tokens(part))
            for concept in sorted(mention.implied)
        ]
