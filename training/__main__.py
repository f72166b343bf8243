"""`python -m training DATA` makes the weights that the project ships from a folder of public data.

See `training/README.md` for the data, the method and the figures.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from index.use import UseEncoder
from training import adaptation, close_reading, word_table
from training.pairs import read_pairs
from training.programme import read_programmes
from training.readings import Readings

_PROGRAMMES = Path(__file__).parent / "data" / "encoder"
_ROOT = Path(__file__).parent.parent
_TARGET = _ROOT / "index" / "adaptation.npz"
_READER = _ROOT / "index" / "close_reading.npz"
_WORD_VECTORS = _ROOT / "assistant" / "data" / "word_vectors.npz"


def main() -> int:
    """Train on the folder given as the only argument; write the weights and the word vectors."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        print("usage: python -m training FOLDER_OF_DATA", file=sys.stderr)  # noqa: T201
        return 2
    word_table.write(_WORD_VECTORS)
    programmes, pairs = read_programmes(_PROGRAMMES), read_pairs(Path(sys.argv[1]))
    adaptation.train(programmes, pairs, _TARGET)
    readings = Readings(UseEncoder(adapted=False))
    close_reading.train(programmes, pairs, readings, _READER)
    for name, path in (("ADAPTATION", _TARGET), ("READING", _READER)):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        print(f"index/use.py: {name}_SHA256 = {digest}")  # noqa: T201
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
