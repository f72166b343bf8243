"""Softening: each character as words are compared by, without case, accents or ligatures."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

# Characters that tell words apart, as one of each kind; no number goes on behind a line break.
_MARKS = {
    character: mark
    for mark, characters in {
        "'": "'’‘ʼʹ`´′＇",
        "-": "-‐‑‒–—―−﹣－",
        "·": "·•‧∙⋅・･",
        "\n": "\t\n\v\f\r\x85\u2028\u2029",
    }.items()
    for character in characters
}
_INVISIBLE = frozenset(("Mn", "Mc", "Me", "Cf", "Cc", "Cs", "Co", "Cn"))
_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i"}

_REMEMBERED = 4096
"""Characters whose softening is remembered: more than the languages that are read have."""


def origins_of(text: str) -> Sequence[int]:
    """For each character of the softened text, the position of the one it comes from."""
    if SOFTENED.single.issuperset(text):  # of nearly every text
        return range(len(text))
    return [
        position
        for position, character in enumerate(text)
        for _ in range(len(SOFTENED[ord(character)]))
    ]


def _soften(character: str) -> str:
    """Fold one character, keeping `'`, `-` and `·`, which tell words apart."""
    if character in _MARKS:
        return _MARKS[character]
    unfolded = "".join(map(_plain, unicodedata.normalize("NFKD", character.casefold())))
    # `½` would be two words in one character, `㎡` a letter and a digit.
    one_word = unfolded.isalpha() or unfolded.isdigit() or not any(map(str.isalnum, unfolded))
    return unfolded if one_word else character


def _plain(character: str) -> str:
    """One character of a decomposed text."""
    if character in _MARKS:
        return _MARKS[character]
    if character.isspace():
        return " "
    if unicodedata.category(character) in _INVISIBLE:
        return ""
    lowered = character.casefold()
    return _LIGATURES.get(lowered, lowered)


class _Softened(dict[int, str]):
    """Characters softened, as `str.translate` asks for them: each once, while there is room.

    `single` are those that become exactly one character.
    """

    def __init__(self) -> None:
        super().__init__()
        self.single: set[str] = set()

    def __missing__(self, code: int) -> str:
        soft = _soften(chr(code))
        if len(self) < _REMEMBERED:
            self[code] = soft
            if len(soft) == 1:
                self.single.add(chr(code))
        return soft


SOFTENED = _Softened()
