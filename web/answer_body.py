"""Answer bodies: what the staff answers API takes and gives back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from assistant.draft import Draft
from assistant.publishing import Published
from assistant.staff_answer import (
    ANSWER_LENGTH,
    QUESTION_LENGTH,
    Content,
    Revision,
    StaffAnswer,
    State,
)
from web.validation import clean

_FORM = ConfigDict(strict=True)
_IDS = 10_000


def _day(value: object) -> object:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value if isinstance(value, str) and len(value) == 10 else "")
    except ValueError:
        raise PydanticCustomError("field_date", "date") from None


def _text(value: object) -> object:
    return clean(value) if isinstance(value, str) else value


Day = Annotated[
    date | None,
    BeforeValidator(_day),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}),
]
Text = Annotated[str, BeforeValidator(_text)]


class AnswerBody(BaseModel):
    """An answer to publish."""

    model_config = _FORM

    question: Text = Field(description=f"1 to {QUESTION_LENGTH} characters.")
    answer: Text = Field(description=f"1 to {ANSWER_LENGTH} characters; empty lines part it.")
    programme: str | None = Field(description="Null: every programme.")
    group: str | None = Field(None, description="The group whose other questions are asked again.")
    question_ids: list[str] | None = Field(
        None,
        max_length=_IDS,
        description="Asked questions that mean the same; they become wordings of the answer. Null "
        "in an edit: those that it has.",
    )
    source_url: Annotated[str | None, BeforeValidator(_text)] = None
    valid_from: Day = Field(None, description="The first day on which it is shown.")
    valid_until: Day = Field(None, description="The last day on which it is shown.")
    confirm: bool = Field(False, description="Publish although something would change.")
    draft: bool = Field(False, description="Keep it without publishing.")

    def draft_of(self) -> Draft:
        """What is to be published."""
        dates = (self.valid_from, self.valid_until)
        content = Content(self.programme, self.question, self.answer, self.source_url, *dates)
        ids = None if self.question_ids is None else tuple(map(clean, self.question_ids))
        return Draft(content, ids, clean(self.group) if self.group else None)


class RollbackBody(BaseModel):
    """The revision to go back to."""

    model_config = _FORM

    revision: int = Field(ge=1, le=999_999_999)
    confirm: bool = False


class DoneBody(BaseModel):
    """What was done."""

    id: str
    revision: int
    state: State
    closed: list[str]
    still_open: list[str]
    reopened: list[str]


class WordingBody(BaseModel):
    """A question that staff vouch for."""

    text: str
    question_id: str | None
    history: list[str]


class ContentBody(BaseModel):
    """What an answer says."""

    question: str
    answer: str
    programme: str | None
    source_url: str | None
    valid_from: date | None
    valid_until: date | None
    wordings: list[WordingBody]


class ShownBody(ContentBody):
    """An answer."""

    id: str
    revision: int
    state: State
    document: str
    author: str
    created_at: datetime
    changed_at: datetime


class AnswersBody(BaseModel):
    """Answers."""

    answers: list[ShownBody]


class RevisionBody(ContentBody):
    """An answer as it was."""

    revision: int
    at: datetime
    account: str
    state: State


class HistoryBody(BaseModel):
    """What an answer was, the latest first."""

    revisions: list[RevisionBody]


def shown(answer: StaffAnswer) -> ShownBody:
    """An answer with all that is known of it."""
    return ShownBody(
        id=answer.id,
        revision=answer.revision,
        state=answer.state,
        document=f"staff/{answer.id}",
        author=answer.author,
        created_at=answer.created_at,
        changed_at=answer.changed_at,
        **_content(answer.content),
    )


def revisions(history: Sequence[Revision]) -> HistoryBody:
    """The history of an answer."""
    made = [
        RevisionBody(
            revision=each.revision,
            at=each.at,
            account=each.account,
            state=each.state,
            **_content(each.content),
        )
        for each in reversed(history)
    ]
    return HistoryBody(revisions=made)


def done(made: Published) -> DoneBody:
    """What was published."""
    return DoneBody(
        id=made.answer.id,
        revision=made.answer.revision,
        state=made.answer.state,
        closed=list(made.closed),
        still_open=[each.question_id for each in made.still_open],
        reopened=list(made.reopened),
    )


def _content(content: Content) -> dict[str, Any]:
    wordings = [
        WordingBody(text=each.text, question_id=each.question_id, history=list(each.history))
        for each in content.wordings
    ]
    return {
        "question": content.question,
        "answer": content.answer,
        "programme": content.programme,
        "source_url": content.source_url,
        "valid_from": content.valid_from,
        "valid_until": content.valid_until,
        "wordings": wordings,
    }
