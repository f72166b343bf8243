"""`python -m training DATA` makes the weights that the project ships from a folder of public data.

See `training/README.md` for the data, the method and the figures.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from training import word_table
from training.adaptation import train
from training.pairs import read_pairs
from training.programme import read_programmes

_PROGRAMMES = Path(__file__).parent / "data" / "encoder"
_ROOT = Path(__file__).parent.parent
_TARGET = _ROOT / "index" / "adaptation.npz"
_WORD_VECTORS = _ROOT / "assistant" / "data" / "word_vectors.npz"


def main() -> int:
    """Train on the folder given as the only argument; write the weights and the word vectors."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        print("usage: python -m training FOLDER_OF_DATA", file=sys.stderr)  # noqa: T201
        return 2
    word_table.write(_WORD_VECTORS)
    train(read_programmes(_PROGRAMMES), read_pairs(Path(sys.argv[1])), _TARGET)
    print("index/use.py: ADAPTATION_SHA256 =", hashlib.sha256(_TARGET.read_bytes()).hexdigest())  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
