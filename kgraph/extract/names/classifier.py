"""A multinomial logistic regression over sparse binary features, read from a small file of rounded weights.

A weight is a whole number of at most 8 bits, times a scale for its column, and the weights of a feature stand side by
side in one integer. So one addition per feature adds all columns, exactly and in whatever order features come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from math import exp
from pathlib import Path
from struct import Struct
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kgraph.extract.memo import Memo
from kgraph.extract.names.lexicon import DATA

CLASSES = ("none", "system", "model", "dataset", "hardware")
"""What a candidate can be; the order of `Score.kinds`."""

_COLUMNS = len(CLASSES) + 1
_BITS = 32  # of a column: room for the sum of 16 million weights
_SIDE = Struct(f"<{_COLUMNS}I")  # the columns, side by side
_MASK, _HALF = (1 << _BITS) - 1, 1 << (_BITS - 1)
_SHIFTS = tuple(range(0, _BITS * _COLUMNS, _BITS))
_ZERO = sum(_HALF << shift for shift in _SHIFTS)  # lifts every column above zero, so that none borrows


class Score(NamedTuple):
    """Probabilities of a candidate: `kinds`, one for each of `CLASSES`, together 1; `introduced` if it is a name."""

    kinds: tuple[float, ...]
    introduced: float


@dataclass(frozen=True)
class Classifier:
    """Weights by feature; a scale and an intercept for each column: one column a class, one for being introduced."""

    rows: Mapping[str, int]
    scale: tuple[float, ...]
    bias: tuple[float, ...]

    def score(self, features: Iterable[str], known: int = 0) -> Score:
        """Return the probabilities of a candidate with these features, each given once; unknown ones don't count.

        `known` is the sum of further features, as `sums` remembers it.
        """
        total = sum(filter(None, map(self.rows.get, features)), _ZERO + known)
        columns = zip(_SIDE.unpack(total.to_bytes(_SIDE.size, "little")), self.scale, self.bias, strict=True)
        *sums, introduced = [bias + scale * (column - _HALF) for column, scale, bias in columns]
        top = max(sums)
        powers = [exp(x - top) for x in sums]
        whole = sum(powers)
        return Score(tuple([power / whole for power in powers]), 1.0 / (1.0 + exp(-max(-30.0, min(30.0, introduced)))))

    def sums(self, features: Callable[[str], Iterable[str]]) -> Memo[int]:
        """Return the table of what the features weigh together that strings have by themselves."""
        found = self._sums.get(features)
        if found is None:
            rows = self.rows
            found = self._sums[features] = Memo(lambda text: sum(filter(None, map(rows.get, features(text)))))
        return found

    @cached_property
    def _sums(self) -> dict[Callable[[str], Iterable[str]], Memo[int]]:
        return {}


def rounded(names: Sequence[str], weights: NDArray[np.float64], bias: NDArray[np.float64]) -> Classifier:
    """Return the classifier with these weights (one row per name, one column per class and one for being introduced),
    rounded to 8 bits per column; names whose weights all become nothing are left out."""
    scale = (np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127).astype(np.float32)
    whole = np.rint(weights / scale).astype(np.int64)
    kept = np.flatnonzero(whole.any(axis=1))
    return _classifier([names[int(k)] for k in kept], whole[kept], scale, bias.astype(np.float32))


def _classifier(
    names: Sequence[str], weights: NDArray[np.int64], scale: NDArray[np.float32], bias: NDArray[np.float32]
) -> Classifier:
    columns = [column.tolist() for column in weights.T]
    rows = [sum(w << shift for w, shift in zip(row, _SHIFTS, strict=True)) for row in zip(*columns, strict=True)]
    return Classifier(dict(zip(names, rows, strict=True)), tuple(scale.tolist()), tuple(bias.tolist()))


def pack(path: Path, classifier: Classifier) -> None:
    """Write the weights; the same classifier gives the same bytes."""
    lifted = [row + _ZERO for row in classifier.rows.values()]
    columns = [[(row >> shift & _MASK) - _HALF for row in lifted] for shift in _SHIFTS]
    np.savez_compressed(
        path,
        names=np.frombuffer("\n".join(classifier.rows).encode(), dtype=np.uint8),
        weights=np.array(columns, dtype=np.int8),
        scale=np.array(classifier.scale, dtype=np.float32),
        bias=np.array(classifier.bias, dtype=np.float32),
    )


@cache
def load(path: Path = DATA / "names.npz") -> Classifier:
    """Return the classifier that `pack` wrote."""
    with np.load(path) as arrays:
        names = arrays["names"].tobytes().decode().split("\n")
        return _classifier(names, arrays["weights"].T.astype(np.int64), arrays["scale"], arrays["bias"])
