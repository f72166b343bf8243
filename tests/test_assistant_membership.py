"""The commands that make staff accounts, close them and give them tokens."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.database import connect
from assistant.member import Member
from assistant.staff import staff_of

PASSWORD = "une phrase assez longue"


@pytest.fixture
def run(tmp_path: Any) -> Any:
    def run(*arguments: str, input: str | None = None) -> Any:
        result = CliRunner().invoke(
            app, ["staff", *arguments], env={"ASSISTANT_DATA": str(tmp_path)}, input=input
        )
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def staff(tmp_path: Any) -> Any:
    return staff_of(connect(f"sqlite:///{tmp_path}/assistant.sqlite3"))


def test_an_account_is_made_listed_closed_and_opened(run: Any, staff: Any) -> None:
    options = ("--role", "editor", "--programme", "b", "--programme", "a")
    added = run("add", "Marie Le Goff", *options, "--password", PASSWORD)

    assert (added.exit_code, added.stderr) == (0, "")
    assert added.stdout == "Marie Le Goff may sign in as editor.\n"
    member = Member("Marie Le Goff", "editor", ("a", "b"))
    assert staff.accounts.verified("marie le goff", PASSWORD) == member
    assert run("disable", "Marie Le Goff").stdout.startswith("Marie Le Goff may not sign in")
    assert run("list").stdout.startswith("Marie Le Goff: editor of a, b, added 20")
    assert ", disabled 20" in run("list").stdout
    assert staff.accounts.verified("Marie Le Goff", PASSWORD) is None
    assert run("enable", "Marie Le Goff").exit_code == 0
    assert staff.accounts.verified("Marie Le Goff", PASSWORD) == member
    assert {change.account for change in staff.audit.latest(9)} == {"(terminal)"}


def test_programs_read_json(run: Any, staff: Any) -> None:
    added = run("add", "Marie", "--role", "reader", "--password", PASSWORD, "--json")
    described = json.loads(added.stdout)

    assert (described["name"], described["role"], described["programmes"]) == (
        "Marie", "reader", None,
    )  # fmt: skip
    assert json.loads(run("list", "--json").stdout) == {"accounts": [described]}
    given = json.loads(run("token", "Marie", "--json").stdout)
    assert list(given) == ["token"]
    assert staff.tokens.member(given["token"]) == Member("Marie", "reader")
    assert json.loads(run("disable", "Marie", "--json").stdout) == {"disabled": "Marie"}
    assert json.loads(run("enable", "Marie", "--json").stdout) == {"enabled": "Marie"}
    changed = run("password", "Marie", "--password", PASSWORD, "--json")
    assert json.loads(changed.stdout) == {"changed": "Marie"}
    assert PASSWORD not in added.stdout + changed.stdout


def test_a_token_is_shown_once_with_how_to_send_it(run: Any, staff: Any) -> None:
    run("add", "Marie", "--role", "reader", "--password", PASSWORD)

    made = run("token", "marie")

    assert staff.tokens.member(made.stdout.strip()) == Member("Marie", "reader")
    assert "Authorization: Bearer" in made.stderr


def test_a_password_may_come_from_a_pipe(run: Any, staff: Any) -> None:
    added = run("add", "Marie", "--role", "reader", input=f"{PASSWORD}\n")

    assert added.exit_code == 0
    assert staff.accounts.verified("Marie", PASSWORD)
    assert run("password", "Marie", input="une tout autre phrase\n").exit_code == 0
    assert staff.accounts.verified("Marie", "une tout autre phrase")


def test_an_account_of_the_university_has_no_password(run: Any) -> None:
    assert run("add", "mlegoff", "--role", "reader", "--without-password").exit_code == 0
    assert ", without password" in run("list").stdout


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        (("add", "Marie", "--role", "reader", "--password", PASSWORD), "already", 1),
        (("add", "Jean", "--role", "reader", "--password", "court"), "give 12 characters", 1),
        (("add", "Jean", "--role", "reader"), "give --password", 1),
        (("add", " ", "--role", "reader", "--password", PASSWORD), "needs a name", 1),
        (("add", "Jean", "--role", "king", "--password", PASSWORD), "administrator", 2),
        (("add", "Jean", "--password", PASSWORD), "--role", 2),
        (
            ("add", "Jean", "--role", "reader", "--password", PASSWORD, "--without-password"),
            "not both",
            2,
        ),
        (("disable", "Jean"), "'Jean' has no account", 1),
        (("disable", "Marie"), "last administrator", 1),
        (("enable", "Jean"), "'Jean' has no account", 1),
        (("token", "Jean"), "'Jean' has no account", 1),
        (("password", "Jean"), "'Jean' has no account", 1),
        (("password", "Marie", "--password", "court"), "give 12 characters", 1),
    ],
)
def test_a_mistake_is_told(run: Any, arguments: tuple[str, ...], said: str, code: int) -> None:
    run("add", "Marie", "--role", "administrator", "--password", PASSWORD)

    result = run(*arguments)

    assert result.exit_code == code
    assert said in result.stderr
    assert result.stderr.count("\n") == 1 or code == 2
    assert "Traceback" not in result.stderr
