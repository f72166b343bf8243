"""Frequencies: how common a word is in a language at large.

A common word ("dire", "moment") says little about a programme, and a word that people use is no
typing error. The lists are wordfreq's small ones (Speer 2022), some 30,000 words a language.
"""

from __future__ import annotations

import gzip
import importlib.util
from functools import lru_cache
from pathlib import Path
from typing import cast

import msgpack

from assistant.language import SERVED
from index.words import fold_all

_RARE = 3.4
"""Zipf frequency (log10 of occurrences per billion) from which a word is rare: full weight."""
_COMMON = 6.2
"""Zipf frequency of a word that says nothing."""
_LEAST = 0.08


@lru_cache(maxsize=len(SERVED))
def _zipf(language: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for rank, words in enumerate(listed(language)):
        zipf = 9 - rank / 100  # rank is in centibels: frequency 10^(-rank/100)
        for word in fold_all(words):
            found.setdefault(word, zipf)
    return found


def listed(language: str) -> list[list[str]]:
    """The words of a language by their rank, as wordfreq's own `get_frequency_list` reads them.

    Read where its package lies: what the package imports to cut texts would keep a starting
    server a tenth of a second longer, and 10 MB for good.
    """
    spec = importlib.util.find_spec("wordfreq")
    if spec is None or spec.origin is None:
        raise ImportError("wordfreq is not installed")
    path = Path(spec.origin).parent / "data" / f"small_{language}.msgpack.gz"
    header, *ranks = msgpack.unpackb(gzip.decompress(path.read_bytes()))
    if header != {"format": "cB", "version": 1}:
        raise ValueError(f"{path} is of another format than wordfreq 3 has")
    return cast(list[list[str]], ranks)


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
