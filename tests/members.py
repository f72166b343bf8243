"""Members of staff for tests: accounts in a database of their own, and who is signed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine
from starlette.testclient import TestClient

from assistant.account_store import Accounts
from assistant.database import connect, migrate
from assistant.member import ROLES
from assistant.password import LEAST, MOST, Passwords
from assistant.staff import Staff, staff_of
from tests.conftest import NOW

PASSWORD = "une phrase assez longue"
SAME_ORIGIN = {"sec-fetch-site": "same-origin", "accept": "text/html"}


class QuickPasswords(Passwords):
    """Passwords kept as they are: a real hash takes 30 ms, and tests make hundreds."""

    def hash(self, password: str) -> str:
        if not LEAST <= len(password) <= MOST:
            return super().hash(password)  # refuses it
        return f"plain {password}"

    def fits(self, password: str, kept: str | None) -> bool:
        return kept == f"plain {password}"


class Clock:
    """A clock that tests turn."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)


def fresh_staff(folder: Path, url: str | None = None) -> Staff:
    """The stores of staff over a new database, with an account for each role, named like it."""
    if url is None:
        path = folder / "staff.sqlite3"
        path.write_bytes(_prepared())
        return _quick(connect(f"sqlite:///{path}"))
    return _filled(url)


@cache
def _prepared() -> bytes:
    """The file of such a database: making one takes a tenth of a second."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "staff.sqlite3"
        _filled(f"sqlite:///{path}").audit.engine.dispose()
        return path.read_bytes()


def _filled(url: str) -> Staff:
    engine = connect(url)
    migrate(engine)
    staff = _quick(engine)
    for role in ROLES:
        staff.accounts.add(role, role, PASSWORD, NOW, "(test)")
    return staff


def _quick(engine: Engine) -> Staff:
    return replace(staff_of(engine), accounts=Accounts(engine, QuickPasswords()))


@dataclass
class Door:
    """An application of staff, and clients that are signed in to it."""

    app: Any
    staff: Staff
    clock: Clock

    def client(self, account: str | None = None, **options: Any) -> TestClient:
        """A browser on this machine, signed in as `account`; None: a stranger's."""
        given = {"base_url": "http://127.0.0.1:8000", "client": ("127.0.0.1", 50000)} | options
        client = TestClient(self.app, follow_redirects=False, headers=SAME_ORIGIN, **given)
        if account:
            name = "__Host-staff" if given["base_url"].startswith("https") else "staff"
            client.cookies.set(name, self.staff.sessions.begin(account, self.clock()))
        return client

    def bearer(self, account: str) -> dict[str, str]:
        """The header of a program that acts with this account."""
        secret = self.staff.tokens.add(account, self.clock(), "(test)")
        return {"authorization": f"Bearer {secret}"}


Doors = Callable[..., Door]
