"""The policy: every weight and threshold by which the assistant decides, in one place.

Fitted by `assistant evaluate --fit` and stored in `data/policy.json`, one entry an encoder: a
policy belongs to an encoder's fingerprint, never to a corpus, because documents change daily.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.resources import files

FORMAT = 1
_FILE = "data/policy.json"
CONSERVATIVE = ""
"""What stands for the encoder in the policy of those that none was fitted for."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How evidence becomes a decision; weights are by feature name."""

    ranking: Mapping[str, float]
    """Weights that order the passages (`assistant.evidence`)."""
    answering: Mapping[str, float]
    """Weights that tell whether the best of them answer (`assistant.certainty`)."""
    bias: float
    answer: float
    """Least probability of an answer."""
    help: float
    """Least probability of passages that are offered as help, said not to be the answer."""
    margin: float
    """How far behind the best passage, in ranking score, a further one may stand."""
    pointer: float
    """Least score of a recognised aspect whose pointers may be followed."""
    dense_share: float
    """Share of the encoder's similarity in the fused search, the rest being BM25's."""
    encoder: str = ""
    """Fingerprint of the encoder that it was fitted with; empty for the conservative policy."""

    @property
    def fitted(self) -> bool:
        """Whether it was fitted for a given encoder."""
        return bool(self.encoder)


def load_policy(encoder: str) -> Policy:
    """The policy fitted with this encoder (its fingerprint), else the stated conservative one.

    The conservative policy was fitted without an encoder: it trusts words and kinds of answer
    alone, and allows fewer wrong answers.
    """
    table = json.loads(files("assistant").joinpath(_FILE).read_text("utf-8"))
    policies = {entry["encoder"]: Policy(**entry) for entry in table["policies"]}
    return policies.get(encoder) or policies[CONSERVATIVE]


def dumped(policies: list[Policy]) -> str:
    """The text of the policies' file."""
    table = {"format": FORMAT, "policies": [asdict(policy) for policy in policies]}
    return json.dumps(table, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
