"""Affinity: how near a question and a passage stand to each aspect, by meaning.

Each aspect has two vectors: the centre of its example questions, and its suggested question. A
question that is near to the same aspects as a passage asks for what the passage says, even when
they share no word. The vectors are made with the policy and shipped beside it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

_FILE = "data/aspect_vectors.npz"
_SHARPNESS = 0.04
"""Temperature under which nearness to aspects becomes a distribution over them."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """Nearness to every aspect, as cosines and as a distribution; all of shape (aspects,).

    `roots` are the square roots of the shares, taken once and compared often; `usual` tells how
    often such questions are answered (log odds; 0 where that is not known).
    """

    cosines: Vectors
    shares: Vectors
    roots: Vectors
    usual: float = 0.0

    def agreement(self, other: Nearness) -> float:
        """How much two texts are about the same aspects: the Bhattacharyya coefficient."""
        return float(self.roots @ other.roots)


@dataclass(frozen=True, slots=True)
class Chances:
    """How often questions near to each aspect are answered: weights of the cosines, and a bias."""

    weights: NDArray[np.floating[Any]]
    bias: float


class Affinity:
    """The aspects' vectors, shape (aspects, d) each, and the chances of an answer."""

    def __init__(
        self, examples: Vectors, questions: Vectors, chances: Chances | None = None
    ) -> None:
        self._examples = examples.astype(np.float32)
        self._questions = questions.astype(np.float32)
        self._chances = chances or Chances(np.zeros(len(examples)), 0.0)

    def with_chances(self, chances: Chances | None) -> Affinity:
        """The same vectors with other chances."""
        return Affinity(self._examples, self._questions, chances)

    def of_question(self, vector: Vectors) -> Nearness:
        """The nearness of a question's vector, shape (d,)."""
        near = _nearness(self._examples @ vector)
        usual = float(self._chances.weights @ near.cosines) + self._chances.bias
        return replace(near, usual=usual)

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
            chances=np.append(self._chances.weights, self._chances.bias).astype(np.float32),
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
        *weights, bias = arrays["chances"]
        chances = Chances(np.array(weights), float(bias))
        return Affinity(arrays["examples"], arrays["questions"], chances)
