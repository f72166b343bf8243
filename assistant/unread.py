"""Unread documents: what the last build could not read, kept beside the index for staff.

<data>/index/unread.json   each with its reason and its remedy
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from corpus.library import Unreadable

_FILE = "unread.json"


def keep_unread(folder: Path, unreadable: Iterable[Unreadable]) -> None:
    """Keep what could not be read; where that cannot be written, staff do not see it."""
    beside = folder / f".{_FILE}.{os.getpid()}"
    with suppress(OSError):
        beside.write_text(json.dumps([asdict(each) for each in unreadable]), encoding="utf-8")
        beside.replace(folder / _FILE)


def built_at(folder: Path) -> datetime | None:
    """When the last build was; None where there was none."""
    try:
        return datetime.fromtimestamp((folder / _FILE).stat().st_mtime, UTC)
    except OSError:
        return None


def read_unread(folder: Path) -> tuple[Unreadable, ...]:
    """What the last build could not read; a file that is damaged counts as none."""
    try:
        entries = json.loads((folder / _FILE).read_text("utf-8"))
        return tuple(Unreadable(**each) for each in entries)
    except (OSError, ValueError, TypeError):
        return ()
