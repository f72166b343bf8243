"""What was fitted: the policy and the aspects' vectors, written where they are shipped from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from assistant.affinity import Affinity
from assistant.policy import Policy, dumped


def store(
    fitted: Sequence[Policy], affinity: Affinity, folder: Path | None = None
) -> tuple[Path, Path]:
    """Write both into the package's data (or another folder); policies of other encoders stay.

    The vectors are those of the first policy's encoder.
    """
    folder = folder or Path(str(files("assistant") / "data"))
    policies, vectors = folder / "policy.json", folder / "aspect_vectors.npz"
    made = {policy.encoder for policy in fitted}
    others: list[Policy] = []
    if policies.exists():
        entries = json.loads(policies.read_text("utf-8"))["policies"]
        others = [Policy(**entry) for entry in entries if entry["encoder"] not in made]
    policies.write_text(dumped([*fitted, *others]), encoding="utf-8")
    vectors.write_bytes(affinity.dump(fitted[0].encoder))
    return policies, vectors
