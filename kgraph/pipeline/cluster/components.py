"""Connected components of a graph that no machine holds: large star and small star (Kiveris et al. 2014).

Each round ties every node to the least node that it or a neighbour of it knows; rounds end when no edge changed. In
practice their number grows like the logarithm of the longest path.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from zlib import crc32

from kgraph.engine.rows import Cluster, Rows
from kgraph.errors import KgraphError

ROUNDS = 60
"""Far more than any graph needs; to go on for ever would hide a mistake."""

FEW = 100_000
"""Edges up to which one machine brings them together: each round costs a cluster seconds, however little there is."""


def components(cluster: Cluster, edges: Rows[tuple[str, str]], few: int = FEW) -> Rows[tuple[str, str]]:
    """Return (node, least node of its component) for every node of an edge."""
    edges = edges.each(_downwards).distinct().kept()
    known = edges.at_most(few)
    if known is not None:
        return cluster.rows(sorted(together(known).items()))
    before = _state(edges)
    for _ in range(ROUNDS):
        large = edges.each(_both_ways).grouped().each(_large_star)
        edges = large.grouped().each(_small_star).distinct().kept()
        after = _state(edges)
        if after == before:
            return edges.each(_with_roots).distinct()
        before = after
    raise KgraphError(f"records are still not brought together after {ROUNDS} rounds", remedy="report this")


def _state(edges: Rows[tuple[str, str]]) -> tuple[int, int]:
    """Return the number of edges and a sum over them, which tell whether any changed."""
    found = edges.each(_checked).reduced(_added).few(1, "sums")
    return found[0][1] if found else (0, 0)


def _checked(edge: tuple[str, str]) -> list[tuple[int, tuple[int, int]]]:
    return [(0, (1, crc32(repr(edge).encode())))]


def _added(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]


def _downwards(edge: tuple[str, str]) -> list[tuple[str, str]]:
    a, b = edge
    return [(max(a, b), min(a, b))] if a != b else []


def _both_ways(edge: tuple[str, str]) -> list[tuple[str, str]]:
    return [edge, edge[::-1]]


def _large_star(row: tuple[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Tie the greater neighbours of a node to the least that it knows."""
    node, neighbours = row
    least = min(node, *neighbours)
    for other in sorted(set(neighbours)):
        if other > node:
            yield other, least


def _small_star(row: tuple[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Tie a node and its lesser neighbours to the least of them; all of them are lesser here."""
    node, neighbours = row
    least = min(neighbours)
    for other in sorted({*neighbours, node} - {least}):
        yield other, least


def _with_roots(edge: tuple[str, str]) -> list[tuple[Any, Any]]:
    node, root = edge
    return [(node, root), (root, root)]


def together(edges: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the least node of its component for every node of an edge, on one machine."""
    root: dict[str, str] = {}

    def top(node: str) -> str:
        while root.setdefault(node, node) != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for edge in edges:
        low, high = sorted(map(top, edge))
        root[high] = low
    return {node: top(node) for node in list(root)}
