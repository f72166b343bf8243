"""Question body: the queue's questions and groups in JSON, and what is asked of them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from assistant.case import Case, Group
from assistant.case_store import State

_FORM = ConfigDict(strict=True, extra="forbid")

Id = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Ids = Annotated[list[Id], Field(min_length=1, max_length=20_000)]


class QuestionBody(BaseModel):
    """A question of the queue; personal data in it is masked."""

    id: str
    question: str
    asked_at: datetime
    status: str
    reason: str | None
    programme: str | None
    language: str
    history: list[str]
    state: State
    helpful: bool | None
    answer_id: str | None


class GroupBody(BaseModel):
    """Questions of one meaning."""

    id: str
    size: int
    representative: str
    questions: list[QuestionBody]
    programme: str | None
    aspect: str | None
    asked_at: datetime
    assignee: str | None
    note: str | None


class QueueBody(BaseModel):
    """Groups in order, and what to give as `next` for those behind them."""

    groups: list[GroupBody]
    next: str | None


class FoundBody(BaseModel):
    """What was shown for a question when it was asked, as the journal keeps it."""

    id: str
    answer: dict[str, Any]


class DetailBody(GroupBody):
    """A group with what was shown, and why its representative is not answered now."""

    found: list[FoundBody]
    why: list[str]


class DismissBody(BaseModel):
    """Why a question needs no answer."""

    model_config = _FORM

    as_: Literal["off_topic", "no_answer_needed"] = Field("off_topic", alias="as")


class ManyBody(BaseModel):
    """Several questions, or whole groups of them."""

    model_config = _FORM

    question_ids: Annotated[list[Id], Field(max_length=20_000)] = Field(default_factory=list)
    groups: Annotated[list[Id], Field(max_length=20_000)] = Field(default_factory=list)
    as_: Literal["off_topic", "no_answer_needed"] = Field("off_topic", alias="as")


class MergeBody(BaseModel):
    """Groups that ask the same; the first of them stays."""

    model_config = _FORM

    groups: Annotated[list[Id], Field(min_length=2, max_length=1000)]


class SplitBody(BaseModel):
    """Questions that ask something else than the rest of their group."""

    model_config = _FORM

    group: Id
    question_ids: Ids


class GroupChangeBody(BaseModel):
    """What is given is changed; null takes it away."""

    model_config = _FORM

    assignee: Annotated[str, StringConstraints(max_length=80)] | None = None
    note: Annotated[str, StringConstraints(max_length=4000)] | None = None


class MovedBody(BaseModel):
    """The questions whose state was changed."""

    questions: list[str]


class MadeBody(BaseModel):
    """The group that was made."""

    group: str


def group_body(group: Group) -> GroupBody:
    """A group with its questions."""
    return GroupBody(
        id=group.id,
        size=group.size,
        representative=group.representative,
        questions=[question_body(case) for case in group.cases],
        programme=group.programme,
        aspect=group.aspect,
        asked_at=group.asked_at,
        assignee=group.assignee,
        note=group.note,
    )


def question_body(case: Case) -> QuestionBody:
    """One question of a group."""
    return QuestionBody(
        id=case.id,
        question=case.question,
        asked_at=case.asked_at,
        status=case.status,
        reason=case.reason,
        programme=case.programme,
        language=case.language,
        history=list(case.history),
        state=case.state,
        helpful=case.helpful,
        answer_id=case.answer_id,
    )
