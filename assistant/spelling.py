"""Spelling: from what is typed on a phone to the words that the lexicon and the corpus have.

SMS forms come from a table. Any other word that neither knows is replaced by the nearest known
one, never by a word that neither the lexicon nor the corpus has.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.frequency import common_words, frequency, is_word
from index.words import FUNCTION_WORDS, fold


@lru_cache(maxsize=1)
def phone_forms() -> Mapping[str, str]:
    """Forms typed on a phone with what they stand for (`data/phone_spelling.toml`), folded."""
    file = files("assistant").joinpath("data/phone_spelling.toml")
    lines = tomllib.loads(file.read_text("utf-8"))["forms"].split("\n")
    return dict(tuple(line.split(" = ")) for line in lines if " = " in line)


_WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")
_APOSTROPHES = tuple("'’ʼ´`")


class Spelling:
    """Corrects questions against the words that are known."""

    def __init__(self, lexicon_words: Iterable[str]) -> None:
        self._lexicon = frozenset(word for word in lexicon_words if len(word) > 3)
        self._known = frozenset(lexicon_words) | FUNCTION_WORDS | frozenset(phone_forms())
        self._memory: dict[tuple[str, frozenset[str]], str | None] = {}

    def corrected(self, question: str, vocabulary: frozenset[str], language: str = "fr") -> str:
        """The question with SMS forms written out and typing errors mended.

        `vocabulary` holds the folded words of the corpus. Words that are right stay as typed.
        """

        def mended(match: re.Match[str]) -> str:
            # "c'est" is right as it is, however "c" alone is meant.
            if question[match.end() : match.end() + 1] in _APOSTROPHES:
                return match[0]
            return self._word(match[0], vocabulary, language)

        return _WORD.sub(mended, question)

    def _word(self, word: str, vocabulary: frozenset[str], language: str) -> str:
        folded = fold(word)
        forms = phone_forms()
        if folded in forms and language in ("fr", "en") and folded not in vocabulary:
            return forms[folded]
        if len(folded) < 4 or not folded.isalpha() or folded in self._known or folded in vocabulary:
            return word
        if is_word(folded, language):
            return word
        return self._nearest(folded, vocabulary) or word

    def _nearest(self, word: str, vocabulary: frozenset[str]) -> str | None:
        memory = (word, vocabulary)
        if memory not in self._memory:
            if len(self._memory) > 20_000:
                self._memory.clear()
            self._memory[memory] = self._search(word, vocabulary)
        return self._memory[memory]

    def _search(self, word: str, vocabulary: frozenset[str]) -> str | None:
        """The known word one slip away (two from eight letters on), the commonest of the nearest.

        Words of the lexicon and the corpus come before those of the language at large, which only
        keep a slip in a common word from looking like something unheard of.
        """
        reach = 1 if len(word) < 8 else 2
        for words in (self._lexicon | vocabulary, common_words("fr")):
            found = process.extract(
                word, words, scorer=OSA.distance, score_cutoff=reach, limit=None
            )
            alike = [
                (distance, -frequency(candidate), candidate)
                for candidate, distance, _ in found
                if len(candidate) > 3 and _same_start(word, candidate)
            ]
            if alike:
                return min(alike)[2]
        return None


def _same_start(word: str, candidate: str) -> bool:
    """The first letter is seldom mistyped, but may sound the same or be swapped with the second."""
    pairs = {
        ("k", "c"),
        ("c", "k"),
        ("s", "c"),
        ("c", "s"),
        ("f", "p"),
        ("z", "s"),
        ("i", "y"),
        ("y", "i"),
        ("q", "k"),
    }
    return (
        word[0] == candidate[0]
        or (word[0], candidate[0]) in pairs
        or word[:2] == candidate[1::-1]
        or word == candidate[1:]
    )
