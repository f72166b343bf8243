"""The title of a page without markup: the lines above its key facts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.clean import folded
from corpus.cue import cues_of
from corpus.element import Element, Heading, Paragraph
from corpus.fact import fact_of
from corpus.line import Line
from corpus.vocabulary import is_label, rank

_LONGEST = 160
_MOST_LINES = 3  # besides the names of institutions above
_DEGREE = re.compile(
    r"\b(?:master|licence|parcours|mention|but|bachelor|diplome|du|diu|doctorat|cap|bts|deust|dut"
    r"|certificat|formation|specialite|ingenieur|cycle|prepa|degree|programme)\b"
)

_INSTITUTION = re.compile(
    r"(?:universite|ufr|iut|iae|inspe|institut|ecole|faculte|service|campus)\b"
)


_KIND = re.compile(
    r"(?:fiche|plaquette|brochure|notice|livret|presentation)\b(?!.*\b(?:master|licence)\b)"
)


def title_of(lines: Sequence[Line]) -> tuple[list[Element], Sequence[Line]]:
    """The page's title as elements, and the lines below it.

    The lines above the key facts: a discipline and a programme are one title, ` – ` between them;
    the name of an institution beside them is text.
    """
    if lines and lines[0].kind == "heading":
        return ([Heading(1, lines[0].text)], lines[1:]) if lines[0].level == 1 else ([], lines)
    if len(lines) > 2 and folded(lines[0].text) == folded(lines[1].text):
        return [Heading(1, lines[0].text)], lines[2:]
    count = 0
    above = next((at for at, line in enumerate(lines) if not _is_institution(line)), len(lines))
    while count < len(lines):
        named = any(map(_names_degree, lines[:count]))
        if count >= (_MOST_LINES if named else _MOST_LINES + above):
            break
        # The second of two lines in a block of their own.
        subtitle = count > 0 and not lines[count].apart and lines[count + 1 : count + 2] != []
        subtitle = subtitle and lines[count + 1].apart
        if not _may_be_title(lines[count], subtitle=subtitle):
            break
        if any(folded(line.text) == folded(lines[count].text) for line in lines[:count]):
            break
        count += 1
    if count > 1 and not _opens_page(lines[count:]) and not _names_degree(lines[count - 1]):
        count -= 1  # the last one is the heading of what follows
    if not count:
        return [], lines
    kept = [line for line in lines[:count] if not _is_institution(line)] or list(lines[:count])
    if any(map(_names_degree, kept)):
        # `Fiche de présentation` above it says what the text is, not what it is about.
        kept = [line for line in kept if not _KIND.match(folded(line.text))] or kept
    title = Heading(1, " – ".join(line.text for line in kept))
    aside = [Paragraph(line.text) for line in lines[:count] if line not in kept]
    return [title, *aside], lines[count:]


def _opens_page(below: Sequence[Line]) -> bool:
    """Whether what is below the title is a panel of facts or a section, and not a paragraph."""
    if not below:
        return False
    text = below[0].text
    return bool(below[0].kind == "bullet" or rank(text) or is_label(text) or fact_of(text))


def _may_be_title(line: Line, *, subtitle: bool) -> bool:
    text = line.text
    if line.kind != "text" or len(text) > _LONGEST or rank(text):
        return False
    if text.endswith((".", ":", ";", ",", "!")):
        return False
    cues = cues_of(line)
    if cues.value >= 1.5 and not (_names_degree(line) or _is_institution(line)):
        return False
    if cues.label and cues.words == 1:
        return False
    # `Diplôme : Master` is a fact, `parcours Image : histoire et théorie` a title.
    fact = fact_of(text)
    if fact and (len(fact.label.split()) == 1 or not _names_degree(line) or cues.label):
        return False
    return not cues.label or _names_degree(line) or subtitle


def _names_degree(line: Line) -> bool:
    return bool(_DEGREE.search(folded(line.text)))


def _is_institution(line: Line) -> bool:
    return bool(_INSTITUTION.match(folded(line.text)))
