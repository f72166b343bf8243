"""Sentences of a French or English text, as exact spans."""

from __future__ import annotations

import re

Span = tuple[int, int]

# An end mark, what closes with it, then white space: inclusive writing (chargé.e.s), addresses
# and decimals have none after their dots. French puts a space before `»`.
_END = re.compile(r"(?<![.!?…])(?P<mark>[.!?…]+)(?: ?[»)\]]|[”’\"'])*(?=\s)")

# What may open the next sentence before its first letter.
_OPENING = re.compile(r"[\s«“\"'‘(\[–—-]*")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# After these a dot ends no sentence, even before a capital letter.
_ABBREVIATIONS = _words(
    "m mm mme mmes mlle mlles mr mrs ms dr drs pr prof me st ste sts "
    "p pp art al chap cf ex n no nos num vol éd ed env approx max min tél tel fax av bd boul pl "
    "réf ref resp dir dép dpt univ fig ann hab sq sqq ibid vs i.e e.g c.-à-d adr e-mail "
    "jan janv févr fév avr juil sept oct nov déc lun mar mer jeu ven sam dim "
    "a.m p.m"
)

# Words that open a sentence often enough to tell "groupe A. Les cours" from "J. Lesage".
_STARTERS = _words(
    "le la les un une des il elle ils elles iel iels on nous vous je tu ce cet cette ces cela "
    "pour en dans au aux à après avant si lors chaque tous toutes the a an this it they you we "
    "if for in"
)
_WORD = re.compile(r"[^\s«“\"'(\[]+$")
_NEXT_WORD = re.compile(r"\w+")
_LONGEST_WORD = 40  # characters looked back on for an abbreviation
_ENUMERATOR = re.compile(r"\s*(?:[-•–*]\s+)?(?:\d{1,2}|[a-zA-Z]|[IVX]{1,4})\.$")


def sentences(text: str) -> tuple[Span, ...]:
    """The spans `[start, end)` of the sentences of `text`, in order.

    A line end always ends one, so that a list item or a fact is one too. Spans carry no white
    space at either end and, together, every character that is not white space.
    """
    spans: list[Span] = []
    start = 0
    for line in text.splitlines(keepends=True):
        spans.extend(_of_line(text, start, start + len(line)))
        start += len(line)
    return tuple(spans)


def _of_line(text: str, start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    line_start = start
    for mark in _END.finditer(text, start, end):
        if _ends(text, mark, line_start, end):
            spans.append((start, mark.end()))
            start = mark.end()
    spans.append((start, end))
    trimmed = (_trim(text, *span) for span in spans)
    return [(first, last) for first, last in trimmed if first < last]


def _ends(text: str, mark: re.Match[str], line_start: int, line_end: int) -> bool:
    opening = _OPENING.match(text, mark.end(), line_end)
    following = text[opening.end() : opening.end() + 1] if opening else ""
    if not following or following.islower():
        return not following
    if mark["mark"] != ".":
        return True
    before = text[max(line_start, mark.start() - _LONGEST_WORD) : mark.start()]
    if mark.start() - line_start < _LONGEST_WORD and _ENUMERATOR.match(f"{before}."):
        return False
    word = _WORD.search(before)
    last = re.split("['’]", word[0].casefold())[-1] if word else ""
    # `p. ex.` and `c. à d.` are made of words that are one letter long.
    if last in _ABBREVIATIONS:
        return False
    if len(last) == 1 and last.isalpha():
        begun = _NEXT_WORD.match(text, opening.end() if opening else mark.end(), line_end)
        return begun is not None and begun[0].casefold() in _STARTERS
    return True


def _trim(text: str, start: int, end: int) -> Span:
    if not (text[start : start + 1].isspace() or text[end - 1 : end].isspace()):
        return start, end
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return start + left, start + left + len(piece.strip())
