"""Readings: what files were read as, kept so that the same bytes are not read again.

<folder>/ab/cdef…   a reading, by the checksum of the file, of how it is read and of the readers
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import corpus
from corpus.library import Reads
from corpus.reading import Reading, UnreadableDocument
from corpus.wire import decode, encode_reading

_LIBRARIES = ("cssselect", "lxml", "markdown-it-py", "pypdf", "python-docx", "PyYAML")
_UNUSED = 24 * 3600.0  # seconds after which a reading that nothing needs is forgotten


class RememberedReader:
    """Reads as another reader does, and remembers; a refusal is not remembered.

    A folder that cannot be written only makes it slow.
    """

    def __init__(self, folder: Path, reader: Reads) -> None:
        self._folder = folder
        self._reader = reader
        self._used: set[Path] = set()

    def read(self, data: bytes, suffix: str, selector: str | None = None) -> Reading:
        """Read a file's bytes; raises `UnreadableDocument`."""
        key = hashlib.sha256(repr((readers_fingerprint(), suffix, selector)).encode())
        key.update(data)
        name = key.hexdigest()
        path = self._folder / name[:2] / name[2:]
        self._used.add(path)
        with suppress(OSError, ValueError, TypeError, KeyError, UnreadableDocument):
            return decode(path.read_bytes())
        reading = self._reader.read(data, suffix, selector)
        self._remember(path, encode_reading(reading))
        return reading

    def forget_others(self) -> None:
        """Remove readings that this reader was not asked for and that are a day old."""
        before = time.time() - _UNUSED
        for path in self._folder.glob("*/*"):
            if path not in self._used:
                with suppress(OSError):
                    if path.stat().st_mtime < before:
                        path.unlink()

    def _remember(self, path: Path, reading: bytes) -> None:
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        if not self._folder.parent.is_dir():
            return  # who only looks makes no folder
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            # Not synced: what a power cut leaves of it is no JSON, and the file is read again.
            beside.write_bytes(reading)
            beside.replace(path)


@cache
def readers_fingerprint() -> str:
    """A checksum of the readers: their code, and the versions of what they stand on."""
    return code_fingerprint([Path(corpus.__file__).parent], _LIBRARIES)


def code_fingerprint(packages: Iterable[Path], libraries: Iterable[str]) -> str:
    """A checksum of the code and tables in folders, and of libraries' versions."""
    digest = hashlib.sha256()
    for package in packages:
        for path in sorted((*package.rglob("*.py"), *package.rglob("*.toml"))):
            digest.update(f"{path.relative_to(package)}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    for library in libraries:
        with suppress(PackageNotFoundError):
            digest.update(f"{library} {version(library)}\n".encode())
    return digest.hexdigest()
