from functools import cache

from assistant.evidence import FEATURES, Evidence, best_sentence, weigh
from assistant.exchange import Asked
from assistant.librarian import Trial
from tests.desks import cmc_desk


@cache
def trial() -> Trial:
    (found,) = cmc_desk().trials(Asked("Combien de temps dure le stage ?"))
    return found


def weighed() -> tuple[Evidence, ...]:
    return weigh(trial().query, trial().candidates, trial().nearness)


def holding(words: str) -> Evidence:
    return next(each for each in weighed() if words in each.hit.passage.text)


def test_every_feature_named_is_produced_and_no_other() -> None:
    for evidence in weighed():
        assert set(evidence.features) == set(FEATURES)


def test_a_feature_lies_roughly_between_minus_one_and_one() -> None:
    for evidence in weighed():
        assert all(-1.5 <= value <= 2.5 for value in evidence.features.values())
        assert 0 <= evidence.features["covered_in_text"] <= evidence.features["covered"] <= 1


def test_the_passage_that_gives_the_length_has_the_kind_and_the_words() -> None:
    features = holding("durée minimale du stage est de 420 heures").features

    assert features["covered"] == 1
    assert (features["kind_present"], features["kind_absent"]) == (1, 0)
    assert (features["missing"], features["other_aspect"]) == (0, 0)


def test_covered_and_missing_keys_are_all_keys_of_the_query() -> None:
    for evidence in weighed():
        assert {*evidence.covered, *evidence.missing} == set(trial().query.keys)
        assert not {*evidence.covered} & {*evidence.missing}


def test_the_best_sentence_is_the_one_with_the_number() -> None:
    evidence = holding("durée minimale du stage est de 420 heures")
    sentence = best_sentence(trial().query, evidence.subject)

    assert sentence is not None
    assert "420" in evidence.hit.passage.text[sentence.start : sentence.end]


def test_without_aspect_vectors_meaning_counts_nothing() -> None:
    for evidence in weigh(trial().query, trial().candidates, None):
        assert evidence.features["agreement"] == evidence.features["affinity"] == 0
