"""What an office gets in tests: an encoder without a model, and a policy that trusts words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.aspect import Aspect, load_aspects
from assistant.equipment import Supplies
from assistant.policy import load_policy
from assistant.settings import Settings
from index.encoder import EncoderUnavailable
from tests.fakes import FakeEncoder

# Words alone, as for an encoder that none was fitted for; quick to answer, whatever was fitted.
POLICY = replace(load_policy("none"), answer=0.5, help=0.4, encoder=FakeEncoder().fingerprint)


def few_aspects() -> dict[str, Aspect]:
    """What the samples are about, and what that points to: a desk opens in no time."""
    everything = load_aspects()
    chosen: dict[str, Aspect] = {}
    waiting = ["internship", "internship_length", "fees", "degree_length", "admission_conditions"]
    waiting += ["selection", "how_to_apply"]
    while waiting:
        id = waiting.pop(0)
        if id not in chosen:
            chosen[id] = everything[id]
            waiting.extend(everything[id].pointer)
    return chosen


SUPPLIES = Supplies(lambda name: FakeEncoder(), lambda fingerprint: POLICY, few_aspects)


def no_encoder(name: str) -> FakeEncoder:
    raise EncoderUnavailable(f"The encoder {name!r} cannot be loaded (damaged); reinstall it")


WITHOUT_ENCODER = replace(SUPPLIES, open_encoder=no_encoder)


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
