"""The vocabulary that is shipped, with what a user adds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType

from kgraph.ontology import ontology_folder
from kgraph.text import digest
from kgraph.vocab.schemes import read_schemes
from kgraph.vocab.vocabulary import Vocabulary


def load(extra: Sequence[Path] = ()) -> Vocabulary:
    """Return the shipped schemes together with those of `extra` (Turtle files).

    Raises InputError, with file and line, where a file can't be understood.
    """
    shipped = sorted((ontology_folder() / "vocab").glob("*.ttl"))
    concepts = read_schemes([*shipped, *extra])
    return Vocabulary(MappingProxyType({c.id: c for c in concepts}), digest(*map(repr, concepts)))
