"""Publishing: an answer of staff goes out, is edited, retracted or rolled back, as one operation.

What it would do is looked at first; what would take something good away is held back until it is
confirmed. When a method returns, this server and the others of its data folder give the answer.
"""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from assistant.answer_store import (
    AnswerStore,
    Effect,
    NoSuchAnswer,
    PublishedMeanwhile,
    RevisionConflict,
)
from assistant.draft import Draft, Questions, content_of
from assistant.journal import Record, Status, new_id
from assistant.office import Office
from assistant.preview import JUDGED, Occasion, Open, Preview, Previews, good_ones
from assistant.staff_answer import StaffAnswer, State, tidy
from assistant.store import StaffUnavailable

_SERVER_WAIT = 1.5  # seconds for the other servers of this data folder
_ATTEMPTS = 12  # each that fails is another answer that was published meanwhile
_TOLD = 50
"""Confirmed changes that the audit names."""


class Journal(Questions, Protocol):
    """The journal, as publishing needs it."""

    def recent(self, limit: int, statuses: Collection[Status] | None = None) -> tuple[Record, ...]:
        """The latest questions, newest first."""
        ...

    def unhelpful(self, ids: Collection[str]) -> frozenset[str]:
        """Those whose answer was called not helpful."""
        ...


@dataclass(frozen=True, slots=True)
class Published:
    """What came of it: ids of questions closed and opened again, and those that stay open."""

    answer: StaffAnswer
    closed: tuple[str, ...] = ()
    still_open: tuple[Open, ...] = ()
    reopened: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Nothing was published: that would change or contradict what `preview.changes` names."""

    preview: Preview


class Publishing:
    """Publishes over one office; every method raises StaffUnavailable and JournalUnavailable.

    Also UnusableAnswer, UnknownQuestions, NoSuchAnswer, RevisionConflict, and IndexUnavailable
    while nothing can be answered.
    """

    def __init__(self, office: Office, store: AnswerStore, journal: Journal) -> None:
        self._office = office
        self.store = store
        self._journal = journal
        self._previews = Previews(office.understanding)
        self._turn = threading.Lock()

    def preview(self, draft: Draft, at: datetime, id: str | None = None) -> Preview:
        """What publishing the draft, or the answer of that id so changed, would do."""
        self._office.follow_staff()
        old = self.store.answer(id) if id else None
        answer = self._answer(draft, old, "published", "", at)
        return self._looked_at(answer, old, draft, at)

    def keep(
        self, draft: Draft, by: str, at: datetime, id: str | None = None, expected: int = 0
    ) -> StaffAnswer:
        """Keep a draft, new or in place of an earlier one; candidates see nothing of it."""
        if id is None:
            return self.store.add(content_of(draft, None, self._journal), "draft", by, at)
        old = self.store.answer(id)
        if old.state == "published":
            raise RevisionConflict(id, expected, old.revision)
        content = content_of(draft, old, self._journal)
        return self.store.change(id, expected, content, "draft", by, at)

    def publish(
        self, draft: Draft, by: str, at: datetime, confirmed: bool = False
    ) -> Published | HeldBack:
        """Publish a new answer."""
        return self._carry_out(None, 0, draft, "published", by, at, confirmed)

    def edit(
        self,
        id: str,
        expected: int,
        draft: Draft,
        by: str,
        at: datetime,
        confirmed: bool = False,
    ) -> Published | HeldBack:
        """Publish an answer as it now should be; `expected` is the revision that was edited."""
        return self._carry_out(id, expected, draft, "published", by, at, confirmed)

    def retract(self, id: str, expected: int | None, by: str, at: datetime) -> Published:
        """Take an answer back; what it had closed opens again unless it is answered otherwise."""
        old = self.store.answer(id)
        revision = old.revision if expected is None else expected
        draft = Draft(old.content)
        done = self._carry_out(id, revision, draft, "retracted", by, at, True)
        assert isinstance(done, Published)
        return done

    def roll_back(
        self, id: str, revision: int, expected: int, by: str, at: datetime, confirmed: bool = False
    ) -> Published | HeldBack:
        """Make an answer what it was at a revision, in a new one."""
        earlier = next((e for e in self.store.history(id) if e.revision == revision), None)
        if earlier is None:
            raise NoSuchAnswer(f"{id}, revision {revision}")
        draft = Draft(earlier.content)
        told = (by, at, confirmed)
        return self._carry_out(id, expected, draft, earlier.state, *told, action="rolled_back")

    def _carry_out(
        self,
        id: str | None,
        expected: int,
        draft: Draft,
        state: State,
        by: str,
        at: datetime,
        confirmed: bool,
        action: str | None = None,
    ) -> Published | HeldBack:
        with self._turn:
            for _ in range(_ATTEMPTS):
                try:
                    done = self._once(id, expected, draft, state, by, at, confirmed, action)
                except PublishedMeanwhile:
                    continue  # somebody else's answer is to be looked at, too
                break
            else:
                raise StaffUnavailable("others are publishing without a pause")
        if isinstance(done, Published):
            self._office.follow_staff()
            self._office.wait_for_staff(_SERVER_WAIT)
        return done

    def _once(
        self,
        id: str | None,
        expected: int,
        draft: Draft,
        state: State,
        by: str,
        at: datetime,
        confirmed: bool,
        action: str | None,
    ) -> Published | HeldBack:
        self._office.follow_staff()
        mark = self._office.staff_mark
        old = self.store.answer(id) if id else None
        if old and old.revision != expected:
            raise RevisionConflict(old.id, expected, old.revision)
        answer = self._answer(draft, old, state, by, at, action)
        preview = self._looked_at(answer, old, draft, at)
        if preview.changes and not confirmed:
            return HeldBack(preview)
        before = frozenset(self.store.closed_by(answer.id)) if old else frozenset()
        closed = tuple(id for id in preview.closed if id not in before)
        noted = _noted(preview, confirmed)
        effect = Effect(closed, preview.reopened, mark, noted)
        if old is None:
            kept = self.store.add(answer.content, state, by, at, effect, answer.id)
        else:
            kept = self.store.change(
                old.id, expected, answer.content, state, by, at, effect, action
            )
        return Published(kept, preview.closed, preview.still_open, preview.reopened)

    def _looked_at(
        self, answer: StaffAnswer, old: StaffAnswer | None, draft: Draft, at: datetime
    ) -> Preview:
        desk, index = self._office.open_desk(), self._office.index
        assert index is not None
        others = [each for each in desk.answers if each.id != answer.id]
        proposed = [*others, answer] if answer.state == "published" else others
        vouched = frozenset(
            wording.question_id for wording in answer.content.wordings if wording.question_id
        )
        waiting = {
            *(draft.vouched or ()),
            *(self.store.waiting(draft.group) if draft.group else ()),
        }
        good: tuple[Status, ...] = ("answered",)
        answered = self._journal.recent(JUDGED, good)
        unhelpful = self._journal.unhelpful([record.id for record in answered])
        occasion = Occasion(
            waiting=self._journal.questions(waiting),
            closed=self._journal.questions(self.store.closed_by(old.id)) if old else (),
            good=good_ones(answered, unhelpful),
            vouched=vouched,
        )
        today = at.date()
        return self._previews.preview(desk, index, proposed, answer, occasion, today)

    def _answer(
        self,
        draft: Draft,
        old: StaffAnswer | None,
        state: State,
        by: str,
        at: datetime,
        action: str | None = None,
    ) -> StaffAnswer:
        # What is rolled back has its own wordings, what is retracted keeps them.
        own = action is not None or state == "retracted"
        content = tidy(draft.content if own else content_of(draft, old, self._journal))
        if old is None:
            return StaffAnswer(new_id(), 1, state, content, by, at, at)
        return replace(old, revision=old.revision + 1, state=state, content=content, changed_at=at)


def _noted(preview: Preview, confirmed: bool) -> dict[str, object]:
    """What the audit keeps of changes that somebody confirmed: their kinds, never a question."""
    if not (confirmed and preview.changes):
        return {}
    told = [{"kind": each.kind, "id": each.question_id} for each in preview.changes[:_TOLD]]
    return {"confirmed": told}
