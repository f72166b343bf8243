import numpy as np

from assistant.key import Key
from assistant.word_vectors import load_word_vectors


def key(text: str, *, is_name: bool = False) -> Key:
    return Key(text, (text,), frozenset(), 1.0, is_name)


def likeness(question: str, *groups: str) -> list[float]:
    table = load_word_vectors()
    rows = [table.rows(group.split()) for group in groups]
    return [float(found) for found in table.likeness([key(question)], rows)[:, 0]]


def test_a_colloquial_word_comes_near_to_the_one_that_is_written() -> None:
    children, fees = likeness("gamins", "garde des enfants", "droits et bourses")
    assert children > 0.4
    assert fees < 0.1


def test_a_word_of_another_language_comes_near_to_its_french_one() -> None:
    sociology, transport = likeness("sociology", "sociologie", "metro bus")
    assert sociology > 0.7
    assert transport == 0


def test_the_same_word_is_as_near_as_can_be() -> None:
    assert likeness("stage", "stage obligatoire") == [1.0]


def test_a_name_is_near_to_nothing() -> None:
    table = load_word_vectors()
    rows = [table.rows(["nantes", "rennes"])]
    assert not table.likeness([key("nantes", is_name=True)], rows).any()


def test_what_the_table_does_not_know_is_near_to_nothing() -> None:
    table = load_word_vectors()
    assert len(table.rows(["jlouppe", "zxzx"])) == 0
    assert not table.likeness([key("jlouppe")], [table.rows(["stage"])]).any()
    assert table.likeness([key("stage")], [table.rows([])]).tolist() == [[0.0]]
    assert table.likeness([], [table.rows(["stage"])]).shape == (1, 0)


def test_every_vector_of_the_table_is_about_a_unit_vector() -> None:
    table = load_word_vectors()
    lengths = np.linalg.norm(table.vectors.astype(np.float32) * table.scale, axis=1)
    assert np.allclose(lengths, 1, atol=0.03)
    assert (table.words[1:] > table.words[:-1]).all()
