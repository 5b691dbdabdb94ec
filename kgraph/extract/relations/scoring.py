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


def calibrated(relation: str, confidence: float) -> float:
    """Return how often a relation of this type holds whose rule or scorer is so sure, given that its ends are right.

    The two figures of each type are the shift and the slope of the log odds (Platt 1999), fitted on papers that neither
    the scorers nor the recogniser of names had seen (tools/fit_confidence.py).
    """
    shift, slope = _all()["reliability"][relation]
    sure = min(0.99, max(0.01, confidence))
    return 1.0 / (1.0 + math.exp(-(shift + slope * math.log(sure / (1.0 - sure)))))


@cache
def _all() -> dict[str, Any]:
    text = WEIGHTS.read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded
