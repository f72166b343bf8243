"""What was fitted: the policy and the aspects' vectors, written where they are shipped from."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

from assistant.affinity import Affinity
from assistant.policy import Policy, dumped


def store(policy: Policy, affinity: Affinity, folder: Path | None = None) -> tuple[Path, Path]:
    """Write both into the package's data (or another folder); policies of other encoders stay.

    The first policy of the file is what an unknown encoder's is made of: this one from now on.
    """
    folder = folder or Path(str(files("assistant") / "data"))
    policies, vectors = folder / "policy.json", folder / "aspect_vectors.npz"
    others: list[Policy] = []
    if policies.exists():
        entries = json.loads(policies.read_text("utf-8"))["policies"]
        others = [Policy(**entry) for entry in entries if entry["encoder"] != policy.encoder]
    policies.write_text(dumped([policy, *others]), encoding="utf-8")
    vectors.write_bytes(affinity.dump(policy.encoder))
    return policies, vectors
