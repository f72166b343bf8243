"""Sessions: signed-in browsers of staff, known by a secret of which only the digest is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from assistant.member import Member
from assistant.secret import digest, new_secret
from assistant.store import Store
from assistant.tables import accounts, sessions

IDLE = timedelta(minutes=30)
IN_ALL = timedelta(hours=8)
# Looking at a page writes at most this often.
_STEP = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser; `digest` names it and opens nothing."""

    digest: str
    began_at: datetime
    seen_at: datetime


class Sessions(Store):
    """Sessions in the database; an account that is disabled is out at its next request."""

    def begin(self, account: str, at: datetime) -> str:
        """The secret of a new session; those that have run out are cleared away."""
        secret = new_secret()
        late = or_(sessions.c.seen_at < at - IDLE, sessions.c.began_at < at - IN_ALL)
        values = {"digest": digest(secret), "account": account, "began_at": at, "seen_at": at}
        with self.writing() as connection:
            connection.execute(sessions.delete().where(late))
            connection.execute(sessions.insert().values(values))
        return secret

    def member(self, secret: str, at: datetime) -> Member | None:
        """Who is signed in with it; None when it opens nothing any more."""
        query = (
            select(sessions, accounts.c.role, accounts.c.programmes)
            .join(accounts)
            .where(sessions.c.digest == digest(secret), accounts.c.disabled_at.is_(None))
        )
        found = self.read(query)
        if not found or at - found[0].seen_at > IDLE or at - found[0].began_at > IN_ALL:
            return None
        row = found[0]
        if at - row.seen_at > _STEP:
            seen = sessions.update().where(sessions.c.digest == row.digest)
            with self.writing() as connection:
                connection.execute(seen.values(seen_at=at))
        programmes = None if row.programmes is None else tuple(row.programmes)
        return Member(row.account, row.role, programmes)

    def of(self, account: str, at: datetime) -> tuple[Session, ...]:
        """The open sessions of an account, the latest first."""
        query = select(sessions.c.digest, sessions.c.began_at, sessions.c.seen_at).where(
            sessions.c.account == account,
            sessions.c.seen_at >= at - IDLE,
            sessions.c.began_at >= at - IN_ALL,
        )
        rows = self.read(query.order_by(sessions.c.began_at.desc(), sessions.c.digest))
        return tuple(Session(**row._mapping) for row in rows)

    def end(self, secret: str) -> None:
        """End the session of a secret, if it is one."""
        with self.writing() as connection:
            connection.execute(sessions.delete().where(sessions.c.digest == digest(secret)))

    def end_named(self, account: str, named: str) -> bool:
        """End the session of that digest, if it is the account's own."""
        mine = sessions.delete().where(sessions.c.account == account, sessions.c.digest == named)
        with self.writing() as connection:
            return bool(connection.execute(mine).rowcount)

    def end_others(self, account: str, secret: str) -> None:
        """End every session of an account but that of the secret."""
        mine = sessions.delete().where(sessions.c.account == account)
        with self.writing() as connection:
            connection.execute(mine.where(sessions.c.digest != digest(secret)))
