"""Frequencies: how common a word is in a language at large.

A common word ("dire", "moment") says little about a programme, and a word that people use is no
typing error. The lists are wordfreq's small ones (Speer 2022), some 30,000 words a language.
"""

from __future__ import annotations

from functools import lru_cache

from assistant.language import SERVED
from index.words import fold

_RARE = 3.4
"""Zipf frequency (log10 of occurrences per billion) from which a word is rare: full weight."""
_COMMON = 6.2
"""Zipf frequency of a word that says nothing."""
_LEAST = 0.08


@lru_cache(maxsize=len(SERVED))
def _zipf(language: str) -> dict[str, float]:
    import wordfreq

    found: dict[str, float] = {}
    for rank, words in enumerate(wordfreq.get_frequency_list(language, wordlist="small")):
        zipf = 9 - rank / 100  # rank is in centibels: frequency 10^(-rank/100)
        for word in words:
            found.setdefault(fold(word), zipf)
    wordfreq.get_frequency_list.cache_clear()  # it would keep the same words once more
    return found


def is_word(word: str, language: str) -> bool:
    """Whether a folded word is one that people use in the language or in French."""
    return word in _zipf(language) or word in _zipf("fr")


@lru_cache(maxsize=len(SERVED))
def common_words(language: str) -> frozenset[str]:
    """The folded words that everybody uses (zipf 4 and more)."""
    return frozenset(word for word, zipf in _zipf(language).items() if zipf >= 4)


def frequency(word: str) -> float:
    """The Zipf frequency of a folded French word; 0 when unknown."""
    return _zipf("fr").get(word, 0.0)


def rarity(word: str, language: str) -> float:
    """How much a folded word says by being rare, between 0 and 1; 1 for an unknown one."""
    common = max(_zipf(spoken).get(word, 0.0) for spoken in {language, "fr"})
    return max(_LEAST, min(1.0, (_COMMON - common) / (_COMMON - _RARE)))
