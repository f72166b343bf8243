"""The blank encoder: stands in where there is none, so that an index of words can be built."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from index.encoder import Progress, Vectors


class BlankEncoder:
    """Gives every text the same vector of one number; its index is searched by words alone."""

    name = "none"
    fingerprint = hashlib.sha256(b"blank").hexdigest()
    dimension = 1
    reader = None

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Ones, shape (n, 1)."""
        return np.ones((len(texts), 1), np.float32)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Ones, shape (n, 1)."""
        return self.encode_queries(texts)
