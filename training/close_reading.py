"""Close reading, learnt: `index.close_reading.CloseReader` to be trained, and its training.

A question is put beside passages of its programme, with a place for "none" that questions without
an answer belong to (listwise softmax); half of the steps also see public questions on paragraphs,
each beside the paragraphs of others. The encoder's pieces stay as they are: some thousand questions
teach how to compare them, not what words mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import dropout, log_softmax, relu

from index.close_reading import HEADS, MOST_PIECES
from training.pairs import Pair
from training.programme import Programme
from training.readings import Readings

_SEED = 0
_SIZE = 128
_COMPARED = 64
_DROPOUT = 0.3
_STEPS = 600
_WARM_UP = 100
_RATE = 5e-4
_DECAY = 0.05
_PROGRAMMES = 4  # of one step, and what is seen of each
_QUESTIONS = 16
_PASSAGES = 24
_PUBLIC = 16
_RANKED = 0.5  # weight of the softmax without "none"
_LONGEST_STEP = 1.0  # norm of a gradient

# The names of a side's arrays, for the parameters of `_Side`.
_NAMES = {
    "enter": "enter",
    "settle": ("enter_gain", "enter_shift"),
    "layer.norm1": ("look_gain", "look_shift"),
    "layer.self_attn.in_proj_": "look",
    "layer.self_attn.out_proj": "see",
    "layer.norm2": ("think_gain", "think_shift"),
    "layer.linear1": "think",
    "layer.linear2": "tell",
}


class _Side(nn.Module):
    """Pieces brought to d numbers, then one transformer layer."""

    def __init__(self, start: Tensor) -> None:
        super().__init__()
        size, features = start.shape
        self.enter, self.settle = nn.Linear(features, size), nn.LayerNorm(size)
        self.layer = nn.TransformerEncoderLayer(
            size, HEADS, 2 * size, _DROPOUT, batch_first=True, norm_first=True
        )
        with torch.no_grad():
            self.enter.weight.copy_(start)
            self.enter.bias.zero_()

    def forward(self, pieces: Tensor, there: Tensor) -> Tensor:
        # Whole features of a text go at once: a piece's others would tell what is gone.
        kept = dropout(torch.ones(len(pieces), 1, pieces.shape[2]), _DROPOUT, self.training)
        entered = self.settle(self.enter(pieces * kept))
        told: Tensor = self.layer(entered, src_key_padding_mask=~there)
        return told

    def arrays(self) -> Iterator[tuple[str, np.ndarray]]:
        for part, names in _NAMES.items():
            joint = "" if part.endswith("_") else "."
            weight = self.get_parameter(f"{part}{joint}weight").detach().numpy()
            bias = self.get_parameter(f"{part}{joint}bias").detach().numpy()
            if isinstance(names, tuple):
                yield names[0], weight
                yield names[1], bias
            else:
                yield names, weight.T
                yield f"{names}_bias", bias


class TrainedReader(nn.Module):
    """What `CloseReader.odds` computes, on padded texts; `start` has shape (d, features)."""

    def __init__(self, start: Tensor) -> None:
        super().__init__()
        size = len(start)
        self.query, self.passage = _Side(start), _Side(start)
        self.passage.load_state_dict(self.query.state_dict())
        self.sharpness = nn.Parameter(torch.tensor(size**-0.5).log())
        self.nothing = nn.Parameter(torch.zeros(size))
        self.own = nn.Linear(size, _COMPARED)
        self.found, self.product, self.difference = (
            nn.Linear(size, _COMPARED, bias=False) for _ in range(3)
        )
        self.likeness = nn.Linear(2, _COMPARED, bias=False)
        self.weigh, self.none = nn.Linear(size, 1), nn.Linear(size, 1)
        self.decide = nn.Linear(3 * _COMPARED, _COMPARED)
        self.answer = nn.Linear(_COMPARED, 1)

    def forward(
        self, questions: tuple[Tensor, Tensor], passages: tuple[Tensor, Tensor]
    ) -> tuple[Tensor, Tensor]:
        """Scores of each question on each passage, and of each question on none, shape (q, p) and
        (q, 1); either side are features and which of them are there."""
        asked, here = self.query(*questions), questions[1]
        rows = torch.cat([self.nothing.expand(len(passages[0]), 1, -1), self.passage(*passages)], 1)
        there = torch.cat([torch.ones(len(rows), 1, dtype=torch.bool), passages[1]], 1)
        likeness = self.sharpness.exp() * torch.einsum("qid,pjd->qpij", asked, rows)
        likeness = likeness.masked_fill(~there[None, :, None], -1e4)
        shares = likeness.softmax(-1)
        found = torch.einsum("qpij,pjd->qpid", shares, rows)
        beside = torch.cat([likeness.amax(-1, keepdim=True) / 10, shares[..., :1]], -1)
        own = asked[:, None]
        compared = relu(
            self.own(asked)[:, None]
            + self.found(found)
            + self.product(own * found)
            + self.difference((own - found).abs())
            + self.likeness(beside)
        )
        weight = self.weigh(asked).squeeze(-1).masked_fill(~here, -1e4).softmax(-1)
        only = compared * here[:, None, :, None]
        told = torch.cat(
            [
                (weight[:, None, :, None] * compared).sum(2),
                only.amax(2),
                only.sum(2) / here.sum(1)[:, None, None] ** 0.5,
            ],
            -1,
        )
        hidden = dropout(relu(self.decide(told)), _DROPOUT, self.training)
        scores = self.answer(hidden).squeeze(-1)
        return scores, self.none((weight[..., None] * asked).sum(1))

    def arrays(self) -> dict[str, np.ndarray]:
        """The weights as `CloseReader` takes them."""
        sides = {"query": self.query, "passage": self.passage}
        found = {
            f"{side}_{name}": a for side, layers in sides.items() for name, a in layers.arrays()
        }
        found |= {"sharpness": _array(self.sharpness.exp()), "nothing": _array(self.nothing)}
        for part in ("own", "found", "product", "difference", "likeness"):
            found[f"compare_{part}"] = _array(self.get_submodule(part).weight).T
        found |= {"compare_bias": _array(self.own.bias)}
        found |= {"decide": _array(self.decide.weight).T, "decide_bias": _array(self.decide.bias)}
        for part in ("weigh", "none", "answer"):
            layer = self.get_submodule(part)
            found |= {part: _array(layer.weight)[0], f"{part}_bias": _array(layer.bias)[0]}
        return found


class _Pages:
    """One programme, its texts by number."""

    def __init__(self, programme: Programme, readings: Readings) -> None:
        self.passages = readings.numbers(programme.passages)
        self.questions = readings.numbers([asked.text for asked in programme.asked])
        self.answers = torch.zeros(len(programme.asked), len(programme.passages), dtype=torch.bool)
        for row, asked in enumerate(programme.asked):
            self.answers[row, list(asked.answers)] = True


def train(
    programmes: Sequence[Programme], pairs: Sequence[Pair], readings: Readings, target: Path
) -> None:
    """Learn to read closely and write the weights, 16-bit, to `target`."""
    torch.manual_seed(_SEED)
    choose = np.random.default_rng(_SEED)
    pages = [_Pages(programme, readings) for programme in programmes]
    public = [pair for pair in pairs if pair.kind == "passage"]
    questions = readings.numbers([pair.question for pair in public])
    paragraphs = readings.numbers([pair.passage for pair in public])
    groups: dict[str, list[int]] = {}
    for row, pair in enumerate(public):
        groups.setdefault(pair.group, []).append(row)
    by_group = list(groups.values())
    readings.close()
    reader = TrainedReader(readings.directions(_SIZE))
    optimiser = torch.optim.AdamW(reader.parameters(), lr=_RATE, weight_decay=_DECAY)
    for step in range(_STEPS):
        share = min(1, (step + 1) / _WARM_UP) * 0.5 * (1 + np.cos(np.pi * step / _STEPS))
        optimiser.param_groups[0]["lr"] = _RATE * share
        losses = []
        for n in choose.choice(len(pages), _PROGRAMMES, replace=False):
            page = pages[n]
            count = min(_QUESTIONS, len(page.questions))
            rows = choose.choice(len(page.questions), count, replace=False)
            count = min(_PASSAGES, len(page.passages))
            columns = choose.choice(len(page.passages), count, replace=False)
            right = page.answers[rows]
            columns = np.unique(np.concatenate([columns, np.flatnonzero(right.any(0).numpy())]))
            seen = _padded(readings, page.questions[rows], "query")
            beside = _padded(readings, page.passages[columns], "passage")
            losses.append(_loss(reader, seen, beside, right[:, columns]))
        if step % 2 == 0:
            chosen = choose.choice(len(by_group), _PUBLIC, replace=False)
            rows = np.array([by_group[n][choose.integers(len(by_group[n]))] for n in chosen])
            seen = _padded(readings, questions[rows], "query")
            beside = _padded(readings, paragraphs[rows], "passage")
            losses.append(_loss(reader, seen, beside, torch.eye(_PUBLIC, dtype=torch.bool)))
        loss = torch.stack(losses).mean()
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(reader.parameters(), _LONGEST_STEP)
        optimiser.step()
        if step % 100 == 0:
            print(f"step {step} of {_STEPS}: loss {loss.item():.3f}", flush=True)  # noqa: T201
    np.savez(target, **{name: a.astype(np.float16) for name, a in reader.arrays().items()})


def _loss(
    reader: TrainedReader,
    questions: tuple[Tensor, Tensor],
    passages: tuple[Tensor, Tensor],
    right: Tensor,
) -> Tensor:
    scores, none = reader(questions, passages)
    answered = right.any(1)
    decided = log_softmax(torch.cat([scores, none], 1), 1)
    wanted = torch.cat([right, ~answered[:, None]], 1)
    loss = -decided.masked_fill(~wanted, -1e9).logsumexp(1).mean()
    if answered.any():
        ranked = log_softmax(scores[answered], 1).masked_fill(~right[answered], -1e9)
        loss = loss - _RANKED * ranked.logsumexp(1).mean()
    return loss


def _padded(readings: Readings, numbers: np.ndarray, side: str) -> tuple[Tensor, Tensor]:
    """The features of some texts, shape (n, pieces, features), and which of them are there."""
    features, owners = readings(numbers)
    lengths = torch.bincount(owners, minlength=len(numbers))
    places = torch.arange(len(owners)) - (lengths.cumsum(0) - lengths)[owners]
    kept = places < MOST_PIECES[side]
    longest = min(int(lengths.max()), MOST_PIECES[side])
    padded = torch.zeros(len(numbers), longest, features.shape[1])
    padded[owners[kept], places[kept]] = features[kept]
    return padded, torch.arange(longest)[None] < lengths[:, None]


def _array(parameter: Tensor) -> np.ndarray:
    found: np.ndarray = parameter.detach().numpy()
    return found
