from functools import cache

import numpy as np

from assistant.certainty import SIGNS
from assistant.evidence import FEATURES
from assistant.fitting import START, Sample, aspect_vectors, by_words_alone, fit, samples
from assistant.policy import Policy
from assistant.questionfile import read_questions
from tests.desks import ROOT, cmc_desk, embedded, understanding

QUESTIONS = ROOT / "tests" / "data" / "questions" / "fit" / "parcours-cmc.jsonl"


@cache
def found() -> tuple[Sample, ...]:
    return tuple(samples(cmc_desk(), read_questions(QUESTIONS)[:60]))


@cache
def fitted() -> Policy:
    return fit(found(), 60, "an encoder")[0]


def test_each_sample_tells_which_candidates_hold_what_was_asked() -> None:
    assert len(found()) > 10
    for sample in found():
        assert len(sample.good) == len(sample.trial.candidates)
        if sample.expected.kind in ("unanswerable", "offtopic"):
            assert not any(sample.good)


def test_weights_keep_the_signs_of_their_features() -> None:
    assert set(fitted().ranking) == set(FEATURES)
    assert all(weight * FEATURES[name] >= 0 for name, weight in fitted().ranking.items())
    assert any(fitted().ranking.values())
    assert all(weight * SIGNS.get(name, 0) >= 0 for name, weight in fitted().answering.items())


def test_a_fitted_policy_belongs_to_its_encoder_and_keeps_its_bars_in_order() -> None:
    assert fitted().encoder == "an encoder"
    assert 0 < fitted().help < fitted().answer <= 1
    assert fitted().answer >= 0.5
    assert fitted().margin == START.margin


def test_the_same_samples_give_the_same_policy() -> None:
    policy, chances = fit(found(), 60, "an encoder")
    assert policy == fitted()
    assert chances is not None
    assert np.isfinite(chances.weights).all()


def test_without_aspects_vectors_there_are_no_chances() -> None:
    policy, chances = fit([by_words_alone(sample) for sample in found()], 60, "words")
    assert chances is None
    assert policy.answering["usual"] == 0


def test_each_aspect_gets_two_unit_vectors() -> None:
    aspects = dict(list(understanding().aspects.items())[:3])
    vector = embedded().encode_queries([next(iter(aspects.values())).question["fr"]])
    affinity = aspect_vectors(aspects, embedded())

    assert affinity.of_question(vector[0]).cosines.shape == (3,)
    assert np.isclose(affinity.of_passage(vector).cosines[0], 1, atol=1e-4)
