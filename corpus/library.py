"""The library: a folder of documents, read. The only module of the corpus that touches the disk."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from corpus.document import Document, compose
from corpus.element import Heading
from corpus.limited import LimitedReader
from corpus.reader import READERS
from corpus.reading import Reading, UnreadableDocument

EVERY_PROGRAMME = "*"
LARGEST_FILE = 20 * 1024 * 1024  # bytes

# The stems of the document that presents a programme, the best first.
_FRONT_PAGES = ("presentation", "index", "accueil", "page", "readme")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that was left out, with the reason and the remedy in a sentence each."""

    path: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Library:
    """What a folder holds: its documents, what could not be read, and notes for its keeper.

    `paths` has each document's file under the root, by the document's id; `unread` the files
    whose suffix no reader takes.
    """

    documents: tuple[Document, ...]
    unreadable: tuple[Unreadable, ...]
    notes: tuple[str, ...] = ()
    paths: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()


def read_corpus(
    root: Path, programme: str | None = None, programmes: Mapping[str, str] | None = None
) -> Library:
    """Read every document under a folder, or the one file that `root` is.

    `programme` is the programme of documents whose front matter names none; without it, the first
    folder under the root, else the file's stem. `programmes` has such a programme for single files,
    by path under the root. A document that cannot be read is listed and the rest goes on. Raises
    `FileNotFoundError` when there is nothing at `root`.
    """
    if not root.exists():
        raise FileNotFoundError(
            f"There is no folder or file at {root}. Check ASSISTANT_CORPUS or the path given."
        )
    notes: list[str] = []
    unread: list[str] = []
    if root.is_dir():
        files = {path.relative_to(root).as_posix(): path for path in _walk(root, notes, unread)}
    else:
        files = {root.name: root}
    documents: list[Document] = []
    unreadable: list[Unreadable] = []
    paths: dict[str, str] = {}
    with LimitedReader() as reader:
        for path, identity in _identities(files).items():
            known = (programmes or {}).get(path, programme)
            try:
                reading = reader.read(_content(files[path]), PurePosixPath(path).suffix)
                documents.append(document_from(identity, reading, path=path, programme=known))
            except UnreadableDocument as error:
                unreadable.append(Unreadable(_legible(path), error.reason, error.remedy))
            except OSError as error:
                reason = f"The file cannot be opened: {error.strerror or error}."
                unreadable.append(Unreadable(_legible(path), reason, "Check its permissions."))
            else:
                paths[identity] = path
                notes.extend(f"{_legible(path)}: {note}" for note in reading.notes)
    return Library(tuple(documents), tuple(unreadable), tuple(notes), paths, tuple(unread))


def document_from(
    identity: str, reading: Reading, *, path: str | None = None, programme: str | None = None
) -> Document:
    """The document that a reading makes under the id `identity`.

    `path` is the file's path under its root, where it differs from the id by its suffix;
    `programme` is as in `read_corpus`.
    """
    metadata = reading.metadata
    place = PurePosixPath(path or identity)
    stem = place.stem if path else place.name
    text, sections = compose(reading.elements)
    first = next((e for e in reading.elements if isinstance(e, Heading) and e.level == 1), None)
    return Document(
        id=identity,
        programme=metadata.programme
        or programme
        or (place.parts[0] if len(place.parts) > 1 else stem),
        title=metadata.title or (first.text if first else _readable(stem)),
        text=text,
        sections=sections,
        url=metadata.url,
        language=metadata.language or "fr",
        updated=metadata.updated,
        programme_title=metadata.programme_title,
    )


def programme_titles(documents: Iterable[Document]) -> dict[str, str]:
    """Each programme's title, in the order of the programmes' first documents.

    Front matter's `programme_title`, else the title of the page that presents the programme
    (`presentation`, `index`, …), else that of its first document. `*` is no programme.
    """
    of_programme: dict[str, list[Document]] = {}
    for document in documents:
        if document.programme != EVERY_PROGRAMME:
            of_programme.setdefault(document.programme, []).append(document)
    return {programme: _title(those) for programme, those in of_programme.items()}


def _title(documents: list[Document]) -> str:
    for document in documents:
        if document.programme_title:
            return document.programme_title
    for stem in _FRONT_PAGES:
        for document in documents:
            if PurePosixPath(document.id).name.partition(".")[0].casefold() == stem:
                return document.title
    return documents[0].title


def _readable(stem: str) -> str:
    words = " ".join(stem.replace("_", " ").replace("-", " ").split())
    return words[:1].upper() + words[1:] if words else stem


def _identities(paths: Iterable[str]) -> dict[str, str]:
    """An id for each path: the path without its suffix, unless two would then share one."""
    names = {path: unicodedata.normalize("NFC", _legible(path)) for path in paths}
    short = {path: str(PurePosixPath(name).with_suffix("")) for path, name in names.items()}
    # A path that keeps its suffix may meet another's short one (`a.md`, `a.txt`, `a.md.txt`).
    while shared := {name for name, count in Counter(short.values()).items() if count > 1}:
        kept = [path for path, name in short.items() if name in shared and name != names[path]]
        if not kept:
            break
        short.update((path, names[path]) for path in kept)
    return short


def _legible(path: str) -> str:
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
    return _legible(path.relative_to(root).as_posix())


def _resolves_within(path: Path, boundary: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(boundary)
    except (OSError, RuntimeError):
        return False


def _content(path: Path) -> bytes:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableDocument("It is not a regular file.", "Replace it with a file.")
    if status.st_size > LARGEST_FILE:
        raise UnreadableDocument(
            f"The file is larger than {LARGEST_FILE // (1024 * 1024)} MB.",
            "Split it, or keep the text of the page only.",
        )
    return path.read_bytes()
