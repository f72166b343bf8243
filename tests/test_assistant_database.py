import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, inspect, text
from sqlalchemy.exc import DBAPIError

from assistant.database import SCHEMA, DatabaseError, connect, migrate, reading, schema, writing
from assistant.sqlite import journal_mode_for
from assistant.tables import metadata
from tests.databases import fresh_url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    return fresh_url(request.param, tmp_path)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "assistant.sqlite3"


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 7, 0), "delete"),
        ((3, 40, 1), "delete"),
        ((3, 44, 5), "delete"),
        ((3, 44, 6), "wal"),
        ((3, 44, 9), "wal"),
        ((3, 45, 0), "delete"),
        ((3, 49, 1), "delete"),
        ((3, 50, 6), "delete"),
        ((3, 50, 7), "wal"),
        ((3, 51, 0), "delete"),
        ((3, 51, 2), "delete"),
        ((3, 51, 3), "wal"),
        ((3, 52, 0), "wal"),
        ((4, 0, 0), "wal"),
    ],
)
def test_wal_only_where_its_reset_bug_is_fixed(version, mode):
    assert journal_mode_for(version) == mode


@pytest.mark.parametrize(
    ("version", "mode", "synchronous"), [((3, 40, 1), "delete", 3), ((3, 51, 3), "wal", 2)]
)
def test_an_sqlite_connection_is_made_safe(path, version, mode, synchronous):
    engine = connect(f"sqlite:///{path}", version)
    with reading(engine) as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    assert settings == {
        "journal_mode": mode, "synchronous": synchronous, "foreign_keys": 1, "busy_timeout": 10_000,
    }  # fmt: skip


def test_a_wal_file_is_taken_back_to_a_delete_journal_by_an_older_sqlite(path):
    for version, mode in (((3, 51, 3), "wal"), ((3, 40, 1), "delete")):
        engine = connect(f"sqlite:///{path}", version)
        migrate(engine)
        engine.dispose()
        file = sqlite3.connect(path)
        assert file.execute("PRAGMA journal_mode").fetchone() == (mode,)
        file.close()


def test_a_write_takes_the_lock_when_it_begins(path):
    engine = connect(f"sqlite:///{path}?timeout=0.1")
    with writing(engine):
        other = sqlite3.connect(path, timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()
    engine.dispose()


def test_the_folder_of_the_file_is_made(tmp_path):
    engine = connect(f"sqlite:///{tmp_path}/var/deep/assistant.sqlite3")
    migrate(engine)
    assert (tmp_path / "var" / "deep" / "assistant.sqlite3").is_file()
    engine.dispose()


@pytest.mark.parametrize(
    "url", ["mysql://user:hunter2@host/name", "hunter2", "sqlite://", "sqlite:///:memory:", ""]
)
def test_an_address_that_cannot_be_meant_is_refused(url):
    with pytest.raises(DatabaseError, match=r"\A[^\n]+\Z") as caught:
        connect(url)
    assert "hunter2" not in str(caught.value)


def test_a_folder_that_cannot_be_made_is_named():
    with pytest.raises(DatabaseError, match=r"test_assistant_database\.py cannot be made"):
        connect(f"sqlite:///{Path(__file__)}/assistant.sqlite3")


def test_migrating_makes_the_tables_that_the_code_describes(url):
    engine = connect(url)
    migrate(engine)
    with reading(engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        made = inspect(connection)
        for table in metadata.tables.values():
            checks = {each["name"] for each in made.get_check_constraints(table.name)}
            described = [each for each in table.constraints if isinstance(each, CheckConstraint)]
            assert checks == {str(each.name) for each in described}
            keys = [each["name"] for each in made.get_foreign_keys(table.name)]
            assert sorted(keys) == sorted(str(each.name) for each in table.foreign_key_constraints)
            assert made.get_pk_constraint(table.name)["name"] == table.primary_key.name
    engine.dispose()


def test_the_schema_that_needs_no_migration_is_that_of_the_latest_one(url):
    engine = connect(url)
    migrate(engine)
    assert schema(engine) == (SCHEMA, SCHEMA)
    engine.dispose()


def test_migrating_again_changes_nothing(url):
    engine = connect(url)
    migrate(engine)
    with writing(engine) as connection:
        connection.execute(text(_QUESTION))
    migrate(engine)
    with reading(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM questions")).scalar_one() == 1
    engine.dispose()


def test_feedback_goes_with_its_question(url):
    engine = connect(url)
    migrate(engine)
    with writing(engine) as connection:
        connection.execute(text(_QUESTION))
        connection.execute(text(_FEEDBACK))
        connection.execute(text("DELETE FROM questions"))
        assert connection.execute(text("SELECT count(*) FROM feedback")).scalar_one() == 0
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"), writing(engine) as connection:
        connection.execute(text(_FEEDBACK))
    engine.dispose()


_QUESTION = (
    "INSERT INTO questions (id, asked_at, question, language, history, status, answer, took_ms,"
    " channel) VALUES ('a', '2026-11-24 09:30:00', 'Durée ?', 'fr', '[]', 'answered', '{}', 1,"
    " 'api')"
)
_FEEDBACK = (
    "INSERT INTO feedback (question_id, helpful, given_at)"
    " VALUES ('a', true, '2026-11-24 09:31:00')"
)


def test_a_newer_database_is_left_as_it_is(url):
    engine = connect(url)
    migrate(engine)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '2031_01_01_votes'"))
    with pytest.raises(DatabaseError, match=r"newer version of the assistant .2031_01_01_votes"):
        migrate(engine)
    engine.dispose()


def test_a_file_that_is_no_database_is_named_and_left_as_it_is(path):
    path.write_bytes(b"%PDF-1.7 " * 2000)
    engine = connect(f"sqlite:///{path}")
    with pytest.raises(DatabaseError, match=rf"{path.name} cannot be used: it is not an SQLite"):
        migrate(engine)
    engine.dispose()
    assert path.read_bytes() == b"%PDF-1.7 " * 2000


def test_a_damaged_file_is_said_to_be_damaged(path):
    engine = connect(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xff" * 3996
    path.write_bytes(content)
    engine = connect(f"sqlite:///{path}")
    with pytest.raises(DatabaseError, match="damaged: restore a backup"):
        migrate(engine)
    engine.dispose()


def test_a_database_that_may_not_be_written_is_named(path):
    sqlite3.connect(path).close()
    engine = connect(f"sqlite:///file:{path}?mode=ro&uri=true")
    with pytest.raises(DatabaseError, match="may not be written: give this user the right"):
        migrate(engine)
    engine.dispose()


def test_a_folder_is_no_database(tmp_path):
    engine = connect(f"sqlite:///{tmp_path}")
    with pytest.raises(DatabaseError, match="cannot be opened"):
        migrate(engine)
    engine.dispose()


def test_somebody_elses_tables_are_not_taken_over(path):
    file = sqlite3.connect(path)
    file.execute("CREATE TABLE questions (who TEXT)")
    file.commit()
    file.close()
    engine = connect(f"sqlite:///{path}")
    with pytest.raises(DatabaseError, match="table questions already exists"):
        migrate(engine)
    engine.dispose()


def test_a_server_that_does_not_answer_is_named_without_its_password():
    pytest.importorskip("psycopg")
    engine = connect("postgresql://assistant:hunter2@127.0.0.1:9/assistant")
    with pytest.raises(DatabaseError, match=r"assistant:\*\*\*@127\.0\.0\.1:9/assistant") as caught:
        migrate(engine)
    assert "hunter2" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.__context__ is None


# In a process of its own: a test run has threads, which a fork does not survive.
_PREAMBLE = """
import os, signal, sys
# Imported once, before the forks.
from alembic import command, config, script
from sqlalchemy import event
from assistant.database import connect, migrate

def fork(work):
    child = os.fork()
    if not child:
        work()
        os._exit(0)
    return child
"""

_TOGETHER = """
def work():
    migrate(connect(sys.argv[1]))

children = [fork(work) for _ in range(4)]
sys.exit(any(os.waitpid(child, 0)[1] for child in children))
"""

_KILLED = """
def work():
    engine = connect(sys.argv[1])
    seen = 0

    def die(*_):
        nonlocal seen
        seen += 1
        if seen == point:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "before_cursor_execute", die)
    event.listen(engine, "commit", die)
    migrate(engine)

kills = 0
for point in range(1, 1000):
    _, status = os.waitpid(fork(work), 0)
    if not os.WIFSIGNALED(status):
        break
    kills += 1
print(kills)
sys.exit(status)
"""


def _run(script, url):
    return subprocess.run(
        [sys.executable, "-c", _PREAMBLE + script, url],
        capture_output=True, text=True, timeout=120, check=False, cwd=Path(__file__).parent.parent,
    )  # fmt: skip


def test_several_processes_may_start_at_once(url):
    done = _run(_TOGETHER, url)
    assert done.returncode == 0, done.stderr[-2000:]
    engine = connect(url)
    with reading(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar_one() == 1
    engine.dispose()


def test_a_migration_killed_at_any_statement_can_be_run_again(url):
    done = _run(_KILLED, url)
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) > 8
    engine = connect(url)
    with reading(engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()
