"""Validation: what a request's fields must be, and the problem when they are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi.exceptions import RequestValidationError
from pydantic import AfterValidator, BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from web.preference import language_of
from web.problem import Problem

QUESTION_LENGTH = 500
HISTORY_LENGTH = 20
HIT_COUNT = 50
COMMENT_LENGTH = 2000

# 1 to 500 characters after trimming, as JSON Schema can say it.
_QUESTION_PATTERN = rf"^\s*\S(?:[\s\S]{{0,{QUESTION_LENGTH - 2}}}\S)?\s*$"


def clean(text: str) -> str:
    """Text without NUL, which PostgreSQL cannot store."""
    return text.replace("\x00", "\ufffd")


def question_text(value: str) -> str:
    """The question, trimmed; refused when it is empty or too long."""
    text = value.strip()
    if not text:
        raise PydanticCustomError("question_empty", "empty", {"most": QUESTION_LENGTH})
    if len(text) > QUESTION_LENGTH:
        values = {"most": QUESTION_LENGTH, "length": len(text)}
        raise PydanticCustomError("question_long", "long", values)
    return clean(text)


def _history(value: list[str]) -> list[str]:
    if len(value) > HISTORY_LENGTH:
        values = {"most": HISTORY_LENGTH, "length": len(value)}
        raise PydanticCustomError("history_long", "long", values)
    # An earlier question was within the limit when it was answered: never a reason to refuse.
    return [text for item in value if (text := clean(item.strip())[:QUESTION_LENGTH])]


def _comment(value: str | None) -> str | None:
    if value is not None and len(value) > COMMENT_LENGTH:
        raise PydanticCustomError("field_long", "long", {"most": COMMENT_LENGTH})
    return clean(value.strip()) or None if value else None


def _language(value: str | None) -> str | None:
    return language_of(value.replace("_", "-")) if value else None


def _count(value: object) -> object:
    # JSON Schema's integers include 5.0, never "5" or true.
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= HIT_COUNT:
        raise PydanticCustomError("field_whole", "whole", {"least": 1, "most": HIT_COUNT})
    return value


QuestionText = Annotated[
    str,
    AfterValidator(question_text),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": _QUESTION_PATTERN,
            "description": f"1 to {QUESTION_LENGTH} characters after trimming.",
            "examples": ["Combien de temps dure le stage ?"],
        }
    ),
]
History = Annotated[
    list[str],
    AfterValidator(_history),
    WithJsonSchema(
        {
            "type": "array",
            "items": {"type": "string"},
            "maxItems": HISTORY_LENGTH,
            "description": "The earlier questions of this conversation, oldest first.",
            "examples": [["Quelles sont les conditions d'admission ?"]],
        }
    ),
]
Comment = Annotated[
    str | None,
    AfterValidator(_comment),
    WithJsonSchema({"anyOf": [{"type": "string", "maxLength": COMMENT_LENGTH}, {"type": "null"}]}),
]
LanguageTag = Annotated[
    str | None,
    AfterValidator(_language),
    WithJsonSchema(
        {
            "anyOf": [{"type": "string"}, {"type": "null"}],
            "description": "Of the interface: fr or en. Null or another one: detected.",
        }
    ),
]
HitCount = Annotated[
    int,
    BeforeValidator(_count),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": HIT_COUNT}),
]

_FIELD_KEYS: Mapping[str, str] = {
    "missing": "missing",
    "string_type": "string",
    "string_unicode": "unicode",
    "string_too_short": "empty",
    "bool_type": "boolean",
    "list_type": "list",
    "model_attributes_type": "object",
    "dict_type": "object",
    "field_long": "long",
    "field_whole": "whole",
    "field_date": "date",
}


def problem_of(error: RequestValidationError) -> Problem:
    """The problem that names each field and what to give instead."""
    errors: Sequence[Mapping[str, Any]] = error.errors()
    for each in errors:
        match each["type"]:
            case "question_empty" | "question_long" | "history_long" as name:
                return Problem(name, **each["ctx"])
            case "json_invalid":
                return Problem("malformed")
    fields = tuple(
        (
            _pointer(each["loc"]),
            f"field.{_FIELD_KEYS.get(each['type'], 'other')}",
            each.get("ctx") or {},
        )
        for each in errors
    )
    return Problem("invalid", fields=fields)


def _pointer(location: Sequence[str | int]) -> str:
    place, *steps = location
    path = "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)
    return f"#{path}" if place == "body" else path.lstrip("/")
