"""Lexical: BM25 over token lists, as plain arrays.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), as Lucene
writes it: an idf that is never negative, `ln(1 + (n - df + 0.5) / (df + 0.5))`, and no constant
factor `k1 + 1`. A test holds the scores equal to those of bm25s (method `lucene`); for one short
query both take some 30 µs, and this one keeps nothing but plain arrays.
"""

from __future__ import annotations

import array
import io
import itertools
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Both within the ranges of the source above (1.2 < k1 < 2, 0.5 < b < 0.8), and bm25s's defaults.
K1 = 1.5
B = 0.75

FILES = ("terms.json", "offsets.npy", "passages.npy", "counts.npy")


class LexicalIndex:
    """Postings of each term: the passages that have it, and how often."""

    def __init__(
        self,
        size: int,
        terms: Sequence[str],
        offsets: NDArray[np.int64],
        passages: NDArray[np.int32],
        counts: NDArray[np.int32],
    ) -> None:
        self.size = size
        self._terms = {term: number for number, term in enumerate(terms)}
        self._offsets, self._passages, self._counts = offsets, passages, counts
        frequency = np.diff(offsets)
        idf = np.log1p((size - frequency + 0.5) / (frequency + 0.5))
        lengths = np.bincount(passages, weights=counts, minlength=size)
        average = lengths.mean() if size and lengths.any() else 1.0
        saturation = K1 * (1.0 - B + B * lengths / average)
        weights = counts / (counts + saturation[passages])
        self._weights = (np.repeat(idf, frequency) * weights).astype(np.float32)

    @classmethod
    def of(cls, token_lists: Iterable[Sequence[str]]) -> LexicalIndex:
        """The index of one token list a passage, in passage order."""
        # Each token is a number, in the order of the terms' first appearance; they are sorted and
        # counted all at once.
        number: defaultdict[str, int] = defaultdict(itertools.count().__next__)
        said = array.array("q")
        lengths: list[int] = []
        for listed in token_lists:
            said.extend(map(number.__getitem__, listed))
            lengths.append(len(listed))
        size = len(lengths)
        terms = sorted(number)
        place = np.zeros(len(terms), np.int64)
        place[np.fromiter((number[term] for term in terms), np.int64)] = np.arange(len(terms))
        passages = np.repeat(np.arange(size), lengths)
        places = place[np.array(said, np.int64)] * max(size, 1) + passages
        pairs, counts = np.unique(places, return_counts=True)
        found, passages = np.divmod(pairs, max(size, 1))
        offsets = np.zeros(len(terms) + 1, np.int64)
        offsets[1:] = np.cumsum(np.bincount(found, minlength=len(terms)))
        return cls(size, terms, offsets, passages.astype(np.int32), counts.astype(np.int32))

    @classmethod
    def parse(cls, size: int, files: Mapping[str, bytes]) -> LexicalIndex:
        """The index of `size` passages that `dump` wrote; `ValueError` when it does not fit."""
        terms = json.loads(files["terms.json"])
        offsets, passages, counts = (
            np.load(io.BytesIO(files[name]), allow_pickle=False) for name in FILES[1:]
        )
        if len(offsets) != len(terms) + 1 or not offsets[-1] == len(passages) == len(counts):
            raise ValueError("the BM25 arrays do not fit together")
        if len(passages) and not 0 <= passages.min() <= passages.max() < size:
            raise ValueError("the BM25 arrays name a passage that is not there")
        return cls(size, terms, offsets, passages, counts)

    def dump(self) -> dict[str, bytes]:
        """The index as files; the weights are derived again when it is read."""
        written = {"terms.json": json.dumps(list(self._terms), ensure_ascii=False).encode()}
        arrays: tuple[NDArray[Any], ...] = (self._offsets, self._passages, self._counts)
        for name, each in zip(FILES[1:], arrays, strict=True):
            buffer = io.BytesIO()
            np.save(buffer, each, allow_pickle=False)
            written[name] = buffer.getvalue()
        return written

    def frequency(self, term: str) -> int:
        """The number of passages that have `term`."""
        number = self._terms.get(term)
        if number is None:
            return 0
        return int(self._offsets[number + 1] - self._offsets[number])

    def scores(self, query: Sequence[str] | Mapping[str, float]) -> NDArray[np.float32]:
        """BM25 of every passage, shape (n,).

        A token of a sequence counts 1 each time it stands there; a mapping gives each its weight.
        """
        weighted = query if isinstance(query, Mapping) else Counter(query)
        scores = np.zeros(self.size, np.float32)
        for term in sorted(weighted):
            number = self._terms.get(term)
            if number is not None:
                span = slice(self._offsets[number], self._offsets[number + 1])
                scores[self._passages[span]] += np.float32(weighted[term]) * self._weights[span]
        return scores

    def token_lists(self) -> list[list[str]]:
        """The tokens of each passage, repeats kept, in order of term."""
        listed: list[list[str]] = [[] for _ in range(self.size)]
        for term, number in self._terms.items():
            span = slice(self._offsets[number], self._offsets[number + 1])
            for passage, count in zip(self._passages[span], self._counts[span], strict=True):
                listed[passage].extend([term] * int(count))
        return listed
