"""Turtle and TriG with declarations in a fixed order, from a stream of triples or quads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import BinaryIO, cast

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from kgraph.graph.iris import PREFIXES


class _WithHeader:
    """A binary file whose declarations are ours: pyoxigraph writes them in an order that changes from run to run."""

    def __init__(self, out: BinaryIO, base: str | None, prefixes: Mapping[str, str]) -> None:
        self._out = out
        lines = [f"@base <{base}> .\n"] if base else []
        lines += [f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes.items()]
        self._header = "".join([*lines, "\n"]).encode()
        self._skip = len(lines)
        self._head = b""

    def write(self, data: bytes) -> int:
        if not self._skip:
            return self._out.write(data)
        self._head += data
        parts = self._head.split(b"\n", self._skip)
        if len(parts) > self._skip:
            if not all(part.startswith(b"@") for part in parts[:-1]):
                raise RuntimeError("pyoxigraph no longer starts Turtle with one declaration a line")
            self._out.write(self._header + parts[-1])
            self._skip = 0
        return len(data)

    def flush(self) -> None:
        self._out.flush()


def dump(
    statements: Iterable[Triple] | Iterable[Quad],
    out: BinaryIO,
    base: str,
    *,
    syntax: RdfFormat = RdfFormat.TURTLE,
    prefixes: Mapping[str, str] = PREFIXES,
) -> None:
    """Write `statements` as Turtle (or, with their graphs, as TriG), in the order given, with IRIs relative to `base`,
    which is declared.

    A base that does not end in "/" is not used, because rdflib joins such a base and a reference wrongly.
    """
    used = base if base.endswith("/") else None
    file = cast(BinaryIO, _WithHeader(out, used, prefixes))
    serialize(statements, file, format=syntax, prefixes=dict(prefixes), base_iri=used)
