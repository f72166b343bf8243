"""Tokens: secrets that programs of staff act with, each with the rights of its account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from assistant.account import AccountError
from assistant.audit import note
from assistant.member import Member
from assistant.secret import digest, new_secret
from assistant.store import Store
from assistant.tables import accounts, tokens

PREFIX = "staff_"  # so that whoever finds one in a file knows what it is
NAMED = 12  # characters of the digest that name one


@dataclass(frozen=True, slots=True)
class Token:
    """A token that opens; `named` begins its digest and opens nothing."""

    named: str
    added_at: datetime


class Tokens(Store):
    """Tokens in the database; one that is revoked stops at its next request."""

    def add(self, account: str, at: datetime, by: str) -> str:
        """A new secret, which is shown now and never again.

        Raises AccountError when no such account opens.
        """
        secret = new_secret(PREFIX)
        kept = digest(secret)
        opens = select(accounts.c.name).where(
            accounts.c.name == account, accounts.c.disabled_at.is_(None)
        )
        with self.writing() as connection:
            if connection.execute(opens.with_for_update()).first() is None:
                said = f"{account!r} has no account that opens: see `assistant staff list`"
                raise AccountError("unknown", said)
            values = {"digest": kept, "account": account, "added_at": at}
            connection.execute(tokens.insert().values(values))
            note(connection, at, by, "token.added", f"account:{account}", token=kept[:NAMED])
        return secret

    def revoke(self, account: str, named: str, at: datetime, by: str) -> bool:
        """Close the account's token of that name; False when it has none that opens."""
        with self.writing() as connection:
            query = select(tokens.c.digest).where(
                tokens.c.account == account, tokens.c.revoked_at.is_(None)
            )
            found = [kept for kept in connection.execute(query).scalars() if kept[:NAMED] == named]
            if not found:
                return False
            closing = tokens.update().where(tokens.c.digest.in_(found))
            connection.execute(closing.values(revoked_at=at))
            note(connection, at, by, "token.revoked", f"account:{account}", token=named)
        return True

    def of(self, account: str) -> tuple[Token, ...]:
        """The open tokens of an account, the latest first."""
        query = select(tokens.c.digest, tokens.c.added_at).where(
            tokens.c.account == account, tokens.c.revoked_at.is_(None)
        )
        rows = self.read(query.order_by(tokens.c.added_at.desc(), tokens.c.digest))
        return tuple(Token(row.digest[:NAMED], row.added_at) for row in rows)

    def member(self, secret: str) -> Member | None:
        """Who acts with it; None when it opens nothing."""
        if not secret.startswith(PREFIX):
            return None
        query = (
            select(accounts.c.name, accounts.c.role, accounts.c.programmes)
            .join(tokens)
            .where(
                tokens.c.digest == digest(secret),
                tokens.c.revoked_at.is_(None),
                accounts.c.disabled_at.is_(None),
            )
        )
        found = self.read(query)
        if not found:
            return None
        programmes = None if found[0].programmes is None else tuple(found[0].programmes)
        return Member(found[0].name, found[0].role, programmes)
