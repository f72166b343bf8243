"""The case store: what the clerk reads of the journal and of the cases, and writes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Engine, and_, exists, func, select, text

from assistant.store import Store
from assistant.tables import audit, cases, feedback, groups, questions, traits
from assistant.trait import Traits, packed, recorded, restored

State = Literal["open", "apart", "closed", "dismissed"]

# "cases" in ASCII: servers make cases in turn, as SQLite's own lock makes them do.
_TURN = 0x6361736573
_AT_ONCE = 500
"""Ids in one statement."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that has no case yet, or an open one in no group: `reopened` tells which."""

    id: str
    asked_at: datetime
    question: str
    language: str
    programme: str | None
    history: tuple[str, ...]
    reason: str | None
    reopened: bool


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case to be kept: `group` is None for one that stays apart."""

    question: Waiting
    group: str | None
    traits: Traits | None


@dataclass(frozen=True, slots=True)
class Wording:
    """A question of a group with its traits."""

    id: str
    group: str
    programme: str | None
    question: str
    language: str
    traits: Traits


class CaseStore(Store):
    """Cases in the database, as the clerk keeps them; `encoder` names what makes the vectors."""

    def __init__(self, engine: Engine, encoder: str = "") -> None:
        super().__init__(engine)
        self._encoder = encoder

    def waiting(
        self, limit: int, after: str = "", judged_after: datetime | None = None
    ) -> tuple[Waiting, ...]:
        """Questions to make cases of, the oldest first.

        Those that were not answered, whose id is behind `after`; those with an answer that did not
        help, said since `judged_after`; and those whose case was opened again without a group.
        """
        table = questions.c
        unknown = ~exists().where(cases.c.question_id == table.id)
        silent = table.status.in_(("unanswered", "partial")) & (table.id > after)
        unhelpful = select(feedback.c.question_id).where(feedback.c.helpful.is_(False))
        if judged_after is not None:
            unhelpful = unhelpful.where(feedback.c.given_at >= judged_after)
        homeless = select(cases.c.question_id).where(
            cases.c.group_id.is_(None), cases.c.state == "open"
        )
        found: dict[str, Waiting] = {}
        for condition, reopened in (
            (and_(silent, unknown), False),
            (and_(table.id.in_(unhelpful), unknown), False),
            (table.id.in_(homeless), True),
        ):
            query = select(questions).where(condition).order_by(table.id).limit(limit)
            for row in self.read(query):
                found[row.id] = _waiting(row, reopened)
        return tuple(found[id] for id in sorted(found))[:limit]

    def mark(self) -> str:
        """What any change of cases and groups changes."""
        with self.reading() as connection:
            return _mark(connection)

    def memberships(self) -> tuple[str, dict[str, frozenset[str]]]:
        """The mark of this state, and the ids of each group's open questions."""
        query = select(cases.c.group_id, cases.c.question_id).where(
            cases.c.state == "open", cases.c.group_id.is_not(None)
        )
        with self.reading() as connection:
            rows = connection.execute(query).all()
            mark = _mark(connection)
        found: dict[str, set[str]] = {}
        for group, question in rows:
            found.setdefault(group, set()).add(question)
        return mark, {group: frozenset(ids) for group, ids in found.items()}

    def wordings(self, wanted: Iterable[str]) -> tuple[Wording, ...]:
        """The open questions of these groups, the oldest first."""
        with self.reading() as connection:
            return wordings_of(connection, wanted, self._encoder)

    def add(
        self,
        mark: str,
        made: Sequence[NewCase],
        described: Mapping[str, tuple[str, str | None, bool]],
    ) -> str | None:
        """Keep cases, and what is new of the groups they are in; None when `mark` is past.

        The mark of the state that it leaves. `described` has the representative of each group, its
        aspect, and whether it is clear.
        """
        with self.writing() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": _TURN})
            if _mark(connection) != mark:
                return None
            self._keep_groups(connection, made, described)
            for case in made:
                self._keep(connection, case)
            recount(connection, described)
            return _mark(connection)

    def _keep_groups(
        self,
        connection: Connection,
        made: Sequence[NewCase],
        described: Mapping[str, tuple[str, str | None, bool]],
    ) -> None:
        latest: dict[str, datetime] = {}
        programmes: dict[str, str | None] = {}
        for case in made:
            if case.group is not None:
                at = case.question.asked_at
                latest[case.group] = max(at, latest.get(case.group, at))
                programmes[case.group] = case.question.programme
        for id, (words, aspect, clear) in described.items():
            values: dict[str, Any] = {"representative": words, "aspect": aspect, "clear": clear}
            known = connection.execute(
                select(groups.c.asked_at).where(groups.c.id == id)
            ).one_or_none()
            if known is None:
                new = {"id": id, "programme": programmes[id], "size": 0, "asked_at": latest[id]}
                connection.execute(groups.insert().values(**new, **values))
            else:
                values["asked_at"] = max(known.asked_at, latest.get(id, known.asked_at))
                connection.execute(groups.update().where(groups.c.id == id).values(values))

    def _keep(self, connection: Connection, case: NewCase) -> None:
        id, found = case.question.id, case.traits
        values = {
            "group_id": case.group,
            "state": "apart" if case.group is None else "open",
            "folded": found.folded if found else None,
        }
        mine = cases.c.question_id == id
        if not connection.execute(cases.update().where(mine).values(values)).rowcount:
            connection.execute(cases.insert().values(question_id=id, **values))
        connection.execute(traits.delete().where(traits.c.question_id == id))
        if found is not None:
            understood = recorded(found, self._encoder)
            new = {"question_id": id, "understood": understood, "vector": packed(found)}
            connection.execute(traits.insert().values(new))


def wordings_of(
    connection: Connection, wanted: Iterable[str], encoder: str, state: State | None = "open"
) -> tuple[Wording, ...]:
    """The questions of these groups in one state (None: in any), the oldest first."""
    columns = (
        cases.c.group_id, cases.c.folded, traits.c.understood, traits.c.vector,
        questions.c.id, questions.c.programme, questions.c.question, questions.c.language,
    )  # fmt: skip
    query = select(*columns).select_from(
        cases.join(questions, questions.c.id == cases.c.question_id).outerjoin(
            traits, traits.c.question_id == cases.c.question_id
        )
    )
    names = sorted(wanted)
    found = []
    for first in range(0, len(names), _AT_ONCE):
        some = query.where(cases.c.group_id.in_(names[first : first + _AT_ONCE]))
        if state is not None:
            some = some.where(cases.c.state == state)
        for row in connection.execute(some):
            known = restored(row.folded, row.understood, row.vector, encoder)
            said = (row.programme, row.question, row.language)
            found.append(Wording(row.id, row.group_id, *said, known))
    return tuple(sorted(found, key=lambda wording: wording.id))


def recount(connection: Connection, ids: Iterable[str]) -> None:
    """Keep the sizes of these groups: their open cases."""
    names = sorted(ids)
    mine = (cases.c.group_id == groups.c.id) & (cases.c.state == "open")
    size = select(func.count()).select_from(cases).where(mine).scalar_subquery()
    for first in range(0, len(names), _AT_ONCE):
        some = groups.c.id.in_(names[first : first + _AT_ONCE])
        connection.execute(groups.update().where(some).values(size=size))


def _mark(connection: Connection) -> str:
    """What clerks and staff change: how many cases are in which state, and the last of each;
    and the audit, which has every change that staff make.
    """
    last = func.max(cases.c.question_id)
    query = select(cases.c.state, func.count(), last).group_by(cases.c.state)
    counts = connection.execute(query.order_by(cases.c.state)).all()
    changed = connection.execute(select(func.max(audit.c.id))).scalar_one()
    return " ".join(str(each) for each in (changed, *counts))


def _waiting(row: Any, reopened: bool) -> Waiting:
    values = (row.id, row.asked_at, row.question, row.language, row.programme)
    return Waiting(*values, tuple(row.history), row.reason, reopened)
