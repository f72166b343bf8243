"""Generations: an index opened for search, which stays what it is while newer ones are built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from corpus.document import Document
from corpus.library import EVERY_PROGRAMME, programme_titles
from corpus.passage import Passage
from index.analysis import Analyser
from index.content import Content
from index.dense import Allowed, Numbers
from index.encoder import Encoder, EncoderUnavailable, Vectors
from index.fusion import best, fuse
from index.hit import Hit
from index.manifest import FORMAT, Manifest
from index.store import GenerationDamaged, current_name, other_names, read_files

__all__ = [
    "Index",
    "IndexDamaged",
    "IndexStale",
    "IndexUnavailable",
    "current_name",
    "open_index",
]

_BUILD = "run `assistant build`"
# Passages of each side that are fused exactly; at least this many, however small k is.
_POOL = 256
# A build may delete a generation between the pointer's reading and the files'.
_ATTEMPTS = 3


class IndexUnavailable(Exception):  # noqa: N818 (a state, not a mistake)
    """No index can be opened; the message ends with the remedy."""


class IndexStale(IndexUnavailable):
    """The index was made by another encoder, analyser or format than asked for."""


class IndexDamaged(IndexUnavailable):
    """No generation in the folder is whole."""


class Index:
    """One generation; safe to search from several threads.

    `notes` says in a sentence each what staff should know, such as a damaged generation.
    """

    def __init__(
        self, content: Content, encoder: Encoder | None = None, notes: tuple[str, ...] = ()
    ) -> None:
        self.name = content.manifest.name
        self.documents: Mapping[str, Document] = content.documents
        self.passages: tuple[Passage, ...] = content.passages
        self.programmes: Mapping[str, str] = programme_titles(content.documents.values())
        self.notes = notes
        self._content = content
        self._encoder = encoder
        owners = np.array([passage.programme for passage in self.passages], dtype=object)
        shared: Allowed = owners == EVERY_PROGRAMME
        self._shared = shared
        self._allowed = {programme: (owners == programme) | shared for programme in self.programmes}

    def encode(self, text: str) -> Vectors:
        """The unit vector of a question, shape (d,); `EncoderUnavailable` without an encoder."""
        if self._encoder is None:
            raise EncoderUnavailable("The index was opened without an encoder")
        vector: Vectors = self._encoder.encode_queries([text])[0]
        return vector

    def search(
        self,
        vector: Vectors | None,
        tokens: Sequence[str] | Mapping[str, float],
        *,
        programme: str | None,
        k: int,
        weight: float,
    ) -> tuple[Hit, ...]:
        """The `k` best passages of a programme and of `*` (of all when `programme` is none).

        `weight` is the share of the similarity in [0, 1]. Without a vector only passages that
        have one of the tokens are found, and `weight` says nothing. Equal scores keep the order
        of the documents.
        """
        allowed = None if programme is None else self._allowed.get(programme, self._shared)
        bm25 = self._content.lexical.scores(tokens)
        pool = max(_POOL, 4 * k)
        words = np.flatnonzero(bm25 > 0 if allowed is None else (bm25 > 0) & allowed)
        words = words[best(bm25[words], pool)]
        if vector is None:
            numbers, similarity, weight = np.sort(words), np.zeros(len(words), np.float32), 0.0
        else:
            near, _ = self._content.dense.search(vector, pool, allowed)
            numbers = np.union1d(near, words)
            similarity = self._content.dense.similarity(vector, numbers)
        return self._hits(vector, numbers, similarity, bm25[numbers], k, weight)

    def _hits(
        self,
        vector: Vectors | None,
        numbers: Numbers,
        similarity: Vectors,
        bm25: Vectors,
        k: int,
        weight: float,
    ) -> tuple[Hit, ...]:
        scores = fuse(similarity, bm25, weight)
        order = best(scores, k)
        nearest = self._nearest(vector, numbers[order], similarity[order])
        return tuple(
            Hit(
                passage=self.passages[numbers[position]],
                rank=rank,
                score=float(scores[position]),
                similarity=float(similarity[position]),
                nearest=float(nearest[rank - 1]),
                bm25=float(bm25[position]),
            )
            for rank, position in enumerate(order, start=1)
        )

    def _nearest(self, vector: Vectors | None, numbers: Numbers, similarity: Vectors) -> Vectors:
        if vector is None:
            return np.zeros(len(numbers), np.float32)
        return self._content.sentences.nearest(vector, numbers, similarity)

    def odds(self, text: str, hits: Sequence[Hit]) -> tuple[float, ...]:
        """The log odds, by close reading, that each hit rather than none answers a question; 0
        where nothing reads closely."""
        reader = self._encoder.reader if self._encoder else None
        if reader is None:
            return (0.0,) * len(hits)
        pieces = [self._content.pieces.of_passage(self._numbers[hit.passage.id]) for hit in hits]
        return tuple(reader.odds(reader.question(text), pieces).tolist())

    def passage_vectors(self, passage: str) -> Vectors:
        """The vectors of a passage, by id, and of its sentences, shape (1 + s, d)."""
        number = self._numbers[passage]
        own = self.vectors[number : number + 1]
        return np.concatenate([own, self._content.sentences.of_passage(number)])

    def section(self, passage: Passage) -> tuple[Passage, ...]:
        """The passages that stand together with one under the same headings, in order."""
        first = last = self._numbers[passage.id]
        while first > 0 and _together(self.passages[first - 1], passage):
            first -= 1
        while last + 1 < len(self.passages) and _together(self.passages[last + 1], passage):
            last += 1
        return self.passages[first : last + 1]

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {passage.id: number for number, passage in enumerate(self.passages)}

    @property
    def vectors(self) -> Vectors:
        """The passages' vectors, shape (n, d), in the order of `passages`."""
        return self._content.dense.vectors

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every folded word of the documents."""
        return frozenset().union(*self._content.words.values())

    def words_of(self, programme: str | None) -> frozenset[str]:
        """Every folded word of a programme's documents and of those that concern every one."""
        if programme is None:
            return self.vocabulary
        return self._words_by_programme.get(programme, frozenset())

    @cached_property
    def _words_by_programme(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for id, words in self._content.words.items():
            programme = self.documents[id].programme
            found[programme] = found.get(programme, frozenset()) | words
        shared = found.pop(EVERY_PROGRAMME, frozenset())
        return {programme: words | shared for programme, words in found.items()}

    def frequency(self, stem: str) -> int:
        """The number of passages that have a token."""
        return self._content.lexical.frequency(stem)


def _together(one: Passage, other: Passage) -> bool:
    return (one.document, one.headings) == (other.document, other.headings)


def open_index(folder: Path, encoder: Encoder | None, analyser: Analyser) -> Index:
    """Open the current generation, every checksum verified.

    Without an encoder the index searches by words only. When the current generation is damaged
    the latest whole one is opened, and `Index.notes` says so. Raises `IndexUnavailable` when
    there is none, `IndexStale` when it was made for another encoder, analyser or format,
    `IndexDamaged` when none is whole.
    """
    for _ in range(_ATTEMPTS):
        current = current_name(folder)
        content, damage = _first_whole(folder, current, encoder, analyser)
        if not damage or current_name(folder) == current:
            break
    if content is None:
        raise IndexDamaged(f"No generation of the index is whole: {damage[0]}; {_BUILD}")
    served = f"the generation {content.manifest.name} is served meanwhile; {_BUILD}"
    return Index(content, encoder, tuple(f"{found}; {served}" for found in damage))


def _first_whole(
    folder: Path, current: str | None, encoder: Encoder | None, analyser: Analyser
) -> tuple[Content | None, list[str]]:
    """The first whole generation, the current one before all, and the damage met on the way."""
    names = [*([current] if current else []), *other_names(folder)]
    if not names:
        raise IndexUnavailable(f"There is no index in {folder}; {_BUILD}")
    damage = [] if current else [f"The pointer {folder / 'CURRENT'} is missing or damaged"]
    for name in names:
        try:
            manifest, files = read_files(folder, name)
            _check(manifest, encoder, analyser)
            return Content.parse(manifest, files), damage
        except GenerationDamaged as error:
            damage.append(str(error))
    return None, damage


def _check(manifest: Manifest, encoder: Encoder | None, analyser: Analyser) -> None:
    """Refuse a whole generation that is not made for what is asked for."""
    if manifest.format != FORMAT:
        raise IndexStale(f"The index has format {manifest.format}, not {FORMAT}; {_BUILD}")
    if encoder and manifest.encoder_fingerprint != encoder.fingerprint:
        raise IndexStale(
            f"The index was made with the encoder {manifest.encoder!r} in another version than "
            f"{encoder.name!r} is; {_BUILD}"
        )
    if encoder and manifest.dimension != encoder.dimension:
        raise IndexStale(
            f"The index has vectors of dimension {manifest.dimension}, the encoder "
            f"{encoder.name!r} of {encoder.dimension}; {_BUILD}"
        )
    if manifest.analyser_fingerprint != analyser.fingerprint:
        raise IndexStale(f"The index was made with another analysis of words; {_BUILD}")
