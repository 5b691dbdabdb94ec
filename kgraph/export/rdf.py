"""Turtle, N-Quads and the RDF 1.2 face of a build.

All of them stream from one traversal (`kgraph.graph.triples`): memory does not grow with the number of triples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO, cast

from pyoxigraph import RdfFormat, Triple, serialize

from kgraph.export.registry import Build
from kgraph.graph.iris import PREFIXES
from kgraph.graph.terms import Block
from kgraph.graph.triples import blocks

_ENOUGH = 1 << 20


def nquads(parts: Iterable[Block]) -> Iterator[str]:
    """Yield the lines of `parts` as canonical N-Quads (RDF 1.2 N-Triples, section 4), in code point order.

    Blocks must come in order of their subjects, as `kgraph.graph.triples.blocks` gives them.
    """
    for subject, pairs in parts:
        yield from sorted({f"{subject} {predicate} {target} .\n" for predicate, target in pairs})


def write_nquads(build: Build, path: Path) -> None:
    """Write graph.nq: all triples in the default graph, one a line, in canonical order."""
    _write_lines(nquads(blocks(build.knowledge, build.base_iri)), path)


def _write_lines(lines: Iterable[str], path: Path) -> None:
    held: list[str] = []
    size = 0
    with path.open("w", encoding="utf-8", newline="") as out:
        for line in lines:
            held.append(line)
            size += len(line)
            if size > _ENOUGH:
                out.write("".join(held))
                held, size = [], 0
        out.write("".join(held))


class _WithHeader:
    """A binary file whose prefix declarations are ours: pyoxigraph declares them in an order that changes."""

    def __init__(self, out: BinaryIO, base: str | None) -> None:
        self._out = out
        self._lines = [f"@base <{base}> .\n"] if base else []
        self._lines += [f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()]
        self._skip = len(self._lines)
        self._head = b""

    def write(self, data: bytes) -> int:
        if not self._skip:
            return self._out.write(data)
        self._head += data
        parts = self._head.split(b"\n", self._skip)
        if len(parts) > self._skip:
            if not all(part.startswith(b"@") for part in parts[:-1]):
                raise RuntimeError("pyoxigraph no longer starts Turtle with one declaration a line")
            self._out.write("".join([*self._lines, "\n"]).encode() + parts[-1])
            self._skip = 0
        return len(data)

    def flush(self) -> None:
        self._out.flush()


def write_turtle(build: Build, path: Path) -> None:
    """Write graph.ttl: grouped by subject, data IRIs relative to a declared base.

    A base that ends in "#" is not declared, because rdflib joins such a base and a reference wrongly.
    """
    base = build.base_iri if build.base_iri.endswith("/") else None
    pairs = (((s, p, o) for p, o in rows) for s, rows in blocks(build.knowledge, build.base_iri))
    triples = (Triple(s, p, o) for s, p, o in chain.from_iterable(pairs))
    with path.open("wb") as out:
        serialize(
            triples,
            cast(BinaryIO, _WithHeader(out, base)),
            format=RdfFormat.TURTLE,
            prefixes=PREFIXES,
            base_iri=base,
        )
