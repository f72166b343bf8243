"""The invitation: a code, told where the server starts, that makes the first administrator."""

from __future__ import annotations

import hmac
from datetime import datetime

from sqlalchemy import Engine, select

from assistant.account import Account, checked
from assistant.account_store import insert
from assistant.password import Passwords
from assistant.secret import digest, new_code, typed
from assistant.store import Store
from assistant.tables import accounts, invitations


class Invitations(Store):
    """Codes in the database, so that every server knows them; all end with the first account."""

    def __init__(self, engine: Engine, passwords: Passwords | None = None) -> None:
        super().__init__(engine)
        self._passwords = passwords or Passwords()

    def make(self, at: datetime) -> str | None:
        """A code, which is told now and never again; None when there is an account."""
        code = new_code()
        with self.writing() as connection:
            if connection.execute(select(accounts.c.name).limit(1)).first():
                return None
            values = {"digest": digest(code), "made_at": at}
            connection.execute(invitations.insert().values(values))
        return code

    def open(self, code: str) -> bool:
        """Whether the code opens."""
        wanted = digest(typed(code))
        found = [row.digest for row in self.read(select(invitations.c.digest))]
        # With each, in constant time.
        return sum(hmac.compare_digest(each, wanted) for each in found) > 0

    def accept(self, code: str, name: str, password: str, at: datetime) -> Account | None:
        """Make the first administrator; None when the code does not open, or not any more.

        Raises AccountError, PasswordError and PasswordsBusy; the code then still opens.
        """
        values = checked(name, "administrator", None, at)
        if not self.open(code):
            return None
        values["password"] = self._passwords.hash(password)
        with self.writing() as connection:
            # Who takes the codes away first is the one; for the other there are none.
            taken = connection.execute(invitations.delete().returning(invitations.c.digest))
            if digest(typed(code)) not in taken.scalars().all():
                return None
            if connection.execute(select(accounts.c.name).limit(1)).first():
                return None
            return insert(connection, values, values["name"])
