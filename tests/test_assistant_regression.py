from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from assistant.answer_store import AnswerStore, Effect
from assistant.cli import app
from assistant.database import connect, migrate
from assistant.journal import Journal
from assistant.staff_answer import Content, Wording
from tests.databases import sample_record
from tests.supplies import SUPPLIES, settings_of

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
CONTENT = Content(
    "parcours-cmc",
    "Où garer sa voiture ?",
    "Le parking P2 est ouvert.",
    wordings=(Wording("c ou ma caisse ?", "q1"),),
)


@pytest.fixture
def house(tmp_path):
    settings = settings_of(tmp_path)
    engine = connect(f"sqlite:///{settings.data}/assistant.sqlite3")
    migrate(engine)
    store = AnswerStore(engine)
    asked = {"history": (), "status": "unanswered", "reason": "not_documented"}
    Journal(engine).record(sample_record(NOW, id="q1", question="c ou ma caisse ?", **asked))
    env = {"ASSISTANT_DATA": str(settings.data), "ASSISTANT_CORPUS": str(settings.corpus)}

    def run(*arguments):
        return CliRunner().invoke(app, ["evaluate", *arguments], obj=SUPPLIES, env=env)

    yield store, run
    engine.dispose()


def test_closed_questions_that_get_their_answer_are_no_regressions(house):
    store, run = house
    store.add(CONTENT, "published", "Marie", NOW, Effect(closed=("q1",)))

    result = run("--regressions", "--json")

    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert (told["closed"], told["failures"]) == (1, [])
    assert "." in told["index"]


def test_a_closed_question_that_is_not_answered_any_more_fails_the_command(house):
    store, run = house
    other = replace(CONTENT, wordings=())
    added = store.add(other, "published", "Marie", NOW, Effect(closed=("q1",)))

    told = run("--regressions", "--json")
    shown = run("--regressions")

    assert (told.exit_code, shown.exit_code) == (1, 1)
    (failure,) = json.loads(told.stdout)["failures"]
    assert (failure["question_id"], failure["answer"]) == ("q1", added.id)
    assert f"staff/{added.id}" not in failure["got"]
    assert "c ou ma caisse" in shown.output


def test_what_a_retracted_answer_closed_is_not_asked_again(house):
    store, run = house
    added = store.add(CONTENT, "published", "Marie", NOW, Effect(closed=("q1",)))
    store.change(added.id, 1, CONTENT, "retracted", "Marie", NOW)

    assert json.loads(run("--regressions", "--json").stdout)["closed"] == 0


def test_without_files_the_command_says_what_to_give(house):
    result = house[1]()

    assert result.exit_code == 2
    assert "--regressions" in result.output
