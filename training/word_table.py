"""The table of word vectors: common words of five languages as the encoder's own head sees them.

Each word is encoded alone, brought from 512 to fewer dimensions along the directions that tell
words apart best (truncated singular value decomposition), and kept in 8 bits.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from wordfreq import top_n_list

from index.use import UseEncoder
from index.words import fold

_WORDS = {"fr": 30_000, "en": 14_000, "es": 9_000, "de": 9_000, "it": 9_000}
_DIMENSIONS = 96
_SAMPLE = 5  # every fifth word gives the directions
_SHORTEST = 3


def write(target: Path) -> None:
    """Make the table and write it to `target`."""
    encoder = UseEncoder(adapted=False)
    # The first spelling of a folded word is the most common one, French before the others.
    spelt: dict[str, str] = {}
    for language, count in _WORDS.items():
        for word in top_n_list(language, count):
            if len(word) >= _SHORTEST and word.isalpha():
                spelt.setdefault(fold(word), word)
    words = np.array(sorted(word.encode() for word in spelt), dtype=np.bytes_)
    whole = encoder.encode_queries([spelt[word.decode()] for word in words])
    _, _, directions = np.linalg.svd(whole[::_SAMPLE], full_matrices=False)
    short = whole @ directions[:_DIMENSIONS].T
    short /= np.linalg.norm(short, axis=1, keepdims=True)
    scale = float(np.abs(short).max()) / 127
    np.savez_compressed(
        target, words=words, vectors=np.round(short / scale).astype(np.int8), scale=scale
    )
