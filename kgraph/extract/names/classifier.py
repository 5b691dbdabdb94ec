"""A multinomial logistic regression over sparse binary features, read from a small file of rounded weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kgraph.extract.names.lexicon import DATA

CLASSES = ("none", "system", "model", "dataset", "hardware")
"""What a candidate can be; the columns of `Scores.kinds`."""


@dataclass(frozen=True)
class Scores:
    """Probabilities for n candidates: `kinds` (n x 5, rows sum to 1) and `introduced` (n), given that it is a name."""

    kinds: NDArray[np.float64]
    introduced: NDArray[np.float64]


@dataclass(frozen=True)
class Classifier:
    """Rows of weights by feature (5 columns for the classes, 1 for being introduced), and the intercepts."""

    index: Mapping[str, int]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def score(self, rows: Sequence[Sequence[str]]) -> Scores:
        """Return the probabilities of candidates, each given by its features; unknown features don't count."""
        get, blank = self.index.get, len(self.weights) - 1
        flat: list[int] = []
        begins: list[int] = []
        for row in rows:
            begins.append(len(flat))
            flat += map(get, row, repeat(blank))
            flat.append(blank)
        if not begins:
            return Scores(np.zeros((0, len(CLASSES))), np.zeros(0))
        sums = np.add.reduceat(self.weights[flat], begins, axis=0).astype(np.float64) + self.bias
        logits = sums[:, : len(CLASSES)]
        logits -= logits.max(axis=1, keepdims=True)
        kinds = np.exp(logits)
        kinds /= kinds.sum(axis=1, keepdims=True)
        return Scores(kinds, 1.0 / (1.0 + np.exp(-np.clip(sums[:, len(CLASSES)], -30, 30))))


def pack(path: Path, names: Sequence[str], weights: NDArray[np.float64], bias: NDArray[np.float64]) -> None:
    """Write weights (one row per name) rounded to 8 bits per column; the same input gives the same bytes."""
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127
    rounded = np.rint(weights / scale).astype(np.int8)
    kept = np.flatnonzero(rounded.any(axis=1))
    text = "\n".join(names[int(k)] for k in kept).encode()
    arrays = {
        "names": np.frombuffer(text, dtype=np.uint8),
        "weights": np.ascontiguousarray(rounded[kept].T),
        "scale": scale.astype(np.float32),
        "bias": bias.astype(np.float32),
    }
    np.savez_compressed(path, **arrays)


@cache
def load(path: Path = DATA / "names.npz") -> Classifier:
    """Return the classifier that `pack` wrote."""
    with np.load(path) as arrays:
        names = arrays["names"].tobytes().decode().split("\n")
        weights = arrays["weights"].T.astype(np.float32) * arrays["scale"]
        bias = arrays["bias"]
    blank = np.zeros((1, weights.shape[1]), dtype=np.float32)
    return Classifier({name: k for k, name in enumerate(names)}, np.vstack([weights, blank]), bias)
