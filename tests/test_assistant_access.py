"""The commands that give and withdraw keys."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.cli import app


@pytest.fixture
def run(tmp_path: Any) -> Any:
    def run(*arguments: str) -> Any:
        result = CliRunner().invoke(
            app, ["keys", *arguments], env={"ASSISTANT_DATA": str(tmp_path / "var")}
        )
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def test_a_key_is_shown_once_listed_and_revoked(run: Any) -> None:
    added = run("add", "Site de la faculté")
    secret = added.stdout.strip()
    listed = run("list")

    assert (added.exit_code, listed.exit_code) == (0, 0)
    assert secret.startswith("assistant_")
    assert "Authorization: Bearer" in added.stderr
    assert listed.stdout.startswith("Site de la faculté: added 20")
    assert secret not in listed.stdout
    assert run("revoke", "Site de la faculté").exit_code == 0
    assert ", revoked 20" in run("list").stdout


def test_programs_read_json(run: Any) -> None:
    added = json.loads(run("add", "site", "--json").stdout)
    listed = json.loads(run("list", "--json").stdout)["keys"]

    assert added["name"] == "site"
    assert added["key"].startswith("assistant_")
    assert [(each["name"], each["revoked_at"]) for each in listed] == [("site", None)]
    assert json.loads(run("revoke", "site", "--json").stdout) == {"revoked": "site"}


@pytest.mark.parametrize("arguments", [("revoke", "nobody"), ("add", " ")])
def test_a_mistake_is_one_line(run: Any, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)

    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("assistant: ")


def test_without_a_command_the_help_is_shown(run: Any) -> None:
    assert run("--help").exit_code == 0
    assert run().exit_code == 2
