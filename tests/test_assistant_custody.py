from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from tests.cases import Office, fresh_engine

CANARY = "Zélinde Quatrevaux"


@pytest.fixture
def office(tmp_path):
    office = Office(fresh_engine("sqlite", tmp_path))
    office.now = datetime.now(UTC) - timedelta(days=100)
    office.ask(f"{CANARY} : combien coûte la formation ?")
    office.now += timedelta(days=50)
    office.ask("=1+1 est-ce possible ?", history=("=2", "prix ?"))
    office.clerk.catch_up(30)
    return office


@pytest.fixture
def run(office, tmp_path):
    def run(*arguments, **more):
        env = {"ASSISTANT_DATA": str(tmp_path), "ASSISTANT_ENCODER": "embedded"} | more
        result = CliRunner().invoke(app, list(arguments), env=env)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def left(office):
    from assistant.extract import Extracts

    return [row["question"] for row in Extracts(office.engine).rows()]


def test_questions_are_exported_as_csv(run):
    result = run("export")
    rows = list(csv.DictReader(io.StringIO(result.stdout, newline="")))
    assert [row["question"] for row in rows] == [
        f"{CANARY} : combien coûte la formation ?",
        "'=1+1 est-ce possible ?",
    ]
    assert rows[1]["history"] == "'=2\nprix ?"
    assert rows[0]["state"] == "open"


def test_questions_are_exported_as_json(run):
    rows = json.loads(run("export", "--format", "json").stdout)
    assert rows[1]["question"] == "=1+1 est-ce possible ?"
    assert rows[1]["history"] == ["=2", "prix ?"]
    assert json.loads(run("export", "--format", "json", "--containing", "personne").stdout) == []


def test_a_file_of_an_export_opens_in_excel(run, tmp_path):
    path = tmp_path / "questions.csv"
    result = run("export", "--output", str(path))
    assert path.read_bytes().startswith("\ufeffid,".encode())
    assert b"\r\r\n" not in path.read_bytes()
    assert "delete it" in result.stderr


def test_what_is_known_of_a_person_is_exported(run):
    rows = json.loads(run("export", "--format", "json", "--containing", "zelinde").stdout)
    assert [row["question"] for row in rows] == [f"{CANARY} : combien coûte la formation ?"]
    assert run("export", "--containing", " ").exit_code == 2


def test_days_choose_what_is_exported(run):
    day = f"{datetime.now(UTC) - timedelta(days=70):%Y-%m-%d}"
    assert len(json.loads(run("export", "--format", "json", "--since", day).stdout)) == 1
    assert len(json.loads(run("export", "--format", "json", "--until", day).stdout)) == 1


def test_purge_takes_the_age_of_the_settings(run, office):
    result = run("purge", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["questions"] == 1
    assert len(left(office)) == 1
    assert json.loads(run("purge", "--json").stdout)["questions"] == 0
    assert "Erased: 1 questions" in run("purge", ASSISTANT_RETENTION_DAYS="7").stdout
    assert left(office) == []


def test_purge_takes_another_age(run, office):
    assert "0 questions" in run("purge", "--days", "200").stdout
    assert run("purge", "--days", "0").exit_code == 2
    assert "2 questions" in run("purge", "--days", "1").stdout


def test_forget_erases_and_tells_what(run, office, tmp_path):
    tried = run("forget", CANARY, "--dry-run")
    assert tried.stdout == "1 questions would be erased.\n"
    assert len(left(office)) == 2
    result = run("forget", CANARY, "--json")
    assert json.loads(result.stdout) == {
        "questions": 1, "groups": 0, "notes": 0, "wordings": 0, "revisions": 0, "answers": [],
        "packed": True,
    }  # fmt: skip
    office.engine.dispose()
    stored = (tmp_path / "assistant.sqlite3").read_bytes()
    assert CANARY.encode() not in stored
    assert b"quatrevaux" not in stored.lower()


def test_forget_refuses_what_is_too_short(run, office):
    result = run("forget", "a")
    assert result.exit_code == 2
    assert "too short" in result.stderr
    assert len(left(office)) == 2
