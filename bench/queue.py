"""`python -m bench.queue`: the queue of staff over 50,000 questions, a fifth of them junk."""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import Engine

from assistant.case_filter import CaseFilter
from assistant.case_queue import CaseQueue
from assistant.case_store import CaseStore
from assistant.database import connect, migrate, writing
from assistant.journal import new_id
from assistant.tables import cases, feedback, groups, questions, traits
from assistant.trait import searchable
from bench.results import Row, as_table, spread

_WORDS = (
    "frais", "stage", "alternance", "logement", "bourse", "inscription", "date", "examen",
    "rattrapage", "parking", "bus", "crous", "visa", "niveau", "anglais", "césure", "erasmus",
    "salaire", "emploi", "débouchés", "places", "dossier", "entretien", "réponse",
)  # fmt: skip
_TIMES = 15
_AT_ONCE = 1000


def main() -> None:
    """Fill a database, then read the queue as pages and programs do."""
    parser = argparse.ArgumentParser(prog="python -m bench.queue", description=__doc__)
    parser.add_argument("--questions", type=int, default=50_000)
    parser.add_argument("--database", help="an empty one's URL; else an SQLite file")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="assistant-bench-") as folder:
        engine = connect(arguments.database or f"sqlite:///{Path(folder) / 'queue.sqlite3'}")
        migrate(engine)
        fill(engine, arguments.questions)
        print(as_table(list(measured(engine))))
        engine.dispose()


def fill(engine: Engine, count: int) -> None:
    """Half in groups of many sizes, a fifth junk, the rest closed or alone."""
    chance = random.Random(7)
    now = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    made = [_question(chance, now - timedelta(minutes=count - each)) for each in range(count)]
    _insert(engine, questions, made)
    kinds = [chance.choices(_KINDS, _SHARES)[0] for _ in made]
    names = [new_id() for _ in range(max(1, count // 40))]
    sizes: dict[str, list[dict[str, Any]]] = {}
    rows = []
    for question, kind in zip(made, kinds, strict=True):
        group = None
        if kind in ("grouped", "closed"):
            group = names[min(int(chance.expovariate(8 / len(names))), len(names) - 1)]
        elif kind in ("alone", "junk"):
            group = new_id()
        state = {"closed": "closed", "apart": "apart"}.get(kind, "open")
        if group is not None:
            sizes.setdefault(group, []).append({**question, "state": state, "kind": kind})
        rows.append(
            {
                "question_id": question["id"], "group_id": group, "state": state,
                "folded": searchable(question["question"]),
            }
        )  # fmt: skip
    _insert(engine, groups, [_group(id, members) for id, members in sizes.items()])
    _insert(engine, cases, rows)
    understood = {"units": {"#fees": 0.43, "#registration": 0.33}, "aspects": {"fees": 0.9}}
    known = [
        {
            "question_id": row["question_id"],
            "understood": understood,
            "vector": chance.randbytes(1024),
        }
        for row in rows
    ]
    _insert(engine, traits, known)
    judged = [each for each in made if chance.random() < 0.05]
    given = ({"question_id": each["id"], "helpful": False, "given_at": now} for each in judged)
    _insert(engine, feedback, list(given))


_KINDS = ("grouped", "alone", "junk", "apart", "closed")
_SHARES = (0.5, 0.1, 0.1, 0.1, 0.2)


def measured(engine: Engine) -> Iterator[Row]:
    """What pages and programs read."""
    queue, store = CaseQueue(engine), CaseStore(engine)
    first = queue.page(CaseFilter(), each=3)
    largest = first.groups[0].id
    after = first.next
    last, judged = new_id(), datetime(2026, 11, 25, tzinfo=UTC)
    named = "The queue (ms)"
    for name, read in (
        ("a page of 100 groups, 3 questions each", lambda: queue.page(CaseFilter(), each=3)),
        ("the page behind it", lambda: queue.page(CaseFilter(), after, each=3)),
        ("with every question of each", lambda: queue.page(CaseFilter())),
        ("the largest group", lambda: queue.group(largest)),
        ("counts of each state", queue.counts),
        ("counts of one programme", lambda: queue.counts(("p1",))),
        ("looking whether anything waits at all", lambda: store.waiting(100)),
        ("looking whether anything waits since", lambda: store.waiting(100, last, judged)),
        ("which question is in which group", store.memberships),
    ):
        yield Row(named, name, spread(_timed(read)), "ms")
    for state in ("open", "apart", "closed"):
        named = f"A page of 50 groups, 8 questions each, of those {state} (ms)"
        for name, wanted in _FILTERS.items():
            page = partial(queue.page, replace(wanted, state=state), limit=50, each=8)
            yield Row(named, name, spread(_timed(page)), "ms")


_DAY = datetime(2026, 11, 20, tzinfo=UTC)
_FILTERS = {
    "all": CaseFilter(),
    "of one programme": CaseFilter(programmes=("p1",)),
    "of one reason": CaseFilter(reason="unclear"),
    "of a reason that none has": CaseFilter(reason="individual_case"),
    "partial": CaseFilter(status="partial"),
    "of one aspect": CaseFilter(aspect="fees"),
    "of one language": CaseFilter(language="es"),
    "of a language that none has": CaseFilter(language="it"),
    "not helpful": CaseFilter(feedback="unhelpful"),
    "helpful, none": CaseFilter(feedback="helpful"),
    "without an opinion": CaseFilter(feedback="none"),
    "of one day": CaseFilter(since=_DAY, until=_DAY + timedelta(days=1)),
    "until a day": CaseFilter(until=_DAY),
    "of somebody": CaseFilter(assignee="marie"),
    "searched": CaseFilter(search="bourse visa"),
    "searched, a letter": CaseFilter(search="e"),
    "searched, nothing found": CaseFilter(search="zzzz"),
    "searched, of one reason": CaseFilter(search="bourse visa", reason="unclear"),
    "searched, of a language that none has": CaseFilter(search="bourse", language="it"),
    "searched, nothing found, of one reason": CaseFilter(search="zzzz", reason="unclear"),
}


def _timed(read: Callable[[], object]) -> list[float]:
    times = []
    for _ in range(_TIMES):
        began = perf_counter()
        read()
        times.append((perf_counter() - began) * 1000)
    return times


def _question(chance: random.Random, at: datetime) -> dict[str, Any]:
    words = " ".join(chance.choices(_WORDS, k=chance.randint(2, 8)))
    status = chance.choice(("unanswered", "unanswered", "partial"))
    return {
        "id": new_id(), "asked_at": at, "question": f"Une question sur {words} ?",
        "language": chance.choice(("fr", "fr", "fr", "en", "es")),
        "programme": f"p{chance.randrange(12)}", "history": [], "status": status,
        "reason": chance.choice(("not_documented", "not_documented", "unclear")),
        "answer": {
            "segments": [{"text": "La documentation ne le dit pas.", "citation": None}],
            "citations": [{"quote": words * 30}] * (status == "partial"),
        },
        "generation": "20261124", "took_ms": 5.0, "channel": "api",
    }  # fmt: skip


def _group(id: str, members: list[dict[str, Any]]) -> dict[str, Any]:
    last = members[-1]
    return {
        "id": id, "programme": last["programme"], "representative": last["question"],
        "aspect": ("fees", None)[len(members) % 2],
        "size": sum(each["state"] == "open" for each in members),
        "asked_at": last["asked_at"], "clear": last["kind"] != "junk",
    }  # fmt: skip


def _insert(engine: Engine, table: Any, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), _AT_ONCE):
        with writing(engine) as connection:
            connection.execute(table.insert(), rows[start : start + _AT_ONCE])


if __name__ == "__main__":
    main()
