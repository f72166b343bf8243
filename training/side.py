"""One side of the adaptation: how questions, or passages, are read and turned into vectors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import dropout, normalize, relu

from index.use_network import ATTENTION, LAYERS, REACH
from training.readings import Readings

_DROPOUT = 0.1
_HIDDEN = 32


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


class TrainedAttention(nn.Module):
    """`index.use_network.Attention` to be trained; at first every piece counts the same."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.attend, self.weigh = nn.Linear(features, _HIDDEN), nn.Linear(_HIDDEN, 1)
        nn.init.normal_(self.attend.weight, std=0.02)
        nn.init.zeros_(self.weigh.weight)
        nn.init.zeros_(self.weigh.bias)

    def forward(self, features: Tensor) -> Tensor:
        """How much each piece counts, shape (pieces, 1)."""
        told = self.weigh(torch.tanh(self.attend(features)))
        return torch.exp(REACH * torch.tanh(told / REACH))


class Side(nn.Module):
    """Attention, the model's own exit, a head."""

    def __init__(
        self,
        readings: Readings,
        leaving: tuple[np.ndarray, np.ndarray],
        start: Sequence[np.ndarray],
    ) -> None:
        super().__init__()
        self._readings = readings
        self._matrix, self._bias = map(torch.tensor, leaving)
        self.attention = TrainedAttention(len(self._matrix))
        self.head = TrainedHead(start)

    def forward(self, numbers: np.ndarray) -> Tensor:
        """Unit vectors of texts by number, shape (n, 512)."""
        features, owners = self._readings(numbers)
        weights = self.attention(features)
        summed = torch.zeros(len(numbers), features.shape[1]).index_add(
            0, owners, weights * features
        )
        count = torch.zeros(len(numbers), 1).index_add(0, owners, weights)
        return self.head((summed @ self._matrix + count * self._bias) / count.sqrt())

    def arrays(self) -> Iterator[tuple[str, np.ndarray]]:
        """What `index.use` reads, by name, in 16 bits."""
        attend, weigh = self.attention.attend, self.attention.weigh
        told = (attend.weight.T, attend.bias, weigh.weight.T, weigh.bias)
        for name, values in zip((*ATTENTION, *LAYERS), (*told, *self.head.layers), strict=True):
            yield name, values.detach().numpy().astype(np.float16)
