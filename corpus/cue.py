"""Cues: what one short line of a page looks like, before its neighbours are asked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.clean import folded
from corpus.line import Line
from corpus.vocabulary import Rank, is_division, is_label, rank

SHORT_LENGTH = 100
LONGEST_QUESTION = 180
_SHORT_WORDS = 16

_CONTACT = re.compile(
    r"\S+@\S+\.\S+|https?://|www\.|(?:\+33|\b0)[ .]?(?:\(0\))?[1-9](?:[ .-]?\d{2}){4}"
)
_QUANTITY = re.compile(
    r"(?:environ |de |entre |jusqu'a |(?:au )?(?:minimum|maximum) |m(?:in|ax)\. |plus de |about )?"
    r"\d"
)
_MEASURE = re.compile(
    r"\d\s?(?:%|€|(?:eur|euros?|h|heures?|jours?|semaines?|mois|ans?|annees?|credits?|ects|places?"
    r"|hours?|weeks?|months?|years?)\b)"
)
_DATE = re.compile(
    r"\b\d{1,2}(?:er)? (?:janv|fevr|mars|avril|mai|juin|juil|aout|sept|oct|nov|dec)"
    r"|\b\d{1,2}/\d{1,2}/\d{4}|^(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b"
    r"|^(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)\b"
)
_VERDICT = re.compile(
    r"(?:oui|non|yes|no|aucune?s?|neant|gratuite?|payante?|obligatoires?|facultati(?:f|ve)s?"
    r"|optionnel(?:le)?|possible|recommandee?|selecti(?:f|ve)|ouverte?|fermee?|presentiel|distanciel"
    r"|en presentiel|en ligne|a distance|hybride|temps (?:plein|partiel)|mandatory|optional"
    r"|sur (?:dossier|demande|place|concours|entretien))\b"
)
_LANGUAGE = (
    "(?:francais|anglais|espagnol|allemand|italien|breton|arabe|chinois|portugais|french|english)"
)
_LANGUAGES = re.compile(rf"{_LANGUAGE}(?:\s*(?:,|et|/|and|ou)\s*\w+)*(?: \(.{{1,30}}\))?")
_PLACE = re.compile(
    r"(?:ufr|iut|iae|inspe|faculte|campus|institut|ecole|departement|universite|bureau|batiment|bat"
    r"|site|centre|maison|\d+,? (?:rue|avenue|place|boulevard|quai|allee))\b"
)
_AWARD = re.compile(r"(?:contrat|licence|master|doctorat|diplome|bac|niveau|formation)\b")
_PERSON = re.compile(
    r"(?:(?:M\.|Mme|Mlle|Dr|Pr|Mr|Mrs|Ms)\s+)?[A-ZÀ-Ý][\w’'.-]*(?:\s(?:de|du|des|le|la|van|von))?"
    r"(?:\s[A-ZÀ-Ý][\w’'.-]*){1,2}"
)
_VERB = re.compile(
    r"\b(?:est|sont|sera|seront|etait|a|ont|peut|peuvent|doit|doivent|permet|permettent|se fait"
    r"|se font|fait|font|comprend|comporte|propose|prepare|n'est|n'a|is|are|can|must|has|have)\b"
)


@dataclass(frozen=True, slots=True)
class Cues:
    """What a line shows of itself; `value` weighs how much it looks like the value of a label."""

    plain: str
    words: int
    rank: Rank
    label: bool
    division: bool
    capitals: bool
    question: bool
    ended: bool
    lower: bool
    comma: bool
    verb: bool
    verdict: bool
    person: bool
    place: bool
    contact: bool
    value: float

    @property
    def common(self) -> bool:
        """Whether pages commonly have a section of that name."""
        return self.rank is not Rank.UNKNOWN


def cues_of(line: Line) -> Cues:
    """Look at one line."""
    text = line.text
    plain = folded(text)
    words = len(plain.split())
    label = is_label(text)
    person = bool(_PERSON.fullmatch(text)) and words > 1 and not label and not rank(text)
    return Cues(
        plain=plain,
        words=words,
        rank=rank(text),
        label=label,
        division=is_division(text),
        capitals=is_capitals(text),
        question=text.endswith("?"),
        ended=text.endswith((".", "!", "…")),
        lower=text[0].islower(),
        comma="," in text,
        verb=bool(_VERB.search(plain)),
        verdict=bool(_VERDICT.match(plain)),
        person=person,
        place=bool(_PLACE.match(plain)),
        contact=is_contact(text),
        value=_value(text, plain, words, person),
    )


def is_short(line: Line) -> bool:
    """Whether a line is short enough to be anything but a paragraph."""
    text = line.text
    if line.kind == "text" and text.endswith("?") and len(text) <= LONGEST_QUESTION:
        return True
    if line.kind == "heading" or len(text) > SHORT_LENGTH or len(text.split()) > _SHORT_WORDS:
        return False
    if text.endswith((":", ";")):
        return False
    return not text.endswith((".", "!", "…")) or len(text.split()) <= 3


def is_contact(text: str) -> bool:
    """Whether the text holds an address on the web, an e-mail or a telephone number."""
    return bool(_CONTACT.search(text))


def is_capitals(text: str) -> bool:
    """Whether the text is in capitals, and more than an acronym."""
    return sum(1 for c in text if c.isalpha()) >= 5 and text == text.upper()


def _value(text: str, plain: str, words: int, person: bool) -> float:
    if is_contact(text):
        return 4.0
    if is_division(text):
        return -1.0
    points = 0.7 * any(c.isdigit() for c in text) + 0.7 * ("," in text) - 0.5 * (words > 10)
    if (
        _QUANTITY.match(plain)
        or _VERDICT.match(plain)
        or _DATE.search(plain)
        or _LANGUAGES.fullmatch(plain)
    ):
        points += 2.5
    elif _MEASURE.search(plain) or _PLACE.match(plain) or person:
        points += 1.5
    elif _AWARD.match(plain) and words > 1:
        points += 0.7
    return points
