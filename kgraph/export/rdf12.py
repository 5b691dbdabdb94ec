"""graph.rdf12.ttl: the graph of graph.ttl as RDF 1.2, in which the node of a relation reifies its plain triple.

All of graph.ttl is in it. Parsers of RDF 1.1 (rdflib 7 among them) can't read it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Triple

from kgraph.export.registry import Build
from kgraph.graph.reifiers import reified
from kgraph.graph.triples import blocks
from kgraph.graph.turtle import dump


def write_rdf12(build: Build, path: Path) -> None:
    """Write the file: grouped by subject, data IRIs relative to a declared base."""
    with path.open("wb") as out:
        dump(_triples(build), out, build.base_iri)


def _triples(build: Build) -> Iterator[Triple]:
    for subject, pairs in reified(blocks(build.knowledge, build.base_iri), build.base_iri):
        for predicate, target in pairs:
            yield Triple(subject, predicate, target)
