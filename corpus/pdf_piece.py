"""The pieces of text on a PDF page, each with its place, and the columns that they stand in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

# How wide characters are, beside the average of their font.
_NARROW = frozenset("iljtfrI.,:;'’|!()[]-–· ")
_WIDE = frozenset("mwMW@%—œŒ")
_BOLD = re.compile(r"bold|black|heavy|semi|demi", re.I)
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_UPRIGHT = 0.05  # of slant at most; more is a stamp or a watermark

# A page has two columns of text when a gutter near its middle is crossed by few pieces, and what
# is on either side is long enough to be lines, not the cells of a table.
_GUTTER = (0.38, 0.62)  # of the width of the text
_CROSSING = 0.15  # of the pieces
_FEWEST_LINES = 8
_LINE_LENGTH = 28  # characters


@dataclass(frozen=True, slots=True)
class Piece:
    """Text set in one go: where it begins and ends, on which baseline, how large and bold."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool


def pieces_of(page: Any) -> list[Piece]:
    """The pieces of a pypdf page, in the order it sets them; what is turned or upside down goes."""
    found: list[Piece] = []

    def visit(text: str, outer: Sequence[float], own: Sequence[float], font: Any, size: float):  # type: ignore[no-untyped-def]
        if not text or not text.strip() or not size:
            return
        left = own[4] * outer[0] + own[5] * outer[2] + outer[4]
        base = own[4] * outer[1] + own[5] * outer[3] + outer[5]
        across = own[0] * outer[0] + own[1] * outer[2]
        slant = own[0] * outer[1] + own[1] * outer[3]
        up = abs(own[2] * outer[1] + own[3] * outer[3])
        if across <= 0 or abs(slant) > _UPRIGHT * across:
            return
        points = abs(float(size)) * (up or across)
        name = str(font.get("/BaseFont", "")) if font else ""
        bold = bool(_BOLD.search(name.partition("+")[2] or name))
        share = _average_width(font)
        for at, raw in enumerate(text.split("\n")):
            if not raw.strip():
                continue
            if len(raw.strip()) == 1 and not raw.strip().isprintable():
                raw = "•"  # a bullet in a font of signs, which says nothing of its characters
            shown = _LIGATURES.sub(lambda m: unicodedata.normalize("NFKC", m[0]), raw)
            start, line = left, base - at * points * 1.2
            before = found[-1] if found else None
            # Where a line is set in several goes, each is said to begin where the first does.
            if before and not at and before.base == line and before.left == left:
                start = before.right
            width = _width(shown.strip(), points, share)
            if before and start == before.right and raw[:1].isspace():
                shown = f" {shown.strip()}"
            else:
                shown = shown.strip()
            found.append(Piece(shown, start, start + width, line, points, bold))

    page.extract_text(visitor_text=visit)
    return found


def columns_of(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces by column, in reading order; what crosses the gutter parts the page."""
    gutter = _gutter(pieces)
    if gutter is None:
        return [list(pieces)]
    across = [piece for piece in pieces if piece.left < gutter < piece.right]
    bounds = sorted({piece.base for piece in across}, reverse=True)
    columns: list[list[Piece]] = []
    above = float("inf")
    for bound in [*bounds, float("-inf")]:
        band = [p for p in pieces if bound < p.base < above and p not in across]
        columns.append([piece for piece in band if piece.left < gutter])
        columns.append([piece for piece in band if piece.left >= gutter])
        columns.append([piece for piece in across if piece.base == bound])
        above = bound
    return [column for column in columns if column]


def _gutter(pieces: Sequence[Piece]) -> float | None:
    if len(pieces) < 2 * _FEWEST_LINES:
        return None
    left, right = min(p.left for p in pieces), max(p.right for p in pieces)
    starts = sorted({round(p.left) for p in pieces})
    for start in starts:
        middle = start - 3.0
        if not _GUTTER[0] <= (middle - left) / (right - left) <= _GUTTER[1]:
            continue
        across = [p for p in pieces if p.left < middle < p.right]
        sides = [p for p in pieces if p.right <= middle], [p for p in pieces if p.left >= middle]
        if len(across) <= _CROSSING * len(pieces) and all(map(_are_lines, sides)):
            return middle
    return None


def _are_lines(side: Sequence[Piece]) -> bool:
    length = sum(len(piece.text) for piece in side)
    return len(side) >= _FEWEST_LINES and length >= _LINE_LENGTH * len(side)


def _width(text: str, size: float, share: float) -> float:
    units = sum(
        0.55 if char in _NARROW else 1.5 if char in _WIDE else 1.2 if char.isupper() else 1.0
        for char in text
    )
    return units * share * size


def _average_width(font: Any) -> float:
    """The average width of a font's characters, as a share of its size."""
    try:
        widths = font.get("/Widths", ())
        if not widths and "/DescendantFonts" in font:
            listed = font["/DescendantFonts"][0].get_object().get("/W", ())
            widths = [
                width
                for entry, after in pairwise([*listed, 0])
                if hasattr(after, "__len__")
                for width in after
                if entry is not None
            ]
        known = [float(width) for width in widths if float(width) > 0]
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        known = []
    if not known:
        return 0.5
    return min(max(sum(known) / len(known) / 1000, 0.35), 0.7)
