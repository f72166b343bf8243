"""`python -m bench`: everything is measured in one run, on one machine, with one corpus."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench.material import PACKAGED, WARM_UP, documents, questions
from bench.results import Row, as_json, as_table, ratio, spread
from bench.server import ask_for, ask_one_by_one, serving
from bench.stages import time_build, time_questions
from corpus.document import Document
from corpus.library import read_corpus
from index.content import cut_all, embedding_text
from index.encoder import EMBEDDED, open_encoder

_CLIENTS = 4
_FLOORS = {"sentence-transformers": "floor", "embedded": "floor, same encoder"}


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--seconds", type=float, default=10.0, help="of load over HTTP")
    parser.add_argument("--questions", type=int, default=None, help="timed; a short run")
    arguments = parser.parse_args()
    where = machine()
    with tempfile.TemporaryDirectory(prefix="assistant-bench-") as folder:
        rows = list(measured(Path(folder), arguments.seconds, arguments.questions))
    if arguments.json:
        print(json.dumps({"machine": where, "results": as_json(rows)}, indent=1))
    else:
        print(f"{where}\n\n{as_table(rows)}")
    return 0


def measured(folder: Path, seconds: float, limit: int | None) -> Iterator[Row]:
    """Every figure, a group at a time."""
    asked = questions(limit)
    packaged = read_corpus(PACKAGED).documents
    every = documents() if limit is None else packaged
    built, searched = texts_of(every), texts_of(packaged)
    texts = [question.question for question in asked]
    floors = {name: floor(name, built, searched, texts) for name in _FLOORS}
    with serving(folder / "served", folder / "log") as server:
        first_s = server.seconds
    with serving(folder / "served", folder / "log") as server:
        again_s = server.seconds
        started_mb = server.memory_mb
        alone = ask_one_by_one(server.address, asked, WARM_UP)
        load = ask_for(server.address, asked, _CLIENTS, seconds)
        loaded_mb = server.memory_mb
    encoder = open_encoder(EMBEDDED)
    stages = time_questions(folder / "served" / "index", encoder, asked)
    build_s, passages = time_build(every, encoder, folder / "built")

    group = f"A question, one after the other (ms; {len(stages['total'])} questions)"
    for stage in ("encoding", "search", "deciding"):
        yield Row(group, stage, spread(stages[stage]))
    ours = spread(stages["total"])
    yield Row(group, "in the process", ours)
    yield Row(group, "HTTP and recording", spread(alone.beside))
    yield Row(group, "over HTTP", spread(alone.times))
    for name, label in _FLOORS.items():
        found = spread(floors[name]["question_ms"])
        yield Row(group, label, found)
        yield Row(group, f"in the process / {label}", {"p50": ratio(ours["p50"], found["p50"])})

    group = f"Under load ({_CLIENTS} clients, {load.seconds:.0f} s, on the same machine)"
    yield Row(group, "rate", {"answers": len(load.times) / load.seconds}, "a second")
    yield Row(group, "time of a question", spread(load.times), "ms")
    yield Row(group, "failures", {"count": load.failures})

    group = f"A build (s per 1,000 passages; {passages} passages of {len(every)} documents)"
    yield Row(group, "cut, encoded, counted, written", {"time": build_s * 1000 / passages})
    for name, label in _FLOORS.items():
        floor_s = floors[name]["build_s"]
        yield Row(group, f"{label}, from passages", {"time": floor_s * 1000 / len(built)})
        yield Row(group, f"build / {label}", {"times": ratio(build_s, floor_s)})

    group = "The serving process"
    yield Row(group, "start to ready, index to build", {"time": first_s}, "s")
    yield Row(group, "start to ready, index there", {"time": again_s}, "s")
    yield Row(group, "memory when ready", {"held": started_mb}, "MB")
    yield Row(group, "memory after the load", {"held": loaded_mb}, "MB")
    for name, label in _FLOORS.items():
        yield Row(group, f"memory of the {label}", {"held": floors[name]["memory_mb"]}, "MB")


def texts_of(documents: Iterable[Document]) -> list[str]:
    """What is encoded of documents' passages."""
    return [embedding_text(passage) for passage in cut_all(documents)[1]]


def floor(name: str, built: list[str], searched: list[str], asked: list[str]) -> Any:
    """`bench.floor` in a process of its own."""
    texts = {"built": built, "searched": searched, "questions": asked}
    done = subprocess.run(
        (sys.executable, "-m", "bench.floor"),
        input=json.dumps({"name": name, "warm_up": WARM_UP, **texts}),
        capture_output=True, text=True, check=False,
        cwd=Path(__file__).parent.parent, env=os.environ | {"HF_HUB_OFFLINE": "1"},
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"The floor failed: {done.stderr[-1000:]}")
    return json.loads(done.stdout)


def machine() -> str:
    """What the figures were taken on, and what else it had to do."""
    busy = f", load {os.getloadavg()[0]:.1f} before" if hasattr(os, "getloadavg") else ""
    return (
        f"{platform.machine()}, {os.cpu_count()} processors, {platform.system()}, "
        f"Python {platform.python_version()}{busy}"
    )


if __name__ == "__main__":
    sys.exit(main())
