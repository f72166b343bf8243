import io

import numpy as np
import pytest

from assistant.affinity import Affinity, load_affinity
from assistant.aspect import load_aspects
from tests.desks import embedded


def test_the_shipped_vectors_are_of_the_shipped_policy_s_encoder() -> None:
    assert load_affinity(embedded().fingerprint) is not None
    assert load_affinity("another encoder") is None


def test_there_is_one_row_for_each_aspect() -> None:
    affinity = load_affinity(embedded().fingerprint)
    assert affinity is not None
    vector = embedded().encode_queries(["Combien de temps dure le stage ?"])[0]
    nearness = affinity.of_question(vector)

    assert nearness.cosines.shape == nearness.shares.shape == (len(load_aspects()),)
    assert nearness.shares.sum() == pytest.approx(1, abs=1e-5)
    assert list(load_aspects())[int(nearness.cosines.argmax())] == "internship_length"


def test_a_passage_is_as_near_as_its_nearest_sentence() -> None:
    eye = np.eye(3, dtype=np.float32)
    nearness = Affinity(eye, eye).of_passage(eye[:2])

    assert nearness.cosines.tolist() == [1, 1, 0]


def test_texts_on_the_same_aspects_agree() -> None:
    eye = np.eye(3, dtype=np.float32)
    affinity = Affinity(eye, eye)
    one, other = affinity.of_question(eye[0]), affinity.of_question(eye[1])

    assert one.agreement(one) == pytest.approx(1, abs=1e-5)
    assert one.agreement(other) < 0.01


def test_the_file_written_holds_vectors_and_fingerprint() -> None:
    eye = np.eye(3, dtype=np.float32)
    with np.load(io.BytesIO(Affinity(eye, 2 * eye).dump("abc"))) as arrays:
        assert str(arrays["fingerprint"]) == "abc"
        assert arrays["examples"].tolist() == eye.tolist()
        assert arrays["questions"].tolist() == (2 * eye).tolist()
