"""Turtle and N-Quads of a build.

Both stream from one traversal (`kgraph.graph.triples`): memory does not grow with the number of triples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kgraph.export.registry import Build
from kgraph.graph.terms import Block
from kgraph.graph.triples import blocks, triples
from kgraph.graph.turtle import dump

_ENOUGH = 1 << 20


def nquads(parts: Iterable[Block]) -> Iterator[str]:
    """Yield the lines of `parts` as canonical N-Quads (RDF 1.2 N-Triples, section 4), in code point order.

    Blocks must come in order of their subjects, as `kgraph.graph.triples.blocks` gives them.
    """
    for subject, pairs in parts:
        yield from sorted({f"{subject} {predicate} {target} .\n" for predicate, target in pairs})


def write_nquads(build: Build, path: Path) -> None:
    """Write graph.nq: all triples in the default graph, one a line, in canonical order."""
    held: list[str] = []
    size = 0
    with path.open("w", encoding="utf-8", newline="") as out:
        for line in nquads(blocks(build.knowledge, build.base_iri)):
            held.append(line)
            size += len(line)
            if size > _ENOUGH:
                out.write("".join(held))
                held, size = [], 0
        out.write("".join(held))


def write_turtle(build: Build, path: Path) -> None:
    """Write graph.ttl: grouped by subject, data IRIs relative to a declared base."""
    with path.open("wb") as out:
        dump(triples(build.knowledge, build.base_iri), out, build.base_iri)
