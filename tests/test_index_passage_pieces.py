"""What is kept of passages to read them closely comes back as it was."""

import numpy as np
import pytest

from index.close_reading import NO_PIECES, Pieces
from index.passage_pieces import PassagePieces


def pieces(count: int) -> Pieces:
    values = np.arange(count * 4).reshape(count, 4).astype(np.int8)
    return Pieces(values, np.linspace(0.1, 1, count, dtype=np.float32))


def test_the_pieces_of_each_passage_come_back() -> None:
    kept = PassagePieces.parse(PassagePieces.of([pieces(3), pieces(1), pieces(2)]).dump())
    assert len(kept) == 3
    for number, count in enumerate((3, 1, 2)):
        assert np.array_equal(kept.of_passage(number).values, pieces(count).values)
        assert np.array_equal(kept.of_passage(number).scales, pieces(count).scales)


def test_passages_that_nothing_reads_have_none() -> None:
    kept = PassagePieces.parse(PassagePieces.of([NO_PIECES, NO_PIECES]).dump())
    assert len(kept) == 2
    assert len(kept.of_passage(1)) == 0


@pytest.mark.parametrize("starts", [[], [1, 3], [0, 2], [0, 3, 2]])
def test_what_does_not_fit_together_is_refused(starts: list[int]) -> None:
    told = pieces(3)
    with pytest.raises(ValueError, match="do not fit together"):
        PassagePieces(told.values, told.scales, np.array(starts, np.int64))
