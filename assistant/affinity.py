"""Affinity: how near a question and a passage stand to each aspect, by meaning.

Each aspect has two vectors: the centre of its example questions, and its suggested question. A
question that is near to the same aspects as a passage asks for what the passage says, even when
they share no word. The vectors are made with the policy and shipped beside it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

_FILE = "data/aspect_vectors.npz"
_SHARPNESS = 0.04
"""Temperature under which nearness to aspects becomes a distribution over them."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """Nearness to every aspect, as cosines and as a distribution; all of shape (aspects,).

    `roots` are the square roots of the shares, taken once and compared often.
    """

    cosines: Vectors
    shares: Vectors
    roots: Vectors

    def agreement(self, other: Nearness) -> float:
        """How much two texts are about the same aspects: the Bhattacharyya coefficient."""
        return float(self.roots @ other.roots)


class Affinity:
    """The aspects' vectors, shape (aspects, d) each."""

    def __init__(self, examples: Vectors, questions: Vectors) -> None:
        self._examples = examples.astype(np.float32)
        self._questions = questions.astype(np.float32)

    def of_question(self, vector: Vectors) -> Nearness:
        """The nearness of a question's vector, shape (d,)."""
        return _nearness(self._examples @ vector)

    def of_passage(self, vectors: Vectors) -> Nearness:
        """The nearness of a passage's vectors, shape (n, d): that of its nearest sentence."""
        return _nearness((vectors @ self._questions.T).max(axis=0))

    def dump(self, fingerprint: str) -> bytes:
        """The vectors as the bytes of the shipped file."""
        file = io.BytesIO()
        np.savez(
            file,
            examples=self._examples.astype(np.float16),
            questions=self._questions.astype(np.float16),
            fingerprint=np.array(fingerprint),
        )
        return file.getvalue()


def _nearness(cosines: Vectors) -> Nearness:
    shares = np.exp((cosines - cosines.max()) / _SHARPNESS)
    shares /= shares.sum()
    return Nearness(cosines, shares, np.sqrt(shares))


def load_affinity(fingerprint: str) -> Affinity | None:
    """The shipped vectors, when they were made for this encoder and these aspects."""
    file = files("assistant").joinpath(_FILE)
    if not file.is_file():
        return None
    with np.load(io.BytesIO(file.read_bytes()), allow_pickle=False) as arrays:
        if str(arrays["fingerprint"]) != fingerprint:
            return None
        return Affinity(arrays["examples"], arrays["questions"])
