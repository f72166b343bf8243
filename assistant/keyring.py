"""The key ring: secrets that a site's back ends ask with; only their digests are kept."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import SQLAlchemyError

from assistant.database import reading, writing
from assistant.tables import keys

PREFIX = "assistant_"  # so that whoever finds one in a file knows what it is
LONGEST_NAME = 80
# How long nobody asks a database that did not answer; the keys of that time count as unknown.
REST_SECONDS = 3.0


class KeyRingError(Exception):
    """A key that cannot be added or revoked: one line with its name and the remedy."""


class KeyRingUnavailable(Exception):  # noqa: N818 - an outage, not a mistake
    """The database cannot be reached just now."""


@dataclass(frozen=True, slots=True)
class BackEnd:
    """Who asks with a key; `revoked_at` is None while the key opens."""

    name: str
    added_at: datetime
    revoked_at: datetime | None


class KeyRing:
    """Keys in the database. A revoked one stops at the next request."""

    def __init__(self, engine: Engine, rest: float = REST_SECONDS) -> None:
        self._engine = engine
        self._rest = rest
        self._resting_until = 0.0

    def add(self, name: str, at: datetime) -> str:
        """A new secret, which is shown now and never again; raises KeyRingError."""
        name = " ".join(name.split())
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            raise KeyRingError(f"a key needs a name of 1 to {LONGEST_NAME} characters")
        secret = PREFIX + token_urlsafe(32)
        with self._writing() as connection:
            if connection.execute(_open_ones().where(keys.c.name == name)).first():
                raise KeyRingError(f"{name!r} has a key: revoke it first, or give another name")
            values = {"digest": _digest(secret), "name": name, "added_at": at}
            connection.execute(keys.insert().values(values))
        return secret

    def revoke(self, name: str, at: datetime) -> None:
        """Close the key of that name; raises KeyRingError when there is none."""
        name = " ".join(name.split())
        closing = keys.update().where(keys.c.name == name, keys.c.revoked_at.is_(None))
        with self._writing() as connection:
            if not connection.execute(closing.values(revoked_at=at)).rowcount:
                raise KeyRingError(f"{name!r} has no key that opens: see `assistant keys list`")

    def back_ends(self) -> tuple[BackEnd, ...]:
        """Everybody who was ever given a key, the oldest first."""
        query = select(keys.c.name, keys.c.added_at, keys.c.revoked_at)
        rows = self._read(query.order_by(keys.c.added_at, keys.c.name))
        return tuple(BackEnd(**row._mapping) for row in rows)

    def holder(self, secret: str) -> str | None:
        """The name behind a secret; None when it opens nothing. Raises KeyRingUnavailable."""
        if not secret.startswith(PREFIX):
            return None
        if time.monotonic() < self._resting_until:
            raise KeyRingUnavailable("the database did not answer a moment ago")
        try:
            # The digest is looked for, never compared by us: its time tells nothing of a secret.
            found = self._read(_open_ones().where(keys.c.digest == _digest(secret)))
        except KeyRingUnavailable:
            self._resting_until = time.monotonic() + self._rest
            raise
        return found[0].name if found else None

    def _read(self, query: Any) -> list[Any]:
        try:
            with reading(self._engine) as connection:
                return list(connection.execute(query).all())
        except SQLAlchemyError as error:
            raise KeyRingUnavailable(_first_line(error)) from None

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with writing(self._engine) as connection:
                yield connection
        except SQLAlchemyError as error:
            raise KeyRingUnavailable(_first_line(error)) from None


def _open_ones() -> Any:
    return select(keys.c.name).where(keys.c.revoked_at.is_(None))


def _digest(secret: str) -> str:
    # 256 random bits cannot be guessed: no salt and no slow hash is needed, as for passwords.
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _first_line(error: SQLAlchemyError) -> str:
    return str(getattr(error, "orig", None) or type(error).__name__).partition("\n")[0]
