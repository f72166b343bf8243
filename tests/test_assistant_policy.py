import json
from dataclasses import replace

from assistant.evidence import FEATURES
from assistant.policy import CONSERVATIVE, Policy, dumped, load_policy
from tests.desks import embedded

POLICY = load_policy(embedded().fingerprint)
MEANING = {"nearest", "nearest_lead", "standing", "agreement", "affinity"}


def test_the_stored_policy_belongs_to_the_embedded_encoder() -> None:
    assert POLICY.fitted
    assert POLICY.encoder == embedded().fingerprint


def test_every_weight_is_of_a_feature_and_has_its_sign() -> None:
    assert set(POLICY.ranking) == set(FEATURES)
    assert all(weight * FEATURES[name] >= 0 for name, weight in POLICY.ranking.items())


def test_its_bars_stand_in_order() -> None:
    assert 0 < POLICY.help < POLICY.answer < 1
    assert 0 <= POLICY.dense_share <= 1


def test_for_an_unknown_encoder_the_conservative_policy_holds() -> None:
    policy = load_policy("an encoder that none was fitted for")

    assert not policy.fitted
    assert policy == load_policy(CONSERVATIVE)


def test_the_conservative_policy_trusts_no_meaning() -> None:
    policy = load_policy(CONSERVATIVE)

    assert 0 < policy.help < policy.answer < 1
    assert all(policy.ranking[name] == 0 for name in MEANING)
    assert all(policy.answering[name] == 0 for name in MEANING & set(policy.answering))


def test_policies_come_back_from_json_as_they_were() -> None:
    policies = [POLICY, replace(POLICY, answer=0.9, encoder="another")]
    table = json.loads(dumped(policies))

    assert [Policy(**entry) for entry in table["policies"]] == policies
    assert dumped(policies).endswith("\n")
