"""The accounts of staff: who may sign in, as what; every change is in the audit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, select

from assistant.account import (
    LONGEST_NAME,
    Account,
    AccountError,
    checked,
    listed_programmes,
    role_of,
    tidy,
)
from assistant.audit import note
from assistant.member import Member
from assistant.password import Passwords
from assistant.store import Store
from assistant.tables import accounts, sessions, tokens


class Accounts(Store):
    """Accounts in the database; names differ by more than case. Raises AccountError.

    `by` is who makes a change, as the audit shows them.
    """

    def __init__(self, engine: Engine, passwords: Passwords | None = None) -> None:
        super().__init__(engine)
        self.passwords = passwords or Passwords()

    def add(
        self,
        name: str,
        role: str,
        password: str | None,
        at: datetime,
        by: str,
        programmes: Sequence[str] | None = None,
    ) -> Account:
        """Make an account; without a password only the university's own sign-in opens it.

        Raises also PasswordError.
        """
        values = checked(name, role, programmes, at)
        if password is not None:
            values["password"] = self.passwords.hash(password)
        with self.writing() as connection:
            return insert(connection, values, by)

    def all(self) -> tuple[Account, ...]:
        """Every account, by name."""
        found = [_account(row) for row in self.read(select(accounts))]
        return tuple(sorted(found, key=lambda each: each.name.casefold()))

    def any(self) -> bool:
        """Whether there is an account at all."""
        return bool(self.read(select(accounts.c.name).limit(1)))

    def named(self, name: str) -> Account | None:
        """The account of that name, in any case."""
        with self.reading() as connection:
            found = _find(connection, name)
        return _account(found) if found else None

    def verified(self, name: str, password: str) -> Member | None:
        """Who signs in so; None when the name, the password or the account does not open.

        Takes the same time for all of them. Raises also PasswordsBusy.
        """
        with self.reading() as connection:
            found = _find(connection, name)
        fits = self.passwords.fits(password, found.password if found else None)
        if found is None or not fits or found.disabled_at is not None:
            return None
        return _account(found).member

    def set_role(self, name: str, role: str, at: datetime, by: str) -> None:
        """Give another role."""
        wanted = role_of(role)
        with self._changing(name) as (connection, account):
            if account.role == wanted:
                return
            self._keep_an_administrator(connection, account, wanted == "administrator")
            _update(connection, account, role=wanted)
            note(connection, at, by, "account.role", f"account:{account.name}",
                 before=account.role, after=wanted)  # fmt: skip

    def set_programmes(
        self, name: str, programmes: Sequence[str] | None, at: datetime, by: str
    ) -> None:
        """Limit an editor to these programmes; None for all."""
        wanted = listed_programmes(programmes)
        with self._changing(name) as (connection, account):
            before = None if account.programmes is None else list(account.programmes)
            if before == wanted:
                return
            _update(connection, account, programmes=wanted)
            note(connection, at, by, "account.programmes", f"account:{account.name}",
                 before=before, after=wanted)  # fmt: skip

    def disable(self, name: str, at: datetime, by: str) -> None:
        """Close an account: its sessions end and its tokens stop at their next request."""
        with self._changing(name) as (connection, account):
            if account.disabled_at is not None:
                return
            self._keep_an_administrator(connection, account, False)
            _update(connection, account, disabled_at=at)
            _shut(connection, account, at)
            note(connection, at, by, "account.disabled", f"account:{account.name}")

    def enable(self, name: str, at: datetime, by: str) -> None:
        """Open a disabled account again; its sessions and tokens stay ended."""
        with self._changing(name) as (connection, account):
            if account.disabled_at is None:
                return
            _update(connection, account, disabled_at=None)
            note(connection, at, by, "account.enabled", f"account:{account.name}")

    def set_password(
        self, name: str, password: str, at: datetime, by: str, keep: str | None = None
    ) -> None:
        """Give another password: sessions end, but for the one whose digest is `keep`.

        Tokens stop too when somebody else gives it. Raises also PasswordError.
        """
        kept = self.passwords.hash(password)
        with self._changing(name) as (connection, account):
            _update(connection, account, password=kept)
            if by == account.name:
                mine = sessions.c.account == account.name
                connection.execute(sessions.delete().where(mine, sessions.c.digest != (keep or "")))
            else:
                _shut(connection, account, at)
            note(connection, at, by, "account.password", f"account:{account.name}")

    @contextmanager
    def _changing(self, name: str) -> Iterator[tuple[Connection, Account]]:
        with self.writing() as connection:
            found = _find(connection, name, lock=True)
            if found is None:
                said = f"{tidy(name)[:LONGEST_NAME]!r} has no account: see `assistant staff list`"
                raise AccountError("unknown", said)
            yield connection, _account(found)

    def _keep_an_administrator(
        self, connection: Connection, account: Account, remains: bool
    ) -> None:
        if account.role != "administrator" or account.disabled_at is not None or remains:
            return
        others = select(accounts.c.name).where(
            accounts.c.role == "administrator", accounts.c.disabled_at.is_(None)
        )
        # Locked in one order: two administrators who close each other's account wait in turn.
        names = connection.execute(others.order_by(accounts.c.name).with_for_update()).scalars()
        if set(names) <= {account.name}:
            said = f"{account.name!r} is the last administrator: make another one first"
            raise AccountError("last", said)


def insert(connection: Connection, values: Mapping[str, Any], by: str) -> Account:
    """Make the account of checked values, in somebody's transaction; raises AccountError."""
    name, at = values["name"], values["added_at"]
    if found := _find(connection, name):
        raise AccountError("taken", f"{found.name!r} has an account already: give another name")
    connection.execute(accounts.insert().values(values))
    told = {"role": values["role"], "programmes": values["programmes"]}
    note(connection, at, by, "account.added", f"account:{name}", **told)
    local = values["password"] is not None
    return Account(name, values["role"], _tuple(values["programmes"]), local, at, None)


def _find(connection: Connection, name: str, lock: bool = False) -> Any | None:
    # There are few: comparing here treats accents alike on every database.
    wanted = tidy(name[: 4 * LONGEST_NAME]).casefold()
    query = select(accounts).order_by(accounts.c.name)
    if lock:
        query = query.with_for_update()
    rows = connection.execute(query).all()
    return next((row for row in rows if row.name.casefold() == wanted), None)


def _account(row: Any) -> Account:
    values = (row.name, row.role, _tuple(row.programmes), row.password is not None)
    return Account(*values, row.added_at, row.disabled_at)


def _tuple(programmes: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if programmes is None else tuple(sorted(set(programmes)))


def _update(connection: Connection, account: Account, **values: Any) -> None:
    connection.execute(accounts.update().where(accounts.c.name == account.name).values(values))


def _shut(connection: Connection, account: Account, at: datetime) -> None:
    connection.execute(sessions.delete().where(sessions.c.account == account.name))
    mine = tokens.update().where(tokens.c.account == account.name, tokens.c.revoked_at.is_(None))
    connection.execute(mine.values(revoked_at=at))
