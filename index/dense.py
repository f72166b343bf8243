"""Dense: unit vectors in FAISS, searched by inner product among the passages allowed."""

from __future__ import annotations

from functools import cached_property
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors
from index.fusion import best

Numbers = NDArray[np.int64]
Allowed = NDArray[np.bool_]

# An exact scan of 384 floats took some 30 ms at 100,000 passages on two cores; a graph is worth it
# beyond.
FLAT_LIMIT = 100_000
# FAISS's guidelines: M 32, and an efSearch well above k; measured recall in the tests.
_HNSW_LINKS = 32
_HNSW_CONSTRUCTION = 200
_HNSW_SEARCH = 256


class DenseIndex:
    """A FAISS index whose ids are passage numbers."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self._is_graph = isinstance(index, _faiss().IndexHNSW)

    @classmethod
    def of(cls, vectors: Vectors, flat_limit: int = FLAT_LIMIT) -> DenseIndex:
        """The index of unit vectors, shape (n, d): flat, or a graph beyond `flat_limit`."""
        faiss = _faiss()
        count, dimension = vectors.shape
        if count <= flat_limit:
            index = faiss.IndexFlatIP(dimension)
        else:
            index = faiss.IndexHNSWFlat(dimension, _HNSW_LINKS, faiss.METRIC_INNER_PRODUCT)
            index.hnsw.efConstruction = _HNSW_CONSTRUCTION
        threads = faiss.omp_get_max_threads()
        faiss.omp_set_num_threads(1)  # several would build another graph each time
        try:
            index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        finally:
            faiss.omp_set_num_threads(threads)
        return cls(index)

    @classmethod
    def parse(cls, data: bytes) -> DenseIndex:
        """The index that `dump` wrote; `ValueError` when FAISS cannot read it."""
        faiss = _faiss()
        try:
            return cls(faiss.deserialize_index(np.frombuffer(data, dtype=np.uint8)))
        except RuntimeError as error:
            raise ValueError(f"FAISS cannot read the vectors: {error}") from error

    def dump(self) -> bytes:
        """The index as bytes, without a checksum of its own."""
        faiss = _faiss()
        return bytes(faiss.serialize_index(self._index).tobytes())

    def __len__(self) -> int:
        """The number of vectors."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self._index.d)

    @cached_property
    def vectors(self) -> Vectors:
        """All vectors, shape (n, d), read-only, in passage order: FAISS's own memory."""
        faiss = _faiss()
        if len(self) == 0:
            return np.zeros((0, self.dimension), np.float32)
        stored = faiss.downcast_index(self._index.storage) if self._is_graph else self._index
        memory = faiss.rev_swig_ptr(stored.get_xb(), len(self) * self.dimension)
        # FAISS frees its memory with the index: the array has to hold on to it.
        owner = SimpleNamespace(__array_interface__=memory.__array_interface__, index=self._index)
        vectors: Vectors = np.asarray(owner).reshape(len(self), self.dimension)
        vectors.flags.writeable = False
        return vectors

    def search(
        self, vector: Vectors, k: int, allowed: Allowed | None = None
    ) -> tuple[Numbers, Vectors]:
        """Numbers and cosines of the nearest passages, nearest first, at most `k`.

        `vector` has shape (d,); `allowed` has shape (n,) and none means all.
        """
        faiss = _faiss()
        sought = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        selector = None
        if allowed is not None and self._is_graph:
            # Few among very many are found by looking at each: a graph would pass them by.
            few = np.flatnonzero(allowed)
            if len(few) <= FLAT_LIMIT:
                similarity = self.similarity(vector, few)
                nearest = best(similarity, k)
                return few[nearest], similarity[nearest]
        if allowed is not None:
            selector = faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))
        if self._is_graph:
            width = max(_HNSW_SEARCH, 2 * k)
            parameters = faiss.SearchParametersHNSW(efSearch=width, sel=selector)
        else:
            parameters = faiss.SearchParameters(sel=selector)
        found, numbers = self._index.search(sought, max(k, 1), params=parameters)
        kept = numbers[0] >= 0
        return numbers[0][kept][:k], found[0][kept][:k]

    def similarity(self, vector: Vectors, numbers: Numbers) -> Vectors:
        """Cosines of the passages `numbers`, shape (len(numbers),)."""
        return np.asarray(self.vectors[numbers] @ vector, dtype=np.float32)


def _faiss() -> Any:
    """FAISS, imported when it is first needed; its stubs do not know the Python wrappers."""
    import faiss

    return faiss
