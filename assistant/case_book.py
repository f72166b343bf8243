"""The case book: what an answer of staff or a candidate's second thought does to cases.

Each is kept in the transaction of what it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from assistant.tables import cases, groups, questions

_AT_ONCE = 500
"""Ids in one statement; SQLite takes some 32,000 values."""


def close(connection: Connection, ids: Sequence[str], answer: str, at: datetime) -> None:
    """Close the cases of these questions by an answer; one that has none yet gets it."""
    for some in _portions(ids):
        values = select(
            questions.c.id,
            literal("closed", cases.c.state.type),
            literal(answer, cases.c.answer_id.type),
            literal(at, cases.c.closed_at.type),
        ).where(questions.c.id.in_(some))
        dialect: Any = sqlite if connection.dialect.name == "sqlite" else postgresql
        names = ["question_id", "state", "answer_id", "closed_at"]
        statement = dialect.insert(cases).from_select(names, values)
        changed = {name: statement.excluded[name] for name in names[1:]}
        keys = ["question_id"]
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))
        _count(connection, some)


def reopen(connection: Connection, ids: Sequence[str], answer: str) -> None:
    """Open the cases of these questions again where that answer had closed them."""
    for some in _portions(ids):
        mine = cases.c.question_id.in_(some) & (cases.c.answer_id == answer)
        values = {"state": "open", "answer_id": None, "closed_at": None}
        connection.execute(cases.update().where(mine, cases.c.state == "closed").values(values))
        _count(connection, some)


def judged(connection: Connection, id: str, helpful: bool, at: datetime) -> None:
    """A candidate thinks otherwise of an answer: what waited for that alone closes, or opens again.

    Questions that got no whole answer wait for staff whatever the candidate thinks.
    """
    spoken = select(questions.c.id).where(questions.c.status.not_in(("unanswered", "partial")))
    mine = (cases.c.question_id == id) & cases.c.question_id.in_(spoken)
    mine &= cases.c.answer_id.is_(None)
    before, after = ("open", "closed") if helpful else ("closed", "open")
    values = {"state": after, "closed_at": at if helpful else None}
    connection.execute(cases.update().where(mine, cases.c.state == before).values(values))
    _count(connection, [id])


def _count(connection: Connection, ids: Sequence[str]) -> None:
    """Keep the sizes of the groups that these questions are in: their open cases."""
    touched = select(cases.c.group_id).where(cases.c.question_id.in_(ids))
    open_ones = (
        select(func.count())
        .select_from(cases)
        .where(cases.c.group_id == groups.c.id, cases.c.state == "open")
        .scalar_subquery()
    )
    connection.execute(groups.update().where(groups.c.id.in_(touched)).values(size=open_ones))


def _portions(ids: Iterable[str]) -> Iterator[list[str]]:
    every = list(dict.fromkeys(ids))
    for first in range(0, len(every), _AT_ONCE):
        yield every[first : first + _AT_ONCE]
