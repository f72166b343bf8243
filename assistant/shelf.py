"""The shelf: the folder of documents that were ingested, and where each came from.

    <folder>/.lock           one writer at a time
    <folder>/.origins.json   where each file came from, and what is known of it
    <folder>/…               the files

A file appears, or takes the place of its earlier state, by one rename.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path, PurePosixPath

from filelock import FileLock, Timeout

from corpus.library import Known

_ORIGINS = ".origins.json"
_LOCK = ".lock"


class IngestionError(Exception):
    """Documents cannot be taken in at all; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a kept file came from, and what is known of it.

    `source` is a file's path or a page's address, `programme` the document's and `asked` the one
    that was asked for, `site` the one that listed the page. What follows is of pages alone: the
    address that is cited, the selector of the content, and what the server calls this state,
    which holds for a file of the checksum `sha256`.
    """

    source: str
    programme: str
    asked: str = ""
    site: str = ""
    url: str = ""
    selector: str = ""
    etag: str = ""
    modified: str = ""
    sha256: str = ""

    def known(self) -> Known:
        """What the file's reader needs of it."""
        return Known(self.programme, self.url or None, self.selector or None)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file to keep: the path it would have, what is in it, where it came from."""

    path: str
    data: bytes
    origin: Origin


@dataclass(frozen=True, slots=True)
class Kept:
    """Where arrivals were put, by their source; what went wrong, by source; notes."""

    places: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class Shelf:
    """The kept files of a folder. Another writer is waited for at most `wait` seconds."""

    def __init__(self, folder: Path, wait: float = 60.0) -> None:
        self.folder = folder
        self._wait = wait

    def origins(self) -> dict[str, Origin]:
        """The origin of each kept file, by path; raises `IngestionError`."""
        path = self.folder / _ORIGINS
        names = {each.name for each in fields(Origin)}
        try:
            entries = json.loads(path.read_text("utf-8"))
            return {
                place: Origin(**{name: str(entry[name]) for name in entry if name in names})
                for place, entry in entries.items()
            }
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except (OSError, ValueError, TypeError, AttributeError):
            raise IngestionError(
                f"{path} is damaged: restore it, or delete it and ingest the documents again"
            ) from None

    def content(self, place: str) -> bytes | None:
        """What is in a kept file; None where there is none that can be read."""
        try:
            return (self.folder / place).read_bytes()
        except OSError:
            return None

    def keep(self, arrivals: Sequence[Arrival]) -> Kept:
        """Put files in their places, each in one step; raises `IngestionError`.

        What would take the place of another programme's document is put in a folder of its
        programme.
        """
        places: dict[str, str] = {}
        faults: dict[str, str] = {}
        notes: list[str] = []
        with self._alone():
            before = self.origins()
            after = dict(before)
            for arrival in arrivals:
                place = _place(arrival, after)
                if place != arrival.path:
                    notes.append(kept_as(arrival.path, place))
                places[arrival.origin.source], after[place] = place, arrival.origin
            # Before the files: a note on a file that never came does no harm, a file without one
            # would.
            self._write(after)
            for arrival in arrivals:
                if fault := self._put(self.folder / places[arrival.origin.source], arrival.data):
                    faults[arrival.origin.source] = fault
            if faults:
                for source in faults:
                    place = places.pop(source)
                    del after[place]
                    after.update({place: before[place]} if place in before else {})
                self._write(after)
        return Kept(places, faults, tuple(notes))

    def note(self, origins: Mapping[str, Origin]) -> None:
        """Note more of kept files, by path; raises `IngestionError`."""
        if origins:
            with self._alone():
                self._write(self.origins() | dict(origins))

    def drop(self, places: Iterable[str]) -> tuple[str, ...]:
        """Take files away; those that were there. Raises `IngestionError`."""
        places = tuple(places)
        gone = []
        if places:
            with self._alone():
                for place in places:
                    path = self.folder / place
                    with suppress(FileNotFoundError):
                        path.unlink()
                        gone.append(place)
                    self._tidy(path.parent)
                # After the files: a note without a file does no harm.
                after = self.origins()
                self._write({each: after[each] for each in after if each not in places})
        return tuple(gone)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with FileLock(self.folder / _LOCK).acquire(timeout=self._wait):
                yield
        except Timeout:
            raise IngestionError(
                "Another ingestion is running; try again when it is done"
            ) from None
        except OSError as error:
            reason = error.strerror or error
            raise IngestionError(f"{self.folder} cannot be written: {reason}") from None

    def _put(self, target: Path, data: bytes) -> str | None:
        """Write a file, synced and in one step; what went wrong."""
        # Writers take turns: what a killed one left is overwritten.
        beside = target.with_name(".new.part")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            beside.replace(target)
        except OSError as error:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            return f"It cannot be copied to {target}: {error.strerror or error}."
        return None

    def _tidy(self, folder: Path) -> None:
        """Remove a folder that nothing is left in, and those above it."""
        with suppress(OSError):
            while folder != self.folder:
                folder.rmdir()
                folder = folder.parent

    def _write(self, origins: Mapping[str, Origin]) -> None:
        entries = {place: _stated(origin) for place, origin in sorted(origins.items())}
        beside = self.folder / f"{_ORIGINS}.part"
        with beside.open("w", encoding="utf-8") as stream:
            json.dump(entries, stream, indent=1)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(self.folder / _ORIGINS)


def kept_as(path: str, place: str) -> str:
    """The note on a file that lies elsewhere than its path says."""
    return f"{path}: kept as {place}, beside another document."


def checksum(data: bytes) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(data).hexdigest()


def known_of(folder: Path) -> Mapping[str, Known]:
    """What is known of each kept file, by path under `folder`; raises `IngestionError`."""
    return {path: origin.known() for path, origin in Shelf(folder).origins().items()}


def _place(arrival: Arrival, origins: Mapping[str, Origin]) -> str:
    """The path to keep a file under: its own, unless another programme's file lies there."""
    origin = arrival.origin
    there = origins.get(arrival.path)
    if there is None or there.source == origin.source:
        return arrival.path
    if there.programme == origin.programme and not origin.url:
        return arrival.path
    if there.programme != origin.programme:
        apart = re.sub(r"[^\w.-]+", "-", origin.programme).strip("-.") or "all"
        return str(PurePosixPath(apart, arrival.path))
    # Two addresses whose paths differ by what no file's name can hold.
    path = PurePosixPath(arrival.path)
    mark = checksum(origin.source.encode("utf-8", "surrogateescape"))[:8]
    return str(path.with_name(f"{path.stem}-{mark}{path.suffix}"))


def _stated(origin: Origin) -> dict[str, str]:
    always: Collection[str] = ("source", "programme")
    return {name: each for name, each in asdict(origin).items() if each or name in always}
