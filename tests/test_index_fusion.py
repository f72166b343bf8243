import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index.fusion import best, fuse

SIMILARITY = st.floats(-1, 1, width=32)
BM25 = st.floats(0, 50, width=32)
WEIGHT = st.floats(0, 1)


@st.composite
def sides(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    size = draw(st.integers(0, 20))
    return (
        draw(arrays(np.float32, size, elements=SIMILARITY)),
        draw(arrays(np.float32, size, elements=BM25)),
    )


@given(sides(), WEIGHT)
def test_a_passage_better_on_both_sides_is_never_behind(pair, weight: float) -> None:
    similarity, bm25 = pair
    scores = fuse(similarity, bm25, weight)
    for a in range(len(scores)):
        for b in range(len(scores)):
            if similarity[a] >= similarity[b] and bm25[a] >= bm25[b]:
                assert scores[a] >= scores[b]


@given(sides())
def test_the_whole_weight_on_one_side_gives_that_sides_order(pair) -> None:
    similarity, bm25 = pair
    for scores, side in ((fuse(*pair, 1.0), similarity), (fuse(*pair, 0.0), bm25)):
        assert np.all(np.diff(scores[np.argsort(side, kind="stable")]) >= 0)


@given(sides(), WEIGHT)
def test_standard_scores_have_no_mean_and_at_most_their_deviation(pair, weight: float) -> None:
    scores = fuse(*pair, weight)
    assert scores.dtype == np.float32
    if len(scores):
        assert abs(scores.mean()) < 1e-3
        assert scores.std() <= 1 + 1e-3


def test_a_side_counts_by_how_it_tells_the_passages_apart_not_by_its_size() -> None:
    similarity, bm25 = np.float32([0.5, 0.6, 0.4]), np.float32([3, 1, 2])
    scores = fuse(similarity, bm25, 0.5)
    assert np.allclose(fuse(similarity / 10, 7 * bm25, 0.5), scores, atol=1e-5)
    assert np.allclose(fuse(np.full(3, 0.5, np.float32), bm25, 0.5), fuse(bm25 * 0, bm25, 0.5))


@given(arrays(np.float32, st.integers(0, 30), elements=SIMILARITY), st.integers(0, 40))
def test_the_best_are_the_highest_in_order_and_equals_keep_theirs(scores, k: int) -> None:
    expected = sorted(range(len(scores)), key=lambda position: (-scores[position], position))
    assert list(best(scores, k)) == expected[:k]


@pytest.mark.parametrize("weight", [-0.1, 1.1, float("nan")])
def test_a_weight_outside_its_range_is_refused(weight: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        fuse(np.zeros(1, np.float32), np.zeros(1, np.float32), weight)
