"""Sentence vectors: a passage's own sentences, for a question that only one of them answers.

The vector of a long passage says a little of everything in it; the nearest sentence tells more
(recall@1 on our questions: 0.53 by passages, 0.55 by sentences, 0.63 by both).
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.dense import Numbers
from index.encoder import Vectors

_STORED = np.float16  # three decimals of a cosine are enough, at half the memory


class SentenceVectors:
    """Unit vectors of sentences, grouped by passage number; a passage may have none."""

    def __init__(self, vectors: NDArray[np.float16], starts: NDArray[np.int64]) -> None:
        if (
            len(starts) == 0
            or starts[0] != 0
            or starts[-1] != len(vectors)
            or (np.diff(starts) < 0).any()
        ):
            raise ValueError("sentence vectors and their passages do not fit together")
        self._vectors = vectors
        self._starts = starts

    @classmethod
    def of(cls, groups: Sequence[Vectors], dimension: int) -> SentenceVectors:
        """The vectors of each passage's sentences, shape (s, d) a passage."""
        starts = np.cumsum([0, *(len(group) for group in groups)], dtype=np.int64)
        rows = [group for group in groups if len(group)]
        stacked = np.concatenate(rows) if rows else np.zeros((0, dimension), np.float32)
        return cls(stacked.astype(_STORED), starts)

    @classmethod
    def parse(cls, data: bytes) -> SentenceVectors:
        """What `dump` wrote; `ValueError` when it does not fit together."""
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return cls(arrays["vectors"], arrays["starts"])

    def dump(self) -> bytes:
        """The vectors as bytes."""
        file = io.BytesIO()
        np.savez(file, vectors=self._vectors, starts=self._starts)
        return file.getvalue()

    def __len__(self) -> int:
        """The number of passages."""
        return len(self._starts) - 1

    def of_passage(self, number: int) -> Vectors:
        """The vectors of one passage's sentences, shape (s, d)."""
        rows = self._vectors[self._starts[number] : self._starts[number + 1]]
        return rows.astype(np.float32)

    def nearest(self, vector: Vectors, numbers: Numbers, otherwise: Vectors) -> Vectors:
        """The cosine of the nearest sentence of each of some passages, shape (n,).

        That of `otherwise`, shape (n,), for a passage that has no sentence of its own.
        """
        firsts, counts = self._starts[numbers], self._starts[numbers + 1] - self._starts[numbers]
        told = np.flatnonzero(counts)
        if not len(told):
            return otherwise
        begins = np.cumsum(counts[told]) - counts[told]
        rows = np.repeat(firsts[told] - begins, counts[told]) + np.arange(counts[told].sum())
        cosines = self._vectors[rows].astype(np.float32) @ vector
        nearest = otherwise.copy()
        nearest[told] = np.maximum.reduceat(cosines, begins)
        return nearest
