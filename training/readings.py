"""Readings: what each piece of every text says, computed once and kept in 16 bits."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import torch
from torch import Tensor

from index.use import UseEncoder

_MOST_PIECES = 110
"""Pieces of one text that are trained on."""
_SAMPLE = 30_000
"""Pieces that tell in which directions all of them differ."""


class Readings:
    """Texts by number, and their pieces' features end to end."""

    def __init__(self, encoder: UseEncoder) -> None:
        self._encoder = encoder
        self._numbers: dict[str, int] = {}
        self._read: list[np.ndarray] = []
        self._features = torch.zeros(0, 1280, dtype=torch.float16)
        self._starts = torch.zeros(1, dtype=torch.long)

    def numbers(self, texts: Iterable[str]) -> np.ndarray:
        """The number of each text, shape (n,)."""
        found = []
        for text in texts:
            if text not in self._numbers:
                self._numbers[text] = len(self._numbers)
                self._read.append(self._encoder.features(text)[:_MOST_PIECES].astype(np.float16))
            found.append(self._numbers[text])
        return np.array(found, np.int64)

    def close(self) -> None:
        """Lay all texts end to end; to be called once every text has its number."""
        lengths = torch.tensor([len(features) for features in self._read])
        self._starts = torch.cat([torch.zeros(1, dtype=torch.long), lengths.cumsum(0)])
        self._features = torch.from_numpy(np.concatenate(self._read))
        self._read = []

    def directions(self, count: int) -> Tensor:
        """The directions in which the pieces of all texts differ most, shape (count, 1280)."""
        choose = torch.Generator().manual_seed(0)
        chosen = torch.randperm(len(self._features), generator=choose)[:_SAMPLE]
        sample = self._features[chosen].float()
        return torch.linalg.svd(sample - sample.mean(0), full_matrices=False).Vh[:count]

    def __call__(self, numbers: np.ndarray) -> tuple[Tensor, Tensor]:
        """The pieces' features of some texts, shape (pieces, 1280), and the place in `numbers` of
        the text that each piece belongs to."""
        rows = torch.as_tensor(numbers)
        starts = self._starts[rows]
        lengths = self._starts[rows + 1] - starts
        owners = torch.repeat_interleave(torch.arange(len(rows)), lengths)
        first = lengths.cumsum(0) - lengths
        places = torch.arange(len(owners)) - first[owners] + starts[owners]
        return self._features[places].float(), owners
