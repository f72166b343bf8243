"""Presence: which servers run on a data folder, and what each answers from.

A server notes its generation in a file of its own and holds a lock beside it while it lives, so
that whoever builds an index can wait until everybody answers from it. Nothing is left to clean
up by hand: a note whose lock is free belongs to nobody.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock, Timeout

_STEP = 0.05  # seconds between two looks
_SHORT_STEP = 0.02  # the same where somebody waits who publishes
_STARTING = 10  # seconds in which a server gets its own lock


class Presence:
    """One server's note; `close` takes it away."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._note = folder / f"{os.getpid()}-{secrets.token_hex(4)}"
        self._lock = FileLock(_lock_of(self._note), thread_local=False)
        # Whoever looks whether it is free holds it for a moment.
        self._lock.acquire(timeout=_STARTING)

    def tell(self, name: str) -> None:
        """Note what is answered from now: a generation, and behind a dot answers of staff."""
        beside = self._note.with_name(f".{self._note.name}")
        beside.write_text(name, encoding="ascii")
        beside.replace(self._note)

    def close(self) -> None:
        """Take the note away."""
        self._note.unlink(missing_ok=True)
        self._lock.release()
        _lock_of(self._note).unlink(missing_ok=True)


def others_than(name: str, folder: Path) -> int:
    """How many running servers answer from something else.

    `name` is a generation, whatever staff answered beside it, or `.` with the answers of staff,
    whatever the generation.
    """
    generation, dot, answers = name.partition(".")
    count = 0
    for path in sorted(folder.glob("*.lock")):
        note = path.with_suffix("")
        if _is_free(path):
            if not note.exists():
                continue  # just starting
            note.unlink(missing_ok=True)
            path.unlink(missing_ok=True)
        else:
            theirs, _, given = _read(note).partition(".")
            count += given != answers if dot else theirs != generation
    return count


def wait_for_servers(name: str, folder: Path, seconds: float) -> int:
    """Wait until every running server answers from that; how many still do not."""
    deadline = time.monotonic() + seconds
    while (late := others_than(name, folder)) and time.monotonic() < deadline:
        time.sleep(_STEP)
    return late


def wait_for_answers(digest: Callable[[], str], folder: Path, seconds: float) -> int:
    """Wait until every running server gives the answers of staff that are named so.

    How many still do not.
    """
    deadline = time.monotonic() + seconds
    # What is given may go on meanwhile, when somebody else publishes.
    while (late := others_than(f".{digest()}", folder)) and time.monotonic() < deadline:
        time.sleep(_SHORT_STEP)
    return late


def _lock_of(note: Path) -> Path:
    return note.with_name(f"{note.name}.lock")


def _is_free(path: Path) -> bool:
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except (Timeout, OSError):
        return False
    lock.release()
    return True


def _read(note: Path) -> str:
    try:
        return note.read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""
