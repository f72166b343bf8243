"""The wheel: what is in it, and that it answers in an environment of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("assistant", "corpus", "index", "web")

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path = Path("/"), **environ: str) -> str:
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ASSISTANT_", "PYTHON"))
    }
    done = subprocess.run(
        command, cwd=cwd, env=inherited | environ, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of a fresh environment that holds the wheel and sees these dependencies."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    scheme = {"base": str(folder), "platbase": str(folder)}
    packages = Path(sysconfig.get_path("purelib", "venv", scheme))
    # A plain path: an editable installation beside the dependencies is not followed.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    commands = Path(sysconfig.get_path("scripts", "venv", scheme))
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python")
    run(*pip, commands / "python", "install", "--no-deps", "--no-index", wheel)
    return commands


def test_the_wheel_has_every_file_of_the_four_packages(wheel: Path):
    shipped = {name for name in ZipFile(wheel).namelist() if name.partition("/")[0] in ROOMS}
    present = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert shipped == present


@pytest.mark.parametrize(
    "name",
    [
        "assistant/data/aspects/1-programme.toml",
        "assistant/data/lexicon/1-admission.toml",
        "assistant/data/intents.toml",
        "assistant/data/policy.json",
        "assistant/migrations/env.py",
        "assistant/migrations/versions/2026_11_24_questions.py",
        "corpus/documents/parcours-cmc/stage.md",
        "web/messages.toml",
        "web/static/page.css",
        "web/templates/home.html",
    ],
)
def test_the_wheel_has_the_data_of_each_kind(wheel: Path, name: str):
    assert name in ZipFile(wheel).namelist()


def test_the_wheel_has_nothing_else(wheel: Path):
    tops = {name.partition("/")[0] for name in ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(ROOMS)


def test_the_wheel_tells_its_licence_and_its_readme(wheel: Path):
    with ZipFile(wheel) as archive:
        metadata = archive.read(next(n for n in archive.namelist() if n.endswith("/METADATA")))
        assert any(name.endswith("/licenses/LICENCE") for name in archive.namelist())
    assert "License-Expression: EUPL-1.2" in metadata.decode()
    assert "make serve" in metadata.decode()


def test_the_installed_command_tells_its_version(installed: Path):
    assert run(installed / "assistant", "--version").split()[-1] == "0.1.0"


def test_the_installed_command_lists_its_commands(installed: Path):
    told = run(installed / "assistant", "--help")
    assert all(command in told for command in ("serve", "ask", "ingest", "build", "evaluate"))


def test_the_installed_command_answers_from_the_root_folder(installed: Path, tmp_path: Path):
    question = "Combien d'heures dure le stage ?"
    told = run(installed / "assistant", "ask", question, "--json", ASSISTANT_DATA=str(tmp_path))
    reply = json.loads(told)
    assert reply["status"] == "answered"
    assert "420" in reply["answer"]


def test_the_installed_packages_are_the_wheels(installed: Path):
    code = "import assistant, corpus, index, web\nprint(assistant, corpus, index, web, sep='\\n')"
    places = [line.split("'")[-2] for line in run(installed / "python", "-c", code).splitlines()]
    assert all(Path(place).is_relative_to(installed.parent) for place in places)
