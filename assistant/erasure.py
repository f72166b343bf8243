"""Erasure: questions that are too old, or that somebody wants forgotten, gone for good.

What is erased leaves nothing behind in the file of SQLite: freed pages are overwritten and the
file is packed. Of PostgreSQL the tables are written anew; its write-ahead log and backups age by
their own settings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import SQLAlchemyError

from assistant import redaction
from assistant.audit import note
from assistant.group_store import GroupStore
from assistant.redaction import Holder
from assistant.store import StaffUnavailable, Store
from assistant.tables import cases, feedback, groups, questions
from index.words import fold

SHORTEST = 3
"""Characters that a text to be forgotten has at least: fewer stand in every second question."""
_CONVERSATION = timedelta(hours=24)
"""Time in which a later question's history may hold an earlier one."""
_AT_ONCE = 500
_PACKED = (
    "questions", "feedback", "cases", "traits", "groups", "answers", "answer_revisions",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased: how many of each; `answers` are ids of those that say it themselves.

    An answer is staff's own text: what it says now is not erased, they are told to change it, but
    `revisions` counts the earlier ones that said it. `packed` is False where others kept the
    database from being packed: the same command does it then.
    """

    questions: int = 0
    groups: int = 0
    notes: int = 0
    wordings: int = 0
    revisions: int = 0
    answers: tuple[str, ...] = ()
    packed: bool = True


class Erasure(Store):
    """Erases questions with all that hangs on them; every method raises StaffUnavailable."""

    def __init__(self, engine: Engine, groups: GroupStore) -> None:
        super().__init__(engine)
        self._groups = groups

    def purge(self, before: datetime, by: str, at: datetime) -> Erased:
        """Erase what was asked before a moment; answers of staff stay, with their wordings."""
        with self.writing() as connection:
            old = select(questions.c.id).where(questions.c.asked_at < before)
            ids = list(connection.execute(old).scalars())
            gone = self._erase(connection, ids)
            if ids:
                note(connection, at, by, "erasure.purge", "questions", questions=len(ids))
        return Erased(len(ids), gone, packed=self._pack(bool(ids)))

    def found(self, text: str) -> tuple[str, ...]:
        """The ids of questions that `forget` would erase: of that id, or that hold the text."""
        with self.reading() as connection:
            return tuple(self._matching(connection, text))

    def forget(self, text: str, by: str, at: datetime) -> Erased:
        """Erase the question of that id, or all that hold the text, whatever its case and accents.

        Raises ValueError for a text that is too short.
        """
        with self.writing() as connection:
            ids = self._matching(connection, text)
            holds = Holder(text)
            gone = self._erase(connection, ids)
            notes = redaction.erase_notes(connection, holds)
            wordings = redaction.erase_wordings(connection, frozenset(ids), holds, at)
            revisions = redaction.erase_revisions(connection, holds)
            saying = tuple(redaction.saying(connection, holds))
            counts = {"questions": len(ids), "notes": notes, "wordings": wordings}
            told = {**counts, **({"revisions": revisions} if revisions else {})}
            note(connection, at, by, "erasure.forget", "questions", **told)
        packed = self._pack(True)
        return Erased(len(ids), gone, notes, wordings, revisions, saying, packed)

    def _matching(self, connection: Connection, text: str) -> list[str]:
        known = select(questions).where(questions.c.id == text.strip())
        row = connection.execute(known).one_or_none()
        if row is not None:
            return [row.id, *_repeating(connection, row)]
        if len(fold(text)) < SHORTEST:
            raise ValueError(f"{text!r} is too short: give {SHORTEST} characters or more, or an id")
        return holding(connection, text)

    def _erase(self, connection: Connection, ids: Sequence[str]) -> int:
        """Erase questions; how many groups were left empty and went with them."""
        touched: set[str] = set()
        for some in _portions(ids):
            mine = select(cases.c.group_id).where(cases.c.question_id.in_(some)).distinct()
            touched.update(id for id in connection.execute(mine).scalars() if id is not None)
            # Feedback and cases go with them.
            connection.execute(questions.delete().where(questions.c.id.in_(some)))
        left: set[str] = set()
        for some in _portions(sorted(touched)):
            mine = select(cases.c.group_id).where(cases.c.group_id.in_(some)).distinct()
            left.update(connection.execute(mine).scalars())
        for some in _portions(sorted(touched - left)):
            connection.execute(groups.delete().where(groups.c.id.in_(some)))
        self._groups.refresh(connection, left)
        return len(touched - left)

    def _pack(self, changed: bool) -> bool:
        """Leave nothing of what was erased in the files; whether that could be done now."""
        if not changed:
            return True
        try:
            with self.engine.connect().execution_options(
                isolation_level="AUTOCOMMIT"
            ) as connection:
                if self.engine.dialect.name == "postgresql":
                    for table in _PACKED:
                        connection.exec_driver_sql(f"VACUUM (FULL) {table}")
                    return True
                driver: Any = connection.connection.driver_connection
                driver.execute(f"PRAGMA busy_timeout = {_PATIENCE_S * 1000}")
                driver.execute("VACUUM")
                busy = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
                return not busy
        except SQLAlchemyError as error:
            raise StaffUnavailable(str(error.__class__.__name__)) from None
        except self.engine.dialect.loaded_dbapi.Error:
            return False


_PATIENCE_S = 30


def holding(connection: Connection, text: str) -> list[str]:
    """The ids of questions that hold a text, in themselves, their history or their feedback."""
    holds = Holder(text)
    columns = (questions.c.id, questions.c.question, questions.c.history, feedback.c.comment)
    said = questions.outerjoin(feedback, feedback.c.question_id == questions.c.id)
    query = select(*columns).select_from(said).order_by(questions.c.id)
    rows = connection.execute(query.execution_options(yield_per=1000))
    return [
        row.id
        for row in rows
        if holds(row.question) or holds(row.comment) or any(map(holds, row.history))
    ]


def _repeating(connection: Connection, row: Any) -> Iterator[str]:
    """Later questions of the same conversation, whose history repeats one."""
    until = row.asked_at + _CONVERSATION
    later = select(questions.c.id, questions.c.history).where(
        questions.c.asked_at.between(row.asked_at, until), questions.c.id != row.id
    )
    for other in connection.execute(later):
        if row.question in other.history:
            yield other.id


def _portions(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(ids), _AT_ONCE):
        yield ids[first : first + _AT_ONCE]
