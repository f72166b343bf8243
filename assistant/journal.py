"""The journal: what was asked and what was shown, kept for staff until it is purged.

Personal data is masked here, before the first write; nothing else writes questions.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from secrets import randbits
from typing import Any, Literal, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Engine, Row, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError, StatementError

from assistant import case_book, tables
from assistant.answer import Reason, Reply
from assistant.convoy import Convoy
from assistant.database import reading, writing
from assistant.personal import mask

Status = Literal["answered", "partial", "clarify", "unanswered", "smalltalk"]
Channel = Literal["api", "page", "terminal"]
_T = TypeVar("_T")


# Four busy writers wait for one another a tenth of a second; a candidate should not wait
# for a stuck database much longer, nor hold a thread that could answer somebody else.
PATIENCE_SECONDS = 3.0
# How long nothing is written after a write has waited in vain.
REST_SECONDS = 3.0
# Ids in one statement; SQLite takes some 32,000 values.
_AT_ONCE = 1_000


class JournalUnavailable(Exception):  # noqa: N818 - an outage, not a mistake
    """The database cannot be reached or written just now; answering can go on without it."""


@dataclass(frozen=True, slots=True)
class Record:
    """A question with what was shown for it.

    `answer` is a snapshot (see `snapshot`), true after a rebuild; `generation` names the index
    that gave it; `aspect` is what it was understood to ask about first. `language` is the reply's,
    `asked_in` the one that the question was typed in. Whether `question` and `history` are masked
    depends on the side: the journal masks what it is given, and gives back what it kept.
    """

    id: str
    asked_at: datetime
    question: str
    language: str
    programme: str | None
    history: tuple[str, ...]
    status: Status
    reason: Reason | None
    answer: Mapping[str, Any]
    generation: str | None
    took_ms: float
    channel: Channel
    aspect: str | None = None
    asked_in: str | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a candidate thought of an answer."""

    question_id: str
    helpful: bool
    comment: str | None
    given_at: datetime


def new_id() -> str:
    """A fresh id: later ones sort behind earlier ones, and none can be guessed.

    A version 7 UUID (RFC 9562): 48 bits of milliseconds, 12 of their fraction, 62 random.
    """
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | (rest * 4096 // 1_000_000) << 64
    return str(UUID(int=value | 0b10 << 62 | randbits(62)))


def snapshot(reply: Reply) -> dict[str, Any]:
    """What was shown, as JSON: `segments`, and where the reply has them `citations`, `choices`."""
    return {
        name: [asdict(part) for part in getattr(reply, name)]
        for name in ("segments", "citations", "choices")
        if hasattr(reply, name)
    }


class Journal:
    """Questions and feedback in the database.

    Every method raises JournalUnavailable in an outage, and ValueError for what the schema refuses.
    Questions that come while others are written go together in the next transaction. A write waits
    `patience` seconds for others' at most; when that was in vain, those of the next `rest` seconds
    fail at once, so that a stuck database does not use up the threads that answer.
    """

    def __init__(
        self, engine: Engine, patience: float = PATIENCE_SECONDS, rest: float = REST_SECONDS
    ) -> None:
        self._engine = engine
        self._patience = patience
        self._rest = rest
        self._resting_until = 0.0
        self._records = Convoy[Mapping[str, Any]](self._insert)

    def record(self, record: Record) -> None:
        """Keep a question, masked. When this returns, a crash no longer loses it."""
        kept = replace(
            record,
            question=_kept(record.question),
            history=tuple(_kept(question) for question in record.history),
        )
        self._records({field.name: getattr(kept, field.name) for field in fields(kept)})

    def feedback(self, id: str, helpful: bool, comment: str | None, at: datetime) -> bool:
        """Keep what a candidate thought, in place of what they said before; so does its case.

        False when no such question is kept.
        """
        comment = _kept(comment).strip() if comment else None
        given = {"helpful": helpful, "comment": comment or None, "given_at": at}
        values = select(
            tables.questions.c.id,
            *(literal(value, tables.feedback.c[name].type) for name, value in given.items()),
        ).where(tables.questions.c.id == id)
        statement = self._upsert(["question_id", *given], values, "question_id", given)
        before = select(tables.feedback.c.helpful).where(tables.feedback.c.question_id == id)

        def write(connection: Connection) -> bool:
            was = connection.execute(before).scalar()
            kept = connection.execute(statement).all()
            if kept and was is not None and was != helpful:
                case_book.judged(connection, id, helpful, at)
            return bool(kept)

        return self._write(write)

    def question(self, id: str) -> Record | None:
        """The kept question of that id."""
        found = self._read(select(tables.questions).where(tables.questions.c.id == id))
        return _record(found[0]) if found else None

    def questions(self, ids: Collection[str]) -> tuple[Record, ...]:
        """Those questions of these ids that are kept, the oldest first."""
        rows: list[Row[Any]] = []
        every = sorted(set(ids))
        for first in range(0, len(every), _AT_ONCE):
            some = tables.questions.c.id.in_(every[first : first + _AT_ONCE])
            rows.extend(self._read(select(tables.questions).where(some)))
        return tuple(sorted(map(_record, rows), key=lambda record: record.id))

    def unhelpful(self, ids: Collection[str]) -> frozenset[str]:
        """Those of these questions whose answer a candidate called not helpful."""
        table = tables.feedback
        asked = select(table.c.question_id).where(table.c.helpful.is_(False))
        rows = self._read(asked.where(table.c.question_id.in_(sorted(set(ids)))))
        return frozenset(row.question_id for row in rows)

    def feedback_on(self, id: str) -> Feedback | None:
        """The feedback on the question of that id."""
        found = self._read(select(tables.feedback).where(tables.feedback.c.question_id == id))
        return Feedback(**found[0]._mapping) if found else None

    def recent(
        self,
        limit: int,
        statuses: Collection[Status] | None = None,
        programme: str | None = None,
        before: str | None = None,
    ) -> tuple[Record, ...]:
        """The latest questions, newest first; those before the id `before` when it is given."""
        table = tables.questions
        query = select(table).order_by(table.c.id.desc()).limit(limit)
        if statuses is not None:
            query = query.where(table.c.status.in_(statuses))
        if programme is not None:
            query = query.where(table.c.programme == programme)
        if before is not None:
            query = query.where(table.c.id < before)
        return tuple(_record(row) for row in self._read(query))

    def _upsert(self, names: list[str], values: Any, key: str, changed: Mapping[str, Any]) -> Any:
        dialect = sqlite if self._engine.dialect.name == "sqlite" else postgresql
        statement = dialect.insert(tables.feedback).from_select(names, values)
        return statement.on_conflict_do_update(
            index_elements=[key], set_={name: statement.excluded[name] for name in changed}
        ).returning(tables.feedback.c.question_id)

    def _insert(self, records: Sequence[Mapping[str, Any]]) -> None:
        statement = tables.questions.insert()
        self._write(lambda connection: connection.execute(statement, records))

    def _write(self, write: Callable[[Connection], _T]) -> _T:
        began = time.monotonic()
        if began < self._resting_until:
            raise JournalUnavailable("the database did not answer a moment ago")
        try:
            with writing(self._engine, self._patience) as connection:
                return write(connection)
        except SQLAlchemyError as error:
            now = time.monotonic()
            if now - began >= self._patience:
                self._resting_until = now + self._rest
            raise _fault(error) from None

    def _read(self, query: Any) -> list[Row[Any]]:
        try:
            with reading(self._engine) as connection:
                return list(connection.execute(query).all())
        except SQLAlchemyError as error:
            raise _fault(error) from None


def _kept(text: str) -> str:
    # PostgreSQL takes no NUL, and no database a lone surrogate.
    return mask(text.replace("\0", "").encode("utf-8", "replace").decode("utf-8"))


def _record(row: Row[Any]) -> Record:
    values = dict(row._mapping)
    values["history"] = tuple(values["history"])
    return Record(**values)


def _fault(error: SQLAlchemyError) -> Exception:
    # PostgreSQL goes on with the row itself, which holds the question.
    line = str(getattr(error, "orig", None) or type(error).__name__).partition("\n")[0]
    never_sent = isinstance(error, StatementError) and not isinstance(error, DBAPIError)
    if never_sent or isinstance(error, IntegrityError | DataError):
        # A caller's mistake (an id used twice, an unknown status), not an outage.
        return ValueError(line)
    return JournalUnavailable(line)
