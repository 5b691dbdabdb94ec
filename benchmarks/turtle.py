"""Writing Turtle, against rdflib's writer on the same triples."""

from __future__ import annotations

from pathlib import Path

from benchmarks.measure import Row, in_turn
from kgraph.api import Graph
from kgraph.export.registry import writer


def measure(graph: Graph, folder: Path, runs: int) -> list[Row]:
    """Return triples a second of both; ours includes making the triples, rdflib's graph is already in memory."""
    peer_graph = graph.to_rdflib()
    count = len(peer_graph)
    path = folder / "bench.ttl"
    write = writer("graph.ttl")
    mine, theirs = in_turn(
        lambda: write(graph._build, path),
        lambda: peer_graph.serialize(str(path), format="turtle"),
        runs,
    )
    return [
        Row(
            f"Turtle, {count} triples",
            f"{count / mine / 1e3:.0f} k triples/s",
            f"rdflib: {count / theirs / 1e3:.0f} k triples/s",
            theirs / mine,
        )
    ]
