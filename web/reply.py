"""Replies: what `/ask` returns, and how an outcome of the desk becomes one."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from assistant.answer import (
    Abstention,
    Answer,
    Citation,
    CitationKind,
    Clarify,
    Partial,
    Reason,
    Reply,
    Segment,
    Smalltalk,
    text_of,
)
from assistant.exchange import Outcome

Status = Literal["answered", "partial", "clarify", "unanswered", "smalltalk"]


class SegmentBody(BaseModel):
    """A piece of the answer: words of a quote, or a connecting phrase."""

    text: str
    citation: int | None = Field(description="Number of the citation that it is quoted from.")


class CitationBody(BaseModel):
    """Where a quote stands: `quote` is `text[start:end]` (code points) of the document."""

    number: int
    programme: str
    document: str
    title: str
    headings: list[str]
    quote: str
    start: int
    end: int
    url: str = Field(description="Lands on the quoted words; may be relative to this server.")
    updated: str | None
    kind: CitationKind
    language: str = Field(description="Language of the quote.")


class ChoiceBody(BaseModel):
    """A programme that may have been meant."""

    programme: str
    title: str


class ContactBody(BaseModel):
    """Whom to ask instead."""

    label: str
    email: str | None
    url: str | None


class ReplyBody(BaseModel):
    """The reply to a question; its kind is `status`."""

    id: str = Field(description="For /feedback.")
    status: Status
    reason: Reason | None
    language: str = Field(description="Of the interface's own words, not of the quotes.")
    answer: str
    segments: list[SegmentBody]
    citations: list[CitationBody]
    suggestions: list[str] = Field(description="Questions that would be answered.")
    choices: list[ChoiceBody]
    contact: ContactBody | None
    notice: str = Field(description="Says that a machine answers; show it beside the answer.")
    generated: bool = Field(description="Whether a language model worded it.")
    model: str | None
    index: str = Field(description="The generation of the index that it was taken from.")
    took_ms: float


def status_of(reply: Reply) -> Status:
    """The contract's word for a kind of reply."""
    match reply:
        case Answer():
            return "answered"
        case Partial():
            return "partial"
        case Clarify():
            return "clarify"
        case Abstention():
            return "unanswered"
        case Smalltalk():
            return "smalltalk"


def reason_of(reply: Reply) -> Reason | None:
    """Why the reply is partial or none."""
    return reply.reason if isinstance(reply, Partial | Abstention) else None


def reply_body(
    outcome: Outcome, *, id: str, contact: ContactBody, notice: str, took_ms: float
) -> ReplyBody:
    """The outcome as the contract words it."""
    reply = outcome.reply
    citations = reply.citations if isinstance(reply, Answer | Partial) else ()
    status = status_of(reply)
    return ReplyBody(
        id=id,
        status=status,
        reason=reason_of(reply),
        language=outcome.language,
        answer=text_of(reply.segments),
        segments=[_segment(segment) for segment in reply.segments],
        citations=[_citation(citation) for citation in citations],
        suggestions=[] if status == "smalltalk" else list(outcome.suggestions),
        choices=[
            ChoiceBody(programme=choice.programme, title=choice.title)
            for choice in (reply.choices if isinstance(reply, Clarify) else ())
        ],
        contact=contact if status in ("partial", "unanswered") else None,
        notice=notice,
        generated=False,
        model=None,
        index=outcome.index,
        took_ms=took_ms,
    )


def _segment(segment: Segment) -> SegmentBody:
    return SegmentBody(text=segment.text, citation=segment.citation)


def _citation(citation: Citation) -> CitationBody:
    return CitationBody(
        number=citation.number,
        programme=citation.programme,
        document=citation.document,
        title=citation.title,
        headings=list(citation.headings),
        quote=citation.quote,
        start=citation.start,
        end=citation.end,
        url=citation.url,
        updated=citation.updated,
        kind=citation.kind,
        language=citation.language,
    )
