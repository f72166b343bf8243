"""`python -m training DATA` makes `index/adaptation.npz` from a folder of public data.

See `training/README.md` for the data, the method and the figures.
"""

from __future__ import annotations

import sys
from pathlib import Path

from training.adaptation import train
from training.pairs import read_pairs

_TARGET = Path(__file__).parent.parent / "index" / "adaptation.npz"


def main() -> int:
    """Train on the folder given as the only argument and write the weights."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        print("usage: python -m training FOLDER_OF_DATA", file=sys.stderr)  # noqa: T201
        return 2
    train(read_pairs(Path(sys.argv[1])), _TARGET)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
