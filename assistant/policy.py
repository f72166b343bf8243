"""The policy: every weight and threshold by which the assistant decides, in one place.

Fitted by `assistant evaluate --fit` and stored in `data/policy.json`, one entry an encoder: a
policy belongs to an encoder's fingerprint, never to a corpus, because documents change daily.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from importlib.resources import files

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Policy:
    """How evidence becomes a decision. `weights` are by feature name (`assistant.evidence`)."""

    bias: float
    weights: Mapping[str, float]
    answer: float
    """Least probability of a passage that is given as the answer."""
    also: float
    """Least probability of a further passage, as a share of the best one's."""
    pointer: float
    """Least score of a recognised aspect whose pointers may be followed."""
    dense_share: float
    """Share of the encoder's similarity in the fused ranking, the rest being BM25's."""
    encoder: str = ""
    """Fingerprint of the encoder that it was fitted with; empty for the conservative policy."""

    @property
    def fitted(self) -> bool:
        """Whether it was fitted for a given encoder."""
        return bool(self.encoder)


def load_policy(encoder: str) -> Policy:
    """The policy fitted with this encoder (its fingerprint), else the stated conservative one.

    The conservative policy trusts words alone: the features that rest on similarity count
    nothing, and the bar is higher.
    """
    table = json.loads(files("assistant").joinpath("data/policy.json").read_text("utf-8"))
    entries = {entry["encoder"]: Policy(**entry) for entry in table["policies"]}
    if encoder in entries:
        return entries[encoder]
    nearest = next(iter(entries.values()))
    return conservative(nearest)


def conservative(policy: Policy) -> Policy:
    """The policy for an encoder that none was fitted for."""
    weights = {name: 0.0 if name in _SIMILARITY else value for name, value in policy.weights.items()}
    return replace(policy, weights=weights, answer=min(0.95, policy.answer + 0.15), dense_share=0.2, encoder="")


_SIMILARITY = frozenset({"similarity", "lead"})


def dumped(policies: list[Policy]) -> str:
    """The text of `policy.json`."""
    table = {"format": FORMAT, "policies": [asdict(policy) for policy in policies]}
    return json.dumps(table, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
