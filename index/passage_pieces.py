"""Passage pieces: what is kept of each passage to read it closely beside a question."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.close_reading import NO_PIECES, Pieces
from index.encoder import Vectors


class PassagePieces:
    """The pieces of all passages end to end, by passage number; none where nothing reads them.

    Eight bits a value: a passage of sixty pieces takes 8 KB.
    """

    def __init__(
        self, values: NDArray[np.int8], scales: Vectors, starts: NDArray[np.int64]
    ) -> None:
        if (
            len(starts) == 0
            or starts[0] != 0
            or starts[-1] != len(values)
            or len(values) != len(scales)
            or (np.diff(starts) < 0).any()
        ):
            raise ValueError("pieces and their passages do not fit together")
        self._values, self._scales, self._starts = values, scales, starts

    @classmethod
    def of(cls, passages: Sequence[Pieces]) -> PassagePieces:
        """The pieces of each passage."""
        starts = np.cumsum([0, *map(len, passages)], dtype=np.int64)
        filled = [pieces for pieces in passages if len(pieces)] or [NO_PIECES]
        values = np.concatenate([pieces.values for pieces in filled])
        return cls(values, np.concatenate([pieces.scales for pieces in filled]), starts)

    @classmethod
    def parse(cls, data: bytes) -> PassagePieces:
        """What `dump` wrote; `ValueError` when it does not fit together."""
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return cls(arrays["values"], arrays["scales"], arrays["starts"])

    def dump(self) -> bytes:
        """The pieces as bytes."""
        file = io.BytesIO()
        np.savez(file, values=self._values, scales=self._scales, starts=self._starts)
        return file.getvalue()

    def __len__(self) -> int:
        """The number of passages."""
        return len(self._starts) - 1

    def of_passage(self, number: int) -> Pieces:
        """The pieces of one passage."""
        rows = slice(self._starts[number], self._starts[number + 1])
        return Pieces(self._values[rows], self._scales[rows])
