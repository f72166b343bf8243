"""The database: opened the same way for SQLite and PostgreSQL, and brought to this schema."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from assistant.sqlite import journal_mode_for, prepare

if TYPE_CHECKING:
    from alembic.config import Config


def _json(value: Any) -> str:
    # Readable in the file, so that a word can be looked for and erased.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


# How long a transaction waits for another one.
BUSY_SECONDS = 10
# How long a start waits for another process that is migrating.
MIGRATION_SECONDS = 120
# As many connections as FastAPI's thread pool has threads: none waits for a connection.
_ENGINE: dict[str, Any] = {
    "pool_size": 8,
    "max_overflow": 32,
    "pool_timeout": BUSY_SECONDS,
    # A statement's parameters are candidates' words, which belong in no log.
    "hide_parameters": True,
    "json_serializer": _json,
}
SCHEMA = "2026_11_24_counted"
"""The latest migration, so that a database that has it is opened without Alembic."""
# "assist" in ASCII: a number that another programme in the same database will hardly choose.
_MIGRATION_LOCK = 0x617373697374


class DatabaseError(Exception):
    """A database that cannot be used: one line with its address, the reason and the remedy."""


def connect(url: str, sqlite_version: tuple[int, ...] = sqlite3.sqlite_version_info) -> Engine:
    """An engine for the address; opens nothing yet, but makes the folder of an SQLite file.

    `writing(engine)` begins a write at once (BEGIN IMMEDIATE), `reading(engine)` only reads.
    Raises DatabaseError for an address that cannot be meant.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise DatabaseError(_MALFORMED) from None
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed, sqlite_version)
    if parsed.get_backend_name() in ("postgresql", "postgres"):
        return _postgresql(parsed)
    raise DatabaseError(_MALFORMED)


_MALFORMED = (
    "the database's address is neither sqlite:///… nor postgresql://…: see ASSISTANT_DATABASE_URL"
)


@contextmanager
def writing(engine: Engine, patience: float = BUSY_SECONDS) -> Iterator[Connection]:
    """A connection that writes; waits at most `patience` seconds for SQLite's lock."""
    with engine.connect().execution_options(patience=patience) as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that only reads: sees one state throughout, and takes no write lock."""
    options: dict[str, Any] = {"reading": True}
    if engine.dialect.name == "postgresql":
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


def migrate(engine: Engine) -> None:
    """Bring the database to this version's schema: all missing steps, or none.

    Safe to run again after a kill and from several processes at once: the others wait. Raises
    DatabaseError.
    """
    if _has_schema(engine):
        return
    try:
        if engine.dialect.name == "sqlite":
            _migrate_sqlite(engine)
        else:
            with engine.begin() as connection:
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{MIGRATION_SECONDS}s'")
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
                _upgrade(connection)
    except SQLAlchemyError as error:
        message = f"{_shown(engine)} cannot be used: {_reason(error)}"
    else:
        return
    # Outside the handler: the driver's own error may repeat the address with its password.
    raise DatabaseError(message)


def schema(engine: Engine) -> tuple[str | None, str]:
    """The schema that the database has, none at first, and the one of this version.

    Raises DatabaseError.
    """
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    wanted = ScriptDirectory.from_config(_scripts()).get_current_head()
    assert wanted is not None
    try:
        with reading(engine) as connection:
            return MigrationContext.configure(connection).get_current_revision(), wanted
    except SQLAlchemyError as error:
        message = f"{_shown(engine)} cannot be used: {_reason(error)}"
    raise DatabaseError(message)


def _has_schema(engine: Engine) -> bool:
    """Whether there is nothing to migrate; False, too, where the database cannot be used."""
    try:
        with reading(engine) as connection:
            found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").all()
    except SQLAlchemyError:
        return False
    return [tuple(row) for row in found] == [(SCHEMA,)]


def _sqlite(url: URL, version: tuple[int, ...]) -> Engine:
    if url.database in (None, "", ":memory:"):
        raise DatabaseError("an SQLite database in memory would be lost: name a file")
    assert url.database is not None
    if not url.database.startswith("file:"):
        folder = Path(url.database).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = f"{folder} cannot be made ({error.strerror})"
            raise DatabaseError(f"{url.database} cannot be used: {reason}") from None
    patience = float(str(url.query.get("timeout", BUSY_SECONDS)))
    engine = create_engine(url, connect_args={"timeout": patience}, **_ENGINE)
    prepare(engine, journal_mode_for(version), patience)
    return engine


def _postgresql(url: URL) -> Engine:
    try:
        return create_engine(
            url.set(drivername="postgresql+psycopg"),
            connect_args={
                "connect_timeout": 3,
                "tcp_user_timeout": BUSY_SECONDS * 1000,
                "options": f"-c lock_timeout={BUSY_SECONDS}s -c timezone=UTC",
            },
            pool_pre_ping=True,
            **_ENGINE,
        )
    except ModuleNotFoundError:
        raise DatabaseError(
            "PostgreSQL needs its driver: pip install 'programme-assistant[postgresql]'"
        ) from None


def _migrate_sqlite(engine: Engine) -> None:
    with engine.connect().execution_options(patience=MIGRATION_SECONDS) as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        # Copying a table drops the old one, which with foreign keys on would empty those that
        # refer to it. It cannot be switched inside the transaction.
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                _upgrade(connection)
                if connection.exec_driver_sql("PRAGMA foreign_key_check").fetchone():
                    raise DatabaseError(f"{_shown(engine)}: a row refers to one that is missing")
        finally:
            # Not back to the pool without foreign keys.
            connection.invalidate()


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = _scripts()
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    unknown = set(MigrationContext.configure(connection).get_current_heads()) - known
    if unknown:
        raise DatabaseError(
            f"{_shown(connection.engine)} was written by a newer version of the assistant"
            f" ({', '.join(sorted(unknown))}): install that version, or restore a backup"
        )
    command.upgrade(config, "head")


def _scripts() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(files("assistant") / "migrations"))
    return config


def _reason(error: SQLAlchemyError) -> str:
    if isinstance(error, PoolTimeout):
        return "all its connections are busy"
    if not isinstance(error, DBAPIError):
        return str(error).splitlines()[0]
    said = str(error.orig).strip().splitlines() or [type(error.orig).__name__]
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    return _REMEDIES.get(code, said[0])


_REMEDIES = {
    sqlite3.SQLITE_NOTADB: "it is not an SQLite database: name another file",
    sqlite3.SQLITE_READONLY: "it may not be written: give this user the right to the file"
    " and its folder",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened: give this user the right to the file"
    " and its folder",
    sqlite3.SQLITE_CORRUPT: "it is damaged: restore a backup",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_BUSY: "another programme keeps it locked",
}


def _shown(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=True)
