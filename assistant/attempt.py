"""Attempts to sign in: counted by name and by address, so that nobody can guess for long."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from assistant.secret import digest
from assistant.store import Store
from assistant.tables import attempts

MOST = 10
WITHIN = timedelta(minutes=15)
_S = WITHIN.total_seconds()


class Attempts(Store):
    """Counts in the database, so that several processes count together."""

    def begin(self, keys: Iterable[str], at: datetime) -> int:
        """Count an attempt under each key; the seconds to wait when there were too many, else 0.

        What has to wait is not counted.
        """
        wait = 0
        now = at.timestamp()
        self._clear(at)
        with self.writing() as connection:
            # In one order, so that two never wait for each other.
            counted = {}
            for kept in sorted(map(digest, keys)):
                moments = [each for each in self._locked(connection, kept, at) if now - each < _S]
                if len(moments) >= MOST:
                    wait = max(wait, math.ceil(moments[-MOST] + _S - now), 1)
                counted[kept] = [*moments, now]
            if not wait:
                for kept, moments in counted.items():
                    changed = attempts.update().where(attempts.c.key == kept)
                    connection.execute(changed.values(moments=moments, last_at=at))
        return wait

    def succeeded(self, name: str, others: Iterable[str], at: datetime) -> None:
        """Forget what was tried under `name`, and this attempt under the others."""
        now = at.timestamp()
        with self.writing() as connection:
            for kept in sorted(map(digest, others)):
                moments = self._locked(connection, kept, at)
                if now in moments:
                    moments.remove(now)
                changed = attempts.update().where(attempts.c.key == kept)
                connection.execute(changed.values(moments=moments))
            connection.execute(attempts.delete().where(attempts.c.key == digest(name)))

    def _clear(self, at: datetime) -> None:
        """Remove what no longer counts, without waiting for what somebody is counting."""
        old = select(attempts.c.key).where(attempts.c.last_at < at - WITHIN)
        with self.writing() as connection:
            found = connection.execute(old.with_for_update(skip_locked=True)).scalars().all()
            if found:
                connection.execute(attempts.delete().where(attempts.c.key.in_(found)))

    def _locked(self, connection: Connection, key: str, at: datetime) -> list[float]:
        """The moments under a key, nobody else's until the transaction ends."""
        dialect = sqlite if self.engine.dialect.name == "sqlite" else postgresql
        row = dialect.insert(attempts).values(key=key, moments=[], last_at=at)
        row = row.on_conflict_do_update(index_elements=["key"], set_={"key": row.excluded.key})
        found = connection.execute(row.returning(attempts.c.moments)).scalar_one()
        return [float(each) for each in found]
