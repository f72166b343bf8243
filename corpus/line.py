"""Lines of plain text, put together into paragraphs, list items and lone lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from corpus.pdf_hyphen import Hyphens
from corpus.vocabulary import is_label

LineKind = Literal["text", "bullet", "number", "heading", "row"]

_SIGN = re.compile(r"^(\s*)(?:[•‣▪▫◦●○■□➢➤►▶✓✔·∙⁃→]\s*|[–—*+-]\s+|[-–—](?=[^\W\d_]))(?=\S)(.*)$")
_LONE_SIGN = re.compile(r"^(\s*)[•‣▪▫◦●○■□➢➤►▶✓✔·∙⁃–—*-]$")
_LETTER_O = re.compile(r"^(\s*)o\s+(\S.*)$")
_NUMBER = re.compile(
    r"^(\s*)\(?((?:\d{1,2}\.)*\d{1,2})(?:[.)]|°(?=\s)|(?<=\.\d)|(?<=\.\d\d))\s+(\S.*)$"
)
# A chapter as tables of contents and their programs number it: a number, then room.
_CHAPTER = re.compile(r"^()((?:\d{1,2}\.)*\d{1,2}) {2,3}([^\W\d_].*)$")
# Colons under one another: what is before and behind one is a label and its value.
_ALIGNED = re.compile(r"\s*\S[^:]{0,60}\s{2,}:\s")
# Parts of a document that only count when they are counted up from the first.
_ROMAN = re.compile(r"^(\s*)([IVX]{1,5})(?:\s*[.)]|\s+[-–—:])\s+([^\W\d_].*)$")
_CAPITAL = re.compile(r"^(\s*)([A-H])(?:\s*[.)]|\s+[-–—])\s+([A-ZÀ-Ý].*)$")
_LETTER = re.compile(r"^(\s*)\(?[a-zA-Z]\)\s+(\S.*)$")
_MARKED = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_RULE = re.compile(r"^\s*([=\-_*~])(?:\s*\1){2,}\s*$")

# What parts the columns of a row: many spaces, or dots that lead from one to the next.
_APART = re.compile(r" {4,}|\s*\.{4,}\s*(?=\S)|(?<=\w)\s\.{1,3}\s(?=\S)")

# Words that never end a line of their own: the sentence goes on below.
_OPEN_ENDED = re.compile(
    r"(?:[,(]|\b(?:de|des|du|la|le|les|un|une|et|ou|à|au|aux|en|par|pour|d'|l'))$"
)

_LONGEST_PART = 100  # characters of the heading of a part
_LONG_ENOUGH_TO_WRAP = 40
_NEVER_WRAPPED_AT = 120
_WIDEST_CELL = 60
# Below this share of lines with a blank above, blank lines tell nothing: every line stands apart.
_FEWEST_APART = 1 / 8


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, an item or a line that stands alone, already on one line.

    `indent` counts columns; `apart` tells whether a blank line (or the start) is above; `level`
    is that of a heading marked as such, or the depth of its number; `cells` are those of a row,
    where columns are apart by a tab or by many spaces.
    """

    text: str
    kind: LineKind = "text"
    indent: int = 0
    apart: bool = True
    level: int = 0
    cells: tuple[str, ...] = ()


def lines_of(raw: Sequence[str]) -> list[Line]:
    """Put raw lines together: wrapped lines become one, items take their continuation lines."""
    width = _wrap_width(raw)
    # Where some lines are long, nothing wraps them: the end of a line is meant.
    unwrapped = width is None and any(len(line) > _NEVER_WRAPPED_AT for line in raw)
    parts = _parts(raw)
    letters_o = sum(1 for line in raw if _LETTER_O.match(line)) >= 2
    joined: list[Line] = []
    last_raw = ""
    apart = True
    lone_sign: int | None = None
    for place, line in enumerate(raw):
        if not line.strip():
            apart = True
            continue
        if _RULE.match(line):
            joined[-1:] = [_underlined(joined[-1], line)] if joined and not apart else joined[-1:]
            apart = True
            continue
        if sign := _LONE_SIGN.match(line):
            lone_sign = len(sign[1])
            continue
        if not any(map(str.isalnum, line)):
            apart = True
            continue
        read = parts.get(place) or _read(line, apart, letters_o)
        if lone_sign is not None:
            if read.kind == "text":
                read = Line(read.text, "bullet", lone_sign, apart)
            lone_sign = None
        elif joined and _continues(joined[-1], last_raw, read, line, width, unwrapped):
            joined[-1] = _extended(joined[-1], read.text)
            last_raw, apart = line, False
            continue
        joined.append(read)
        last_raw, apart = line, False
    if sum(1 for line in joined if line.apart) < _FEWEST_APART * len(joined):
        return [replace(line, apart=True) for line in joined]
    return joined


def _parts(raw: Sequence[str]) -> dict[int, Line]:
    """The lines that open a part of a document, as `I - Objectifs` and below it `A. Publics` do."""
    found: dict[int, Line] = {}
    roman = _counted(raw, _ROMAN, ("I", "II"))
    found |= {at: Line(_squeezed(part[3]), "heading", 0, True, 2) for at, part in roman.items()}
    level = 3 if found else 2
    for at, part in _counted(raw, _CAPITAL, ("A", "B")).items():
        if at not in found:
            found[at] = Line(_squeezed(part[0]), "heading", 0, True, level)
    return {at: line for at, line in found.items() if len(line.text) <= _LONGEST_PART}


def _counted(
    raw: Sequence[str], sign: re.Pattern[str], first: tuple[str, str]
) -> dict[int, re.Match[str]]:
    """The lines with a sign that counts up from the first, when most have something below them."""
    found = {at: part for at, line in enumerate(raw) if (part := sign.match(line))}
    if tuple(part[2] for part in list(found.values())[:2]) != first:
        return {}
    filled = [at for at, line in enumerate(raw) if line.strip()]
    below = dict(pairwise(filled))
    heads = sum(1 for at in found if at in below and below[at] not in found)
    return found if heads * 2 > len(found) else {}


def _read(line: str, apart: bool, letters_o: bool) -> Line:
    indent = len(line) - len(line.lstrip())
    if marked := _MARKED.match(line):
        return Line(_squeezed(marked[2]), "heading", 0, apart, len(marked[1]))
    if sign := _SIGN.match(line) or (letters_o and _LETTER_O.match(line)) or None:
        return Line(_squeezed(sign[2]), "bullet", indent, apart)
    number = _NUMBER.match(line) or (None if _APART.search(line) else _CHAPTER.match(line))
    if number:
        depth = number[2].count(".") + 1
        return Line(_squeezed(number[3]), "number", indent, apart, depth)
    cells = () if _ALIGNED.match(line) else tuple(_APART.split(line.strip()))
    if 1 < len(cells) <= 8 and all(len(cell) <= _WIDEST_CELL for cell in cells):
        return Line(_squeezed(line), "row", indent, apart, cells=tuple(map(_squeezed, cells)))
    if letter := _LETTER.match(line):
        return Line(_squeezed(letter[2]), "bullet", indent, apart)
    return Line(_squeezed(line), "text", indent, apart)


def _continues(
    above: Line, above_raw: str, read: Line, raw: str, width: int | None, unwrapped: bool
) -> bool:
    """Whether a raw line goes on with the sentence of the one above it."""
    if read.kind != "text" or above.kind in ("heading", "row"):
        return False
    lower = read.text[0].islower()
    ended = above.text.endswith((".", "!", "?", ":", ";"))
    open_ended = bool(_OPEN_ENDED.search(above.text)) and not ended
    if read.apart:
        # A blank line inside a sentence: only when both sides say so.
        return lower and open_ended and not above.text.endswith(",")
    if width and len(above_raw) + 1 + len(raw.split()[0]) > width:
        return True
    item = above.kind in ("bullet", "number")
    if item and lower and not ended:
        return not is_label(above.text)
    long = len(above.text) >= _LONG_ENOUGH_TO_WRAP
    comma = above.text.endswith(",")
    if lower and not ended:
        return (open_ended and not comma) or bool(width) or (long and not unwrapped)
    if item and read.indent > above.indent:
        return not ended and long
    return open_ended and long and not comma


def _wrap_width(raw: Sequence[str]) -> int | None:
    """The column at which the text was wrapped, if it was."""
    lengths = sorted(len(line) for line in raw if len(line.split()) > 2)
    if len(lengths) < 4:
        return None
    width = lengths[(len(lengths) * 98 - 1) // 100]
    near = sum(1 for length in lengths if width - 15 < length <= width)
    return width if 55 <= width <= 110 and near >= max(3, len(lengths) // 5) else None


def _extended(line: Line, more: str) -> Line:
    whole = Hyphens(()).joined((line.text, more))
    return Line(whole, line.kind, line.indent, line.apart, line.level)


def _underlined(line: Line, rule: str) -> Line:
    """A short line with a rule right under it is a heading."""
    sign = rule.strip()[0]
    if line.kind == "text" and sign in "=-~" and len(line.text) <= 100:
        return Line(line.text, "heading", 0, line.apart, 1 if sign == "=" else 2)
    return line


def _squeezed(text: str) -> str:
    return " ".join(text.split())
