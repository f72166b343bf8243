"""The adaptation: two linear maps, learnt by contrast, that turn the general encoder to our task.

A question is mapped by one matrix, a passage by the other, so that a question comes near the
passage that answers it and far from the others of its batch (InfoNCE, van den Oord et al. 2018).
The maps start from the identity and are held near it: 5,700 pairs must not undo what the encoder
learnt from millions.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch.nn.functional import cross_entropy, normalize

from index.use import UseEncoder
from training.pairs import Pair

_SEED = 0
_STEPS = 700
_RATE = 3e-4
_TEMPERATURE = 0.06
_BATCH = {"passage": 160, "aspect": 224, "translation": 128}
_TRANSLATION_WEIGHT = 0.5
_PULL = 0.002  # towards the identity


def train(pairs: Sequence[Pair], target: Path) -> None:
    """Learn the two maps and write them, 16-bit, to `target`."""
    torch.manual_seed(_SEED)
    choose = np.random.default_rng(_SEED)
    encoder = UseEncoder(adapted=False)
    questions = torch.from_numpy(encoder.encode_passages([pair.question for pair in pairs]))
    passages = torch.from_numpy(encoder.encode_passages([pair.passage for pair in pairs]))
    groups = torch.tensor([hash_of(pair.group) for pair in pairs])
    members = {kind: np.flatnonzero([pair.kind == kind for pair in pairs]) for kind in _BATCH}
    identity = torch.eye(questions.shape[1])
    query_map, passage_map = (torch.nn.Parameter(identity.clone()) for _ in range(2))
    optimiser = torch.optim.Adam([query_map, passage_map], lr=_RATE)

    def contrast(rows: np.ndarray) -> torch.Tensor:
        asked = normalize(questions[rows] @ query_map, dim=-1)
        told = normalize(passages[rows] @ passage_map, dim=-1)
        alike = groups[rows][:, None] == groups[rows][None, :]
        alike.fill_diagonal_(False)
        scores = (asked @ told.T / _TEMPERATURE).masked_fill(alike, -1e4)
        here = torch.arange(len(rows))
        return cross_entropy(scores, here) + cross_entropy(scores.T, here)

    for step in range(_STEPS):
        drawn = {kind: choose.choice(members[kind], size) for kind, size in _BATCH.items()}
        loss = contrast(np.concatenate([drawn["passage"], drawn["aspect"]]))
        loss = loss + _TRANSLATION_WEIGHT * contrast(drawn["translation"])
        loss = loss + _PULL * sum(((m - identity) ** 2).sum() for m in (query_map, passage_map))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 100 == 0:
            print(f"step {step} of {_STEPS}: loss {loss.item():.3f}", flush=True)  # noqa: T201
    np.savez(
        target,
        query=query_map.detach().numpy().astype(np.float16),
        passage=passage_map.detach().numpy().astype(np.float16),
    )


def hash_of(text: str) -> int:
    """A number of a text, the same on every run."""
    return int.from_bytes(text.encode("utf-8")[:64].ljust(8, b"\0"), "big") % (2**61 - 1)
