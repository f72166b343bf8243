"""What is computed here is what was learnt, and what was learnt tells answers apart."""

import numpy as np
import pytest
import torch

from index.close_reading import MOST_PIECES, CloseReader
from index.use import UseEncoder
from training.close_reading import TrainedReader

DURATION = "Durée. Le stage de fin d'études dure six mois, de février à juillet."
FEES = "Frais. Les droits d'inscription s'élèvent à 250 euros par an."
PLACE = "Lieu. Les cours ont lieu sur le campus de Nanterre, bâtiment D."


@pytest.fixture(scope="module")
def reader() -> CloseReader:
    found = UseEncoder().reader
    assert found is not None
    return found


def odds(reader: CloseReader, question: str, *passages: str) -> list[float]:
    read = [reader.passage(text) for text in passages]
    return [float(value) for value in reader.odds(reader.question(question), read)]


def test_what_is_learnt_is_what_the_index_computes() -> None:
    torch.manual_seed(0)
    trained = TrainedReader(torch.randn(128, 40) / 6).eval()
    with torch.no_grad():
        for parameter in trained.parameters():
            parameter.add_(torch.randn_like(parameter) / 20)
    chance = np.random.default_rng(0)
    lengths = {"question": 9, "short": 2, "middle": 30, "long": MOST_PIECES["passage"] + 20}
    texts = {name: chance.normal(size=(n, 40)).astype(np.float32) for name, n in lengths.items()}
    reader = CloseReader(trained.arrays(), texts.__getitem__)
    padded = torch.zeros(3, MOST_PIECES["passage"], 40)
    there = torch.zeros(3, MOST_PIECES["passage"], dtype=torch.bool)
    for row, name in enumerate(("short", "middle", "long")):
        pieces = torch.from_numpy(texts[name][: MOST_PIECES["passage"]])
        padded[row, : len(pieces)], there[row, : len(pieces)] = pieces, True
    asked = torch.from_numpy(texts["question"])[None]
    with torch.no_grad():
        scores, none = trained((asked, torch.ones(1, 9, dtype=torch.bool)), (padded, there))
    expected = (scores - none)[0].numpy()
    assert np.ptp(expected) > 0.1
    # Passages are kept in 8 bits.
    assert odds(reader, "question", "short", "middle", "long") == pytest.approx(
        expected.tolist(), abs=0.05
    )


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Combien de temps dure le stage ?", DURATION),
        ("c combien lanné ?", FEES),
        ("Where do the classes take place?", PLACE),
    ],
)
def test_the_passage_that_answers_is_the_likeliest(
    reader: CloseReader, question: str, answer: str
) -> None:
    passages = (DURATION, FEES, PLACE)
    found = odds(reader, question, *passages)
    assert passages[int(np.argmax(found))] == answer


def test_a_passage_is_judged_alike_whatever_stands_beside_it(reader: CloseReader) -> None:
    question = "Combien coûte l'inscription ?"
    alone = odds(reader, question, FEES)
    beside = odds(reader, question, DURATION, FEES, PLACE)
    assert beside[1] == pytest.approx(alone[0], abs=1e-4)


def test_no_passage_has_no_odds(reader: CloseReader) -> None:
    assert odds(reader, "Combien ?") == []
