"""The case queue: what staff read of the questions that wait, in pages of groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select

from assistant.case import Case, Group, Page, read_case, read_group
from assistant.case_filter import CaseFilter, cursor, place
from assistant.case_selection import among, behind, columns, conditions, members_of, read_from
from assistant.case_store import State
from assistant.store import Store
from assistant.tables import cases, groups, questions

PAGE = 100
"""Groups on a page, unless told otherwise."""
_AT_ONCE = 500


class BadCursor(ValueError):  # noqa: N818 - what a caller gave
    """A text that no page ended with."""


class CaseQueue(Store):
    """Reads the queue; every method raises StaffUnavailable."""

    def page(
        self,
        wanted: CaseFilter,
        after: str | None = None,
        limit: int = PAGE,
        each: int | None = None,
    ) -> Page:
        """Some groups, `each` questions of each at most (None: all of them).

        Open ones: those that something was understood of first, then by how many ask, then by how
        lately. Others: the latest first. Raises BadCursor.
        """
        rows = self._open(wanted, after, limit + 1) if wanted.state == "open" else None
        if rows is None:
            rows = self._others(wanted, after, limit + 1)
        shown, more = rows[:limit], len(rows) > limit
        found = self._cases([row["id"] for row in shown], wanted, each, answer=False)
        made = tuple(read_group(row, found.get(row["id"], ())) for row in shown)
        return Page(made, cursor(shown[-1]["place"]) if more else None)

    def flat(self, wanted: CaseFilter, after: str | None = None, limit: int = PAGE) -> Page:
        """Some questions, each by itself, the latest first. Raises BadCursor."""
        query = columns(answer=False).where(*conditions(wanted))
        query = query.order_by(questions.c.id.desc()).limit(limit + 1)
        if after is not None:
            query = query.where(questions.c.id < _place(after, (str,))[0])
        rows = self.read(query)
        made = []
        for row in rows[:limit]:
            one = read_case(row)
            of = {"programme": one.programme, "aspect": None, "assignee": None, "note": None}
            words = {"representative": one.question, "asked_at": one.asked_at, "clear": True}
            made.append(
                read_group({"id": row.group_id or one.id, "size": 1, **of, **words}, (one,))
            )
        return Page(tuple(made), cursor((made[-1].cases[0].id,)) if len(rows) > limit else None)

    def group(self, id: str, state: State = "open") -> Group | None:
        """A group with every question of it that is in this state; None when there is none."""
        rows = self.read(select(groups).where(groups.c.id == id))
        if not rows:
            return None
        found = self._cases([id], CaseFilter(state=state), None)
        members = found.get(id, ())
        return read_group({**rows[0]._mapping, "size": len(members)}, members)

    def questions_of(self, group: str) -> tuple[str, ...]:
        """The ids of a group's open questions, the oldest first."""
        query = select(cases.c.question_id).where(cases.c.group_id == group)
        query = query.where(cases.c.state == "open").order_by(cases.c.question_id)
        return tuple(row.question_id for row in self.read(query))

    def group_of(self, question: str) -> str | None:
        """The id of the group that a question waits in."""
        query = select(cases.c.group_id).where(cases.c.question_id == question)
        rows = self.read(query.where(cases.c.state == "open"))
        return rows[0].group_id if rows else None

    def case(self, id: str) -> Case | None:
        """The case of a question."""
        rows = self.read(columns().where(questions.c.id == id))
        return read_case(rows[0]) if rows else None

    def cases_of(self, ids: Sequence[str]) -> tuple[Case, ...]:
        """The cases of these questions, the oldest first; those that have none are left out."""
        found: list[Case] = []
        for first in range(0, len(ids), _AT_ONCE):
            some = questions.c.id.in_(ids[first : first + _AT_ONCE])
            found.extend(read_case(row) for row in self.read(columns().where(some)))
        return tuple(sorted(found, key=lambda each: each.id))

    def counts(self, programmes: Sequence[str | None] | None = None) -> dict[str, int]:
        """How many cases are in each state."""
        query = select(cases.c.state, func.count()).group_by(cases.c.state)
        if programmes is not None:
            asked = select(questions.c.id).where(among(questions.c.programme, programmes))
            query = query.where(cases.c.question_id.in_(asked))
        found = dict.fromkeys(("open", "apart", "closed", "dismissed"), 0)
        return found | {row[0]: row[1] for row in self.read(query)}

    def _open(self, wanted: CaseFilter, after: str | None, limit: int) -> list[dict[str, Any]]:
        table = groups.c
        order = (table.clear, table.size, table.asked_at, table.id)
        query = select(groups).where(table.size > 0).order_by(*(each.desc() for each in order))
        if wanted.programmes is not None:
            query = query.where(among(table.programme, wanted.programmes))
        if wanted.aspect is not None:
            query = query.where(table.aspect == wanted.aspect)
        if wanted.assignee is not None:
            query = query.where(table.assignee == wanted.assignee)
        if wanted.within:
            # A group is of one programme, with all its questions.
            asked = conditions(replace(wanted, programmes=None))
            inside = select(cases.c.group_id).where(*asked)
            query = query.where(table.id.in_(inside))
        if after is not None:
            clear, size, at, id = _place(after, (bool, int, float, str))
            last = (clear, size, _moment(at), id)
            query = query.where(behind(order, last))
        return [
            {**row._mapping, "place": (row.clear, row.size, row.asked_at.timestamp(), row.id)}
            for row in self.read(query.limit(limit))
        ]

    def _others(self, wanted: CaseFilter, after: str | None, limit: int) -> list[dict[str, Any]]:
        key = func.coalesce(cases.c.group_id, cases.c.question_id)
        last = func.max(cases.c.question_id)
        query = (
            select(key.label("id"), func.count().label("size"), last.label("last"))
            .select_from(read_from(wanted))
            .where(*conditions(wanted))
            .group_by(key)
            .order_by(last.desc())
            .limit(limit)
        )
        if wanted.aspect is not None or wanted.assignee is not None:
            some = [groups.c.aspect == wanted.aspect] if wanted.aspect is not None else []
            if wanted.assignee is not None:
                some.append(groups.c.assignee == wanted.assignee)
            query = query.where(cases.c.group_id.in_(select(groups.c.id).where(*some)))
        if after is not None:
            query = query.having(last < _place(after, (str,))[0])
        rows = self.read(query)
        known = {row.id: row for row in self._named(row.id for row in rows)}
        found = []
        for row in rows:
            group = dict(known[row.id]._mapping) if row.id in known else {}
            given = {"id": row.id, "size": row.size, "place": (row.last,)}
            found.append({**_NO_GROUP, **group, **given})
        return found

    def _named(self, ids: Iterable[str]) -> list[Any]:
        names = list(ids)
        return self.read(select(groups).where(groups.c.id.in_(names))) if names else []

    def _cases(
        self, ids: Sequence[str], wanted: CaseFilter, each: int | None, answer: bool = True
    ) -> dict[str, tuple[Case, ...]]:
        """The cases of these groups; where they are not open, those that the filter lets in."""
        found: dict[str, list[Case]] = {}
        for first in range(0, len(ids), _AT_ONCE):
            some = ids[first : first + _AT_ONCE]
            for row in self.read(members_of(some, wanted, each, answer)):
                found.setdefault(row.group_id or row.id, []).append(read_case(row))
        return {group: tuple(sorted(few, key=lambda one: one.id)) for group, few in found.items()}


_NO_GROUP = {
    "programme": None, "representative": "", "aspect": None, "clear": True,
    "asked_at": datetime.fromtimestamp(0, UTC),
    "assignee": None, "note": None,
}  # fmt: skip


def _place(text: str, kinds: tuple[type, ...]) -> tuple[Any, ...]:
    values = place(text, kinds)
    if values is None:
        raise BadCursor(text[:80])
    return values


def _moment(seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        raise BadCursor(str(seconds)) from None
