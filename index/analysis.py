"""Analysis: which tokens BM25 sees of a passage."""

from __future__ import annotations

import hashlib
import json
from typing import Protocol

import Stemmer

from index.words import FUNCTION_WORDS, WORDS_VERSION, terms


class Analyser(Protocol):
    """Turns a passage into BM25 tokens; whoever asks must make the same tokens of a question."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 of everything the tokens depend on besides the passage."""
        ...

    def __call__(self, text: str, headings: tuple[str, ...]) -> list[str]:
        """The tokens of a passage and its headings, repeats kept."""
        ...


class WordAnalyser:
    """Stems of text and headings, without function words."""

    def __init__(self) -> None:
        parts = [WORDS_VERSION, sorted(FUNCTION_WORDS), Stemmer.version()]
        self.fingerprint = hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def __call__(self, text: str, headings: tuple[str, ...]) -> list[str]:
        """The tokens of a passage and its headings, repeats kept."""
        return [
            token.stem
            for part in (*headings, text)
            for token in terms(part)
            if token.text not in FUNCTION_WORDS
        ]
