"""Word vectors: which words of a passage come near to a word of the question.

"gamin" stands in no documentation, "enfant" does; "sociology" has no French stem. The lexicon knows
what candidates often say; this table knows the common words of five languages, by what a
multilingual encoder makes of each (see `training/`). It only weighs how sure an answer is: a
synonym it believes in is never quoted as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from assistant.key import Key

Rows = NDArray[np.int32]
Likeness = NDArray[np.float32]

# Cosines between which a likeness rises from nothing to the same word.
_UNLIKE, _ALIKE = 0.55, 0.95


@dataclass(frozen=True, slots=True)
class WordVectors:
    """`words` folded and sorted, as bytes, shape (n,); `vectors` 8-bit, shape (n, d); a vector
    times `scale` is a unit vector."""

    words: NDArray[np.bytes_]
    vectors: NDArray[np.int8]
    scale: float

    def rows(self, words: Iterable[str]) -> Rows:
        """The rows of those words that the table knows, each once, in order of the table."""
        asked = np.array(sorted({word.encode() for word in words}), dtype=np.bytes_)
        if not len(asked):
            return np.zeros(0, np.int32)
        places = np.minimum(np.searchsorted(self.words, asked), len(self.words) - 1)
        rows: Rows = places[self.words[places] == asked].astype(np.int32)
        return rows

    def likeness(self, keys: Sequence[Key], groups: Sequence[Rows]) -> Likeness:
        """How near each key comes to the nearest word of each group of rows, from 0 to 1, shape
        (groups, keys).

        A name is near to nothing, and neither is a word that the table does not know.
        """
        found = np.zeros((len(groups), len(keys)), np.float32)
        known = [(n, rows[0]) for n, key in enumerate(keys) if len(rows := self._rows_of(key))]
        filled = [number for number, rows in enumerate(groups) if len(rows)]
        if not known or not filled:
            return found
        asked = self._unit(np.array([row for _, row in known]))
        there = self._unit(np.concatenate([groups[number] for number in filled]))
        starts = np.cumsum([0, *(len(groups[number]) for number in filled[:-1])])
        nearest = np.maximum.reduceat(there @ asked.T, starts, axis=0)
        found[np.ix_(filled, [n for n, _ in known])] = nearest
        likeness: Likeness = np.clip((found - _UNLIKE) / (_ALIKE - _UNLIKE), 0, 1)
        return likeness

    def _rows_of(self, key: Key) -> Rows:
        return self.rows([] if key.is_name else [key.text])

    def _unit(self, rows: Rows) -> Likeness:
        return self.vectors[rows].astype(np.float32) * np.float32(self.scale)


@cache
def load_word_vectors() -> WordVectors:
    """The table that the package ships."""
    with (
        as_file(files("assistant") / "data" / "word_vectors.npz") as path,
        np.load(path, allow_pickle=False) as arrays,
    ):
        return WordVectors(arrays["words"], arrays["vectors"], float(arrays["scale"]))
