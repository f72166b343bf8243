"""What an office gets in tests: an encoder without a model, and a policy that trusts words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assistant.office import Supplies
from assistant.policy import Policy
from assistant.settings import Settings
from index.encoder import EncoderUnavailable
from tests.fakes import FakeEncoder

POLICY = Policy(
    bias=-4.0,
    weights={
        "covered": 1.0, "covered_in_text": 1.0, "covered_in_sentence": 1.5, "kind_present": 0.5,
        "kind_absent": -1.5, "aspect": 1.0, "other_aspect": -1.0, "words": 2.0,
        "missing_concept": -1.0,
    },
    answer=0.5,
    also=0.9,
    pointer=0.5,
    dense_share=0.2,
    encoder=FakeEncoder().fingerprint,
)  # fmt: skip

SUPPLIES = Supplies(lambda name: FakeEncoder(), lambda fingerprint: POLICY)


def no_encoder(name: str) -> FakeEncoder:
    raise EncoderUnavailable(f"The encoder {name!r} cannot be loaded (damaged); reinstall it")


WITHOUT_ENCODER = Supplies(no_encoder, lambda fingerprint: POLICY)


def written(folder: Path, files: dict[str, str]) -> Path:
    """A folder with these files."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


STAGE = "# Stage\n\nLa durée minimale du stage est de 420 heures.\n"
LONGER = "# Stage\n\nLa durée minimale du stage est de 560 heures.\n"
FEES = "# Frais\n\nLes frais d'inscription sont de 254 euros par an.\n"


def settings_of(folder: Path, **chosen: Any) -> Settings:
    """Settings over a corpus of one programme in `folder / "corpus"`."""
    corpus = written(folder / "corpus", {"parcours-cmc/stage.md": STAGE})
    return Settings(**{"data": folder / "data", "corpus": corpus} | chosen)
