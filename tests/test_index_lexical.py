import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import K1, B, LexicalIndex

STAGE = ["stag", "420", "heur", "stag"]
ADMISSION = ["candidatur", "dossier", "licenc"]
ALTERNANCE = ["altern", "contrat", "stag", "entrepris", "apprentissag"]
TOKENS = st.lists(st.sampled_from([*STAGE, *ADMISSION, *ALTERNANCE]), max_size=12)


def test_scores_are_those_of_bm25s() -> None:
    lists = [STAGE, ADMISSION, ALTERNANCE] * 7 + [["logement", "stag"]]
    theirs = bm25s.BM25(method="lucene", k1=K1, b=B)
    theirs.index(lists, show_progress=False)
    query = ["stag", "dossier", "altern", "altern"]
    ours = LexicalIndex.of(lists).scores(query)
    np.testing.assert_allclose(ours, theirs.get_scores(query), rtol=1e-5)


def test_a_rare_word_weighs_more_than_a_frequent_one() -> None:
    index = LexicalIndex.of([STAGE, ALTERNANCE, ADMISSION])
    assert index.scores(["420"])[0] > index.scores(["stag"])[0] > 0
    assert (index.frequency("stag"), index.frequency("420"), index.frequency("visa")) == (2, 1, 0)


def test_weights_of_query_tokens_multiply_their_share() -> None:
    index = LexicalIndex.of([STAGE, ALTERNANCE, ADMISSION])
    once, weighted = index.scores(["stag"]), index.scores({"stag": 0.5, "altern": 1.0})
    assert weighted[0] == pytest.approx(once[0] / 2)
    np.testing.assert_allclose(index.scores({"stag": 2.0}), index.scores(["stag", "stag"]))


def test_words_that_no_passage_has_score_nothing() -> None:
    index = LexicalIndex.of([STAGE, [], ADMISSION])
    assert not index.scores(["piscine"]).any()
    assert not index.scores([]).any()
    assert index.scores(["stag"])[1] == 0


@pytest.mark.parametrize("lists", [[], [[]], [[], []]])
def test_an_index_without_words_is_an_index(lists: list[list[str]]) -> None:
    index = LexicalIndex.of(lists)
    again = LexicalIndex.parse(len(lists), index.dump())
    assert again.scores(["stag"]).shape == (len(lists),)


@given(st.lists(TOKENS, max_size=8), TOKENS)
def test_what_is_written_is_what_is_read(lists: list[list[str]], query: list[str]) -> None:
    index = LexicalIndex.of(lists)
    again = LexicalIndex.parse(len(lists), index.dump())
    assert again.dump() == index.dump()
    assert np.array_equal(again.scores(query), index.scores(query))
    assert again.token_lists() == [sorted(listed) for listed in lists]


def test_arrays_that_do_not_fit_together_are_refused() -> None:
    files = LexicalIndex.of([STAGE, ADMISSION]).dump()
    shorter = LexicalIndex.of([STAGE]).dump()
    with pytest.raises(ValueError, match="fit together"):
        LexicalIndex.parse(2, {**files, "passages.npy": shorter["passages.npy"]})
    with pytest.raises(ValueError, match="passage"):
        LexicalIndex.parse(1, files)
