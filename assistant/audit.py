"""The audit: who changed what, and when; written with the change itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from assistant.journal import new_id
from assistant.store import Store
from assistant.tables import audit

# Who acts on the command line; no account has such a name.
TERMINAL = "(terminal)"


@dataclass(frozen=True, slots=True)
class Change:
    """One change: `action` as in "account.added", `subject` as in "account:Marie"."""

    id: str
    at: datetime
    account: str
    action: str
    subject: str
    detail: Mapping[str, Any] | None


def note(
    connection: Connection, at: datetime, account: str, action: str, subject: str, **detail: Any
) -> None:
    """Keep a change, in the transaction that makes it; `detail` is JSON without any secret."""
    values = {"id": new_id(), "at": at, "account": account, "action": action, "subject": subject}
    connection.execute(audit.insert().values(**values, detail=detail or None))


class Audit(Store):
    """Reads the changes. Nothing changes or removes them."""

    def latest(
        self, limit: int, account: str = "", subject: str = "", before: str | None = None
    ) -> tuple[Change, ...]:
        """The latest changes, newest first; those before the id `before` when it is given.

        Only those by `account`, and only those whose subject contains `subject`.
        """
        query = select(audit).order_by(audit.c.id.desc()).limit(limit)
        if account:
            query = query.where(audit.c.account == account)
        if subject:
            query = query.where(audit.c.subject.contains(subject, autoescape=True))
        if before:
            query = query.where(audit.c.id < before)
        return tuple(Change(**row._mapping) for row in self.read(query))

    def actors(self) -> tuple[str, ...]:
        """Everybody who ever changed something, by name."""
        query = select(audit.c.account).distinct().order_by(audit.c.account)
        return tuple(row.account for row in self.read(query))
