"""Front matter: the YAML between two `---` lines with which a text file describes itself."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from urllib.parse import urlsplit

import yaml

from corpus.clean import clean_line
from corpus.day import iso_day
from corpus.reading import Metadata, UnreadableDocument

_FENCED = re.compile(r"\A\s*?---[ ]*\n(.*?)^(?:---|\.\.\.)[ ]*(?:\n|\Z)", re.M | re.S)
# Hugo writes it in TOML, between lines of plus signs.
_PLUSSED = re.compile(r"\A\s*?\+{3}[ ]*\n(.*?)^\+{3}[ ]*(?:\n|\Z)", re.M | re.S)
# A bare star is an alias in YAML; in a programme it can only mean "every programme".
_BARE_STAR = re.compile(r"^(programme[ ]*:[ ]*)\*[ ]*$", re.M)

_LONGEST = 20_000  # characters; far above any description, far below what would cost


def split_front_matter(text: str) -> tuple[Metadata, str, tuple[str, ...]]:
    """The metadata of a clean text, the text after the front matter, and notes on what it lacks.

    Unknown keys are ignored; a URL that is not http(s) and a date that is none are left out with
    a note. Raises `UnreadableDocument` on malformed YAML.
    """
    fenced = _FENCED.match(text)
    if toml := _PLUSSED.match(text):
        fenced, values = toml, _toml(toml[1])
    # A rule (`---`) may open a text as well: front matter has a key on one of its lines.
    elif not fenced or not re.search(r"^[\w-]+[ ]*:", fenced[1], re.M):
        return Metadata(), text, ()
    else:
        values = _values(fenced[1])
    notes: list[str] = []
    metadata = Metadata(
        programme=_text(values.get("programme")),
        programme_title=_text(values.get("programme_title")),
        title=_text(values.get("title")),
        url=_url(_text(values.get("url")), notes),
        language=_language(_text(values.get("language")), notes),
        updated=_date(values.get("updated"), notes),
    )
    return metadata, text[fenced.end() :], tuple(notes)


def web_address(text: str | None) -> str | None:
    """The text when it is an http(s) address with a host, else nothing."""
    if not text or any(c.isspace() for c in text):
        return None
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return None
    return text if parts.scheme.lower() in ("http", "https") and host else None


def _values(yaml_text: str) -> dict[str, object]:
    if len(yaml_text) > _LONGEST:
        raise UnreadableDocument(
            f"The front matter is longer than {_LONGEST} characters.", "Close it with a line `---`."
        )
    try:
        values = yaml.safe_load(_BARE_STAR.sub(r'\1"*"', yaml_text))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f" at line {mark.line + 2}" if mark else ""
        raise UnreadableDocument(
            f"The front matter is not valid YAML{place}.",
            "Put values that hold a colon or begin with a sign in quotes.",
        ) from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise UnreadableDocument(
            "The front matter is not a list of `key: value` lines.",
            "Write one `key: value` a line between the two `---` lines.",
        )
    return {str(key).strip().casefold(): value for key, value in values.items()}


def _toml(text: str) -> dict[str, object]:
    try:
        values = tomllib.loads(text[:_LONGEST])
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UnreadableDocument(
            "The front matter between `+++` lines is not valid TOML.",
            "Put texts in quotes, one `key = value` a line.",
        ) from error
    return {str(key).strip().casefold(): value for key, value in values.items()}


def _text(value: object) -> str | None:
    if isinstance(value, str | int | float | date) and not isinstance(value, bool):
        return clean_line(str(value)) or None
    return None


def _url(value: str | None, notes: list[str]) -> str | None:
    if value and not web_address(value):
        notes.append(f"url is left out: {value!r} is not an http or https address.")
    return web_address(value)


def _language(value: str | None, notes: list[str]) -> str | None:
    if not value:
        return None
    code = re.match(r"([A-Za-z]{2,3})(?:[-_]|\Z)", value)
    if not code:
        notes.append(f"language is left out: {value!r} is not a code such as fr.")
        return None
    return code[1].lower()


def _date(value: object, notes: list[str]) -> str | None:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = _text(value)
    if text is None:
        return None
    day = iso_day(text)
    if day is None:
        notes.append(f"updated is left out: {text!r} is not a date such as 2026-09-01.")
    return day
