"""Previews: what publishing, editing or retracting an answer of staff would do.

Questions are decided again by a desk with the answers as they would be, beside the desk of now.
Where both have the same answers of staff for a question, they give it the same reply.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.answer import Answer, Reply, text_of
from assistant.contradiction import Contradictions
from assistant.desk import Desk
from assistant.exchange import Asked
from assistant.journal import Record
from assistant.query import Understanding
from assistant.staff_answer import PREFIX, StaffAnswer
from index.generation import Index

JUDGED = 200
"""Answered questions that are decided again, the latest."""

ChangeKind = Literal["changed", "broken", "taken", "contradiction"]


@dataclass(frozen=True, slots=True)
class Change:
    """Something good that would no longer be so.

    `changed`: an answered question would get another answer; `broken`: none any more; `taken`: a
    question that the documentation answers would no longer be answered from it; `contradiction`:
    the answer states another number or date than `document`. `before` is what is said now,
    `after` what would be said; `question_id` names a question that somebody asked.
    """

    kind: ChangeKind
    question: str
    before: str
    after: str
    question_id: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """A question that would stay unanswered, and why it is."""

    question_id: str
    question: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What would come of it. `closed` and `reopened` are ids of questions.

    `closed` would be answered by the answer; `reopened` are those that it had closed and that
    nothing would answer any more; `unchanged` counts answered questions that stay as they are.
    """

    closed: tuple[str, ...]
    still_open: tuple[Open, ...]
    reopened: tuple[str, ...]
    changes: tuple[Change, ...]
    unchanged: int


@dataclass(frozen=True, slots=True)
class Occasion:
    """The questions to decide again: those that wait, those it had closed, those that are good."""

    waiting: tuple[Record, ...] = ()
    closed: tuple[Record, ...] = ()
    good: tuple[Record, ...] = ()
    vouched: frozenset[str] = frozenset()
    """Ids of the questions that staff vouch for: theirs may change."""


class Previews:
    """Makes previews; remembers what it has read of an index."""

    def __init__(self, understanding: Understanding) -> None:
        self._understanding = understanding
        self._contradictions: tuple[Index, Contradictions] | None = None

    def contradictions(self, index: Index) -> Contradictions:
        """Those of an index."""
        if self._contradictions is None or self._contradictions[0] is not index:
            self._contradictions = (index, Contradictions(index, self._understanding))
        return self._contradictions[1]

    def preview(
        self,
        desk: Desk,
        index: Index,
        proposed: Sequence[StaffAnswer],
        answer: StaffAnswer,
        occasion: Occasion,
        today: date,
    ) -> Preview:
        """What comes of `proposed`, all answers as they would be, of which `answer` is changed.

        `desk` is the one of now, over `index`; where `answer` is not among the proposed ones it is
        retracted.
        """
        new = desk.with_answers(proposed)
        given = any(each.id == answer.id for each in proposed)
        trial = _Trial(desk, new, answer, today)
        everyone = {record.id: record for record in (*occasion.closed, *occasion.waiting)}
        closed = {id for id, record in everyone.items() if given and trial.settles(record)}
        changes = [change for record in occasion.good for change in trial.changes(record, occasion)]
        if given:
            changes.extend(self._taken(desk, trial, answer, occasion))
            changes.extend(self._contradicting(index, answer))
        return Preview(
            closed=tuple(sorted(closed)),
            still_open=tuple(
                Open(record.id, record.question, record.reason)
                for record in occasion.waiting
                if record.id not in closed
            ),
            reopened=tuple(
                record.id
                for record in occasion.closed
                if record.id not in closed and not trial.answered(record)
            ),
            changes=tuple(changes),
            unchanged=len(occasion.good) - sum(each.question_id is not None for each in changes),
        )

    def _taken(
        self, desk: Desk, trial: _Trial, answer: StaffAnswer, occasion: Occasion
    ) -> Iterator[Change]:
        """Questions that every programme is asked, and the answer's own: are they its to answer?"""
        content = answer.content
        waiting = {record.question for record in (*occasion.waiting, *occasion.closed)}
        usual = (aspect.question["fr"] for aspect in self._understanding.aspects.values())
        programmes = [content.programme] if content.programme else list(desk.programmes)
        for programme in programmes:
            for question in dict.fromkeys((content.question, *usual)):
                if question in waiting or any(question == w.text for w in content.wordings):
                    continue
                taken = trial.taken(Asked(question, programme))
                if taken is not None:
                    yield taken

    def _contradicting(self, index: Index, answer: StaffAnswer) -> Iterator[Change]:
        for found in self.contradictions(index).of(answer.content):
            question = answer.content.question
            yield Change(
                "contradiction", question, found.quote, found.said, document=found.document
            )


class _Trial:
    """Questions decided by the desk of now and by the one that would be."""

    def __init__(self, old: Desk, new: Desk, answer: StaffAnswer, today: date) -> None:
        self._old, self._new = old, new
        self._answer, self._today = answer, today

    def settles(self, record: Record) -> bool:
        """Whether the answer would be given to a question."""
        asked = asked_in(record, self._new.programmes)
        if all(each.id != self._answer.id for each in self._new.settling(asked, self._today)):
            return False
        return self._given(self._new.reply(asked, self._today))

    def answered(self, record: Record) -> bool:
        """Whether anything would answer a question."""
        asked = asked_in(record, self._new.programmes)
        return isinstance(self._new.reply(asked, self._today), Answer)

    def changes(self, record: Record, occasion: Occasion) -> Iterator[Change]:
        """What an answered question would lose."""
        asked = asked_in(record, self._old.programmes)
        if record.id in occasion.vouched or self._same(asked):
            return
        before = self._old.reply(asked, self._today)
        if not isinstance(before, Answer) or self._given(before):
            return  # it has no good answer now, or this very one
        after = self._new.reply(asked, self._today)
        if isinstance(after, Answer) and after.citations == before.citations:
            return
        kind: ChangeKind = "changed" if isinstance(after, Answer) else "broken"
        said = (text_of(before.segments), text_of(after.segments))
        yield Change(kind, record.question, *said, question_id=record.id)

    def taken(self, asked: Asked) -> Change | None:
        """Whether a question that the documentation answers would get the answer instead."""
        settling = self._new.settling(asked, self._today)
        if all(each.id != self._answer.id for each in settling) or self._same(asked):
            return None
        before = self._old.reply(asked, self._today)
        after = self._new.reply(asked, self._today)
        if not isinstance(before, Answer) or self._given(before) or not self._given(after):
            return None
        document = before.citations[0].document
        said = (text_of(before.segments), text_of(after.segments))
        return Change("taken", asked.question, *said, document=document)

    def _same(self, asked: Asked) -> bool:
        old = self._old.settling(asked, self._today)
        return old == self._new.settling(asked, self._today)

    def _given(self, reply: Reply) -> bool:
        document = f"{PREFIX}{self._answer.id}"
        return isinstance(reply, Answer) and any(c.document == document for c in reply.citations)


def asked_in(record: Record, programmes: Mapping[str, str]) -> Asked:
    """A kept question, asked again; a programme that is gone is no longer named."""
    programme = record.programme if record.programme in programmes else None
    return Asked(record.question, programme, record.language, record.history)


def good_ones(answered: Iterable[Record], unhelpful: frozenset[str]) -> tuple[Record, ...]:
    """Those answers that nobody called not helpful."""
    return tuple(record for record in answered if record.id not in unhelpful)
