"""Drafts: what staff are about to publish, with the questions that they vouch for by id."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.journal import Record
from assistant.staff_answer import Content, StaffAnswer, Wording


class Questions(Protocol):
    """Questions that are kept."""

    def questions(self, ids: Collection[str]) -> tuple[Record, ...]:
        """Those of these ids that are kept."""
        ...


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be published; `content` comes without wordings.

    `vouched` are ids of questions that mean the same and become its wordings (None: those it has
    stay); `group` names the group whose other questions are asked again.
    """

    content: Content
    vouched: tuple[str, ...] | None = None
    group: str | None = None


class UnknownQuestions(LookupError):  # noqa: N818 - as `KeyError` says which key
    """Questions of these ids are not kept."""

    def __init__(self, ids: tuple[str, ...]) -> None:
        super().__init__(", ".join(ids))
        self.ids = ids


def content_of(draft: Draft, old: StaffAnswer | None, kept: Questions) -> Content:
    """What a draft says, with the wordings that it vouches for; raises UnknownQuestions."""
    if draft.vouched is None:
        same = old.content.wordings if old else draft.content.wordings
        return replace(draft.content, wordings=same)
    records = {record.id: record for record in kept.questions(draft.vouched)}
    # What was vouched for once stays so, although the question itself may be purged.
    known = {wording.question_id: wording for wording in old.content.wordings} if old else {}
    missing = tuple(id for id in draft.vouched if id not in records and id not in known)
    if missing:
        raise UnknownQuestions(missing)
    wordings = tuple(
        Wording(records[id].question, id, records[id].history) if id in records else known[id]
        for id in dict.fromkeys(draft.vouched)
    )
    return replace(draft.content, wordings=wordings)
