"""Extracts: the kept questions with all that is known of them, to be taken elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, select

from assistant.erasure import holding
from assistant.store import Store
from assistant.tables import cases, feedback, groups, questions

COLUMNS = (
    "id", "asked_at", "question", "history", "language", "asked_in", "programme", "status",
    "reason", "answer", "sources", "channel", "helpful", "comment", "state", "group",
    "representative", "answered_by",
)  # fmt: skip
_AT_ONCE = 500


class Extracts(Store):
    """Reads the questions, the oldest first, some at a time. Raises StaffUnavailable."""

    def __init__(self, engine: Engine, portion: int = _AT_ONCE) -> None:
        super().__init__(engine)
        self._portion = portion

    def rows(
        self,
        since: datetime | None = None,
        until: datetime | None = None,
        programme: str | None = None,
        containing: str | None = None,
    ) -> Iterator[dict[str, Any]]:
        """Each question as COLUMNS name it: lists of texts, moments as ISO 8601 in UTC.

        `until` is excluded; `containing` is a text that the question, its history or its feedback
        holds, whatever its case and accents.
        """
        ids = self._holding(containing) if containing is not None else None
        last = ""
        while True:
            query = _query().where(questions.c.id > last).limit(self._portion)
            if since is not None:
                query = query.where(questions.c.asked_at >= since)
            if until is not None:
                query = query.where(questions.c.asked_at < until)
            if programme is not None:
                query = query.where(questions.c.programme == programme)
            if ids is not None:
                some = [id for id in ids if id > last][: self._portion]
                query = query.where(questions.c.id.in_(some))
            rows = self.read(query)
            yield from map(_row, rows)
            if ids is not None and some:
                last = some[-1]
            elif rows:
                last = rows[-1].id
            else:
                return

    def _holding(self, text: str) -> Sequence[str]:
        with self.reading() as connection:
            return holding(connection, text)


def _query() -> Any:
    joined = (
        questions.outerjoin(feedback, feedback.c.question_id == questions.c.id)
        .outerjoin(cases, cases.c.question_id == questions.c.id)
        .outerjoin(groups, groups.c.id == cases.c.group_id)
    )
    beside = (
        feedback.c.helpful, feedback.c.comment, cases.c.state, cases.c.group_id,
        cases.c.answer_id, groups.c.representative,
    )  # fmt: skip
    return select(questions, *beside).select_from(joined).order_by(questions.c.id)


def _row(row: Any) -> dict[str, Any]:
    shown = row.answer or {}
    values = (
        row.id,
        row.asked_at.isoformat(),
        row.question,
        list(row.history),
        row.language,
        row.asked_in,
        row.programme,
        row.status,
        row.reason,
        " ".join(segment["text"] for segment in shown.get("segments", ())),
        [citation["document"] for citation in shown.get("citations", ())],
        row.channel,
        row.helpful,
        row.comment,
        row.state,
        row.group_id,
        row.representative,
        row.answer_id,
    )
    return dict(zip(COLUMNS, values, strict=True))
