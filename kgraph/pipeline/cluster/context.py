"""What every machine is told beforehand, and the rows that all stages pass on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kgraph.model import Extraction, Paper
from kgraph.resolve.entities.judgements import Judgements

Pair = tuple[Paper, Extraction]
"""A paper with what its text says."""

Address = tuple[str, int]
"""Where uses of a name lie: the key of the name, and the number of the slice."""


@dataclass(frozen=True, slots=True)
class Context:
    """What every machine needs to judge names: vocabulary files, by which each loads the vocabulary, and judgements.

    `least` is the confidence below which nothing is believed; `things` asks for entities beside their uses.
    """

    extra: tuple[Path, ...]
    judgements: Judgements
    least: float = 0.0
    things: bool = False
