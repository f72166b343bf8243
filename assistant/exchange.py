"""An exchange at the desk: what is asked, what comes out, and why."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import Reply
from assistant.composition import Part


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
class Explanation:
    """Why the reply is what it is, for staff and `--explain`."""

    rule: str
    corrected: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def aspect(self) -> str | None:
        """What the question was understood to ask about first."""
        found = next((part.query.aspects[0] for part in self.parts if part.query.aspects), None)
        return found.aspect.id if found else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A reply with what stands around it.

    `language` is the interface's language of the reply ("fr" or "en"), `asked_in` the one that the
    question was typed in; `index` names the generation that it was taken from; `suggestions` are
    questions that would be answered.
    """

    reply: Reply
    language: str
    programme: str | None
    suggestions: tuple[str, ...]
    index: str
    explanation: Explanation
    asked_in: str | None = None
