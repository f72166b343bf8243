"""Reading files in a child process of limited memory and time, so that none can do harm."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from corpus.reader import read
from corpus.reading import Reading, UnreadableDocument
from corpus.wire import decode, request_of

# Formats that are read here: their readers are of this project alone and take what they are given
# in one pass, while the others stand on libraries that unpack and parse.
_HARMLESS = frozenset((".md", ".txt"))
_PACKAGES = Path(__file__).parent.parent
_START = "import sys; sys.path[:] = {path!r}; from corpus.worker import serve; serve({args})"
_SIZE = 8
_CHUNK = 1 << 16
_LARGEST_ANSWER = 256 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take: megabytes of memory, seconds of the processor, seconds in all.

    A process is replaced after `files`, for the memory that libraries never give back.
    """

    memory: int = 1024
    processor: int = 60
    wall: float = 120.0
    files: int = 2000


class LimitedReader:
    """Reads files as `corpus.reader.read` does, in a child process that it keeps between them.

    Safe to share between threads; files are read one at a time. Close it, or use it as a context.
    """

    def __init__(self, limits: Limits = Limits()) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._read = 0

    def read(self, data: bytes, suffix: str, selector: str | None = None) -> Reading:
        """Read a file's bytes by the suffix of its name, and what a selector names of a page.

        Raises `UnreadableDocument` as `corpus.reader.read` does, and when a limit is reached.
        """
        if suffix.lower() in _HARMLESS:
            return read(data, suffix)
        with self._lock:
            process = self._started()
            try:
                answer = self._asked(process, request_of(data, suffix, selector))
            except TimeoutError as error:
                self._end()
                raise self._too_long(self._limits.wall) from error
            except (OSError, EOFError) as error:
                raise self._died() from error
            self._read += 1
            if self._read >= self._limits.files:
                self._end()
        return decode(answer)

    def close(self) -> None:
        """End the child process."""
        with self._lock:
            self._end()

    def __enter__(self) -> LimitedReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self._end()
        if self._process is None:
            limits = f"{self._limits.memory * 1024 * 1024}, {self._limits.processor}"
            path = [str(_PACKAGES), *(entry or os.getcwd() for entry in sys.path)]
            code = _START.format(path=path, args=limits)
            # Its own session: a key that interrupts the parent is for the parent to handle.
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-B", "-c", code],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            self._read = 0
        return self._process

    def _asked(self, process: subprocess.Popen[bytes], request: bytes) -> bytes:
        """The answer to a request; raises `TimeoutError`, or `EOFError` when the child died."""
        if process.stdin is None or process.stdout is None:
            raise EOFError
        process.stdin.write(len(request).to_bytes(_SIZE, "big"))
        process.stdin.write(request)
        process.stdin.flush()
        deadline = time.monotonic() + self._limits.wall
        answer = bytearray()
        expected = _SIZE
        waiting = select.poll()
        waiting.register(process.stdout, select.POLLIN)
        while len(answer) < expected:
            left = deadline - time.monotonic()
            if left <= 0 or not waiting.poll(left * 1000):
                raise TimeoutError
            chunk = os.read(process.stdout.fileno(), _CHUNK)
            if not chunk:
                raise EOFError
            answer += chunk
            if expected == _SIZE and len(answer) >= _SIZE:
                expected += int.from_bytes(answer[:_SIZE], "big")
            if expected > _LARGEST_ANSWER:
                raise EOFError
        return bytes(answer[_SIZE:])

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _died(self) -> UnreadableDocument:
        """Why the child died, by how it ended."""
        process = self._process
        code = process.wait() if process is not None else 0
        self._end()
        if code == -signal.SIGXCPU:
            return self._too_long(self._limits.processor)
        if code == os.EX_OSERR:
            return UnreadableDocument(
                f"Reading the file takes more than {self._limits.memory} MB of memory.",
                "Split it, or save it again from the program it was made with.",
            )
        return UnreadableDocument(
            "The file brought its reader down.",
            "Save it again from the program it was made with, or in another format.",
        )

    def _too_long(self, seconds: float) -> UnreadableDocument:
        return UnreadableDocument(
            f"Reading the file takes more than {seconds:g} seconds.",
            "Split it, or save it again from the program it was made with.",
        )
