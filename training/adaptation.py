"""The adaptation: two sides, learnt by contrast, that turn the general encoder to our task.

The general model's own head is where both start; one goes on to read questions, the other passages,
each with an attention that says which pieces of a text count.
A question comes near the passage that answers it and stays away from the other passages of its
programme (listwise softmax), near its other wordings and away from other questions (InfoNCE, van
den Oord et al. 2018). A question that the documentation does not answer belongs to no passage: a
place for "none" competes with them. The heads are held near where they start: some thousand
questions must not undo what the encoder learnt from millions.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, log_softmax

from index.use import UseEncoder
from training.pairs import Pair
from training.programme import Programme
from training.readings import Readings
from training.side import Side

_SEED = 0
_STEPS = 1_000
_WARM_UP = 50
_RATE = 3e-4
_ATTENTION_RATE = 1e-3  # of weights that start from nothing
_PULL = 0.02  # towards the start
_PROGRAMMES = 6  # of one step, and questions of each
_QUESTIONS = 24
_WORDINGS = 96
_WORDINGS_WEIGHT = 0.5
_TEMPERATURE = 0.07
_SHARPNESS = 2.6  # log of the listwise softmax's first inverse temperature
# Public pairs of one step, and their weight.
_PUBLIC = {"passage": (128, 1.0), "aspect": (96, 0.25), "translation": (64, 0.15)}


class Sides(nn.Module):
    """Both sides, and what the listwise softmax needs beside them."""

    def __init__(self, query: Side, passage: Side) -> None:
        super().__init__()
        self.query, self.passage = query, passage
        self.sharpness = nn.Parameter(torch.tensor(_SHARPNESS))
        self.sentence_share = nn.Parameter(torch.tensor(0.0))
        self.none = nn.Linear(512, 1)
        nn.init.zeros_(self.none.weight)
        nn.init.constant_(self.none.bias, 0.5)


class _Pages:
    """One programme, its texts by number."""

    def __init__(self, programme: Programme, readings: Readings) -> None:
        self.passages = readings.numbers(programme.passages)
        self.sentences = readings.numbers([text for group in programme.sentences for text in group])
        owners = [n for n, group in enumerate(programme.sentences) for _ in group]
        self.owners = torch.tensor(owners, dtype=torch.long)
        self.questions = readings.numbers([asked.text for asked in programme.asked])
        self.answers = torch.zeros(len(programme.asked), len(programme.passages), dtype=torch.bool)
        for row, asked in enumerate(programme.asked):
            self.answers[row, list(asked.answers)] = True
        wordings: dict[str, list[int]] = {}
        for row, asked in enumerate(programme.asked):
            wordings.setdefault(asked.same, []).append(row)
        self.wordings = [rows for rows in wordings.values() if len(rows) > 1]


def train(programmes: Sequence[Programme], pairs: Sequence[Pair], target: Path) -> None:
    """Learn the two sides and write them, 16-bit, to `target`."""
    torch.manual_seed(_SEED)
    choose = np.random.default_rng(_SEED)
    encoder = UseEncoder(adapted=False)
    readings = Readings(encoder)
    _tell("reading")
    pages = [_Pages(programme, readings) for programme in programmes]
    public = _Public(pairs, readings)
    readings.close()
    query, passage = (Side(readings, encoder.exit, encoder.own_layers) for _ in range(2))
    sides = Sides(query, passage)
    held = dict(sides.query.head.named_parameters(prefix="query.head"))
    held |= dict(sides.passage.head.named_parameters(prefix="passage.head"))
    start = {name: value.detach().clone() for name, value in held.items()}
    attentions = [*query.attention.parameters(), *passage.attention.parameters()]
    ids = {id(parameter) for parameter in attentions}
    others = [parameter for parameter in sides.parameters() if id(parameter) not in ids]
    optimiser = torch.optim.AdamW(
        [{"params": others, "most": _RATE}, {"params": attentions, "most": _ATTENTION_RATE}],
        lr=_RATE,
        weight_decay=0.0,
    )
    for step in range(_STEPS):
        share = min(1, (step + 1) / _WARM_UP) * 0.5 * (1 + np.cos(np.pi * step / _STEPS))
        for group in optimiser.param_groups:
            group["lr"] = group["most"] * share
        chosen = choose.choice(len(pages), _PROGRAMMES, replace=False)
        listed = [_listwise(sides, pages[n], choose) for n in chosen]
        loss = torch.stack(listed).mean()
        loss = loss + _WORDINGS_WEIGHT * _wordings(sides, pages, choose)
        loss = loss + public.loss(sides, choose)
        loss = loss + _PULL * sum(((held[name] - start[name]) ** 2).sum() for name in held)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 100 == 0:
            _tell(f"step {step} of {_STEPS}: loss {loss.item():.3f}")
    both = {"query": query, "passage": passage}
    np.savez(
        target, **{f"{name}_{key}": a for name, side in both.items() for key, a in side.arrays()}
    )


def _listwise(sides: Sides, pages: _Pages, choose: np.random.Generator) -> Tensor:
    """A question among the passages of its programme, with and without the place for none."""
    rows = choose.choice(len(pages.questions), min(_QUESTIONS, len(pages.questions)), replace=False)
    asked, right = sides.query(pages.questions[rows]), pages.answers[rows]
    whole = asked @ sides.passage(pages.passages).T
    parts = asked @ sides.passage(pages.sentences).T
    owners = pages.owners[None].expand(len(rows), -1)
    nearest = whole.scatter_reduce(1, owners, parts, "amax")
    share, sharpness = sides.sentence_share.sigmoid(), sides.sharpness.exp()
    scores = sharpness * (share * nearest + (1 - share) * whole)
    answered = right.any(dim=1)
    none = sharpness * sides.none(asked)
    decided = log_softmax(torch.cat([scores, none], dim=1), dim=1)
    wanted = torch.cat([right, ~answered[:, None]], dim=1)
    loss = -decided.masked_fill(~wanted, -1e9).logsumexp(dim=1).mean()
    if answered.any():
        ranked = log_softmax(scores[answered], dim=1)
        loss = loss - ranked.masked_fill(~right[answered], -1e9).logsumexp(dim=1).mean()
    return loss


def _wordings(sides: Sides, pages: Sequence[_Pages], choose: np.random.Generator) -> Tensor:
    """Two wordings of one question near each other, those of other questions away."""
    ones, others = [], []
    for n in choose.choice(len(pages), _WORDINGS):
        groups = pages[n].wordings
        one, other = choose.choice(groups[choose.integers(len(groups))], 2, replace=False)
        ones.append(pages[n].questions[one])
        others.append(pages[n].questions[other])
    return _contrast(sides.query(np.array(ones)), sides.query(np.array(others)))


class _Public:
    """Pairs of public data and of the aspects."""

    def __init__(self, pairs: Sequence[Pair], readings: Readings) -> None:
        self._questions = readings.numbers(pair.question for pair in pairs)
        self._passages = readings.numbers(pair.passage for pair in pairs)
        groups: dict[str, int] = {}
        self._groups = torch.tensor([groups.setdefault(pair.group, len(groups)) for pair in pairs])
        kinds = np.array([pair.kind for pair in pairs])
        self._members = {kind: np.flatnonzero(kinds == kind) for kind in _PUBLIC}

    def loss(self, sides: Sides, choose: np.random.Generator) -> Tensor:
        """The contrast of each kind, weighted."""
        total = torch.zeros(())
        for kind, (count, weight) in _PUBLIC.items():
            rows = choose.choice(self._members[kind], count, replace=False)
            told = sides.query if kind == "translation" else sides.passage
            groups = self._groups[rows]
            alike = (groups[:, None] == groups[None]).fill_diagonal_(False)
            asked = sides.query(self._questions[rows])
            total = total + weight * _contrast(asked, told(self._passages[rows]), alike)
        return total


def _contrast(ones: Tensor, others: Tensor, alike: Tensor | None = None) -> Tensor:
    scores = ones @ others.T / _TEMPERATURE
    if alike is not None:  # never each other's negatives
        scores = scores.masked_fill(alike, -1e4)
    here = torch.arange(len(ones))
    return (cross_entropy(scores, here) + cross_entropy(scores.T, here)) / 2


def _tell(line: str) -> None:
    print(line, flush=True)  # noqa: T201
