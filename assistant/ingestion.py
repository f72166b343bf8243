"""Ingestion: documents from anywhere, copied to where the assistant keeps its own.

    <folder>/.lock           one ingestion at a time
    <folder>/.origins.json   where each file came from, and its programme
    <folder>/…               the files, under the path they had below what was given

A file appears, or takes the place of its earlier state, by one rename.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from filelock import FileLock, Timeout

from corpus.library import Library, Unreadable, read_corpus
from corpus.reader import READERS

_ORIGINS = ".origins.json"
_LOCK = ".lock"


class IngestionError(Exception):
    """Documents cannot be taken in at all; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a kept file came from, and the programme it was given."""

    source: str
    programme: str


@dataclass(frozen=True, slots=True)
class Ingested:
    """What was kept, by path under the folder, and what was refused, by the path given."""

    kept: tuple[str, ...]
    refused: tuple[Unreadable, ...]
    notes: tuple[str, ...]


def ingest(
    source: Path, folder: Path, programme: str | None = None, wait: float = 60.0
) -> Ingested:
    """Copy the readable documents of a file or folder into `folder`.

    A folder given is a root: its own name is no part of the paths. `programme` is that of the
    documents whose front matter names none. A document from elsewhere that would take the place
    of another programme's is put in a folder of its programme. What cannot be read is refused
    by name and the rest goes on. Another ingestion is waited for at most `wait` seconds. Raises
    `IngestionError`.
    """
    try:
        library = read_corpus(source, programme)
    except FileNotFoundError:
        raise IngestionError(f"There is no file or folder at {source}") from None
    root = source if source.is_dir() else source.parent
    refused = [
        Unreadable(str(root / each.path), each.reason, each.remedy) for each in library.unreadable
    ]
    formats = ", ".join(READERS)
    refused += [
        Unreadable(str(root / path), "Its format is not read.", f"Convert it to one of: {formats}.")
        for path in library.unread
    ]
    if not library.documents and not refused:
        raise IngestionError(f"There is no document in {source}: {formats} are read")
    if folder.resolve().is_relative_to(source.resolve()):
        raise IngestionError(f"{source} holds {folder}, where ingested documents are kept")
    notes = [note for note in library.notes if not note.startswith(library.unread)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / _LOCK).acquire(timeout=wait):
            kept = _keep(library, root, folder, refused, notes)
    except Timeout:
        raise IngestionError("Another ingestion is running; try again when it is done") from None
    except OSError as error:
        raise IngestionError(f"{folder} cannot be written: {error.strerror or error}") from None
    return Ingested(kept, tuple(refused), tuple(notes))


def _keep(
    library: Library, root: Path, folder: Path, refused: list[Unreadable], notes: list[str]
) -> tuple[str, ...]:
    """Copy a library's files; the paths they are kept under."""
    before = _read_origins(folder)
    places: dict[str, Path] = {}
    after = dict(before)
    for document in library.documents:
        path = library.paths[document.id]
        file = root / path
        origin = Origin(str(file.resolve()), document.programme)
        place = _place(path, origin, before)
        if place != path:
            notes.append(f"{path}: kept as {place}, beside the document of another programme")
        places[place], after[place] = file, origin
    # Before the files: a note on a file that never came does no harm, a file without one would.
    _write_origins(folder, after)
    failed = {
        place: fault for place, file in places.items() if (fault := _copy(file, folder / place))
    }
    if failed:
        refused += [
            Unreadable(str(places[place]), fault, f"Check {folder}.")
            for place, fault in failed.items()
        ]
        whole = {place: after[place] for place in after if place not in failed}
        _write_origins(folder, whole | {p: before[p] for p in failed if p in before})
    return tuple(place for place in places if place not in failed)


def programmes_of(folder: Path) -> Mapping[str, str]:
    """The programme that each kept file was given, by path under `folder`."""
    return {path: origin.programme for path, origin in _read_origins(folder).items()}


def _place(path: str, origin: Origin, origins: Mapping[str, Origin]) -> str:
    """The path to keep a file under: its own, unless another programme's file lies there."""
    there = origins.get(path)
    if there is None or there.source == origin.source or there.programme == origin.programme:
        return path
    apart = re.sub(r"[^\w.-]+", "-", origin.programme).strip("-.") or "all"
    return str(PurePosixPath(apart, path))


def _copy(source: Path, target: Path) -> str | None:
    """Copy a file, synced and in one step; what went wrong."""
    beside = target.with_name(f".{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, beside)
        with beside.open("rb") as stream:
            os.fsync(stream.fileno())
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        return f"It cannot be copied to {target}: {error.strerror or error}."
    return None


def _read_origins(folder: Path) -> dict[str, Origin]:
    path = folder / _ORIGINS
    try:
        entries = json.loads(path.read_text("utf-8"))
        return {name: Origin(**entry) for name, entry in entries.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError):
        raise IngestionError(
            f"{path} is damaged: restore it, or delete it and ingest the documents again"
        ) from None


def _write_origins(folder: Path, origins: Mapping[str, Origin]) -> None:
    entries = {name: asdict(origin) for name, origin in sorted(origins.items())}
    beside = folder / f"{_ORIGINS}.part"
    with beside.open("w", encoding="utf-8") as stream:
        json.dump(entries, stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(folder / _ORIGINS)
