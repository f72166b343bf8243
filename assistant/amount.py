"""Amounts: the numbers, dates, durations and sums that a text states, so as to compare them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from index.words import fold, stem

_WORDS = (
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
)
_SMALL = {word: number for number, word in enumerate(_WORDS.split())} | {
    "une": 1, "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "cent": 100, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "twenty": 20,
}  # fmt: skip
_MONTHS = (
    ("janvier", "january"), ("fevrier", "february"), ("mars", "march"), ("avril", "april"),
    ("mai", "may"), ("juin", "june"), ("juillet", "july"), ("aout", "august"),
    ("septembre", "september"), ("octobre", "october"), ("novembre", "november"),
    ("decembre", "december"),
)  # fmt: skip
_MONTH = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}

_WORDED = "|".join(_SMALL)
_NUMBER = r"(?P<number>\d{1,3}(?:[ .]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?|" rf"\b(?:{_WORDED})\b)"
_MONEY = re.compile(
    rf"{_NUMBER} ?(?:€|euros?\b|eur\b)(?P<per> ?(?:/|de l |par |l )? ?(?:h|heure|mois|jour)\b)?"
    r"|(?P<free>\bgratuite?s?\b)"
)
# The unit that each is compared in, and how many of it.
_UNITS = {
    "minute": ("minutes", 1), "min": ("minutes", 1), "heure": ("hours", 1), "h": ("hours", 1),
    "jour": ("days", 1), "semaine": ("weeks", 1), "mois": ("months", 1), "semestre": ("months", 6),
    "an": ("months", 12), "annee": ("months", 12), "hour": ("hours", 1), "day": ("days", 1),
    "week": ("weeks", 1), "month": ("months", 1), "semester": ("months", 6), "year": ("months", 12),
}  # fmt: skip
_DURATION = re.compile(
    rf"{_NUMBER} ?(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})s?\b"
)
_DATE = re.compile(
    rf"\b(?:(?P<day>1er|\d{{1,2}}) )?(?P<month>{'|'.join(_MONTH)})\b(?: (?P<year>20\d\d))?"
    r"|\b(?P<d>\d{1,2})/(?P<m>\d{1,2})(?:/(?P<y>20\d\d))?\b"
)
_PERCENT = re.compile(rf"{_NUMBER} ?(?:%|pour ?cents?\b|percent\b)")
_COUNT = re.compile(rf"{_NUMBER} (?P<noun>[a-z]{{4,}})")
# A time of day is no duration: "à 9 h", "de 11 h 30 à 14 h".
_CLOCK = re.compile(r"\b\d{1,2} ?h(?: ?[0-5]\d)\b|\b(?:a|de|des|vers|jusqu a|avant) \d{1,2} ?h\b")
# What is numbered rather than counted: "semestre 2", "niveau 7", "n° 38178", telephone numbers.
_LABELS = re.compile(
    r"\bau dela de \d+"
    r"|\b(?:semestre|niveau|numero|n|article|salle|parking|annexe|bac ?\+?) ?\d+\b"
    r"|(?<!\d)(?:\+33 ?|0)[1-9](?:[ .]?\d\d){4}(?!\d)|[\w.+-]+@[\w.-]+|https?://\S+"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """Something stated: `kind` with its unit ("money", "hours", "date", "count:plac"), the value.

    A date is (month, day or 0, year or 0), everything else one number.
    """

    kind: str
    value: tuple[float, ...]

    def agrees(self, other: Amount) -> bool:
        """Whether both can be true: of dates, what one leaves out is as the other says."""
        if self.kind != other.kind:
            return False
        if self.kind == "date":
            pairs = zip(self.value, other.value, strict=True)
            return all(one == two or not one or not two for one, two in pairs)
        return self.value == other.value


def amounts_in(text: str) -> tuple[Amount, ...]:
    """What a text states, each once, in order of kind."""
    rest = _LABELS.sub(" ", re.sub(r"[\u00a0\u2009\u202f]", " ", fold(text)))
    rest = _CLOCK.sub(" ", rest)
    found: dict[Amount, None] = {}
    for pattern, made in _READERS:
        for match in pattern.finditer(rest):
            found[made(match)] = None
        rest = pattern.sub(" ", rest)
    return tuple(found)


def _money(match: re.Match[str]) -> Amount:
    unit = re.sub(r"[^a-z]", "", match["per"] or "")[-4:]
    per = {"h": "/hour", "eure": "/hour", "mois": "/month", "jour": "/day"}.get(unit, "")
    return Amount(f"money{per}", (0.0 if match["free"] else _number(match["number"]),))


def _date(match: re.Match[str]) -> Amount:
    month = _MONTH[match["month"]] if match["month"] else int(match["m"])
    day = re.sub(r"\D", "", match["day"] or "") or match["d"] or "0"
    return Amount("date", (float(month), float(day), float(match["year"] or match["y"] or 0)))


def _duration(match: re.Match[str]) -> Amount:
    unit, many = _UNITS[match["unit"]]
    return Amount(unit, (_number(match["number"]) * many,))


def _percent(match: re.Match[str]) -> Amount:
    return Amount("percent", (_number(match["number"]),))


def _count(match: re.Match[str]) -> Amount:
    return Amount(f"count:{stem(match['noun'])}", (_number(match["number"]),))


def _number(written: str) -> float:
    if written in _SMALL:
        return float(_SMALL[written])
    return float(re.sub(r"[ .](?=\d{3})", "", written).replace(",", "."))


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Amount]], ...] = (
    (_MONEY, _money),
    (_DATE, _date),
    (_DURATION, _duration),
    (_PERCENT, _percent),
    (_COUNT, _count),
)
