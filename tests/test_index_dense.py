import numpy as np
import pytest

from index.dense import DenseIndex


def unit_vectors(count: int, dimension: int = 16) -> np.ndarray:
    vectors = np.random.default_rng(7).standard_normal((count, dimension)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_the_nearest_come_first_with_their_cosines() -> None:
    vectors = unit_vectors(50)
    numbers, cosines = DenseIndex.of(vectors).search(vectors[17], 5)
    assert list(numbers) == list(np.argsort(-(vectors @ vectors[17]))[:5])
    np.testing.assert_allclose(cosines, (vectors @ vectors[17])[numbers], rtol=1e-5)
    assert cosines[0] == pytest.approx(1.0)


def test_only_allowed_passages_are_found() -> None:
    vectors = unit_vectors(50)
    allowed = np.arange(50) % 3 == 0
    numbers, _ = DenseIndex.of(vectors).search(vectors[1], 50, allowed)
    assert sorted(numbers) == [number for number in range(50) if number % 3 == 0]
    assert len(DenseIndex.of(vectors).search(vectors[1], 9, np.zeros(50, bool))[0]) == 0


def test_vectors_are_read_back_bit_for_bit_and_cannot_be_written() -> None:
    vectors = unit_vectors(20)
    found = DenseIndex.parse(DenseIndex.of(vectors).dump()).vectors
    assert np.array_equal(found, vectors)
    with pytest.raises(ValueError, match="read-only"):
        found[0, 0] = 0


def test_an_index_without_passages_finds_nothing() -> None:
    empty = DenseIndex.parse(DenseIndex.of(np.zeros((0, 16), np.float32)).dump())
    assert (len(empty), empty.dimension, empty.vectors.shape) == (0, 16, (0, 16))
    assert len(empty.search(unit_vectors(1)[0], 5)[0]) == 0


def test_beyond_the_limit_a_graph_finds_nearly_all_that_a_scan_finds() -> None:
    vectors = unit_vectors(3000, 24)
    graph = DenseIndex.of(vectors, flat_limit=1000)
    assert np.array_equal(DenseIndex.parse(graph.dump()).vectors, vectors)
    assert DenseIndex.of(vectors, flat_limit=1000).dump() == graph.dump()
    found = 0
    for vector in vectors[:50]:
        numbers, cosines = graph.search(vector, 10)
        found += len(set(numbers) & set(np.argsort(-(vectors @ vector))[:10]))
        np.testing.assert_allclose(cosines, graph.similarity(vector, numbers), rtol=1e-4)
    assert found >= 0.98 * 500
    allowed = np.arange(3000) < 40
    numbers, _ = graph.search(vectors[2999], 40, allowed)
    assert sorted(numbers) == list(range(40))


def test_bytes_that_are_no_index_are_refused() -> None:
    with pytest.raises(ValueError, match="FAISS"):
        DenseIndex.parse(b"no index at all")
    with pytest.raises(ValueError, match="FAISS"):
        DenseIndex.parse(DenseIndex.of(unit_vectors(5)).dump()[:-10])
