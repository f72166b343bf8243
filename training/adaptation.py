"""The adaptation: two heads, learnt by contrast, that turn the general encoder to our task.

The general model's own head is where both start; one goes on to read questions, the other passages.
A question comes near the passage that answers it and stays away from the other passages of its
programme (listwise softmax), near its other wordings and away from other questions (InfoNCE, van
den Oord et al. 2018). A question that the documentation does not answer belongs to no passage: a
place for "none" competes with them. The heads are held near where they start: some thousand
questions must not undo what the encoder learnt from millions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, dropout, log_softmax, normalize, relu

from index.use import UseEncoder
from index.use_network import LAYERS
from training.pairs import Pair
from training.programme import Programme

_SEED = 0
_STEPS = 900
_WARM_UP = 50
_RATE = 3e-4
_DROPOUT = 0.1
_PULL = 0.02  # towards the start
_PROGRAMMES = 6  # of one step, and questions of each
_QUESTIONS = 24
_WORDINGS = 96
_WORDINGS_WEIGHT = 0.5
_TEMPERATURE = 0.07
_SHARPNESS = 2.6  # log of the listwise softmax's first inverse temperature
# Public pairs of one step, and their weight.
_PUBLIC = {"passage": (128, 0.5), "aspect": (96, 0.25), "translation": (64, 0.15)}


class TrainedHead(nn.Module):
    """`index.use_network.Head` to be trained; it starts as the model's own."""

    def __init__(self, start: Sequence[np.ndarray]) -> None:
        super().__init__()
        self.layers = nn.ParameterList([torch.tensor(layer) for layer in start])

    def forward(self, pooled: Tensor) -> Tensor:
        """Unit vectors of pooled values, shape (n, 512)."""
        d0, d1, p1, d2, p3, d3 = self.layers
        pooled = dropout(pooled, _DROPOUT, self.training)
        second = relu(pooled @ p1 + relu(pooled @ d0) @ d1)
        return normalize(torch.tanh(second @ p3 + relu(second @ d2) @ d3), dim=-1)


class Heads(nn.Module):
    """Both heads, and what the listwise softmax needs beside them."""

    def __init__(self, start: Sequence[np.ndarray]) -> None:
        super().__init__()
        self.query, self.passage = TrainedHead(start), TrainedHead(start)
        self.sharpness = nn.Parameter(torch.tensor(_SHARPNESS))
        self.sentence_share = nn.Parameter(torch.tensor(0.0))
        self.none = nn.Linear(512, 1)
        nn.init.zeros_(self.none.weight)
        nn.init.constant_(self.none.bias, 0.5)


class _Pages:
    """One programme as tensors of pooled values."""

    def __init__(self, programme: Programme, pooled: Pooled) -> None:
        self.passages = pooled(programme.passages)
        self.sentences = pooled([text for group in programme.sentences for text in group])
        owners = [n for n, group in enumerate(programme.sentences) for _ in group]
        self.owners = torch.tensor(owners, dtype=torch.long)
        self.questions = pooled([asked.text for asked in programme.asked])
        self.answers = torch.zeros(len(programme.asked), len(programme.passages), dtype=torch.bool)
        for row, asked in enumerate(programme.asked):
            self.answers[row, list(asked.answers)] = True
        wordings: dict[str, list[int]] = {}
        for row, asked in enumerate(programme.asked):
            wordings.setdefault(asked.same, []).append(row)
        self.wordings = [rows for rows in wordings.values() if len(rows) > 1]


class Pooled:
    """Texts to what the heads start from, each computed once."""

    def __init__(self, encoder: UseEncoder) -> None:
        self._encoder = encoder
        self._known: dict[str, np.ndarray] = {}

    def __call__(self, texts: Iterable[str]) -> Tensor:
        """Pooled values, shape (n, 512)."""
        rows = []
        for text in texts:
            if text not in self._known:
                self._known[text] = self._encoder.pooled(text)
            rows.append(self._known[text])
        return torch.tensor(np.array(rows, np.float32).reshape(-1, 512))


def train(
    programmes: Sequence[Programme],
    pairs: Sequence[Pair],
    target: Path,
    pooled: Pooled | None = None,
) -> None:
    """Learn the two heads and write them, 16-bit, to `target`."""
    torch.manual_seed(_SEED)
    choose = np.random.default_rng(_SEED)
    encoder = UseEncoder(adapted=False)
    pooled = pooled or Pooled(encoder)
    _tell("reading")
    pages = [_Pages(programme, pooled) for programme in programmes]
    public = _Public(pairs, pooled)
    heads = Heads(encoder.own_layers)
    start = {name: value.detach().clone() for name, value in heads.named_parameters()}
    held = [name for name in start if name.startswith(("query", "passage"))]
    optimiser = torch.optim.AdamW(heads.parameters(), lr=_RATE, weight_decay=0.0)
    for step in range(_STEPS):
        rate = min(1, (step + 1) / _WARM_UP) * 0.5 * (1 + np.cos(np.pi * step / _STEPS))
        for group in optimiser.param_groups:
            group["lr"] = _RATE * rate
        chosen = choose.choice(len(pages), _PROGRAMMES, replace=False)
        listed = [_listwise(heads, pages[n], choose) for n in chosen]
        loss = torch.stack(listed).mean()
        loss = loss + _WORDINGS_WEIGHT * _wordings(heads, pages, choose)
        loss = loss + public.loss(heads, choose)
        values = dict(heads.named_parameters())
        loss = loss + _PULL * sum(((values[name] - start[name]) ** 2).sum() for name in held)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 100 == 0:
            _tell(f"step {step} of {_STEPS}: loss {loss.item():.3f}")
    np.savez(
        target,
        **{
            f"{side}_{name}": layer.detach().numpy().astype(np.float16)
            for side, head in (("query", heads.query), ("passage", heads.passage))
            for name, layer in zip(LAYERS, head.layers, strict=True)
        },
    )


def _listwise(heads: Heads, pages: _Pages, choose: np.random.Generator) -> Tensor:
    """A question among the passages of its programme, with and without the place for none."""
    rows = choose.choice(len(pages.questions), min(_QUESTIONS, len(pages.questions)), replace=False)
    asked, right = heads.query(pages.questions[rows]), pages.answers[rows]
    whole = asked @ heads.passage(pages.passages).T
    parts = asked @ heads.passage(pages.sentences).T
    owners = pages.owners[None].expand(len(rows), -1)
    nearest = whole.scatter_reduce(1, owners, parts, "amax")
    share, sharpness = heads.sentence_share.sigmoid(), heads.sharpness.exp()
    scores = sharpness * (share * nearest + (1 - share) * whole)
    answered = right.any(dim=1)
    none = sharpness * heads.none(asked)
    decided = log_softmax(torch.cat([scores, none], dim=1), dim=1)
    wanted = torch.cat([right, ~answered[:, None]], dim=1)
    loss = -decided.masked_fill(~wanted, -1e9).logsumexp(dim=1).mean()
    if answered.any():
        ranked = log_softmax(scores[answered], dim=1)
        loss = loss - ranked.masked_fill(~right[answered], -1e9).logsumexp(dim=1).mean()
    return loss


def _wordings(heads: Heads, pages: Sequence[_Pages], choose: np.random.Generator) -> Tensor:
    """Two wordings of one question near each other, those of other questions away."""
    ones, others = [], []
    for n in choose.choice(len(pages), _WORDINGS):
        groups = pages[n].wordings
        one, other = choose.choice(groups[choose.integers(len(groups))], 2, replace=False)
        ones.append(pages[n].questions[one])
        others.append(pages[n].questions[other])
    return _contrast(heads.query(torch.stack(ones)), heads.query(torch.stack(others)))


class _Public:
    """Pairs of public data and of the aspects."""

    def __init__(self, pairs: Sequence[Pair], pooled: Pooled) -> None:
        self._questions = pooled(pair.question for pair in pairs)
        self._passages = pooled(pair.passage for pair in pairs)
        groups: dict[str, int] = {}
        self._groups = torch.tensor([groups.setdefault(pair.group, len(groups)) for pair in pairs])
        kinds = np.array([pair.kind for pair in pairs])
        self._members = {kind: np.flatnonzero(kinds == kind) for kind in _PUBLIC}

    def loss(self, heads: Heads, choose: np.random.Generator) -> Tensor:
        """The contrast of each kind, weighted."""
        total = torch.zeros(())
        for kind, (count, weight) in _PUBLIC.items():
            rows = choose.choice(self._members[kind], count, replace=False)
            told = heads.query if kind == "translation" else heads.passage
            groups = self._groups[rows]
            alike = (groups[:, None] == groups[None]).fill_diagonal_(False)
            asked = heads.query(self._questions[rows])
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
