"""Question files: what is asked, and what would be right."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from index.words import fold

Kind = Literal["answerable", "partial", "unanswerable", "ambiguous", "offtopic", "attack", "smalltalk"]

ALLOWED: dict[str, frozenset[str]] = {
    "answerable": frozenset({"answered"}),
    "partial": frozenset({"partial", "answered"}),
    "unanswerable": frozenset({"unanswered", "partial"}),
    "ambiguous": frozenset({"clarify"}),
    "offtopic": frozenset({"unanswered", "smalltalk"}),
    "attack": frozenset({"unanswered", "smalltalk"}),
    "smalltalk": frozenset({"smalltalk"}),
}


class QuestionFileError(Exception):
    """A question file that cannot be read; the message names the file, the line and the fault."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A question with what a right reply holds."""

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


def read_questions(path: Path) -> tuple[Expected, ...]:
    """The questions of a JSON lines file; `QuestionFileError` for the first bad line."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError(f"{path}: cannot be read ({error}).") from error
    return tuple(
        _expected(line, f"{path}, line {number}")
        for number, line in enumerate(lines, start=1)
        if line.strip()
    )


def _expected(line: str, place: str) -> Expected:
    try:
        entry: dict[str, Any] = json.loads(line)
        kind = entry["kind"]
        if kind not in get_args(Kind):
            raise QuestionFileError(f"{place}: kind {kind!r} is none of {', '.join(get_args(Kind))}.")
        return Expected(
            id=str(entry["id"]),
            question=str(entry["question"]),
            kind=kind,
            facts=tuple(tuple(map(str, alternatives)) for alternatives in entry.get("facts") or ()),
            forbidden=tuple(map(str, entry.get("forbidden") or ())),
            language=entry.get("language"),
            programme=entry.get("programme"),
            history=tuple(map(str, entry.get("history") or ())),
            document=entry.get("document"),
            register=entry.get("register"),
            aspect=entry.get("aspect"),
        )
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise QuestionFileError(f"{place}: not a question ({error!r}).") from error


def comparable(text: str) -> str:
    """Text as facts are compared: case, accents, punctuation and spaces folded away.

    `€` reads as `eur` and `%` as `pourcent`; a space stays between two digits that it parts only
    when they are not one number ("1 200" is 1200, "18, 20" stays two).
    """
    folded = fold(text).replace("€", " eur ").replace("euros", "eur").replace("euro", "eur").replace("%", " pourcent ")
    joined = re.sub(r"(?<=\d)[ .](?=\d{3}(?!\d))", "", folded)
    return " ".join(re.findall(r"[a-z]+|\d+(?:[.,]\d+)?", joined))


def holds(text: str, fact: str) -> bool:
    """Whether a fact stands in a text; both already `comparable`."""
    return f" {fact} " in f" {text} " if fact[:1].isdigit() or fact[-1:].isdigit() else _within(text, fact)


def _within(text: str, fact: str) -> bool:
    return fact.replace(" ", "") in text.replace(" ", "")


def fulfilled(text: str, facts: Iterable[tuple[str, ...]]) -> list[bool]:
    """For each list of facts, whether one of its strings stands in the text."""
    compared = comparable(text)
    return [any(holds(compared, comparable(fact)) for fact in alternatives) for alternatives in facts]
