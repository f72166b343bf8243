"""Preview bodies: what publishing an answer would do, as the staff answers API gives it back."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from assistant.preview import Change, ChangeKind, Open, Preview


class OpenBody(BaseModel):
    """A question that stays unanswered, with the reason that it had."""

    id: str
    question: str
    reason: str | None


class ChangeBody(BaseModel):
    """Something good that would no longer be so."""

    kind: ChangeKind
    question: str
    question_id: str | None
    before: str
    after: str
    document: str | None


class PreviewBody(BaseModel):
    """What publishing would do."""

    closed: list[str]
    still_open: list[OpenBody]
    reopened: list[str]
    changes: list[ChangeBody]
    unchanged: int = Field(description="Answered questions, of the latest 200, that stay as is.")


def previewed(preview: Preview) -> PreviewBody:
    """A preview."""
    return PreviewBody(
        closed=list(preview.closed),
        still_open=[_open(each) for each in preview.still_open],
        reopened=list(preview.reopened),
        changes=[_change(each) for each in preview.changes],
        unchanged=preview.unchanged,
    )


def changes_of(preview: Preview) -> list[dict[str, Any]]:
    """The changes for which an answer is held back, as JSON."""
    return [_change(each).model_dump(mode="json") for each in preview.changes]


def _open(each: Open) -> OpenBody:
    return OpenBody(id=each.question_id, question=each.question, reason=each.reason)


def _change(each: Change) -> ChangeBody:
    return ChangeBody(
        kind=each.kind,
        question=each.question,
        question_id=each.question_id,
        before=each.before,
        after=each.after,
        document=each.document,
    )
