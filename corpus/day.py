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
_NUMERIC = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: .*)?")
_WORDED = re.compile(r"(?:[a-z]+ )?(\d{1,2})(?:er)? ([a-z]+) (\d{4})(?:[ ,].*)?")


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


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
