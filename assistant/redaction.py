"""Redaction: a text that is to be forgotten, taken out of what staff wrote and vouched for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from assistant.tables import answer_revisions, answers, groups
from index.words import fold

ERASED = "[effacé]"
"""What stands for a line that held it."""
_SAID = ("question", "answer", "source_url")
_AT_ONCE = 500


class Holder:
    """Whether a text holds another, whatever case and accents."""

    def __init__(self, wanted: str) -> None:
        self._wanted = fold(wanted)

    def __call__(self, text: str | None) -> bool:
        """Whether it does."""
        return bool(text) and self._wanted in fold(text or "")


def erase_notes(connection: Connection, holds: Holder) -> int:
    """Erase the notes on groups that hold a text; how many."""
    noted = select(groups.c.id, groups.c.note).where(groups.c.note.is_not(None))
    ids = [id for id, text in connection.execute(noted) if holds(text)]
    for first in range(0, len(ids), _AT_ONCE):
        some = groups.c.id.in_(ids[first : first + _AT_ONCE])
        connection.execute(groups.update().where(some).values(note=None))
    return len(ids)


def erase_wordings(
    connection: Connection, erased: Collection[str], holds: Holder, at: datetime
) -> int:
    """Erase questions from what staff vouched for, and from its history; how many stood there."""
    count = 0
    for row in connection.execute(select(answers.c.id, answers.c.wordings)).all():
        kept = [each for each in row.wordings if not _is_of(each, erased, holds)]
        if len(kept) < len(row.wordings):
            count += len(row.wordings) - len(kept)
            # Servers see by the time that it changed.
            values = {"wordings": kept, "changed_at": at}
            connection.execute(answers.update().where(answers.c.id == row.id).values(values))
    for row in connection.execute(select(answer_revisions)).all():
        wordings = row.content.get("wordings") or []
        kept = [each for each in wordings if not _is_of(each, erased, holds)]
        if len(kept) < len(wordings):
            _rewrite(connection, row, {"wordings": kept})
    return count


def erase_revisions(connection: Connection, holds: Holder) -> int:
    """Put a mark for each line that holds a text in what answers said before; in how many."""
    now = answers.c.revision == answer_revisions.c.revision
    earlier = select(answer_revisions).join(answers, answers.c.id == answer_revisions.c.answer_id)
    count = 0
    for row in connection.execute(earlier.where(~now)).all():
        said = [name for name in _SAID if holds(row.content.get(name))]
        if said:
            count += 1
            kept = {name: _marked(row.content[name], holds) for name in said}
            if "source_url" in said:
                kept["source_url"] = None
            _rewrite(connection, row, kept)
    return count


def _marked(text: str, holds: Holder) -> str | None:
    lines = [ERASED if holds(line) else line for line in text.split("\n")]
    return ERASED if holds("\n".join(lines)) else "\n".join(lines)


def _rewrite(connection: Connection, row: Any, changed: Mapping[str, Any]) -> None:
    table = answer_revisions.c
    mine = (table.answer_id == row.answer_id) & (table.revision == row.revision)
    values = {"content": {**row.content, **changed}}
    connection.execute(answer_revisions.update().where(mine).values(values))


def _is_of(wording: Mapping[str, Any], erased: Collection[str], holds: Holder) -> bool:
    said = (wording.get("text"), *(wording.get("history") or ()))
    return wording.get("question_id") in erased or any(map(holds, said))


def saying(connection: Connection, holds: Holder) -> Iterator[str]:
    """The ids of answers that hold a text in what they say now."""
    query = select(answers.c.id, *(answers.c[name] for name in _SAID)).order_by(answers.c.id)
    for row in connection.execute(query):
        if any(holds(row._mapping[name]) for name in _SAID):
            yield row.id
