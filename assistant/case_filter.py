"""Case filters: which questions of staff's queue are wanted."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.case_store import State
from assistant.trait import searchable


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What is wanted; None and empty want everything.

    `programmes` limits it to some programmes (None in it: questions about none); `feedback` is
    "helpful", "unhelpful" or "none"; `since` and `until` bound when it was asked, the latter
    excluded; `search` is words that must all stand in the question.
    """

    state: State = "open"
    programmes: tuple[str | None, ...] | None = None
    reason: str | None = None
    status: str | None = None
    aspect: str | None = None
    language: str | None = None
    feedback: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    search: str = ""
    assignee: str | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The words to search, folded."""
        return tuple(searchable(self.search).split())[:12]

    @property
    def within(self) -> bool:
        """Whether anything is wanted of the single questions, beside their state."""
        given = (self.reason, self.status, self.language, self.feedback, self.since, self.until)
        return any(each is not None for each in given) or bool(self.words)


def cursor(values: Sequence[Any]) -> str:
    """Where a page ends, as text that is given back for the next one."""
    return base64.urlsafe_b64encode(json.dumps(list(values)).encode()).decode().rstrip("=")


def place(text: str, kinds: tuple[type, ...]) -> tuple[Any, ...] | None:
    """What `cursor` was made of; None for a text that it never made."""
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, RecursionError):
        return None
    if not isinstance(values, list) or [type(each) for each in values] != list(kinds):
        return None
    return tuple(values)
