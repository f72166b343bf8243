"""Building: documents into a new generation, encoding only what is new."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from corpus.document import Document
from corpus.passage import Passage
from index.analysis import Analyser
from index.close_reading import NO_PIECES, Pieces
from index.content import (
    Content,
    corpus_fingerprint,
    cut_all,
    document_words,
    embedding_text,
    passage_key,
    sentence_texts,
)
from index.dense import DenseIndex
from index.encoder import Encoder, Vectors
from index.lexical import LexicalIndex
from index.manifest import FORMAT, Manifest, checksum
from index.passage_pieces import PassagePieces
from index.record import Lines
from index.sentence_vectors import SentenceVectors
from index.store import (
    GenerationDamaged,
    clean,
    current_name,
    other_names,
    read_files,
    switch,
    write_generation,
)

Progress = Callable[[str, int, int], None]


class BuildInProgress(Exception):  # noqa: N818 (a state, not a mistake)
    """Another build holds the folder's lock; the message says what to do."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    `added`, `changed` and `removed` are document ids, against the generation that was current;
    `encoded` and `reused` count passages; `unchanged` says that nothing had to be written.
    """

    generation: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    documents: int
    passages: int
    encoded: int
    reused: int
    unchanged: bool


def build(
    documents: Iterable[Document],
    encoder: Encoder,
    analyser: Analyser,
    folder: Path,
    *,
    wait: float = 0.0,
    progress: Progress | None = None,
) -> BuildReport:
    """Bring the index in `folder` up to date with `documents`.

    Killed at any moment it leaves the old generation or the new one. `progress(step, done,
    total)` hears of the steps `cut`, `encode`, `write`, `switch`, `clean`. A build already
    running is waited for at most `wait` seconds. Raises `BuildInProgress`, `ValueError` for
    documents that cannot be indexed together, `OSError` (a full disk) with the old generation
    still in place.
    """
    tell = progress or (lambda step, done, total: None)
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "lock")
    try:
        lock.acquire(timeout=wait)
    except Timeout as error:
        raise BuildInProgress(
            f"Another build of the index in {folder} is running; try again when it has finished"
        ) from error
    try:
        return _build(documents, encoder, analyser, folder, tell)
    finally:
        lock.release()


def _build(
    documents: Iterable[Document],
    encoder: Encoder,
    analyser: Analyser,
    folder: Path,
    tell: Progress,
) -> BuildReport:
    by_id, passages = cut_all(documents)
    keys = tuple(passage_key(passage) for passage in passages)
    lines = Lines.of(by_id.values(), passages)
    tell("cut", len(passages), len(passages))
    manifest = Manifest(
        format=FORMAT,
        encoder=encoder.name,
        encoder_fingerprint=encoder.fingerprint,
        analyser_fingerprint=analyser.fingerprint,
        dimension=encoder.dimension,
        corpus=corpus_fingerprint(lines, keys),
        passages=len(passages),
        files={},
    )
    current, others, old = current_name(folder), other_names(folder), _latest_whole(folder)
    report = _compare(old.documents if old else {}, by_id, manifest.name, len(passages))
    if old and old.manifest.name == manifest.name == current:
        clean(folder, [current, *others[:1]])
        return replace(report, unchanged=True)
    clean(folder, [current or "", *others])
    if not _whole(folder, manifest.name):
        content, encoded = _content(manifest, by_id, passages, keys, encoder, analyser, old, tell)
        report = replace(report, encoded=encoded, reused=len(passages) - encoded)
        files = content.dump(lines)
        sealed = replace(manifest, files={name: checksum(data) for name, data in files.items()})
        steps = len(files) + 2
        tell("write", 0, steps)
        write_generation(folder, sealed, files, lambda count: tell("write", count, steps))
    tell("switch", 0, 1)
    switch(folder, manifest.name)
    tell("switch", 1, 1)
    kept = [old.manifest.name] if old and old.manifest.name != manifest.name else others[:1]
    clean(folder, [manifest.name, *kept])
    tell("clean", 1, 1)
    return report


def _content(
    manifest: Manifest,
    documents: Mapping[str, Document],
    passages: tuple[Passage, ...],
    keys: tuple[str, ...],
    encoder: Encoder,
    analyser: Analyser,
    old: Content | None,
    tell: Progress,
) -> tuple[Content, int]:
    """The new content, and how many passages were encoded for it."""
    vectors: dict[str, Vectors] = {}  # by key: the passage's own, then its sentences'
    pieces: dict[str, Pieces] = {}
    listed: dict[str, list[str]] = {}
    words: dict[str, frozenset[str]] = {}
    if old and old.manifest.encoder_fingerprint == encoder.fingerprint:
        for number, (key, own) in enumerate(zip(old.keys, old.dense.vectors, strict=True)):
            vectors[key] = np.concatenate([own[np.newaxis], old.sentences.of_passage(number)])
            pieces[key] = old.pieces.of_passage(number)
    if old and old.manifest.analyser_fingerprint == analyser.fingerprint:
        listed.update(zip(old.keys, old.lexical.token_lists(), strict=True))
    for identity, document in documents.items():
        known = old is not None and old.documents.get(identity) == document
        words[identity] = old.words[identity] if old and known else document_words(document)
    fresh = {key: p for key, p in zip(keys, passages, strict=True) if key not in vectors}
    if fresh:
        texts = {key: (embedding_text(p), *sentence_texts(p)) for key, p in fresh.items()}
        count = sum(map(len, texts.values()))
        tell("encode", 0, count)
        encoded = encoder.encode_passages(
            [text for group in texts.values() for text in group],
            lambda done, total: tell("encode", done, total),
        )
        start = 0
        for key, group in texts.items():
            vectors[key] = encoded[start : start + len(group)]
            start += len(group)
            pieces[key] = encoder.reader.passage(group[0]) if encoder.reader else NO_PIECES
    for key, passage in zip(keys, passages, strict=True):
        if key not in listed:
            listed[key] = list(analyser(passage.text, passage.headings))
    rows = np.zeros((len(keys), encoder.dimension), np.float32)
    for number, key in enumerate(keys):
        rows[number] = vectors[key][0]
    content = Content(
        manifest=manifest,
        documents=documents,
        passages=passages,
        keys=keys,
        words=words,
        dense=DenseIndex.of(rows),
        sentences=SentenceVectors.of([vectors[key][1:] for key in keys], encoder.dimension),
        pieces=PassagePieces.of([pieces[key] for key in keys]),
        lexical=LexicalIndex.of(listed[key] for key in keys),
    )
    return content, sum(key in fresh for key in keys)


def _latest_whole(folder: Path) -> Content | None:
    """The current generation, else the latest one that is whole and of this format."""
    current = current_name(folder)
    names = [*([current] if current else []), *other_names(folder)]
    return next((content for name in names if (content := _whole(folder, name))), None)


def _whole(folder: Path, name: str) -> Content | None:
    try:
        manifest, files = read_files(folder, name)
        return Content.parse(manifest, files) if manifest.format == FORMAT else None
    except GenerationDamaged:
        return None


def _compare(
    old: Mapping[str, Document], new: Mapping[str, Document], generation: str, passages: int
) -> BuildReport:
    return BuildReport(
        generation=generation,
        added=tuple(identity for identity in new if identity not in old),
        changed=tuple(i for i, document in new.items() if i in old and old[i] != document),
        removed=tuple(identity for identity in old if identity not in new),
        documents=len(new),
        passages=passages,
        encoded=0,
        reused=passages,
        unchanged=False,
    )
