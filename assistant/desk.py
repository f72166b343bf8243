"""The desk: where a question comes in and a reply goes out."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import Reply


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it comes in. `programme` and `language` are None when not given.

    `history` holds the earlier questions of the conversation, oldest first.
    """

    question: str
    programme: str | None = None
    language: str | None = None
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A reply with what stands around it.

    `language` is the interface's language of the reply ("fr" or "en"); `index` names the
    generation that it was taken from; `suggestions` are questions that would be answered.
    """

    reply: Reply
    language: str
    programme: str | None
    suggestions: tuple[str, ...]
    index: str
