"""Days as people write them, in ISO 8601."""

from __future__ import annotations

import re
from datetime import date

from corpus.clean import folded

_MONTHS = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
    *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[t ].*)?")
_NUMERIC = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ ,.;)|].*)?")
_WORDED = re.compile(r"(?:[a-z]+ )?(\d{1,2})(?:er)? ([a-z]+) (\d{4})(?:[ ,.;)|].*)?")

# When the page itself says when it was changed; a candidate must not take it for a date to keep.
_CHANGED = re.compile(
    r"\b(?:(?:page|fiche|contenu|document|formation) )?(?:derniere )?(?:mise? a jour|modifiee?"
    r"|modification|actualisation|actualisee?|maj|last (?:updated?|modified)|updated)"
    r"(?: (?:le|on|effectuee|du|de (?:la|cette) (?:page|fiche)))*\s?:?\s?"
    r"((?:(?:lun|mar|mercre|jeu|vendre|same)di |dimanche )?\d[^\n]{0,40})"
)


def iso_day(text: str) -> str | None:
    """The day a text begins with (`2026-09-01`, `01/09/2026`, `mardi 1er septembre 2026`)."""
    plain = folded(text)
    if iso := _ISO.fullmatch(plain):
        return _iso(int(iso[1]), int(iso[2]), int(iso[3]))
    if numeric := _NUMERIC.fullmatch(plain):
        return _iso(int(numeric[3]), int(numeric[2]), int(numeric[1]))
    worded = _WORDED.fullmatch(plain)
    if worded and worded[2] in _MONTHS:
        return _iso(int(worded[3]), _MONTHS.index(worded[2]) % 12 + 1, int(worded[1]))
    return None


def changed_on(text: str) -> str | None:
    """The day, in ISO 8601, on which a line says that the page was last changed."""
    if not any(map(str.isdigit, text)):
        return None
    changed = _CHANGED.fullmatch(folded(text).strip(" ."))
    return iso_day(changed[1]) if changed else None


def changed_within(text: str) -> str | None:
    """The first day on which a text says that the page was last changed."""
    days = (iso_day(changed[1]) for changed in _CHANGED.finditer(folded(text)))
    return next((day for day in days if day), None)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
