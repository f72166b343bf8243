"""Ridge: logistic regression that holds its weights small, and what it says of unseen samples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

_BOUNDS: Mapping[int, tuple[float | None, float | None]] = {
    1: (0.0, None),
    0: (None, None),
    -1: (None, 0.0),
}


def logistic_regression(
    table: Matrix, right: NDArray[np.bool_], ridge: float, signs: Sequence[int] | None = None
) -> tuple[Matrix, float]:
    """Weights and bias on the raw features; the ridge acts on the standardised ones.

    `signs` has 1, -1 or 0 (either) for each feature's weight.
    """
    from scipy.optimize import minimize

    mean, scale = table.mean(axis=0), table.std(axis=0) + 1e-9
    standard = (table - mean) / scale
    target = right.astype(float)

    def loss(parameters: Matrix) -> tuple[float, Matrix]:
        weights, bias = parameters[:-1], parameters[-1]
        scores = standard @ weights + bias
        error = 1 / (1 + np.exp(-scores)) - target
        value = float((np.logaddexp(0, scores) - target * scores).sum())
        slope = np.append(standard.T @ error + ridge * weights, error.sum())
        return value + 0.5 * ridge * float(weights @ weights), slope

    bounds = [_BOUNDS[sign] for sign in signs or [0] * table.shape[1]] + [_BOUNDS[0]]
    start = np.zeros(len(bounds))
    best: Any = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B")
    weights = best.x[:-1] / scale
    return weights, float(best.x[-1] - weights @ mean)


def unseen(
    table: Matrix,
    right: NDArray[np.bool_],
    folds: NDArray[np.int64],
    ridge: float,
    signs: Sequence[int] | None = None,
) -> Matrix:
    """The log odds of each sample by a regression on the other folds, shape (n,)."""
    odds = np.zeros(len(right))
    for fold in np.unique(folds):
        weights, bias = logistic_regression(
            table[folds != fold], right[folds != fold], ridge, signs
        )
        odds[folds == fold] = table[folds == fold] @ weights + bias
    return odds
