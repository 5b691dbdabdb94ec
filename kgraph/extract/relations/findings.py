"""What was found to be compared, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from kgraph.extract.relations.measures import Measure
from kgraph.model import Polarity


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison found in a sentence; `first` and `last` are the positions of the tokens that state it."""

    subject: str
    object: str
    polarity: Polarity
    measures: tuple[Measure, ...]
    first: int
    last: int
    rule: str
    how: str


_SURE = {"own name": 0.96, "own word": 0.87, "default": 0.75, "named": 0.7}
_DOUBT = {"match": 0.65, "gap": 0.6, "versus": 0.75, "side by side": 0.8, "unlike": 0.85, "followed up": 0.85}


def certainty(c: Comparison) -> float:
    """Return how sure a comparison is, by how its subject is known and by its cue.

    The figures are shares of comparisons that held on annotated papers, smoothed where there were few.
    """
    return round(_SURE[c.how] * _DOUBT.get(c.rule, 1.0), 3)
