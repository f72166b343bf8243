"""Ingestion: the documents of a file or a folder, copied to where the assistant keeps its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePosixPath

from assistant.shelf import Arrival, IngestionError, Origin, Shelf, kept_as
from corpus.folder import content_of, files_under, legible
from corpus.library import Reads, Unreadable, programme_of
from corpus.limited import LimitedReader
from corpus.reader import READERS
from corpus.reading import UnreadableDocument

BATCH = 50
"""Files that are kept in one step."""
BATCH_BYTES = 32 * 1024 * 1024
"""Bytes that wait for that at most."""

Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Ingested:
    """What one source came to: kept files by path under the folder, what was refused by its place.

    `removed` are files whose source has gone, `notes` for the keeper.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    refused: tuple[Unreadable, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def kept(self) -> tuple[str, ...]:
        """All that is there of the source, by path."""
        return tuple(sorted((*self.added, *self.changed, *self.unchanged)))

    @property
    def altered(self) -> bool:
        """Whether anything is different from before."""
        return bool(self.added or self.changed or self.removed)


def together(parts: Iterable[Ingested]) -> Ingested:
    """Several sources as one."""
    parts = tuple(parts)
    return Ingested(
        *(
            tuple(chain.from_iterable(getattr(part, name) for part in parts))
            for name in ("added", "changed", "removed", "unchanged", "refused", "notes")
        )
    )


def ingest(
    source: Path,
    folder: Path,
    programme: str | None = None,
    wait: float = 60.0,
    reader: Reads | None = None,
    tell: Told | None = None,
) -> Ingested:
    """Keep the readable documents of a file or folder in `folder`, and drop those that have gone.

    A folder given is a root: its own name is no part of the paths. `programme` is that of the
    documents whose front matter names none. A document from elsewhere that would take the place
    of another programme's is put in a folder of its programme. What cannot be read is refused
    by name, keeps its earlier state and the rest goes on. Another ingestion is waited for at most
    `wait` seconds. `tell("read", done, total)` hears of the files. Raises `IngestionError`.
    """
    if reader is None:
        with LimitedReader() as limited:
            return ingest(source, folder, programme, wait, limited, tell)
    try:
        files = files_under(source)
    except FileNotFoundError:
        raise IngestionError(f"There is no file or folder at {source}") from None
    root = source if source.is_dir() else source.parent
    formats = ", ".join(READERS)
    if not files.paths and not files.unread:
        raise IngestionError(f"There is no document in {source}: {formats} are read")
    if folder.resolve().is_relative_to(source.resolve()):
        raise IngestionError(f"{source} holds {folder}, where ingested documents are kept")
    remedy = f"Convert it to one of: {formats}."
    unread = [
        Unreadable(str(root / path), "Its format is not read.", remedy) for path in files.unread
    ]
    intake = _Intake(Shelf(folder, wait), programme, reader)
    for number, (path, file) in enumerate(files.paths.items(), start=1):
        intake.take(path, file)
        if tell:
            tell("read", number, len(files.paths))
    notes = [note for note in files.notes if not note.startswith(files.unread)]
    return together((intake.finish(source), Ingested(refused=tuple(unread), notes=tuple(notes))))


class _Intake:
    """Takes in one file after the other; what is read waits until there is a batch of it."""

    def __init__(self, shelf: Shelf, programme: str | None, reader: Reads) -> None:
        self._shelf = shelf
        self._programme = programme
        self._reader = reader
        self._before = shelf.origins()
        self._places: dict[str, list[str]] = {}
        for place, origin in self._before.items():
            self._places.setdefault(origin.source, []).append(place)
        self._waiting: list[Arrival] = []
        self._files: dict[str, Path] = {}
        self._noted: dict[str, Origin] = {}
        self._parts: list[Ingested] = []

    def take(self, path: str, file: Path) -> None:
        """Read a file, unless it is kept as it is."""
        source = str(file.resolve())
        try:
            data = content_of(file)
            place = self._same(source, path, data)
            if place and self._before[place].asked == (self._programme or ""):
                self._stays(place, path)
                return
            reading = self._reader.read(data, PurePosixPath(path).suffix)
        except UnreadableDocument as error:
            self._add(Ingested(refused=(Unreadable(str(file), error.reason, error.remedy),)))
            return
        own = programme_of(path, reading, path=path, programme=self._programme)
        origin = Origin(source, own, self._programme or "")
        if place and self._before[place].programme == origin.programme:
            self._noted[place] = origin
            self._stays(place, path)
            return
        self._files[source] = file
        self._waiting.append(Arrival(path, data, origin))
        self._add(Ingested(notes=tuple(f"{legible(path)}: {note}" for note in reading.notes)))
        size = sum(len(arrival.data) for arrival in self._waiting)
        if len(self._waiting) >= BATCH or size >= BATCH_BYTES:
            self._keep()

    def finish(self, root: Path) -> Ingested:
        """Keep what waits, and drop what has gone from the root."""
        self._keep()
        self._shelf.note(self._noted)
        gone = [place for place, origin in self._before.items() if _is_gone(origin, root)]
        self._add(Ingested(removed=self._shelf.drop(gone)))
        return together(self._parts)

    def _same(self, source: str, path: str, data: bytes) -> str | None:
        """Where the file is kept in this state."""
        for place in self._places.get(source, ()):
            if place.endswith(path) and self._shelf.content(place) == data:
                return place
        return None

    def _stays(self, place: str, path: str) -> None:
        notes = () if place == path else (kept_as(path, place),)
        self._add(Ingested(unchanged=(place,), notes=notes))

    def _keep(self) -> None:
        if not self._waiting:
            return
        earlier = {
            arrival.origin.source: any(
                (self._shelf.folder / place).is_file()
                for place in self._places.get(arrival.origin.source, ())
            )
            for arrival in self._waiting
        }
        kept = self._shelf.keep(self._waiting)
        remedy = f"Check {self._shelf.folder}."
        self._add(
            Ingested(
                added=tuple(p for source, p in kept.places.items() if not earlier[source]),
                changed=tuple(p for source, p in kept.places.items() if earlier[source]),
                refused=tuple(
                    Unreadable(str(self._files[source]), fault, remedy)
                    for source, fault in kept.faults.items()
                ),
                notes=kept.notes,
            )
        )
        self._waiting.clear()

    def _add(self, part: Ingested) -> None:
        self._parts.append(part)


def _is_gone(origin: Origin, root: Path) -> bool:
    """Whether a kept file lay under a root and does no more; a folder out of reach is not gone."""
    if origin.url or not Path(origin.source).is_relative_to(root.resolve()):
        return False
    try:
        os.lstat(origin.source)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False
