import numpy as np
import pytest
import torch

from index.use import UseEncoder
from index.use_network import Attention, Head
from training.readings import Readings
from training.side import Side

TEXTS = ["Combien de temps dure le stage ?", "slt c koi la duree du stage de m2 stp"]


@pytest.fixture(scope="module")
def encoder() -> UseEncoder:
    return UseEncoder(adapted=False)


def side_of(encoder: UseEncoder) -> tuple[Side, np.ndarray]:
    readings = Readings(encoder)
    numbers = readings.numbers(TEXTS)
    readings.close()
    torch.manual_seed(0)
    return Side(readings, encoder.exit, encoder.own_layers).eval(), numbers


def test_a_side_starts_as_the_model_itself(encoder: UseEncoder) -> None:
    side, numbers = side_of(encoder)
    with torch.no_grad():
        assert np.allclose(side(numbers).numpy(), encoder.encode_queries(TEXTS), atol=5e-3)


def test_what_a_side_learns_is_what_the_index_computes(encoder: UseEncoder) -> None:
    side, numbers = side_of(encoder)
    with torch.no_grad():
        side.attention.weigh.weight.normal_(std=0.5)
        side.head.layers[0].mul_(1.2)
        learnt = side(numbers).numpy()
    arrays = dict(side.arrays())
    attention, head = Attention(arrays), Head(arrays)
    for text, vector in zip(TEXTS, learnt, strict=True):
        features = encoder.features(text)
        weights = attention(features)
        assert weights.max() > 1.2 * weights.min()
        assert np.allclose(head(encoder.pooled(features, weights)), vector, atol=5e-3)


def test_each_text_is_read_once(encoder: UseEncoder) -> None:
    readings = Readings(encoder)
    assert readings.numbers(["stage", "bourse", "stage"]).tolist() == [0, 1, 0]
