"""The network of universal-sentence-encoder-multilingual v3, on numpy alone.

Pieces of words are looked up, read in windows of two, three and five, and pooled; a head of six
small layers turns what was pooled into a unit vector. The model's own head makes general vectors.
What was learnt for questions and passages (`training/`) pools the same pieces with an attention of
its own ("auriez-vous l'amabilité de me dire" says nothing) before a head of its own, so that
several vectors of one text cost one pass over its words.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from index.encoder import Vectors
from index.use_pieces import Pieces

POOLED = 512
"""Length of what is pooled, and of a head's vector."""
_PIECE = 512
_WINDOW = 256
# Width of each window of pieces, and how many of them lie before the piece itself.
_WINDOWS = ((2, 0), (3, 1), (5, 2))
# The table of pieces comes in this many blocks, each with a scale of its own; row r of block b
# is piece r * _BLOCKS + b.
_BLOCKS = 17

LAYERS = ("d0", "d1", "p1", "d2", "p3", "d3")
"""A head's matrices, as the packaged model names its own."""
ATTENTION = ("attend", "attend_bias", "weigh", "weigh_bias")
"""An attention's matrices and biases."""
REACH = 2.0
"""Log of the most that a piece can count."""


class Head:
    """Six layers from pooled values to a unit vector; `layers` has a matrix for each name."""

    def __init__(self, layers: Mapping[str, Vectors]) -> None:
        self.layers = tuple(layers[name].astype(np.float32) for name in LAYERS)

    def __call__(self, pooled: Vectors) -> Vectors:
        """The unit vector of pooled values, shape (512,)."""
        d0, d1, p1, d2, p3, d3 = self.layers
        first = np.maximum(pooled @ d0, 0)
        second = np.maximum(pooled @ p1 + first @ d1, 0)
        third = np.maximum(second @ d2, 0)
        vector = np.tanh(second @ p3 + third @ d3)
        unit: Vectors = vector / np.linalg.norm(vector)
        return unit


class Attention:
    """How much each piece of a text counts; `layers` has a matrix and a bias for each name."""

    def __init__(self, layers: Mapping[str, Vectors]) -> None:
        self.layers = tuple(layers[name].astype(np.float32) for name in ATTENTION)

    def __call__(self, features: Vectors) -> Vectors:
        """Weights between 1/7 and 7 or so, shape (pieces,)."""
        first, first_bias, second, second_bias = self.layers
        told = np.tanh(features @ first + first_bias) @ second + second_bias
        weights: Vectors = np.exp(REACH * np.tanh(told / REACH)).reshape(-1)
        return weights


class UseNetwork:
    """The packaged weights and vocabulary; `own` is the model's head. Safe for several threads."""

    def __init__(self, weights: Path, vocabulary: bytes) -> None:
        self._pieces = Pieces(vocabulary)
        with np.load(weights, allow_pickle=False) as arrays:
            rows = arrays["q1"].shape[0]
            # Kept as they come, in 8 bits: 65 MB instead of 262.
            self._table = np.empty((_BLOCKS * rows, _PIECE), np.uint8)
            for block in range(_BLOCKS):
                self._table[block::_BLOCKS] = arrays[f"q{block + 1}"]
            given = {name: arrays[name] for name in arrays.files if not name.startswith("q")}
        self._scale, self._least = given["scale"], given["lo"]
        self._epsilon = float(given["eps"])
        widths = [width for width, _ in _WINDOWS]
        self._entry = np.concatenate([given[f"proj{n}"] for n in widths], axis=1)
        self._entry_bias = np.concatenate([given[f"proj_b{n}"] for n in widths])
        self._entry_gain = np.concatenate([given[f"ln_g{n}"] for n in widths])
        self._entry_shift = np.concatenate([given[f"ln_b{n}"] for n in widths])
        self._windows = [
            (window, tuple(given[f"{name}_{window[0]}"] for name in ("w1", "b1", "w2", "b2")))
            for window in _WINDOWS
        ]
        self._gain, self._shift = given["ln_g"], given["ln_b"]
        self.exit = (given["cnn_W"], given["cnn_b"])
        self.own = Head(given)

    def features(self, text: str) -> Vectors:
        """What each piece of a text says where it stands, shape (pieces, 1280)."""
        pieces = np.array(self._pieces.numbers(text))
        block = pieces % _BLOCKS
        looked_up = self._table[pieces] * self._scale[block, None] + self._least[block, None]
        entered = _normalised(looked_up @ self._entry + self._entry_bias, self._epsilon)
        entered = entered * self._entry_gain + self._entry_shift
        read = [looked_up]
        for number, ((width, before), layer) in enumerate(self._windows):
            own = entered[:, number * _WINDOW : (number + 1) * _WINDOW]
            first, first_bias, second, second_bias = layer
            once = np.maximum(_windows(own, width, before) @ first + first_bias, 0) + own
            read.append(np.maximum(_windows(once, width, before) @ second + second_bias, 0) + once)
        normalised = _normalised(np.concatenate(read, axis=1), self._epsilon)
        features: Vectors = (normalised * self._gain + self._shift).astype(np.float32)
        return features

    def pooled(self, features: Vectors, weights: Vectors | None = None) -> Vectors:
        """What the pieces come to, shape (512,); `weights` of them, shape (pieces,), or all 1."""
        matrix, bias = self.exit
        summed = features.sum(axis=0) if weights is None else weights @ features
        count = len(features) if weights is None else weights.sum()
        pooled: Vectors = (summed @ matrix + count * bias) / np.sqrt(count)
        return pooled.astype(np.float32)


def _normalised(rows: Vectors, epsilon: float) -> Vectors:
    centred = rows - rows.mean(axis=1, keepdims=True)
    normalised: Vectors = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + epsilon)
    return normalised


def _windows(rows: Vectors, width: int, before: int) -> Vectors:
    """For each row the rows around it, end to end; zeros where the text has none."""
    count, size = rows.shape
    padded = np.zeros((count + width - 1, size), np.float32)
    padded[before : before + count] = rows
    places = np.arange(count)[:, None] + np.arange(width)
    around: Vectors = padded[places].reshape(count, width * size)
    return around
