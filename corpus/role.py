"""Roles: what the short lines between two paragraphs are, heading, label, value, item or text.

Text copied from a page has lost what told them apart. One line rarely settles it, their sequence
does: a value needs a label above it, a heading something below. So each line is given points for
each role and the best sequence wins (Viterbi, 1967), as a reader would weigh it. The points were
set by hand on invented pages; what matters is their order, not their decimals.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from corpus.clean import folded
from corpus.line import Line
from corpus.vocabulary import Rank, is_label, rank


class Role(Enum):
    """What a short line is for its neighbours."""

    HEADING = "heading"
    LABEL = "label"
    VALUE = "value"
    ITEM = "item"
    TEXT = "text"


SHORT_LENGTH = 100
_SHORT_WORDS = 16

_NEVER = -100.0

_CONTACT = re.compile(r"\S+@\S+|https?://|www\.|(?:\+33|0)\s?\(?0?\)?[1-9](?:[ .-]?\d{2}){4}")
_QUANTITY = re.compile(
    r"^(?:environ |de |entre |jusqu'a |minimum |maximum |min\. |max\. |plus de )?\d"
)
_MEASURE = re.compile(
    r"\d\s?(?:%|€|eur|euros?|h\b|heures?|jours?|semaines?|mois|ans?|annees?|credits?|ects|places?)"
)
_DATE = re.compile(
    r"\b\d{1,2}(?:er)? (?:janv|fevr|mars|avril|mai|juin|juil|aout|sept|oct|nov|dec)"
    r"|\b\d{1,2}/\d{1,2}/\d{4}|^(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b"
    r"|^(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)\b"
)
_VERDICT = re.compile(
    r"(?:oui|non|yes|no|aucune?s?|neant|gratuit|payant|obligatoire|facultati[fv]e?|optionnel(?:le)?"
    r"|possible|recommande|selectif|ouverte?|fermee?|presentiel|distanciel|a distance|hybride"
    r"|temps (?:plein|partiel)|mandatory|optional|sur (?:dossier|demande|place|concours))\b"
)
_LANGUAGES = re.compile(
    r"(?:francais|anglais|espagnol|allemand|italien|breton|arabe|chinois|portugais|french|english)"
    r"(?:\s*(?:,|et|/|and)\s*\w+)*"
)
_PLACE = re.compile(
    r"(?:ufr|iut|iae|inspe|faculte|campus|institut|ecole|departement|universite|bureau|batiment|bat"
    r"|site|centre|maison|\d+,? (?:rue|avenue|place|boulevard|quai|allee))\b"
)
_CONTRACT = re.compile(r"(?:contrat|licence|master|doctorat|diplome|bac|niveau|formation)\b")
_PERSON = re.compile(
    r"(?:(?:M\.|Mme|Mlle|Dr|Pr|Mr|Mrs|Ms)\s+)?[A-ZÀ-Ý][\w’'.-]*(?:\s(?:de|du|des|le|la|van|von))?"
    r"(?:\s[A-ZÀ-Ý][\w’'.-]*){1,2}"
)
_VERB = re.compile(
    r"\b(?:est|sont|sera|seront|etait|a|ont|peut|peuvent|doit|doivent|permet|permettent|se fait"
    r"|se font|fait|font|comprend|comporte|propose|prepare|n'est|n'a|is|are|can|must|has|have)\b"
)


def is_short(line: Line) -> bool:
    """Whether a line is short enough to be anything but a paragraph."""
    text = line.text
    if line.kind == "heading" or len(text) > SHORT_LENGTH or len(text.split()) > _SHORT_WORDS:
        return False
    if text.endswith((":", ";")):
        return False
    return not text.endswith((".", "!", "…")) or len(text.split()) <= 3


def roles(
    lines: Sequence[Line], *, introduced: bool, content_below: bool, indented_below: int = 0
) -> tuple[Role, ...]:
    """The likeliest role of each line of a run of short lines.

    `introduced`: the paragraph above ends with a colon, so the run may begin with items.
    `content_below`: a paragraph or a list follows, not the end of the text.
    """
    best: dict[Role, tuple[float, tuple[Role, ...]]] = {}
    for at, line in enumerate(lines):
        below = lines[at + 1] if at + 1 < len(lines) else None
        points = _points(line, lines[at - 1] if at else None, below, content_below, indented_below)
        reached: dict[Role, tuple[float, tuple[Role, ...]]] = {}
        for role, gain in points.items():
            paths: list[tuple[float, tuple[Role, ...]]]
            if at == 0:
                paths = [(_start(role, introduced, line), ())]
            else:
                paths = [
                    (total + _step(before, role, lines[at - 1], line), path)
                    for before, (total, path) in best.items()
                ]
            total, path = max(paths, key=lambda reach: reach[0])
            reached[role] = (total + gain, (*path, role))
        best = reached
    last = lines[-1]
    ends = [(total + _end(role, last, content_below), path) for role, (total, path) in best.items()]
    return max(ends, key=lambda reach: reach[0])[1]


def _points(
    line: Line, above: Line | None, below: Line | None, content_below: bool, indented_below: int
) -> dict[Role, float]:
    plain = folded(line.text)
    words = len(plain.split())
    value = _value_points(line.text, plain, words)
    common = rank(line.text)
    named = is_label(line.text)
    ended = line.text.endswith((".", "!", "…"))
    lower = line.text[0].islower()
    bullet = line.kind == "bullet"
    deeper = below.indent > line.indent and below.kind == "text" if below else False

    heading = 3.0 * (common > 0) + (line.text.endswith("?")) + 1.5 * _is_capitals(line.text)
    heading -= 2.0 * ("," in line.text) + 1.0 * (words > 10) + 3.0 * lower + 4.0 * ended
    heading -= 1.5 * bool(_VERB.search(plain)) * (not line.text.endswith("?"))
    heading -= max(0.0, value - 0.5) + 1.0 * (named and not common) + 3.0 * bullet
    heading -= 1.0 * (line.indent > 1) + 1.0 * (not line.apart)
    if bullet and content_below and below is None and indented_below > line.indent:
        heading += 4.0

    label = -0.3 + 2.5 * named - 3.0 * (value >= 2.5) - 1.5 * (words > 6) - 2.0 * ("," in line.text)
    label -= 2.0 * line.text.endswith("?") + 4.0 * ended + 1.0 * lower
    label += 2.5 * (bullet and deeper) - 3.0 * bool(
        _PERSON.fullmatch(line.text) and words > 1 and not named
    )

    if above and folded(above.text) == plain:
        heading -= 3.0
        label += 1.0

    worth = (
        -0.5
        + value
        + 1.0 * bool(words <= 3 and _VERDICT.match(plain))
        - 3.0 * (common > 0)
        - 3.0 * line.text.endswith("?")
    )
    worth += 0.7 * (line.indent > 1) - 2.0 * _is_capitals(line.text) * (value < 1)
    worth += 1.5 * bool(above and _share_a_word(above.text, line.text))
    worth -= 4.0 * bullet

    text = (
        -0.8
        - 2.0 * (words <= 4)
        + 1.0 * (words >= 8)
        + 2.0 * ended
        + 1.5 * bool(_VERB.search(plain))
    )
    text -= 2.0 * (common > 0) + 1.0 * bullet
    item = 0.4 - 3.0 * (common > 0) if not bullet else 1.5
    return {
        Role.HEADING: heading,
        Role.LABEL: label,
        Role.VALUE: worth,
        Role.ITEM: item,
        Role.TEXT: text,
    }


def _value_points(text: str, plain: str, words: int) -> float:
    """How much a line looks like the value of something."""
    if _CONTACT.search(text):
        return 4.0
    points = 0.7 * any(c.isdigit() for c in text) + 0.7 * ("," in text)
    if (
        _QUANTITY.match(plain)
        or _DATE.search(plain)
        or _LANGUAGES.fullmatch(plain)
        or _VERDICT.match(plain)
    ):
        points += 2.5
    elif _MEASURE.search(plain):
        points += 1.5
    if _PLACE.match(plain):
        points += 1.5
    if _CONTRACT.match(plain) and words > 1:
        points += 0.7
    if _PERSON.fullmatch(text) and words > 1 and rank(text) is Rank.UNKNOWN and not is_label(text):
        points += 1.5
    if words > 10:
        points -= 0.5
    return points


def _start(role: Role, introduced: bool, line: Line) -> float:
    if role is Role.VALUE:
        return _NEVER
    if role is Role.ITEM:
        return 1.5 if introduced else (0.0 if line.kind == "bullet" else _NEVER)
    return -1.0 if introduced and role is not Role.TEXT and line.apart is False else 0.0


def _step(before: Role, role: Role, above: Line, line: Line) -> float:
    if (before is Role.LABEL) != (role is Role.VALUE):
        # A label has its value below it, and a value may have more of it.
        return (
            -1.0
            if before is Role.VALUE and role is Role.VALUE
            else _plain_step(before, role, above, line)
        )
    if before is Role.LABEL:
        return 0.0
    return _plain_step(before, role, above, line)


def _plain_step(before: Role, role: Role, above: Line, line: Line) -> float:
    if before is Role.LABEL or role is Role.VALUE:
        return _NEVER
    if role is Role.ITEM:
        return 0.3 if before is Role.ITEM else (0.0 if line.kind == "bullet" else _NEVER)
    if before is Role.HEADING:
        if role is Role.TEXT:
            return 1.5
        if role is Role.LABEL:
            return 0.5
        # A heading of no common name with nothing below it would be lost to the reader.
        return -2.0 if rank(line.text) >= Rank.LEAF and rank(above.text) is Rank.UNKNOWN else 0.0
    if before is Role.ITEM and role is Role.TEXT:
        return -0.5
    return 0.0


def _end(role: Role, last: Line, content_below: bool) -> float:
    if role is Role.LABEL:
        return _NEVER
    if role is Role.HEADING:
        return 1.5 if content_below else -2.0
    return 0.0


def _share_a_word(label: str, value: str) -> bool:
    """`Type de contrat`, `Contrat d'apprentissage`: the value takes up the label's word."""
    of_label = set(re.findall(r"\w{5,}", folded(label)))
    return any(word in of_label for word in re.findall(r"\w{5,}", folded(value))[:2])


def _is_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 5 and text == text.upper()
