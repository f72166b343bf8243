"""Messages: what is typed to the assistant beside questions, recognised by what it means.

`data/messages/` holds messages as people typed them. A new one is taken for what its nearest
examples are, as far as they are nearer than the nearest questions that candidates ask (those of
the aspects and of `4-ours.toml`). Only the encoder's own half of a vector is compared, which
depends on the packaged weights alone; the examples' vectors are shipped for these weights, and one
that is missing is made when the examples are loaded.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from assistant.aspect import load_aspects
from assistant.table import read_tables
from index.encoder import EMBEDDED, Encoder, Vectors

GENERAL = 512
"""Numbers of a vector that are the model's own."""
_FILE = "data/message_vectors.npz"
_STEPS = 500.0
"""Steps of a shipped number; a number of a unit vector of the model stays below 0.25."""
_NEIGHBOURS = 5


@dataclass(frozen=True, slots=True)
class Kin:
    """What a message resembles most: the `reply` of its nearest examples.

    `margin` says how much nearer they are than questions about a programme; below 0, they are not.
    """

    reply: str
    margin: float


class Messages:
    """Examples with the reply that each gets, and the questions to tell them from (no reply)."""

    def __init__(self, replies: Sequence[str], vectors: Vectors) -> None:
        given = np.array(replies)
        self._kinds = {kind: np.flatnonzero(given == kind) for kind in sorted({*replies} - {""})}
        self._talk = np.flatnonzero(given != "")
        self._questions = np.flatnonzero(given == "")
        self._vectors = vectors

    def kin(self, vector: Vectors) -> Kin:
        """What the message with this vector, shape (d,), resembles."""
        near = self._vectors @ general(vector)
        margin = _mean_of_best(near[self._talk]) - _mean_of_best(near[self._questions])
        # By the best two of each: one alone may share a word only.
        best = max(self._kinds, key=lambda kind: _mean_of_best(near[self._kinds[kind]], 2))
        return Kin(best, margin)


def general(vector: Vectors) -> Vectors:
    """The model's own part of a vector, of length 1."""
    own: Vectors = vector[:GENERAL] / np.linalg.norm(vector[:GENERAL])
    return own


def examples() -> Mapping[str, str]:
    """Every example with its reply, which is empty for a question about a programme."""
    table, _ = read_tables("messages")
    told = {text: "" for aspect in load_aspects().values() for text in aspect.examples}
    return told | {text: entry["reply"] for entry in table.values() for text in entry["examples"]}


def load_messages(encoder: Encoder | None) -> Messages | None:
    """The messages that come with the project, for the encoder that comes with it; else none."""
    if encoder is None or encoder.name != EMBEDDED or encoder.dimension < GENERAL:
        return None
    texts = examples()
    known = _shipped()
    if missing := [text for text in texts if _key(text) not in known]:
        made = encoder.encode_queries(missing)
        known |= {_key(text): general(row) for text, row in zip(missing, made, strict=True)}
    vectors = np.array([known[_key(text)] for text in texts], np.float32)
    return Messages(tuple(texts.values()), vectors)


def dump(texts: Iterable[str], encoder: Encoder) -> bytes:
    """The vectors of examples as the bytes of the shipped file."""
    listed = sorted(texts)
    vectors = np.array([general(row) for row in encoder.encode_queries(listed)])
    file = io.BytesIO()
    np.savez_compressed(
        file,
        keys=np.array([_key(text) for text in listed], np.uint64),
        vectors=np.clip(np.rint(vectors * _STEPS), -127, 127).astype(np.int8),
    )
    return file.getvalue()


def _shipped() -> dict[int, Vectors]:
    file = files("assistant").joinpath(_FILE)
    if not file.is_file():
        return {}
    with np.load(io.BytesIO(file.read_bytes()), allow_pickle=False) as arrays:
        vectors = arrays["vectors"].astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return {int(key): row for key, row in zip(arrays["keys"], vectors, strict=True)}


def _key(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def _mean_of_best(cosines: NDArray[np.float32], count: int = _NEIGHBOURS) -> float:
    count = min(count, len(cosines))
    return float(np.partition(cosines, -count)[-count:].mean()) if count else 0.0
