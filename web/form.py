"""Forms: what the question form of the pages sends."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs

from fastapi import Request

from web.problem import Problem
from web.validation import HISTORY_LENGTH, QUESTION_LENGTH, clean

_FORM = "application/x-www-form-urlencoded"
_FIELDS = 64


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """The fields as they were typed; `programme` is None for any."""

    question: str
    programme: str | None
    language: str | None
    history: tuple[str, ...]


async def question_form(request: Request) -> QuestionForm:
    """Read the form of a POST; empty on a GET. Raises Problem for another media type."""
    if request.method == "GET":
        return QuestionForm("", request.query_params.get("programme") or None, None, ())
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _FORM:
        raise Problem("media_type", expected=_FORM)
    text = (await request.body()).decode("utf-8", errors="replace")
    try:
        fields = parse_qs(text, max_num_fields=_FIELDS, errors="replace")
    except ValueError:
        raise Problem("other", status=422) from None
    history = [clean(each.strip())[:QUESTION_LENGTH] for each in fields.get("history", [])]
    return QuestionForm(
        question=clean(_first(fields, "question")),
        programme=_first(fields, "programme") or None,
        language=_first(fields, "language") or None,
        history=tuple(filter(None, history))[-HISTORY_LENGTH:],
    )


def _first(fields: dict[str, list[str]], name: str) -> str:
    return fields.get(name, [""])[0]
