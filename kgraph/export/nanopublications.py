"""nanopublications.trig: each relation of a build as a nanopublication, named by a digest of what it says."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat

from kgraph.export.registry import Build
from kgraph.graph.iris import NANOPUBLICATION_PREFIXES, PREFIXES
from kgraph.graph.nanopublications import nanopublications
from kgraph.graph.turtle import dump

NAMES = PREFIXES | NANOPUBLICATION_PREFIXES


def write_nanopublications(build: Build, path: Path) -> None:
    """Write the file as TriG: four graphs for each relation, one nanopublication after another."""
    with path.open("wb") as out:
        quads = nanopublications(build.knowledge, build.base_iri)
        dump(quads, out, build.base_iri, syntax=RdfFormat.TRIG, prefixes=NAMES)
