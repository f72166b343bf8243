"""The language of a text, where what a program wrote into the file cannot be trusted."""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"[^\W\d_]+")
# The commonest words of each language that the other does not have.
_WORDS = {
    "fr": frozenset(["le", "la", "les", "des", "de", "du", "et", "est", "une", "pour", "dans"]),
    "en": frozenset(["the", "of", "and", "to", "is", "for", "with", "are", "this", "by", "you"]),
}
_READ = 20_000  # characters; more tell no more


def believable(declared: str | None, text: str) -> str | None:
    """The declared language, unless it is the English of a program's default and the text French.

    Word processors and PDF writers declare English when nobody told them otherwise.
    """
    if declared != "en":
        return declared
    words = Counter(_WORD.findall(text[:_READ].lower()))
    french, english = (sum(words[word] for word in _WORDS[name]) for name in ("fr", "en"))
    return "fr" if french > english else "en"
