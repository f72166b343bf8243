"""Holdings: every document that is answered from, out of the corpus and what was ingested."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.readings import RememberedReader
from assistant.settings import Settings
from assistant.shelf import known_of
from corpus.document import Document
from corpus.library import Library, Unreadable, read_corpus
from corpus.limited import LimitedReader


@dataclass(frozen=True, slots=True)
class Holdings:
    """Documents, each id once; what could not be read, by its whole path; notes for the keeper."""

    documents: tuple[Document, ...]
    unreadable: tuple[Unreadable, ...] = ()
    notes: tuple[str, ...] = ()


def documents_folder(settings: Settings) -> Path:
    """Where ingested documents are kept."""
    return settings.data / "documents"


def read_holdings(settings: Settings) -> Holdings:
    """The documents of `ASSISTANT_CORPUS` beside those that were ingested.

    Where both have a document of one id, the ingested one takes the other's place, and a note
    says so. Raises `FileNotFoundError` when the corpus has gone, `IngestionError` when the notes
    on what was ingested are damaged.
    """
    ingested = documents_folder(settings)
    with remembering(settings) as reader:
        libraries = [(settings.corpus, read_corpus(settings.corpus, reader=reader))]
        if ingested.is_dir():
            own = read_corpus(ingested, known=known_of(ingested), reader=reader)
            libraries.append((ingested, own))
        reader.forget_others()
    return joined(libraries)


@contextmanager
def remembering(settings: Settings) -> Iterator[RememberedReader]:
    """A reader that remembers in `ASSISTANT_DATA` what it read, and reads in a child process."""
    with LimitedReader() as limited:
        yield RememberedReader(settings.data / "readings", limited)


def joined(libraries: Iterable[tuple[Path, Library]]) -> Holdings:
    """Several folders as one; a later one's document takes the place of an earlier one's."""
    documents: dict[str, Document] = {}
    unreadable: list[Unreadable] = []
    notes: list[str] = []
    for root, library in libraries:
        for document in library.documents:
            if document.id in documents:
                notes.append(f"{document.id}: the document in {root} is used, not the earlier one.")
            documents[document.id] = document
        unreadable.extend(_located(root, library.unreadable))
        notes.extend(f"{root}: {note}" for note in library.notes)
    return Holdings(tuple(documents.values()), tuple(unreadable), tuple(notes))


def _located(root: Path, unreadable: Iterable[Unreadable]) -> Iterator[Unreadable]:
    for each in unreadable:
        path = root if root.is_file() else root / each.path
        yield replace(each, path=str(path))
