"""The group store: what staff change of the queue; every change is in the audit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from assistant.audit import note
from assistant.case_store import recount, wordings_of
from assistant.grouping import described
from assistant.journal import new_id
from assistant.likeness import Shapes
from assistant.store import Store
from assistant.tables import cases, groups, questions

_AT_ONCE = 500


class NoSuchGroup(LookupError):  # noqa: N818 - as `KeyError` says which key
    """There is no group, or no question in the queue, of that id."""


class UnlikeGroups(ValueError):  # noqa: N818 - what a caller gave
    """Groups of different programmes, which one answer could not settle."""


class GroupStore(Store):
    """Changes groups and cases; `by` is who does. Every method raises StaffUnavailable."""

    def __init__(self, engine: Engine, aspects: Sequence[str], encoder: str = "") -> None:
        super().__init__(engine)
        self._shapes = Shapes(tuple(aspects), None)
        self._encoder = encoder

    def programmes_of(
        self, groups_named: Collection[str] = (), questions_named: Collection[str] = ()
    ) -> frozenset[str | None]:
        """The programmes that some groups and questions are about. Raises NoSuchGroup."""
        with self.reading() as connection:
            of_groups = _programmes(connection, groups.c.id, groups.c.programme, groups_named)
            inside = questions.join(cases, cases.c.question_id == questions.c.id)
            of_questions = _programmes(
                connection, questions.c.id, questions.c.programme, questions_named, inside
            )
        return of_groups | of_questions

    def merge(self, ids: Sequence[str], by: str, at: datetime) -> str:
        """Make one group of several, the first of them; its id.

        Raises NoSuchGroup, UnlikeGroups.
        """
        first, *others = dict.fromkeys(ids)
        with self.writing() as connection:
            rows = {id: _row(connection, id) for id in (first, *others)}
            if len({row.programme for row in rows.values()}) > 1:
                raise UnlikeGroups("these groups are of different programmes")
            notes = [row.note for row in rows.values() if row.note]
            kept = {
                "note": "\n\n".join(dict.fromkeys(notes)) or None,
                "assignee": next((row.assignee for row in rows.values() if row.assignee), None),
            }
            for some in _portions(others):
                mine = cases.c.group_id.in_(some)
                connection.execute(cases.update().where(mine).values(group_id=first))
                connection.execute(groups.delete().where(groups.c.id.in_(some)))
            connection.execute(groups.update().where(groups.c.id == first).values(kept))
            self.refresh(connection, [first])
            note(connection, at, by, "group.merge", f"group:{first}", merged=list(others))
        return first

    def split(self, id: str, chosen: Sequence[str], by: str, at: datetime) -> str:
        """Put some questions of a group into one of their own; its id. Raises NoSuchGroup."""
        with self.writing() as connection:
            row = _row(connection, id)
            inside = select(cases.c.question_id).where(cases.c.group_id == id)
            members = set(connection.execute(inside).scalars())
            wanted = list(dict.fromkeys(chosen))
            if missing := [each for each in wanted if each not in members]:
                raise NoSuchGroup(missing[0])
            made = new_id()
            values = {"id": made, "programme": row.programme, "size": 0, "clear": row.clear}
            words = {"representative": row.representative, "asked_at": row.asked_at}
            connection.execute(groups.insert().values(**values, **words, aspect=row.aspect))
            for some in _portions(wanted):
                mine = cases.c.question_id.in_(some)
                connection.execute(cases.update().where(mine).values(group_id=made))
            self.refresh(connection, [id, made])
            note(connection, at, by, "group.split", f"group:{id}", made=made, moved=len(wanted))
        return made

    def assign(self, id: str, assignee: str | None, by: str, at: datetime) -> None:
        """Say who takes care of a group; None: nobody. Raises NoSuchGroup."""
        with self.writing() as connection:
            _row(connection, id)
            changed = groups.update().where(groups.c.id == id)
            connection.execute(changed.values(assignee=assignee))
            note(connection, at, by, "group.assign", f"group:{id}", assignee=assignee)

    def write_note(self, id: str, text: str | None, by: str, at: datetime) -> None:
        """Put a note on a group, in place of the one before. Raises NoSuchGroup."""
        with self.writing() as connection:
            _row(connection, id)
            changed = groups.update().where(groups.c.id == id)
            connection.execute(changed.values(note=text or None))
            # What it says may name a person, and the audit is not erased.
            note(connection, at, by, "group.note", f"group:{id}", written=bool(text))

    def dismiss(self, ids: Sequence[str], as_: str, by: str, at: datetime) -> tuple[str, ...]:
        """Close questions without an answer; those that were open or apart. Raises NoSuchGroup."""
        return self._move(ids, ("open", "apart"), "dismissed", by, at, {"as": as_})

    def reopen(self, ids: Sequence[str], by: str, at: datetime) -> tuple[str, ...]:
        """Put questions that were dismissed or apart into the queue. Raises NoSuchGroup.

        The clerk gives those a group that have none.
        """
        return self._move(ids, ("dismissed", "apart"), "open", by, at, {})

    def refresh(self, connection: Connection, ids: Collection[str]) -> None:
        """Bring sizes, latest dates and representatives of groups up to their questions."""
        recount(connection, ids)
        words: dict[str, list[Any]] = {}
        for each in wordings_of(connection, ids, self._encoder):
            words.setdefault(each.group, []).append(each)
        # One whose questions are all answered or dismissed is spoken for by these.
        for each in wordings_of(connection, set(ids) - words.keys(), self._encoder, None):
            words.setdefault(each.group, []).append(each)
        latest = select(cases.c.group_id, func.max(questions.c.asked_at).label("at"))
        latest = latest.join(questions, questions.c.id == cases.c.question_id)
        for some in _portions(ids):
            query = latest.where(cases.c.group_id.in_(some)).group_by(cases.c.group_id)
            for group, at in connection.execute(query):
                values: dict[str, Any] = {"asked_at": at}
                if group in words:
                    told = described(words[group], self._shapes)
                    values |= dict(zip(("representative", "aspect", "clear"), told, strict=True))
                connection.execute(groups.update().where(groups.c.id == group).values(values))

    def _move(
        self,
        ids: Sequence[str],
        from_: tuple[str, ...],
        to: str,
        by: str,
        at: datetime,
        detail: dict[str, Any],
    ) -> tuple[str, ...]:
        wanted = list(dict.fromkeys(ids))
        with self.writing() as connection:
            known: dict[str, Any] = {}
            for some in _portions(wanted):
                query = select(cases).where(cases.c.question_id.in_(some))
                known |= {row.question_id: row for row in connection.execute(query)}
            if missing := [id for id in wanted if id not in known]:
                raise NoSuchGroup(missing[0])
            moved = [id for id in wanted if known[id].state in from_]
            closed = at if to == "dismissed" else None
            for some in _portions(moved):
                mine = cases.update().where(cases.c.question_id.in_(some))
                connection.execute(mine.values(state=to, closed_at=closed))
            touched = {known[id].group_id for id in moved} - {None}
            self.refresh(connection, touched)
            action = "question.dismiss" if to == "dismissed" else "question.reopen"
            if len(moved) > 1:
                detail = {**detail, "questions": moved}
            if moved:
                note(connection, at, by, action, f"question:{moved[0]}", **detail)
        return tuple(moved)


def _row(connection: Connection, id: str) -> Any:
    row = connection.execute(select(groups).where(groups.c.id == id)).one_or_none()
    if row is None:
        raise NoSuchGroup(id)
    return row


def _programmes(
    connection: Connection, key: Any, column: Any, wanted: Collection[str], source: Any = None
) -> frozenset[str | None]:
    found: dict[str, str | None] = {}
    for some in _portions(wanted):
        query = select(key, column).where(key.in_(some))
        query = query if source is None else query.select_from(source)
        found |= {row[0]: row[1] for row in connection.execute(query)}
    if missing := [id for id in wanted if id not in found]:
        raise NoSuchGroup(missing[0])
    return frozenset(found.values())


def _portions(ids: Collection[str]) -> list[list[str]]:
    every = list(ids)
    return [every[first : first + _AT_ONCE] for first in range(0, len(every), _AT_ONCE)]
