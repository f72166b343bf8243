from collections.abc import Mapping

from assistant.certainty import certainty
from assistant.evidence import weigh
from assistant.exchange import Asked
from assistant.policy import load_policy
from tests.desks import cmc_desk, embedded


def features_of(question: str, best: int | None = None) -> Mapping[str, float]:
    (trial,) = cmc_desk().trials(Asked(question))
    found = weigh(trial.query, trial.candidates, trial.nearness)[:best]
    return certainty(trial.query, [(1.0, evidence) for evidence in found], trial.nearness)


def test_every_weight_of_the_shipped_policy_has_its_feature() -> None:
    policy = load_policy(embedded().fingerprint)

    assert set(policy.answering) == set(features_of("Combien de temps dure le stage ?"))


def test_what_the_documentation_never_names_is_unheard() -> None:
    known, unknown = (
        features_of("Combien de temps dure le stage ?"),
        features_of("Combien de temps dure le stage de plongée ?"),
    )

    assert known["unheard"] == known["unheard_share"] == 0
    assert unknown["unheard"] > 0


def test_an_aspect_is_documented_or_undocumented_never_both() -> None:
    known, unknown = features_of("Combien de temps dure le stage ?"), features_of("ça coûte cher ?")

    assert known["documented"] > 0 == known["undocumented"]
    assert unknown["undocumented"] > 0 == unknown["documented"]


def test_a_single_passage_is_ahead_of_nothing() -> None:
    found = features_of("Combien de temps dure le stage ?", 1)

    assert found["ahead_of_second"] == found["ahead_of_fourth"] == 0
