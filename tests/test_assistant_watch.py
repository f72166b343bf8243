from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.intake import Given, Intake, Run, given
from assistant.office import Built, Office
from assistant.settings import Settings
from assistant.watch import Watch, signature
from tests.supplies import FEES, LONGER, STAGE, SUPPLIES, settings_of, written
from tests.webmaster import page, university

ROOT = Path(__file__).parent.parent
DRIVER = """
import sys
from assistant.cli import app
from tests.supplies import SUPPLIES
app(sys.argv[1:], prog_name="assistant", obj=SUPPLIES)
"""


class Watched:
    """A watch in a thread of its own, and what it told."""

    def __init__(self, settings: Settings, wanted: Given, every: float | None = None) -> None:
        self.runs: list[Run] = []
        self.complaints: list[str] = []
        self.watch = Watch(
            wanted, self.runs.append, self.complaints.append, every,
            allowed=settings.private_sources,
        )  # fmt: skip
        self.office = Office(settings, SUPPLIES)
        self.intake = Intake(settings, self.build, "droit", pause=self.watch.pause)

    def build(self) -> tuple[Office, Built]:
        return self.office, self.office.build(wait=30)

    def until(self, happened: Callable[[], bool], seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while not happened():
            assert time.monotonic() < end, (self.complaints, [r.report for r in self.runs])
            time.sleep(0.05)

    def answers(self, words: str) -> bool:
        self.office.refresh()
        index = self.office.index
        return index is not None and any(words in each.text for each in index.documents.values())


@contextmanager
def watching(settings: Settings, wanted: Given, every: float | None = None) -> Iterator[Watched]:
    watched = Watched(settings, wanted, every)
    work = [watched.watch._visit] if wanted.lists or wanted.addresses else []
    work += [watched.watch._look] if wanted.paths else []
    threads = [
        threading.Thread(target=watched.watch._until_stopped, args=(each, watched.intake))
        for each in work
    ]
    for thread in threads:
        thread.start()
    try:
        yield watched
    finally:
        watched.watch.stop()
        for thread in threads:
            thread.join()


def test_files_are_answered_from_as_they_change_come_and_go(tmp_path: Path) -> None:
    folder = written(tmp_path / "site", {"stage.md": STAGE, "frais.md": FEES})
    settings = settings_of(tmp_path)

    with watching(settings, Given(paths=(folder,))) as watched:
        watched.until(lambda: watched.answers("254 euros"))
        written(folder, {"stage.md": LONGER, "jury.md": "# Jury\n\nLe jury se réunit en juin."})
        (folder / "frais.md").unlink()
        watched.until(lambda: watched.answers("560 heures") and not watched.answers("254 euros"))

    assert watched.answers("en juin")
    assert watched.complaints == []


def test_a_site_is_visited_again_by_its_schedule_and_a_list_may_change(tmp_path: Path) -> None:
    with university() as master:
        master.put("/stage", page("Stage", "Le stage dure 420 heures."))
        master.list_pages("/stage")
        listing = tmp_path / "sources.toml"
        entry = f'[[site]]\nsitemap = "{master.url("/sitemap.xml")}"\ndelay = 0\n'
        listing.write_text(entry)
        settings = settings_of(tmp_path, private_sources=(master.host,))

        with watching(settings, Given(lists=(listing,)), every=0.0002) as watched:
            watched.until(lambda: watched.answers("420 heures"))
            master.put("/stage", page("Stage", "Le stage dure 560 heures."))
            watched.until(lambda: watched.answers("560 heures"))
            listing.write_text("[[site]]\n")
            watched.until(lambda: bool(watched.complaints))
            listing.write_text("")
            watched.until(lambda: not watched.answers("560 heures"))

    assert all("it names no page" in each for each in watched.complaints)


def test_a_signature_tells_states_apart_without_reading(tmp_path: Path) -> None:
    folder = written(tmp_path / "site", {"a/b.md": STAGE, ".hidden/c.md": STAGE})
    before = signature([folder])
    assert before == signature([folder])
    written(folder, {"a/b.md": STAGE + " "})
    assert before != signature([folder])
    assert signature([tmp_path / "missing"]) == ((str(tmp_path / "missing"), -1, -1),)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_watch_ends_cleanly_when_it_is_asked_to(tmp_path: Path, number: int) -> None:
    folder = written(tmp_path / "site", {"stage.md": STAGE})
    settings = settings_of(tmp_path)
    others = {name: each for name, each in os.environ.items() if not name.startswith("ASSISTANT_")}
    own = {"ASSISTANT_DATA": str(settings.data), "ASSISTANT_CORPUS": str(settings.corpus)}
    command = [sys.executable, "-c", DRIVER, "ingest", str(folder), "--watch", "--json"]
    with subprocess.Popen(
        command, env={**others, **own, "PYTHONPATH": str(ROOT)}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        process.send_signal(number)
        _, error = process.communicate(timeout=30)

    assert told["report"]["counts"]["added"] == 1
    assert process.returncode == 0
    assert error.count("\n") == 1
    assert "Ctrl-C stops" in error


def test_words_of_the_command_line_are_told_apart(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    assert given([], settings) == Given()
    wanted = given(["site", "https://u.example/x", "s.toml"], settings)
    assert wanted == Given((Path("site"),), ("https://u.example/x",), (Path("s.toml"),))
    written(settings.data, {"sources.toml": ""})
    assert given([], settings).lists == (settings.data / "sources.toml",)
