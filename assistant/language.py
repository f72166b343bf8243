"""The language a question is typed in, among those served.

A statistical identifier is wrong on one short question in four; the little words of a language
and the lexicon's own words give it away sooner.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from index.words import fold, tokens

SERVED = ("fr", "en", "es", "de", "it")


def _words(name: str) -> dict[str, str]:
    file = files("assistant").joinpath(f"data/{name}.toml")
    table: dict[str, str] = tomllib.loads(file.read_text("utf-8"))
    return table


@lru_cache(maxsize=1)
def _little_words() -> Mapping[str, frozenset[str]]:
    return {
        language: frozenset(fold(words).split())
        for language, words in _words("little_words").items()
    }


def is_little(word: str, language: str) -> bool:
    """Whether a folded word is a little word of the language: grammar, no subject."""
    return word in _little_words()[language]


@lru_cache(maxsize=len(SERVED))
def frame_stems(language: str) -> frozenset[str]:
    """The stems of the words that frame a question and carry no subject ("could you tell me")."""
    return frozenset(token.stem for token in tokens(_words("frame_words")[language]))


def detect_language(
    text: str, lexicon: Mapping[str, str] = MappingProxyType({}), fallback: str = "fr"
) -> str:
    """The served language that the text's little words, then its lexicon words, speak for.

    `lexicon` gives the language of words that only one language has. `fallback` is the answer
    when nothing tells.
    """
    return spoken([token.text for token in tokens(text)], text, lexicon, fallback)


def spoken(
    words: Sequence[str],
    text: str,
    lexicon: Mapping[str, str] = MappingProxyType({}),
    fallback: str = "fr",
) -> str:
    """`detect_language` of a text whose folded words are known."""
    little = _little_words()
    scores = {
        language: sum(word in little[language] for word in words)
        + 0.6 * sum(lexicon.get(word) == language for word in words)
        + 2 * (language == "es" and text.lstrip().startswith(("¿", "¡")))
        for language in SERVED
    }
    best = max(scores.values())
    leading = [language for language in SERVED if scores[language] == best]
    return fallback if fallback in leading else leading[0]
