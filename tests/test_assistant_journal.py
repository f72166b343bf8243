import json
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import event

from assistant.answer import Abstention, Answer, Choice, Citation, Clarify, Segment
from assistant.database import connect, migrate
from assistant.journal import Feedback, Journal, JournalUnavailable, new_id, snapshot
from tests.databases import fresh_url, sample_record

AT = datetime(2026, 11, 24, 9, 30, 15, 250000, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request, tmp_path):
    engine = connect(fresh_url(request.param, tmp_path))
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def journal(engine):
    return Journal(engine)


@pytest.fixture
def path(tmp_path):
    """An SQLite file with the tables in it."""
    engine = connect(fresh_url("sqlite", tmp_path))
    migrate(engine)
    engine.dispose()
    return tmp_path / "assistant.sqlite3"


def test_a_question_comes_back_as_it_was_kept(journal):
    record = sample_record(AT)
    journal.record(record)
    assert journal.question(record.id) == record


def test_an_unknown_id_has_no_question_and_no_feedback(journal):
    assert journal.question("unknown") is None
    assert journal.feedback_on("unknown") is None


def test_personal_data_is_masked_before_the_first_write(journal):
    record = sample_record(
        AT,
        question="Rappelez-moi au 06 12 34 56 78 pour le stage",
        history=("je m'appelle Jean Dupont", "mon mail : jean.dupont@gmail.com"),
    )
    journal.record(record)
    journal.feedback(record.id, False, "toujours rien, 06.12.34.56.78", AT)
    kept = journal.question(record.id)
    assert kept is not None
    assert kept.question == "Rappelez-moi au [téléphone] pour le stage"
    assert kept.history == ("je m'appelle [nom]", "mon mail : [adresse e-mail]")
    feedback = journal.feedback_on(record.id)
    assert feedback is not None
    assert feedback.comment == "toujours rien, [téléphone]"


def test_no_byte_of_personal_data_reaches_the_file(path):
    engine = connect(f"sqlite:///{path}")
    Journal(engine).record(sample_record(AT, question="mon INE est 123456789AB"))
    engine.dispose()
    assert b"123456789AB" not in path.read_bytes()
    assert b"mon INE est [INE]" in path.read_bytes()


def test_moments_are_kept_in_utc(journal):
    summer = timezone(timedelta(hours=2))
    record = sample_record(AT.astimezone(summer))
    journal.record(record)
    kept = journal.question(record.id)
    assert kept is not None
    assert kept.asked_at == AT
    assert kept.asked_at.utcoffset() == timedelta(0)


def test_a_moment_without_zone_is_refused(journal):
    with pytest.raises(ValueError, match="no time zone"):
        journal.record(sample_record(datetime(2026, 11, 24)))


@pytest.mark.parametrize("odd", ["nul \0 ?", "moitié \ud83d ?", "\udcff", "\u202e ?", "é" * 500])
def test_odd_characters_do_not_stop_the_journal(journal, odd):
    record = sample_record(AT, question=odd, history=(odd,))
    journal.record(record)
    kept = journal.question(record.id)
    assert kept is not None
    assert "\0" not in kept.question
    kept.question.encode()


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "maybe"},
        {"status": "partial"},
        {"status": "unanswered", "reason": "bored"},
        {"status": "answered", "reason": "unclear"},
        {"took_ms": -1.0},
        {"status": None},
    ],
)
def test_the_schema_itself_refuses_what_cannot_be(journal, changes):
    with pytest.raises(ValueError, match=r"\A[^\n]+\Z") as caught:
        journal.record(sample_record(AT, question="mot de passe hunter2", **changes))
    assert "hunter2" not in str(caught.value)


def test_an_id_is_used_once(journal):
    record = sample_record(AT)
    journal.record(record)
    with pytest.raises(ValueError, match="questions"):
        journal.record(replace(record, question="Autre chose ?"))
    kept = journal.question(record.id)
    assert kept is not None
    assert kept.question == record.question


def test_feedback_once_more_replaces_the_first(journal):
    record = sample_record(AT)
    journal.record(record)
    later = AT + timedelta(minutes=1)
    assert journal.feedback(record.id, True, "merci", AT)
    assert journal.feedback(record.id, False, " ", later)
    assert journal.feedback_on(record.id) == Feedback(record.id, False, None, later)


def test_feedback_on_an_unknown_question_is_not_kept(journal):
    assert not journal.feedback("unknown", True, None, AT)


def test_recent_questions_come_newest_first_and_by_page(journal):
    records = [sample_record(AT + timedelta(seconds=n)) for n in range(5)]
    for record in records:
        journal.record(record)
    page = journal.recent(2)
    assert page == (records[4], records[3])
    assert journal.recent(9, before=page[-1].id) == (records[2], records[1], records[0])


def test_recent_questions_can_be_those_of_a_status_or_programme(journal):
    answered = sample_record(AT)
    refused = sample_record(AT, status="unanswered", reason="off_topic", programme=None)
    for record in (answered, refused):
        journal.record(record)
    assert journal.recent(9, statuses={"unanswered", "partial"}) == (refused,)
    assert journal.recent(9, programme="parcours-cmc") == (answered,)
    assert journal.recent(9, statuses=()) == ()


def test_a_snapshot_holds_what_was_shown():
    citation = Citation(
        1, "parcours-cmc", "parcours-cmc/stage", "Stage", ("Stage",), "420 heures", 10, 20,
        "https://univ.example/stage", "2026-09-01", "documentation", "fr",
    )  # fmt: skip
    shown = snapshot(Answer((Segment("420 heures", 1),), (citation,)))
    assert shown["segments"] == [{"text": "420 heures", "citation": 1}]
    assert shown["citations"][0]["quote"] == "420 heures"
    assert json.loads(json.dumps(shown))["citations"][0]["headings"] == ["Stage"]
    assert snapshot(Abstention("unclear", (Segment("Hm.", None),))).keys() == {"segments"}
    clarify = Clarify((Segment("Laquelle ?", None),), (Choice("parcours-cmc", "CMC"),))
    assert snapshot(clarify)["choices"] == [{"programme": "parcours-cmc", "title": "CMC"}]


def test_ids_sort_as_they_were_made_and_travel_in_addresses():
    ids = [new_id() for _ in range(2000)]
    assert len(set(ids)) == 2000
    assert all(id.replace("-", "").isalnum() and id.isascii() and id[14] == "7" for id in ids)
    # The clock ticks every 244 ns in an id; a later one is at most a tick behind.
    assert [id[:18] for id in ids] == sorted(id[:18] for id in ids)


def test_a_full_disk_stops_writes_and_nothing_else(path):
    engine = connect(f"sqlite:///{path}")
    journal = Journal(engine)
    first = sample_record(AT)
    journal.record(first)

    @event.listens_for(engine, "checkout")
    def _no_space(connection, *_):
        connection.execute(f"PRAGMA max_page_count = {limit}")

    limit = 1
    with pytest.raises(JournalUnavailable, match="full"):
        journal.record(sample_record(AT, answer={"segments": ["x" * 100_000]}))
    assert journal.question(first.id) == first
    limit = 1_000_000
    journal.record(sample_record(AT))
    assert len(journal.recent(9)) == 2
    engine.dispose()


@contextmanager
def locked(path):
    """Another programme keeps the SQLite file for itself."""
    outside = sqlite3.connect(path, isolation_level=None)
    outside.execute("BEGIN EXCLUSIVE")
    yield
    outside.close()


def test_a_lock_held_from_outside_is_an_outage_that_ends_with_it(path):
    engine = connect(f"sqlite:///{path}?timeout=0.2")
    journal = Journal(engine, patience=0.2, rest=0)
    assert journal.recent(1) == ()
    with locked(path):
        with pytest.raises(JournalUnavailable, match="locked"):
            journal.record(sample_record(AT))
        with pytest.raises(JournalUnavailable):
            journal.recent(1)
    journal.record(sample_record(AT))
    assert len(journal.recent(9)) == 1
    engine.dispose()


def test_a_stuck_database_is_not_waited_for_again_and_again(path):
    engine = connect(f"sqlite:///{path}")
    journal = Journal(engine, patience=0.2)
    assert journal.recent(1) == ()
    with locked(path):
        began = time.monotonic()
        for _ in range(50):
            with pytest.raises(JournalUnavailable):
                journal.record(sample_record(AT))
        assert 0.2 <= time.monotonic() - began < 2
    engine.dispose()


def test_reading_takes_no_write_lock(path):
    engine = connect(f"sqlite:///{path}?timeout=0.2")
    journal = Journal(engine)
    record = sample_record(AT)
    journal.record(record)
    outside = sqlite3.connect(path, isolation_level=None)
    outside.execute("BEGIN IMMEDIATE")
    assert journal.question(record.id) == record
    outside.close()
    engine.dispose()


def test_a_lost_table_or_file_is_an_outage_too(tmp_path):
    engine = connect(fresh_url("sqlite", tmp_path))
    with pytest.raises(JournalUnavailable, match="no such table"):
        Journal(engine).record(sample_record(AT))
    engine.dispose()


def test_an_unreachable_server_is_an_outage_without_the_password():
    pytest.importorskip("psycopg")
    engine = connect("postgresql://assistant:hunter2@127.0.0.1:9/assistant")
    with pytest.raises(JournalUnavailable) as caught:
        Journal(engine).recent(1)
    assert "hunter2" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_threads_share_one_journal(path):
    engine = connect(f"sqlite:///{path}")
    journal = Journal(engine)
    faults = []

    def write():
        try:
            for _ in range(10):
                journal.record(sample_record(AT))
        except Exception as fault:
            faults.append(fault)

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(journal.recent(100)) == 60
    engine.dispose()


# Both run in a process of their own: a test run has threads, which a fork does not survive.
WRITERS = """
import os, sys
from datetime import UTC, datetime
from assistant.database import connect
from assistant.journal import Journal
from tests.databases import sample_record

children = []
for _ in range(4):
    child = os.fork()
    if not child:
        journal = Journal(connect("sqlite:///" + sys.argv[1]))
        for _ in range(150):
            journal.record(sample_record(datetime.now(UTC)))
        os._exit(0)
    children.append(child)
sys.exit(any(os.waitpid(child, 0)[1] for child in children))
"""

KILLS = """
import os, random, signal, sqlite3, sys, time
from datetime import UTC, datetime
from assistant.database import connect
from assistant.journal import Journal
from tests.databases import sample_record

path, rounds = sys.argv[1], int(sys.argv[2])
dice = random.Random(20261124)
acknowledged = set()
for _ in range(rounds):
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        journal = Journal(connect("sqlite:///" + path))
        while True:
            record = sample_record(datetime.now(UTC), answer={"segments": ["mot " * 2000]})
            journal.record(record)
            os.write(tell, record.id.encode() + b"\\n")
    os.close(tell)
    with os.fdopen(told, "rb") as pipe:
        first = pipe.readline()
        time.sleep(dice.random() * 0.06)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        acknowledged |= {line.strip().decode() for line in (first, *pipe) if line.endswith(b"\\n")}
    file = sqlite3.connect(path)
    assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    kept = {id for (id,) in file.execute("SELECT id FROM questions")}
    file.close()
    assert acknowledged <= kept, acknowledged - kept
print(len(acknowledged))
"""


def _run(script, *arguments):
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        capture_output=True, text=True, timeout=120, check=False, cwd=Path(__file__).parent.parent,
    )  # fmt: skip


def test_four_writers_never_meet_a_locked_database(path):
    done = _run(WRITERS, path)
    assert done.returncode == 0, done.stderr[-2000:]
    file = sqlite3.connect(path)
    assert file.execute("SELECT count(*) FROM questions").fetchone() == (600,)
    file.close()


def test_twenty_kills_while_writing_lose_nothing_that_was_acknowledged(path):
    done = _run(KILLS, path, 20)
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) >= 20
