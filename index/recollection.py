"""Recollection: an encoder that remembers the questions it has lately been asked to encode."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from index.encoder import Encoder, Progress, Vectors

REMEMBERED = 4_000
"""Questions; a vector of 1,024 floats takes 4 KB."""


class RecollectingEncoder:
    """An `Encoder` over another one: a question is encoded once, and known for a while after.

    Passages are encoded each time: a build sees each of them once.
    """

    def __init__(self, encoder: Encoder, most: int = REMEMBERED) -> None:
        self.name = encoder.name
        self.fingerprint = encoder.fingerprint
        self.dimension = encoder.dimension
        self.reader = encoder.reader
        self._encoder = encoder
        self._most = most
        self._known: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = threading.Lock()

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (n, d); not to be written to."""
        vectors = [self._query(text) for text in texts]
        return np.array(vectors, np.float32).reshape(-1, self.dimension)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Vectors of passages, shape (n, d)."""
        return self._encoder.encode_passages(texts, progress)

    def _query(self, text: str) -> Vectors:
        with self._lock:
            if text in self._known:
                self._known.move_to_end(text)
                return self._known[text]
        # Outside the lock: nobody waits for another one's question.
        vector: Vectors = self._encoder.encode_queries([text])[0]
        with self._lock:
            self._known[text] = vector
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        return vector
