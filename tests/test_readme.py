"""The README: what it promises is there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest
import typer.main
from starlette.testclient import TestClient

from assistant.answer import Reply
from assistant.cli import app
from assistant.evaluation import STATUS
from assistant.questionfile import ALLOWED
from assistant.settings import settings_table
from corpus.front_matter import split_front_matter
from corpus.reader import READERS
from tests.members import Door

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PAPERS = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "DECISIONS.md")


def section(title: str) -> str:
    found = re.search(rf"^#+ {title}\n(.*?)(?=^## |\Z)", README, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def table(title: str) -> list[tuple[str, ...]]:
    rows = [line for line in section(title).splitlines() if line.startswith("|")]
    return [tuple(cell.strip() for cell in row[1:-1].split(" | ")) for row in rows[2:]]


def code() -> str:
    return "\n".join(re.findall(r"^```\w*\n(.*?)^```", README, re.MULTILINE | re.DOTALL))


def said() -> set[str]:
    return set(re.findall(r"`([^`\n]+)`", README)) | set(code().splitlines())


def test_the_two_commands_come_first():
    first = README.split("```")[1]
    assert [line.split()[:2] for line in first.splitlines()[1:]] == [
        ["make", "serve"],
        ["make", "test"],
    ]


def test_the_settings_are_those_of_the_code():
    assert table("Settings") == [(f"`{name}`", *rest) for name, *rest in settings_table()]


def test_every_variable_named_is_a_setting():
    known = {name for name, _, _ in settings_table()} | {"ASSISTANT_DATABASE_URL_FILE"}
    assert set(re.findall(r"\bASSISTANT_[A-Z_]+", README)) <= known


def test_every_target_named_is_in_the_makefile():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)", "\n".join(said()))) <= targets


def test_every_command_named_is_one_with_its_options():
    commands = typer.main.get_command(app).commands
    lines = [line.split("#")[0] for line in said() if re.match(r"(\S+/)?assistant [a-z]", line)]
    assert lines
    for line in lines:
        name, *words = line.split()[1:]
        assert name in commands, line
        command = commands[name]
        if hasattr(command, "commands"):
            command = command.commands[words[0]]
        options = {option for each in command.params for option in each.opts}
        assert set(re.findall(r" (--[a-z-]+)", line)) <= options, line


def test_every_route_named_is_served(door: Door):
    client = door.client()
    named = set(re.findall(r"(?<=127\.0\.0\.1:8000)/[^\s'>)]+", README))
    named |= set(re.findall(r"(?<=univ\.example)/widget[^\s\"]*", README))
    named |= {each for each in said() if re.fullmatch(r"/[a-z.]+(/\S*)?", each)}
    assert named >= {"/api/v1/ask", "/readyz", "/widget.js"}
    # Routes that are posted to refuse the method, not the address.
    assert [name for name in named if client.get(name).status_code == 404] == []


def test_every_request_shown_is_taken(client: TestClient):
    posted = re.findall(r"8000(/\S+) .*?\n\s+-d '(.*)'", README)
    assert posted
    for path, body in posted:
        content = json.loads(body.replace("'\"'\"'", "'"))
        given = client.post(path, json=content)
        # The answer that an opinion is about is the reader's own.
        assert given.status_code in {200, 204, 404 if path.endswith("feedback") else 200}, body


def test_the_formats_are_those_that_are_read():
    named = [suffix for cell, _ in table("Documents") for suffix in re.findall("`(.+?)`", cell)]
    assert sorted(named) == sorted(READERS)


def test_the_front_matter_shown_is_read():
    shown = re.search(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert shown
    metadata, _, notes = split_front_matter(shown[1] + "\ntext\n")
    assert None not in vars_of(metadata).values()
    assert list(notes) == []


def vars_of(metadata: object) -> dict[str, object]:
    return {name: getattr(metadata, name) for name in type(metadata).__dataclass_fields__}


def test_the_statuses_are_those_of_a_reply():
    statuses = {STATUS[kind] for kind in get_args(Reply)}
    assert {name.strip("`") for name, _ in table("Ask")} == statuses


def test_the_kinds_of_questions_are_those_that_are_judged():
    assert all(f"`{kind}`" in section("Evaluation") for kind in ALLOWED)


@pytest.mark.parametrize("name", PAPERS)
def test_every_file_that_a_paper_links_to_is_there(name: str):
    text = (ROOT / name).read_text("utf-8")
    for link in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / link).exists(), link


@pytest.mark.parametrize("name", PAPERS)
def test_every_module_that_a_paper_names_is_there(name: str):
    text = (ROOT / name).read_text("utf-8")
    for path in re.findall(r"`((?:assistant|bench|corpus|index|tests|web)/[^`\s*…]*)`", text):
        assert (ROOT / path).exists(), path
