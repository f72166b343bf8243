"""The library: a folder of documents, read."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Protocol

from corpus.document import Document, compose
from corpus.element import Heading
from corpus.folder import content_of, files_under, legible
from corpus.limited import LimitedReader
from corpus.reading import Reading, UnreadableDocument

EVERY_PROGRAMME = "*"

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


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a file beside its content.

    `programme` is that of a document that names none, `url` the address it was read at, which
    goes before the one that it names, and `selector` what to read of an HTML page.
    """

    programme: str | None = None
    url: str | None = None
    selector: str | None = None


class Reads(Protocol):
    """Reads files as `corpus.reader.read` does."""

    def read(self, data: bytes, suffix: str, selector: str | None = None) -> Reading:
        """Read a file's bytes; raises `UnreadableDocument`."""


def read_corpus(
    root: Path,
    programme: str | None = None,
    known: Mapping[str, Known] | None = None,
    reader: Reads | None = None,
) -> Library:
    """Read every document under a folder, or the one file that `root` is.

    `programme` is the programme of documents whose front matter names none; without it, the first
    folder under the root, else the file's stem. `known` says more of single files, by path under
    the root. A document that cannot be read is listed and the rest goes on. `reader` reads instead
    of a child process of limited memory and time. Raises `FileNotFoundError` when there is nothing
    at `root`.
    """
    if reader is None:
        with LimitedReader() as limited:
            return read_corpus(root, programme, known, limited)
    files = files_under(root)
    documents: list[Document] = []
    unreadable: list[Unreadable] = []
    notes = list(files.notes)
    paths: dict[str, str] = {}
    for path, identity in _identities(files.paths).items():
        of_file = (known or {}).get(path, Known())
        named = of_file.programme or programme
        try:
            suffix = PurePosixPath(path).suffix
            reading = reader.read(content_of(files.paths[path]), suffix, of_file.selector)
        except UnreadableDocument as error:
            unreadable.append(Unreadable(legible(path), error.reason, error.remedy))
        else:
            document = document_from(identity, reading, path=path, programme=named, url=of_file.url)
            documents.append(document)
            paths[identity] = path
            notes.extend(f"{legible(path)}: {note}" for note in reading.notes)
    return Library(tuple(documents), tuple(unreadable), tuple(notes), paths, files.unread)


def document_from(
    identity: str,
    reading: Reading,
    *,
    path: str | None = None,
    programme: str | None = None,
    url: str | None = None,
) -> Document:
    """The document that a reading makes under the id `identity`.

    `path` is the file's path under its root, where it differs from the id by its suffix;
    `programme` and `url` are as in `read_corpus`.
    """
    metadata = reading.metadata
    stem = PurePosixPath(path).stem if path else PurePosixPath(identity).name
    text, sections = compose(reading.elements)
    first = next((e for e in reading.elements if isinstance(e, Heading) and e.level == 1), None)
    return Document(
        id=identity,
        programme=programme_of(identity, reading, path=path, programme=programme),
        title=metadata.title or (first.text if first else _readable(stem)),
        text=text,
        sections=sections,
        url=url or metadata.url,
        language=metadata.language or "fr",
        updated=metadata.updated,
        programme_title=metadata.programme_title,
        shown=reading.shown if url or metadata.url else None,
    )


def programme_of(
    identity: str, reading: Reading, *, path: str | None = None, programme: str | None = None
) -> str:
    """The programme of the document that a reading makes; the arguments are `document_from`'s."""
    place = PurePosixPath(path or identity)
    stem = place.stem if path else place.name
    return (
        reading.metadata.programme
        or programme
        or (place.parts[0] if len(place.parts) > 1 else stem)
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
    names = {path: unicodedata.normalize("NFC", legible(path)) for path in paths}
    short = {path: str(PurePosixPath(name).with_suffix("")) for path, name in names.items()}
    # A path that keeps its suffix may meet another's short one (`a.md`, `a.txt`, `a.md.txt`).
    while shared := {name for name, count in Counter(short.values()).items() if count > 1}:
        kept = [path for path, name in short.items() if name in shared and name != names[path]]
        if not kept:
            break
        short.update((path, names[path]) for path in kept)
    return short
