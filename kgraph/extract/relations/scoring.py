"""A logistic regression over named features, with the weights that `kgraph.extract.relations.learn` has fitted."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

WEIGHTS = Path(__file__).parent / "data" / "relation_weights.json"


@dataclass(frozen=True, slots=True)
class Scorer:
    """Weights by feature, and the probability from which on something is asserted."""

    weights: Mapping[str, float]
    threshold: float

    def probability(self, features: Iterable[str]) -> float:
        """Return the probability, in (0, 1), that something with these features holds; unknown features say nothing."""
        total = math.fsum(self.weights.get(f, 0.0) for f in features)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def scorer(task: str) -> Scorer:
    """Return the shipped scorer of a task ("runs_on", "builds_on", "compares_against")."""
    loaded = _all()[task]
    return Scorer(loaded["weights"], loaded["threshold"])


@cache
def _all() -> dict[str, Any]:
    text = WEIGHTS.read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded
