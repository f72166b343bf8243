"""The answer store: staff's answers in the database, every change with its history and audit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, text

from assistant import case_book
from assistant.answer_record import answer_of, columns_of, record_of, revision_of
from assistant.audit import note
from assistant.journal import new_id
from assistant.staff_answer import Content, Revision, StaffAnswer, State, tidy
from assistant.store import Store
from assistant.tables import answer_revisions, answers, cases

# "answer" in ASCII: writers of answers take turns, as SQLite's own lock makes them do.
_WRITING_LOCK = 0x616E73776572


class NoSuchAnswer(LookupError):  # noqa: N818 - as `KeyError` says which key
    """There is no answer of that id, or no such revision of it."""


class RevisionConflict(Exception):  # noqa: N818 - somebody was quicker
    """The answer is not at the revision that was expected: read it again, then change it."""

    def __init__(self, id: str, expected: int, current: int) -> None:
        super().__init__(f"the answer {id} is at revision {current}, not {expected}")
        self.current = current


class PublishedMeanwhile(Exception):  # noqa: N818 - to be looked at again
    """Other answers were published since what a change does was looked at."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does besides: ids of questions whose cases it closes and opens again.

    `mark` is the state of the store that this was found out for; `noted` goes into the audit.
    """

    closed: tuple[str, ...] = ()
    reopened: tuple[str, ...] = ()
    mark: str | None = None
    noted: Mapping[str, Any] = field(default_factory=dict)


NONE = Effect()


class AnswerStore(Store):
    """Answers of staff."""

    def mark(self) -> str:
        """A short text that any change of any answer changes; cheap enough to be polled."""
        with self.reading() as connection:
            return _mark(connection)

    def published(self) -> tuple[StaffAnswer, ...]:
        """Every published answer, the oldest first, whether valid today or not."""
        return self.answers(states=("published",))

    def answers(self, states: tuple[State, ...] | None = None) -> tuple[StaffAnswer, ...]:
        """Every answer (in one of these states), the oldest first."""
        query = select(answers).order_by(answers.c.id)
        if states is not None:
            query = query.where(answers.c.state.in_(states))
        with self.reading() as connection:
            return tuple(answer_of(row._mapping) for row in connection.execute(query))

    def answer(self, id: str) -> StaffAnswer:
        """The answer of that id; raises NoSuchAnswer."""
        with self.reading() as connection:
            return _found(connection, id)

    def history(self, id: str) -> tuple[Revision, ...]:
        """What an answer was, the first revision first; raises NoSuchAnswer."""
        query = select(answer_revisions).where(answer_revisions.c.answer_id == id)
        with self.reading() as connection:
            rows = connection.execute(query.order_by(answer_revisions.c.revision)).all()
        if not rows:
            raise NoSuchAnswer(id)
        return tuple(revision_of(row._mapping) for row in rows)

    def closed_by(self, id: str) -> tuple[str, ...]:
        """Ids of the questions that an answer closed."""
        query = select(cases.c.question_id).where(cases.c.answer_id == id)
        with self.reading() as connection:
            rows = connection.execute(query.where(cases.c.state == "closed"))
            return tuple(rows.scalars())

    def closed(self) -> tuple[tuple[str, str], ...]:
        """Every question that a published answer closed, as (question id, answer id)."""
        query = (
            select(cases.c.question_id, cases.c.answer_id)
            .join(answers, answers.c.id == cases.c.answer_id)
            .where(cases.c.state == "closed", answers.c.state == "published")
            .order_by(cases.c.question_id)
        )
        with self.reading() as connection:
            return tuple((row[0], row[1]) for row in connection.execute(query))

    def waiting(self, group: str) -> tuple[str, ...]:
        """Ids of the questions that wait in a group."""
        query = select(cases.c.question_id).where(cases.c.group_id == group)
        with self.reading() as connection:
            rows = connection.execute(query.where(cases.c.state == "open"))
            return tuple(rows.scalars())

    def add(
        self,
        content: Content,
        state: State,
        by: str,
        at: datetime,
        effect: Effect = NONE,
        id: str | None = None,
    ) -> StaffAnswer:
        """A new answer. Raises UnusableAnswer, PublishedMeanwhile."""
        content = tidy(content)
        added = StaffAnswer(id or new_id(), 1, state, content, by, at, at)
        with self._writing(effect) as connection:
            row = {"id": added.id, "created_at": at, **columns_of(added)}
            connection.execute(answers.insert().values(row))
            _note(connection, added, by, _ACTIONS[state], effect)
        return added

    def change(
        self,
        id: str,
        expected: int,
        content: Content,
        state: State,
        by: str,
        at: datetime,
        effect: Effect = NONE,
        action: str | None = None,
    ) -> StaffAnswer:
        """The next revision of an answer that is at the expected one.

        Raises UnusableAnswer, NoSuchAnswer, RevisionConflict, PublishedMeanwhile.
        """
        content = tidy(content)
        with self._writing(effect) as connection:
            current = _found(connection, id)
            if current.revision != expected:
                raise RevisionConflict(id, expected, current.revision)
            changed = StaffAnswer(
                id, expected + 1, state, content, current.author, current.created_at, at
            )
            mine = (answers.c.id == id) & (answers.c.revision == expected)
            connection.execute(answers.update().where(mine).values(columns_of(changed)))
            told = action or ("edited" if current.state == state else _ACTIONS[state])
            _note(connection, changed, by, told, effect)
        return changed

    @contextmanager
    def _writing(self, effect: Effect) -> Iterator[Connection]:
        with self.writing() as connection:
            if connection.dialect.name == "postgresql":
                lock = text("SELECT pg_advisory_xact_lock(:lock)")
                connection.execute(lock, {"lock": _WRITING_LOCK})
            if effect.mark is not None and _mark(connection) != effect.mark:
                raise PublishedMeanwhile
            yield connection


_ACTIONS: Mapping[State, str] = {
    "draft": "drafted",
    "published": "published",
    "retracted": "retracted",
}


def _note(
    connection: Connection, answer: StaffAnswer, by: str, action: str, effect: Effect
) -> None:
    """The revision, the cases and the audit of one change, in its transaction."""
    connection.execute(
        answer_revisions.insert().values(
            answer_id=answer.id,
            revision=answer.revision,
            at=answer.changed_at,
            account=by,
            content={"state": answer.state, **record_of(answer.content)},
        )
    )
    case_book.reopen(connection, effect.reopened, answer.id)
    case_book.close(connection, effect.closed, answer.id, answer.changed_at)
    counts = {"closed": len(effect.closed), "reopened": len(effect.reopened)}
    told = {"revision": answer.revision, **counts, **effect.noted}
    note(connection, answer.changed_at, by, f"answer.{action}", f"answer:{answer.id}", **told)


def _mark(connection: Connection) -> str:
    # Revisions only grow and answers are seldom deleted: hardly a change keeps all three.
    figures = select(
        func.count(), func.coalesce(func.sum(answers.c.revision), 0), func.max(answers.c.changed_at)
    )
    count, revisions, changed = connection.execute(figures).one()
    return f"{count} {revisions} {changed}"


def _found(connection: Connection, id: str) -> StaffAnswer:
    row = connection.execute(select(answers).where(answers.c.id == id)).one_or_none()
    if row is None:
        raise NoSuchAnswer(id)
    return answer_of(row._mapping)
