"""Close reading: a question and a passage read side by side, piece by piece.

Vectors of whole texts tell what both are about, not whether one answers the other: "how long is
the contract" is near a passage on the internship's length. Here each piece of the question looks
for what stands for it in the passage (attention), the two are compared, and what the comparisons
come to says how likely the passage answers. This follows the decomposable attention of Parikh et
al. (2016), behind one transformer layer a side; `training/close_reading.py` learns it. A passage's
side is computed when an index is built, so that a question costs some matrix products.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Features = Callable[[str], Vectors]

MOST_PIECES = {"query": 32, "passage": 120}
"""Pieces that are read of a text."""
HEADS = 4
_EPSILON = 1e-5  # of layer normalisation
_LARGEST = 127  # of 8 bits
_REMEMBERED = 500
"""Questions whose side is kept; each takes 12 KB at most."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of a passage as they are compared: 8-bit `values`, shape (n, d), and what each
    piece's are multiplied by, shape (n,)."""

    values: NDArray[np.int8]
    scales: Vectors

    def __len__(self) -> int:
        return len(self.scales)


NO_PIECES = Pieces(np.zeros((0, 0), np.int8), np.zeros(0, np.float32))
"""Of a passage that was not read closely."""


class CloseReader:
    """Reads with learnt weights, by name; safe for several threads.

    `features` tells what the encoder's network reads in a text, shape (pieces, f).
    """

    def __init__(
        self, weights: Mapping[str, NDArray[np.floating[Any]]], features: Features
    ) -> None:
        self._features = features
        self._weights = {name: array.astype(np.float32) for name, array in weights.items()}
        self._sides = {side: _of_side(side, self._weights) for side in MOST_PIECES}
        self._sharpness = float(self._weights["sharpness"])

        self.question = lru_cache(_REMEMBERED)(self._question)
        """A question's side, shape (pieces, d); not to be written to."""

    def _question(self, text: str) -> Vectors:
        return self._side("query", self._features(text))

    def passage(self, text: str) -> Pieces:
        """A passage's side."""
        side = self._side("passage", self._features(text))
        scales = np.maximum(np.abs(side).max(axis=1), 1e-6) / _LARGEST
        return Pieces(np.round(side / scales[:, None]).astype(np.int8), scales.astype(np.float32))

    def odds(self, question: Vectors, passages: Sequence[Pieces]) -> Vectors:
        """The log odds that each passage, rather than none, answers a question, shape (n,)."""
        if not passages:
            return np.zeros(0, np.float32)
        w = self._weights
        compared = self._compared(question, *self._sought(question, passages))
        weight = _softmax(question @ w["weigh"] + w["weigh_bias"])
        told = np.concatenate(
            [
                np.einsum("i,pih->ph", weight, compared),
                compared.max(axis=1),
                compared.sum(axis=1) * len(question) ** -0.5,
            ],
            axis=1,
        )
        hidden = np.maximum(told @ w["decide"] + w["decide_bias"], 0)
        answered = hidden @ w["answer"] + w["answer_bias"]
        unanswered = (weight @ question) @ w["none"] + w["none_bias"]
        odds: Vectors = (answered - unanswered).astype(np.float32)
        return odds

    def _sought(
        self, question: Vectors, passages: Sequence[Pieces]
    ) -> tuple[Vectors, Vectors, Vectors]:
        """What stands for each piece of the question in each passage, shape (n, pieces, d), how
        like it the likest piece is, and how far nothing stands for it, shape (n, pieces, 1)."""
        rows = np.concatenate([pieces.values for pieces in passages]).astype(np.float32)
        rows *= np.concatenate([pieces.scales for pieces in passages])[:, None]
        starts = np.cumsum([0, *map(len, passages)])
        nothing = self._weights["nothing"]
        likeness = self._sharpness * (question @ rows.T)
        none = self._sharpness * (question @ nothing)[:, None]
        most = np.maximum(np.maximum.reduceat(likeness, starts[:-1], axis=1), none)
        shares = np.exp(likeness - np.repeat(most, np.diff(starts), axis=1))
        missed = np.exp(none - most)
        total = (np.add.reduceat(shares, starts[:-1], axis=1) + missed).T[:, :, None]
        found = np.stack([shares[:, a:b] @ rows[a:b] for a, b in pairwise(starts)])
        missed = missed.T[:, :, None] / total
        return found / total + missed * nothing, most.T[:, :, None], missed

    def _compared(
        self, question: Vectors, found: Vectors, most: Vectors, missed: Vectors
    ) -> Vectors:
        """What each piece of the question and what stands for it come to, shape (n, pieces, h)."""
        w = self._weights
        compared: Vectors = (
            (question @ w["compare_own"] + w["compare_bias"])[None]
            + found @ w["compare_found"]
            + (question * found) @ w["compare_product"]
            + np.abs(question - found) @ w["compare_difference"]
            + most / 10 * w["compare_likeness"][0]
            + missed * w["compare_likeness"][1]
        )
        return np.maximum(compared, 0)

    def _side(self, side: str, features: Vectors) -> Vectors:
        """Pieces brought to d numbers, then one transformer layer (normalised before)."""
        w = self._sides[side]
        entered = features[: MOST_PIECES[side]] @ w["enter"] + w["enter_bias"]
        pieces = _normalised(entered) * w["enter_gain"] + w["enter_shift"]
        before = _normalised(pieces) * w["look_gain"] + w["look_shift"]
        size = before.shape[1] // HEADS
        parts: list[Vectors] = np.split(before @ w["look"] + w["look_bias"], 3, axis=1)
        asks, offers, holds = (
            part.reshape(len(before), HEADS, size).transpose(1, 0, 2) for part in parts
        )
        seen: Vectors = _softmax(asks @ offers.transpose(0, 2, 1) * size**-0.5) @ holds
        seen = seen.transpose(1, 0, 2).reshape(before.shape)
        pieces = pieces + seen @ w["see"] + w["see_bias"]
        before = _normalised(pieces) * w["think_gain"] + w["think_shift"]
        thought: Vectors = np.maximum(before @ w["think"] + w["think_bias"], 0)
        told: Vectors = pieces + thought @ w["tell"] + w["tell_bias"]
        return told


def _of_side(side: str, weights: Mapping[str, Vectors]) -> dict[str, Vectors]:
    """The weights whose names begin with a side's, by the rest of the name."""
    start = f"{side}_"
    return {name[len(start) :]: a for name, a in weights.items() if name.startswith(start)}


def _normalised(rows: Vectors) -> Vectors:
    centred = rows - rows.mean(axis=-1, keepdims=True)
    normalised: Vectors = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + _EPSILON)
    return normalised


def _softmax(rows: Vectors) -> Vectors:
    raised = np.exp(rows - rows.max(axis=-1, keepdims=True))
    shares: Vectors = raised / raised.sum(axis=-1, keepdims=True)
    return shares
