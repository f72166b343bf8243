"""A queue in tests: a database, a desk that only understands, and questions in the journal."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine

from assistant.aspect import load_aspects
from assistant.case_queue import CaseQueue
from assistant.case_store import CaseStore
from assistant.casework import Casework
from assistant.clerk import Clerk
from assistant.database import connect, migrate
from assistant.exchange import Asked
from assistant.group_store import GroupStore
from assistant.journal import Journal
from assistant.query import Query
from tests.conftest import NOW
from tests.databases import fresh_url, sample_record
from tests.desks import understanding
from tests.fakes import FakeEncoder

ASPECTS = tuple(load_aspects())


def fresh_engine(kind: str, folder: Path) -> Engine:
    """A new database of that kind with the tables in it."""
    if kind == "sqlite":
        path = folder / "assistant.sqlite3"
        path.write_bytes(_prepared())
        return connect(f"sqlite:///{path}")
    engine = connect(fresh_url(kind, folder))
    migrate(engine)
    return engine


@cache
def _prepared() -> bytes:
    """The file of such a database: making one takes a tenth of a second."""
    with TemporaryDirectory() as folder:
        engine = connect(fresh_url("sqlite", folder))
        migrate(engine)
        engine.dispose()
        return (Path(folder) / "assistant.sqlite3").read_bytes()


class Ear:
    """Understands questions by the tables alone, the last one of the history before them."""

    def __init__(self) -> None:
        self.reasons: tuple[str, ...] = ()

    def problems(self) -> tuple[str, ...]:
        return self.reasons

    def queries(self, asked: Asked) -> tuple[Query, ...]:
        said = " ".join((*asked.history[-1:], asked.question))
        return (understanding().query(said, asked.language or "fr"),)


@dataclass
class Office:
    """A journal with what becomes of its questions; `ask` keeps one more."""

    engine: Engine
    encoder: Any = field(default_factory=FakeEncoder)
    ear: Ear = field(default_factory=Ear)
    now: datetime = NOW

    def __post_init__(self) -> None:
        self.journal = Journal(self.engine)
        self.queue = CaseQueue(self.engine)
        self.clerk = self.another_clerk()
        name = self.encoder.fingerprint[:16] if self.encoder else ""
        self.groups = GroupStore(self.engine, ASPECTS, name)
        self.casework = Casework(self.clerk, self.queue, self.groups)

    def another_clerk(self) -> Clerk:
        """A clerk of another process."""
        name = self.encoder.fingerprint[:16] if self.encoder else ""
        store = CaseStore(self.engine, name)
        return Clerk(store, lambda: self.ear, self.encoder, ASPECTS)

    def ask(self, question: str, **changes: Any) -> str:
        """Keep a question that was not answered; its id."""
        self.now += timedelta(minutes=1)
        given = {
            "question": question, "status": "unanswered", "reason": "not_documented",
            "answer": {"segments": []}, "history": (),
        }  # fmt: skip
        record = replace(sample_record(self.now), **given | changes)
        self.journal.record(record)
        return record.id

    def meanings(self, **wanted: Any) -> list[list[str]]:
        """The questions of each open group, as the queue has them."""
        from assistant.case_filter import CaseFilter

        page = self.queue.page(CaseFilter(**wanted))
        return [[case.question for case in group.cases] for group in page.groups]
