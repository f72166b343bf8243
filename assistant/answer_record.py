"""Answer records: staff's answers as rows of the database and as the JSON of their history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from assistant.staff_answer import Content, Revision, StaffAnswer, Wording


def columns_of(answer: StaffAnswer) -> dict[str, Any]:
    """The values of a row, but the id and when it was created."""
    content = answer.content
    names = ("programme", "question", "answer", "source_url", "valid_from", "valid_until")
    return {
        "revision": answer.revision,
        "state": answer.state,
        **{name: getattr(content, name) for name in names},
        "wordings": _wordings(content),
        "author": answer.author,
        "changed_at": answer.changed_at,
    }


def record_of(content: Content) -> dict[str, Any]:
    """The content as JSON."""

    def day(value: date | None) -> str | None:
        return value.isoformat() if value else None

    return {
        "programme": content.programme,
        "question": content.question,
        "answer": content.answer,
        "source_url": content.source_url,
        "valid_from": day(content.valid_from),
        "valid_until": day(content.valid_until),
        "wordings": _wordings(content),
    }


def _wordings(content: Content) -> list[dict[str, Any]]:
    return [
        {"text": each.text, "question_id": each.question_id, "history": list(each.history)}
        for each in content.wordings
    ]


def _wording(kept: Mapping[str, Any]) -> Wording:
    return Wording(kept["text"], kept.get("question_id"), tuple(kept.get("history") or ()))


def _content(kept: Mapping[Any, Any]) -> Content:
    def day(value: str | date | None) -> date | None:
        return date.fromisoformat(value) if isinstance(value, str) else value

    return Content(
        kept["programme"],
        kept["question"],
        kept["answer"],
        kept["source_url"],
        day(kept["valid_from"]),
        day(kept["valid_until"]),
        tuple(_wording(each) for each in kept["wordings"]),
    )


def answer_of(kept: Mapping[Any, Any]) -> StaffAnswer:
    """The answer of a row."""
    times = (kept["created_at"], kept["changed_at"])
    state, content = kept["state"], _content(kept)
    return StaffAnswer(kept["id"], kept["revision"], state, content, kept["author"], *times)


def revision_of(row: Mapping[Any, Any]) -> Revision:
    """The revision of a row."""
    kept = row["content"]
    return Revision(row["revision"], row["at"], row["account"], kept["state"], _content(kept))
