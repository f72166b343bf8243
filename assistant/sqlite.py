"""How SQLite is used: its journal, what each connection is set to, how a write waits its turn."""

from __future__ import annotations

import random
import sqlite3
import time
from typing import Literal

from sqlalchemy import Connection, Engine, event

JournalMode = Literal["wal", "delete"]

# How long a new connection waits; a write or a read then waits for its own time.
_OPENING_SECONDS = 2


def journal_mode_for(version: tuple[int, ...]) -> JournalMode:
    """WAL where SQLite's WAL-reset bug, which can corrupt the file, is fixed; else DELETE.

    Fixed in 3.51.3, and in 3.50.7 and 3.44.6 of the older lines (https://sqlite.org/wal.html).
    """
    fixed = (
        version >= (3, 51, 3)
        or (3, 50, 7) <= version < (3, 51)
        or (3, 44, 6) <= version < (3, 45)
    )  # fmt: skip
    return "wal" if fixed else "delete"


def planned_journal() -> tuple[str, JournalMode]:
    """SQLite's version here, and the journal that files get with it."""
    return sqlite3.sqlite_version, journal_mode_for(sqlite3.sqlite_version_info)


def journal_of(engine: Engine) -> str:
    """The journal that the file has, such as `wal`."""
    with engine.connect().execution_options(reading=True) as connection:
        return str(connection.exec_driver_sql("PRAGMA journal_mode").scalar_one())


def prepare(engine: Engine, mode: JournalMode, patience: float) -> None:
    """Make every connection of the engine safe, and let a transaction wait for `patience` seconds.

    Execution options of a connection: `patience` replaces it; with `reading` a transaction takes
    no write lock, else it takes it at once: a write that begins as a read may find the lock taken
    when it is too late to wait.
    """

    @event.listens_for(engine, "connect")
    def _open(connection: sqlite3.Connection, _: object) -> None:
        # The driver must not begin transactions by itself: `_begin` does.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {_OPENING_SECONDS * 1000}")
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != mode:
            _switch(connection, mode)
        # With a DELETE journal only EXTRA also syncs the folder, after which a power cut cannot
        # bring the finished journal back and undo an acknowledged write.
        connection.execute(f"PRAGMA synchronous = {'FULL' if mode == 'wal' else 'EXTRA'}")
        connection.execute("PRAGMA foreign_keys = ON")
        # Erased questions are overwritten, not only unlinked.
        connection.execute("PRAGMA secure_delete = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        seconds = options.get("patience", patience)
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        reads = options.get("reading", False)
        taken = not reads and _take_lock(driver, seconds)
        driver.execute(f"PRAGMA busy_timeout = {seconds * 1000 if taken or reads else 0:.0f}")
        if not taken:
            # Here a lock that stays taken is raised as SQLAlchemy's error.
            connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _take_lock(driver: sqlite3.Connection, seconds: float) -> bool:
    """Begin a write within the time; False when it cannot be.

    SQLite's own waiting sleeps up to 100 ms between two tries: beside writers that leave the lock
    for less than a millisecond, one in some thousand writes then waits for more than ten seconds.
    """
    driver.execute("PRAGMA busy_timeout = 0")
    deadline = time.monotonic() + seconds
    while True:
        try:
            driver.execute("BEGIN IMMEDIATE")
            return True
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                return False
        time.sleep(random.uniform(0.001, 0.004))


def _switch(connection: sqlite3.Connection, mode: JournalMode) -> None:
    try:
        connection.execute(f"PRAGMA journal_mode = {mode.upper()}")
    except sqlite3.OperationalError as error:
        # Another process uses the file at this moment; the next connection tries again. A file
        # that may not be written is reported by the first write.
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_READONLY):
            raise
