"""The server: a real one on loopback, started, asked by several clients, and weighed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from time import monotonic, perf_counter, sleep
from urllib.parse import urlsplit

from assistant.questionfile import Expected
from bench.memory import resident_mb

_START = 120.0  # seconds a start may take
_STEP = 0.01


class ServerFailed(Exception):  # noqa: N818 (says what happened)
    """The server did not get ready; the message has its last words."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that is ready, and how long that took."""

    address: str
    process: int
    seconds: float

    @property
    def memory_mb(self) -> float | None:
        """What its process holds now."""
        return resident_mb(self.process)


@dataclass(slots=True)
class Load:
    """What came of asking for some seconds; times in milliseconds, as a client sees them."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)
    """What a request took beside the deciding that the reply tells of."""
    failures: int = 0


@contextmanager
def serving(data: Path, log: Path) -> Iterator[Server]:
    """A server over the packaged documents, stopped at the end; raises ServerFailed."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("ASSISTANT_")}
    command = (sys.executable, "-m", "assistant", "serve", "--host", "127.0.0.1", "--port", "0")
    began = perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, env=inherited | {"ASSISTANT_DATA": str(data)},
            stdin=subprocess.DEVNULL, stdout=output, stderr=output,
        )  # fmt: skip
    try:
        address = _address(process, log)
        while not _is_ready(address):
            _wait(process, log, began)
        yield Server(address, process.pid, perf_counter() - began)
    finally:
        process.terminate()
        process.wait(30)


def ask_one_by_one(address: str, questions: Sequence[Expected], warm_up: int) -> Load:
    """One client that asks each question once; the first `warm_up` ones are not counted."""
    load = Load()
    connection = _connect(address)
    for number, question in enumerate(questions):
        _ask(connection, question, load if number >= warm_up else Load())
    return load


def ask_for(address: str, questions: Sequence[Expected], clients: int, seconds: float) -> Load:
    """Several clients that ask the questions in turn until the time is up."""
    numbers = count()
    loads = [Load() for _ in range(clients)]
    began = monotonic()

    def client(load: Load) -> None:
        connection = _connect(address)
        while monotonic() < began + seconds:
            _ask(connection, questions[next(numbers) % len(questions)], load)

    threads = [threading.Thread(target=client, args=(load,)) for load in loads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Load(
        monotonic() - began,
        [time for load in loads for time in load.times],
        [time for load in loads for time in load.beside],
        sum(load.failures for load in loads),
    )


def _ask(connection: HTTPConnection, question: Expected, load: Load) -> None:
    body = json.dumps(
        {
            "question": question.question,
            "programme": question.programme,
            "history": question.history,
        }
    )
    began = perf_counter()
    connection.request("POST", "/api/v1/ask", body, {"Content-Type": "application/json"})
    response = connection.getresponse()
    content = response.read()
    spent = 1000 * (perf_counter() - began)
    if response.status != 200:
        load.failures += 1
        return
    load.times.append(spent)
    load.beside.append(spent - json.loads(content)["took_ms"])


def _connect(address: str) -> HTTPConnection:
    return HTTPConnection(urlsplit(address).netloc, timeout=30)


def _is_ready(address: str) -> bool:
    connection = _connect(address)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    began = perf_counter()
    while True:
        for word in log.read_text("utf-8").split():
            if word.startswith("http://127.0.0.1:"):
                return word
        _wait(process, log, began)


def _wait(process: subprocess.Popen[bytes], log: Path, began: float) -> None:
    if process.poll() is not None or perf_counter() > began + _START:
        raise ServerFailed(f"The server did not get ready: {log.read_text('utf-8')[-1000:]}")
    sleep(_STEP)
