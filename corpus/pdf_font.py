"""Fonts of a PDF: how wide a text is in them, whether they are bold or slanted."""

from __future__ import annotations

import re
from typing import Any

_BOLD = re.compile(r"bold|black|heavy|semi|demi", re.I)
_SLANTED = re.compile(r"italic|oblique", re.I)
_SERIF, _FIXED = re.compile(r"times|roman", re.I), re.compile(r"courier|mono", re.I)
_SECTION = re.compile(rb"beginbf(char|range)(.*?)endbf(?:char|range)", re.S)
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_LONGEST_RANGE = 256

# For fonts that do not say: the widths of Helvetica, as shares of its size, by kind of character;
# those of Times are narrower.
_SERIF_SHARE, _FIXED_WIDTH = 0.9, 0.6
_NARROW = frozenset("iljtfrI.,:;'’|!()[]-· ")
_WIDE = frozenset("mwMW@%—œŒ")


class PdfFont:
    """What can be known of a font from its dictionary."""

    def __init__(self, font: Any) -> None:
        name = str(font.get("/BaseFont", "")) if font else ""
        name = name.partition("+")[2] or name
        self.bold = bool(_BOLD.search(name))
        self.slanted = bool(_SLANTED.search(name))
        self._share = _SERIF_SHARE if _SERIF.search(name) else 1.0
        self._fixed = bool(_FIXED.search(name))
        try:
            self._widths = _widths(font) if font else {}
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            self._widths = {}
        known = [width for width in self._widths.values() if width > 0]
        self._average = sum(known) / len(known) if known else 0.0

    def width(self, text: str) -> float:
        """The width of a text, as a share of its size."""
        if not self._average:
            guessed = _FIXED_WIDTH * len(text) if self._fixed else sum(map(_guess, text))
            return guessed * self._share
        return sum(self._widths.get(char) or self._average for char in text)


def _guess(char: str) -> float:
    if char in _NARROW:
        return 0.29
    if char in _WIDE:
        return 0.84
    return 0.68 if char.isupper() else 0.53


def _widths(font: Any) -> dict[str, float]:
    """The width of each character."""
    if "/DescendantFonts" in font:
        inner = font["/DescendantFonts"][0].get_object()
        by_code = _composite(inner.get("/W", ()), float(inner.get("/DW", 1000)))
        characters = _characters(font)
        default = float(inner.get("/DW", 1000))
        return {char: by_code.get(code, default) / 1000 for code, char in characters.items()}
    widths = [float(width) for width in font.get("/Widths", ())]
    first = int(font.get("/FirstChar", 0))
    # A Type 3 font measures in units of its own.
    unit = float(font["/FontMatrix"][0]) if "/FontMatrix" in font else 0.001
    characters = _characters(font) if "/ToUnicode" in font else {}
    found: dict[str, float] = {}
    for at, width in enumerate(widths):
        code = first + at
        char = characters.get(code) or bytes([code]).decode("cp1252", "ignore")
        if char and width > 0:
            found[char] = width * unit
    return found


def _composite(entries: Any, default: float) -> dict[int, float]:
    """The array `W` of a composite font (ISO 32000-1, 9.7.4.3), by code."""
    found: dict[int, float] = {}
    entries = list(entries)
    at = 0
    while at + 1 < len(entries):
        first, second = int(entries[at]), entries[at + 1]
        if hasattr(second, "__len__"):
            found.update({first + i: float(width) for i, width in enumerate(second)})
            at += 2
        elif at + 2 < len(entries):
            last = min(int(second), first + _LONGEST_RANGE)
            found.update(dict.fromkeys(range(first, last + 1), float(entries[at + 2])))
            at += 3
        else:
            break
    return found


def _characters(font: Any) -> dict[int, str]:
    """The character of each code, from the font's table to Unicode."""
    if "/ToUnicode" not in font:
        return {}
    table = font["/ToUnicode"].get_object().get_data()
    found: dict[int, str] = {}
    for kind, body in _SECTION.findall(table):
        if kind == b"char":
            for code, char in _PAIR.findall(body):
                found[int(code, 16)] = _text(char)
            continue
        for first, last, char in _RANGE.findall(body):
            start, end, letter = int(first, 16), int(last, 16), int(char, 16)
            for i in range(min(end - start + 1, _LONGEST_RANGE)):
                if letter + i < 0x110000:
                    found[start + i] = chr(letter + i)
    return found


def _text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode().zfill(4)).decode("utf-16-be", "ignore")
