"""A folder of files: what lies there to be read. The only module of the corpus that reads files."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.reader import READERS
from corpus.reading import UnreadableDocument

LARGEST_FILE = 20 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Files:
    """The files under a root that readers take, by path; as in `Library`, `notes` and `unread`."""

    paths: Mapping[str, Path]
    notes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def files_under(root: Path) -> Files:
    """The files of a folder, in their order, or the one that `root` is.

    Raises `FileNotFoundError` when there is nothing at `root`.
    """
    if not root.exists():
        raise FileNotFoundError(
            f"There is no folder or file at {root}. Check ASSISTANT_CORPUS or the path given."
        )
    if not root.is_dir():
        return Files({root.name: root})
    notes: list[str] = []
    unread: list[str] = []
    paths = {path.relative_to(root).as_posix(): path for path in _walk(root, notes, unread)}
    return Files(paths, tuple(notes), tuple(unread))


def content_of(path: Path) -> bytes:
    """A file's bytes; raises `UnreadableDocument` when they cannot be had, or are too many."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableDocument("It is not a regular file.", "Replace it with a file.")
        if status.st_size > LARGEST_FILE:
            raise UnreadableDocument(
                f"The file is larger than {LARGEST_FILE // (1024 * 1024)} MB.",
                "Split it, or keep the text of the page only.",
            )
        return path.read_bytes()
    except OSError as error:
        reason = f"The file cannot be opened: {error.strerror or error}."
        raise UnreadableDocument(reason, "Check its permissions.") from None


def legible(path: str) -> str:
    """A path as text; a name in another encoding than UTF-8 could not be written down."""
    return os.fsencode(path).decode("utf-8", "replace")


def _walk(root: Path, notes: list[str], unread: list[str]) -> Iterator[Path]:
    """Readable files under `root`, sorted by path; links that leave it or loop are not followed."""
    boundary = root.resolve()
    seen = {boundary}

    def within(folder: Path) -> Iterator[Path]:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            notes.append(f"{_under(root, folder)}: the folder cannot be opened ({error.strerror}).")
            return
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith("."):
                continue
            if entry.is_symlink() and not _resolves_within(path, boundary):
                notes.append(f"{_under(root, path)}: a link that leads out of the folder.")
            elif entry.is_dir():
                resolved = path.resolve()
                if resolved not in seen:
                    seen.add(resolved)
                    yield from within(path)
            elif path.suffix.lower() not in READERS:
                notes.append(f"{_under(root, path)}: files with this suffix are not read.")
                unread.append(_under(root, path))
            elif entry.is_file():
                yield path

    yield from within(root)


def _under(root: Path, path: Path) -> str:
    return legible(path.relative_to(root).as_posix())


def _resolves_within(path: Path, boundary: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(boundary)
    except (OSError, RuntimeError):
        return False
