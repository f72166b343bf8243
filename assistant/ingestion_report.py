"""Reports of ingestions: what each run added, changed, removed and could not read.

<data>/ingestions.json   the latest runs, the newest first
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from assistant.ingestion import Ingested
from assistant.settings import Settings
from corpus.library import Unreadable

MOST = 50
"""Runs that are kept."""
_NAMED = 500  # files of one kind that a kept report names
_WAIT = 10.0  # seconds for another run that is writing

_FILE = "ingestions.json"


@dataclass(frozen=True, slots=True)
class IngestionReport:
    """What one run did.

    `started` is a moment in ISO 8601 with its offset, `seconds` how long it took, `sources` what
    was given. `added`, `changed` and `removed` are paths under `documents`; of each there may be
    more than are named, `counts` has how many. `index` is the generation that came of it, empty
    when there was nothing to build.
    """

    started: str
    seconds: float
    sources: tuple[str, ...]
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    notes: tuple[str, ...] = ()
    counts: dict[str, int] | None = None
    index: str = ""

    @property
    def eventful(self) -> bool:
        """Whether there is anything to tell of it."""
        return bool(self.added or self.changed or self.removed or self.unreadable)


def report_of(
    started: str, seconds: float, sources: Iterable[str], ingested: Ingested, index: str = ""
) -> IngestionReport:
    """The report on one run."""
    return IngestionReport(
        started=started,
        seconds=round(seconds, 2),
        sources=tuple(sources),
        added=ingested.added,
        changed=ingested.changed,
        removed=ingested.removed,
        unreadable=ingested.refused,
        notes=ingested.notes,
        counts={
            "added": len(ingested.added),
            "changed": len(ingested.changed),
            "removed": len(ingested.removed),
            "unchanged": len(ingested.unchanged),
            "unreadable": len(ingested.refused),
        },
        index=index,
    )


def read_reports(settings: Settings) -> tuple[IngestionReport, ...]:
    """The latest runs, the newest first; a file that is damaged counts as none."""
    try:
        entries = json.loads((settings.data / _FILE).read_text("utf-8"))
        return tuple(_report(entry) for entry in entries)
    except (OSError, ValueError, TypeError, AttributeError, KeyError):
        return ()


def keep_report(settings: Settings, report: IngestionReport) -> None:
    """Keep a report on top of the others; where that cannot be written, it is lost.

    Of runs one after the other over the same sources that had nothing new to tell, the last is
    kept.
    """
    path = settings.data / _FILE
    with suppress(OSError, Timeout):
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(f".{_FILE}.lock")).acquire(timeout=_WAIT):
            before = list(read_reports(settings))
            if before and _alike(before[0], report):
                del before[0]
            reports = [_short(report), *before][:MOST]
            _write(path, [as_json(each) for each in reports])


def as_json(report: IngestionReport) -> dict[str, Any]:
    """A report as JSON."""
    return asdict(report)


def in_words(report: IngestionReport) -> str:
    """A report in a sentence."""
    counts = report.counts or {}
    told = ", ".join(f"{name} {count}" for name, count in counts.items())
    return f"Documents: {told}; {report.seconds:.1f} s."


def _alike(one: IngestionReport, other: IngestionReport) -> bool:
    """Whether two runs over the same sources changed nothing, and could not read the same."""
    altered = any((each.added or each.changed or each.removed) for each in (one, other))
    same = (one.sources, one.unreadable) == (other.sources, other.unreadable)
    return same and not altered


def _short(report: IngestionReport) -> IngestionReport:
    return replace(
        report,
        added=report.added[:_NAMED],
        changed=report.changed[:_NAMED],
        removed=report.removed[:_NAMED],
        unreadable=report.unreadable[:_NAMED],
        notes=report.notes[:_NAMED],
    )


def _report(entry: dict[str, Any]) -> IngestionReport:
    lists = ("sources", "added", "changed", "removed", "notes")
    return IngestionReport(
        **{
            **entry,
            **{name: tuple(entry[name]) for name in lists},
            "unreadable": tuple(Unreadable(**each) for each in entry["unreadable"]),
        }
    )


def _write(path: Path, entries: list[dict[str, Any]]) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("w", encoding="utf-8") as stream:
        json.dump(entries, stream, ensure_ascii=True, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)
