"""Cases: the questions of staff's queue, in the groups and pages that they are read in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.case_store import State


@dataclass(frozen=True, slots=True)
class Case:
    """A question of the queue.

    `answer` is the snapshot of what was shown (see the journal); pages leave it out.
    """

    id: str
    question: str
    asked_at: datetime
    language: str
    programme: str | None
    history: tuple[str, ...]
    status: str
    reason: str | None
    answer: Mapping[str, Any]
    state: State
    answer_id: str | None
    helpful: bool | None
    comment: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """Questions of one meaning: `size` is how many are in the state that was asked for.

    `cases` are they, the oldest first, or the latest of them where a page was told to show few.
    A question that belongs to no group comes as a group of its own, with its own id.
    """

    id: str
    programme: str | None
    representative: str
    aspect: str | None
    size: int
    asked_at: datetime
    clear: bool
    assignee: str | None
    note: str | None
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Some groups in order, and the cursor of the next page, None behind the last."""

    groups: tuple[Group, ...]
    next: str | None


def read_group(row: Mapping[str, Any], members: tuple[Case, ...]) -> Group:
    """A group of its row; what has no group of its own speaks by its last question."""
    last = members[-1] if members else None
    if not row["representative"] and last is not None:
        said = {"representative": last.question, "programme": last.programme}
        row = {**row, **said, "asked_at": last.asked_at}
    return Group(
        row["id"],
        row["programme"],
        row["representative"],
        row["aspect"],
        row["size"],
        row["asked_at"],
        row["clear"],
        row["assignee"],
        row["note"],
        members,
    )


def read_case(row: Any) -> Case:
    """A case of its row, whose answer may be left out."""
    values = (row.id, row.question, row.asked_at, row.language, row.programme)
    answer = row.answer if "answer" in row._fields else {}
    shown = (row.status, row.reason, answer, row.state, row.answer_id)
    return Case(*values, tuple(row.history), *shown, row.helpful, row.comment)
