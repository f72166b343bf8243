"""Fakes of outside things, with the same interfaces."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.words import FUNCTION_WORDS, tokens


class FakeEncoder:
    """An encoder without a model: the sum of one fixed direction for each stem of a text.

    `seen` lists the passages it was given. Another `salt` is another model.
    """

    def __init__(self, dimension: int = 64, salt: str = "") -> None:
        self.name = f"fake{salt}"
        self.dimension = dimension
        self.fingerprint = hashlib.sha256(f"fake {dimension} {salt}".encode()).hexdigest()
        self.seen: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = [self._vector(text) for text in texts]
        return np.array(vectors, np.float32).reshape(-1, self.dimension)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        self.seen.extend(texts)
        if progress:
            for done in range(1, len(texts) + 1):
                progress(done, len(texts))
        return self.encode_queries(texts)

    def _vector(self, text: str) -> NDArray[np.float32]:
        words = [token for token in tokens(text) if token.text not in FUNCTION_WORDS]
        total = sum((self._direction(token.stem) for token in words), self._direction(""))
        return (total / np.linalg.norm(total)).astype(np.float32)

    def _direction(self, stem: str) -> NDArray[np.float64]:
        digest = hashlib.sha256(f"{self.name} {stem}".encode()).digest()
        return np.random.default_rng(list(digest)).standard_normal(self.dimension)
