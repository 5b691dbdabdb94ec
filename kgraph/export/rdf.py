"""Turtle, N-Quads and JSON-LD of a build.

All stream from one traversal (`kgraph.graph.triples`): memory does not grow with the number of triples. A whole build
walks it once for all three files.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from kgraph.export.rdf_jsonld import JsonLd
from kgraph.export.registry import Build
from kgraph.graph.terms import Block
from kgraph.graph.triples import blocks, triples
from kgraph.graph.turtle import dump

FILES = ("graph.ttl", "graph.nq", "graph.jsonld")
"""What `write_all` writes."""
_BUFFER = 1 << 20


class NQuads:
    """The lines of blocks as canonical N-Quads (RDF 1.2 N-Triples, section 4).

    They are in code point order if blocks come in order of their subjects, as `kgraph.graph.triples.blocks` gives them.
    """

    def __init__(self) -> None:
        self._written: dict[NamedNode, str] = {}  # there are few predicates

    def piece(self, block: Block) -> str:
        """Return the lines of one block."""
        subject, pairs = block
        begin, written = str(subject), self._written
        lines = set()
        for predicate, target in pairs:
            middle = written.get(predicate) or written.setdefault(predicate, f" {predicate} ")
            lines.add(f"{begin}{middle}{target} .\n")
        return "".join(sorted(lines))


def write_nquads(build: Build, path: Path) -> None:
    """Write graph.nq: all triples in the default graph, one a line, in canonical order."""
    with path.open("w", encoding="utf-8", newline="", buffering=_BUFFER) as out:
        out.writelines(map(NQuads().piece, blocks(build.knowledge, build.base_iri)))


def write_turtle(build: Build, path: Path) -> None:
    """Write graph.ttl: grouped by subject, data IRIs relative to a declared base."""
    with path.open("wb") as out:
        dump(triples(build.knowledge, build.base_iri), out, build.base_iri)


def write_all(build: Build, folder: Path) -> None:
    """Write `FILES` into `folder`, each with the bytes of its own writer, from one walk over all triples."""
    lines, document = NQuads(), JsonLd(build.base_iri)
    turtle, nquads, jsonld = (folder / name for name in FILES)
    with (
        turtle.open("wb") as ttl,
        nquads.open("w", encoding="utf-8", newline="", buffering=_BUFFER) as nq,
        jsonld.open("w", encoding="utf-8", newline="\n", buffering=_BUFFER) as ld,
    ):

        def passing() -> Iterator[Triple]:
            for block in blocks(build.knowledge, build.base_iri):
                nq.write(lines.piece(block))
                ld.write(document.piece(block))
                subject, pairs = block
                for predicate, target in pairs:
                    yield Triple(subject, predicate, target)

        ld.write(document.head)
        dump(passing(), ttl, build.base_iri)
        ld.write(document.tail)
