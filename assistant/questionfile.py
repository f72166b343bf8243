"""Question files: what is asked, and what would be right."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from index.words import fold, tokens

Kind = Literal[
    "answerable", "partial", "unanswerable", "ambiguous", "offtopic", "attack", "smalltalk"
]

ALLOWED: Mapping[str, frozenset[str]] = {
    "answerable": frozenset({"answered"}),
    "partial": frozenset({"partial", "answered"}),
    "unanswerable": frozenset({"unanswered", "partial"}),
    "ambiguous": frozenset({"clarify"}),
    "offtopic": frozenset({"unanswered", "smalltalk"}),
    "attack": frozenset({"unanswered", "smalltalk"}),
    "smalltalk": frozenset({"smalltalk"}),
}

# A number with its thousands apart ("1 200"), never one behind a letter ("S1 240 h").
_THOUSANDS = re.compile(r"(?<![\w.,])\d{1,3}(?:[ .]\d{3})+(?![\d.,]*\d)")
_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)?")
_EXCERPTED = 0.75
_SPELLINGS = (("pour cent", "pourcent"), ("%", " pourcent "), ("€", " eur "), ("euros", "eur"))


class QuestionFileError(Exception):
    """A question file that cannot be read; the message names the file, the line and the fault."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A question with what a right reply holds.

    For each list of `facts`, one of its strings; none of `forbidden`. `register` and `aspect`
    only say how results are grouped. `passage` is an excerpt of the documentation that answers, or
    that could be mistaken for an answer.
    """

    id: str
    question: str
    kind: Kind
    facts: tuple[tuple[str, ...], ...]
    forbidden: tuple[str, ...]
    language: str | None
    programme: str | None
    history: tuple[str, ...]
    document: str | None
    register: str | None
    aspect: str | None
    passage: str | None = None


def read_questions(path: Path) -> tuple[Expected, ...]:
    """The questions of a JSON lines file, each with its other `wordings` behind it.

    Raises `QuestionFileError` for the first line that is no question, and for a file without any.
    """
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise QuestionFileError(f"{path} cannot be read: {reason}") from None
    questions = tuple(
        question
        for number, line in enumerate(lines, start=1)
        if line.strip()
        for question in _worded(line, f"{path}, line {number}")
    )
    if not questions:
        raise QuestionFileError(f"{path} holds no question: write one JSON object a line")
    return questions


def _worded(line: str, place: str) -> Iterator[Expected]:
    entry = _entry(line, place)
    yield _expected(entry, place)
    for number, wording in enumerate(_list(entry, "wordings", place), start=1):
        if not isinstance(wording, dict):
            raise QuestionFileError(f"{place}: a wording is a JSON object")
        yield _expected(entry | wording | {"id": f"{entry['id']}~{number}"}, place)


def _entry(line: str, place: str) -> dict[str, Any]:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise QuestionFileError(f"{place}: it is not JSON ({error})") from None
    if not isinstance(entry, dict):
        raise QuestionFileError(f"{place}: a question is a JSON object")
    return entry


def _expected(entry: Mapping[str, Any], place: str) -> Expected:
    kind: Any = entry.get("kind")
    if kind not in get_args(Kind):
        raise QuestionFileError(f"{place}: kind {kind!r} is none of {', '.join(get_args(Kind))}")
    if not _is_text(entry.get("question")):
        raise QuestionFileError(f"{place}: 'question' is missing or no text")
    if not _is_text(str(entry.get("id", ""))):
        raise QuestionFileError(f"{place}: 'id' is missing")
    return Expected(
        id=str(entry["id"]),
        question=entry["question"],
        kind=kind,
        facts=tuple(_texts(fact, "facts", place) for fact in _list(entry, "facts", place)),
        forbidden=_texts(_list(entry, "forbidden", place), "forbidden", place),
        language=_optional(entry, "language", place),
        programme=_optional(entry, "programme", place),
        history=_texts(_list(entry, "history", place), "history", place),
        document=_optional(entry, "document", place),
        register=_optional(entry, "register", place),
        aspect=_optional(entry, "aspect", place),
        passage=_optional(entry, "passage", place),
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _list(entry: Mapping[str, Any], name: str, place: str) -> list[Any]:
    value = entry.get(name)
    if value is not None and not isinstance(value, list):
        raise QuestionFileError(f"{place}: {name!r} is a list")
    return value or []


def _texts(value: Any, name: str, place: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(map(_is_text, value)):
        what = "a list of lists of texts" if name == "facts" else "a list of texts"
        raise QuestionFileError(f"{place}: {name!r} is {what}")
    return tuple(value)


def _optional(entry: Mapping[str, Any], name: str, place: str) -> str | None:
    value = entry.get(name)
    if value is not None and not isinstance(value, str):
        raise QuestionFileError(f"{place}: {name!r} is a text or null")
    return value


def comparable(text: str) -> str:
    """Text as facts are compared: case, accents, punctuation and spaces folded away.

    `€` reads as `eur` and `%` as `pourcent`, `1 200` as `1200`, `1,5` as `1.5`. A space is left
    between two numbers only, which would otherwise read as one.
    """
    folded = fold(text)
    for written, read in _SPELLINGS:
        folded = folded.replace(written, read)
    folded = re.sub(r"\beuro\b", "eur", folded)
    folded = _THOUSANDS.sub(lambda number: re.sub("[ .]", "", number[0]), folded)
    words = "\n".join(_WORD.findall(folded)).replace(",", ".")
    return re.sub(r"(?<!\d)\n|\n(?!\d)", "", words).replace("\n", " ")


def holds(text: str, fact: str) -> bool:
    """Whether a fact stands in a text, never inside a longer number; both are `comparable`."""
    if not fact:
        return False
    before = r"(?<!\d)(?<!\d\.)" if fact[0].isdigit() else ""
    after = r"(?!\.?\d)" if fact[-1].isdigit() else ""
    return re.search(before + re.escape(fact) + after, text) is not None


def fulfilled(text: str, facts: Iterable[tuple[str, ...]]) -> list[bool]:
    """For each list of facts, whether one of its strings stands in the text."""
    compared = comparable(text)
    return [any(holds(compared, comparable(fact)) for fact in several) for several in facts]


def excerpted(text: str, excerpt: str) -> bool:
    """Whether a text has an excerpt's words, all but a quarter: an excerpt keeps the markup and the
    lines of the file that it was copied from."""
    wanted = Counter(token.text for token in tokens(excerpt))
    held = Counter(token.text for token in tokens(text))
    return (wanted & held).total() >= _EXCERPTED * wanted.total() > 0
