"""What every file of the project keeps to."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Samples of what readers refuse or must cope with, as they are.
SAMPLES = tuple(
    f"tests/data/{name}/"
    for name in ("documents", "layouts-fresh", "layouts-held", "layouts-new", "unreadable")
)
BINARY = {".pdf", ".docx", ".png", ".jpg", ".ico", ".npz", ".woff2", ".zip"}

# In pieces, so that this file does not fail itself.
MACHINE_PLACES = re.compile(
    r"(?<![\w.:/-])/(?:" + "|".join(("root", "home/[a-z]", "work/", "tmp/[a-z]", "Users/")) + r")"
    r"|[A-Z]:\\\\?Users"
)
REGISTRY_HOSTS = re.compile(
    "|".join(
        re.escape(".".join(parts))
        for parts in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("npmjs", "org"),
            ("npmjs", "com"),
            ("debian", "org"),
            ("ubuntu", "com"),
            ("crates", "io"),
            ("golang", "org"),
        )
    )
    + "|--(?:extra-)?index-url[= ]http"
)


@cache
def tracked() -> tuple[str, ...]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    # The whole working tree: what is not ignored may be committed next.
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True,
    ).stdout.decode("utf-8")  # fmt: skip
    return tuple(sorted(name for name in set(listed.split("\0")) if (ROOT / name).is_file()))


@cache
def texts() -> dict[str, bytes]:
    return {
        name: (ROOT / name).read_bytes()
        for name in tracked()
        if not name.startswith(SAMPLES) and Path(name).suffix.lower() not in BINARY
    }


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, data in texts().items()
        if name != "LICENCE"
        for number, line in enumerate(data.decode("utf-8").splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_file_names_a_place_on_one_machine():
    assert lines_with(MACHINE_PLACES) == []


def test_no_file_names_a_package_registry():
    assert lines_with(REGISTRY_HOSTS) == []


def test_texts_are_utf_8_without_a_mark():
    for name, data in texts().items():
        text = data.decode("utf-8")
        assert not text.startswith("\N{ZERO WIDTH NO-BREAK SPACE}"), name
        assert "\N{REPLACEMENT CHARACTER}" not in text, name


def test_french_is_composed():
    # A decomposed "é" looks the same, and is found by no search.
    suffixes = {".md", ".toml", ".jsonl", ".html", ".txt"}
    apart = [
        name
        for name, data in texts().items()
        if Path(name).suffix in suffixes
        and not unicodedata.is_normalized("NFC", data.decode("utf-8"))
    ]
    assert apart == []


def test_lines_end_as_on_unix_and_files_with_a_line():
    wrong = [
        name for name, data in texts().items() if b"\r" in data or (data and data[-1:] != b"\n")
    ]
    assert wrong == []


def test_only_make_needs_tabs():
    with_tabs = [name for name, data in texts().items() if b"\t" in data]
    assert [name for name in with_tabs if not name.endswith("Makefile")] == []


def test_no_file_is_large():
    # What is larger belongs in a package, or is made by the build.
    most = {name: 2048 if Path(name).suffix in BINARY else 512 for name in tracked()}
    # What the encoder learnt, and what it makes of common words: each in the one file it has.
    most |= {"index/adaptation.npz": 8192, "assistant/data/word_vectors.npz": 8192}
    assert [name for name in tracked() if (ROOT / name).stat().st_size > most[name] * 1024] == []


def test_what_is_written_at_run_time_is_not_committed():
    assert [name for name in tracked() if name.startswith(("var/", ".venv/", "dist/"))] == []


def test_scripts_can_be_run():
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111
