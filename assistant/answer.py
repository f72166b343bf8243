"""What the assistant can say: five kinds of reply, matched by type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Reason = Literal["not_documented", "off_topic", "unclear", "individual_case", "unsafe"]
CitationKind = Literal["documentation", "staff"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote with the place it stands in: `quote` is exactly `text[start:end]` of `document`."""

    number: int
    programme: str
    document: str
    title: str
    headings: tuple[str, ...]
    quote: str
    start: int
    end: int
    url: str
    updated: str | None
    kind: CitationKind
    language: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the answer: a quote (`citation` is its number) or a connecting phrase (`None`)."""

    text: str
    citation: int | None


@dataclass(frozen=True, slots=True)
class Choice:
    """A programme that the candidate may have meant."""

    programme: str
    title: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The documentation says it."""

    segments: tuple[Segment, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Partial:
    """The documentation helps, but does not say the thing asked, or not all of it."""

    reason: Reason
    segments: tuple[Segment, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Clarify:
    """Several programmes fit and none was named."""

    segments: tuple[Segment, ...]
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Abstention:
    """The documentation does not say, or the question is none that it could answer."""

    reason: Reason
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Smalltalk:
    """A greeting, thanks, or a question about the assistant itself."""

    segments: tuple[Segment, ...]


Reply = Answer | Partial | Clarify | Abstention | Smalltalk


def text_of(segments: tuple[Segment, ...]) -> str:
    """The reply as one text, each quote followed by its number in brackets."""
    return "\n\n".join(
        segment.text if segment.citation is None else f"{segment.text} [{segment.citation}]"
        for segment in segments
    )
