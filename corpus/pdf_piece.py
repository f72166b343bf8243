"""The pieces of text on a PDF page, each with its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus.pdf_font import PdfFont

_LIGATURES = re.compile("[\ufb00-\ufb06]")
_UPRIGHT = 0.05  # of slant at most; more is a stamp or a watermark


@dataclass(frozen=True, slots=True)
class Piece:
    """Text set in one go: where it begins and ends, on which baseline, how large, in what face."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    slanted: bool = False


def pieces_of(page: Any) -> list[Piece]:
    """The pieces of a pypdf page, in the order it sets them; what is turned or upside down goes."""
    found: list[Piece] = []
    fonts: dict[int, PdfFont] = {}

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
        known = fonts.setdefault(id(font), PdfFont(font))
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
            width = known.width(shown.strip()) * points
            shown = f" {shown.strip()}" if raw[:1].isspace() and not at else shown.strip()
            found.append(
                Piece(shown, start, start + width, line, points, known.bold, known.slanted)
            )

    page.extract_text(visitor_text=visit)
    return found
