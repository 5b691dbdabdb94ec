"""The cheapest chain of statements between two things, over the whole graph (Dijkstra 1959)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

COST = (1.0, 1.2, 1.0, 1.1, 1.6, 2.2, 1.1)
"""How dear a step is, by the type of its edge: claims say more than being named together (as in select.js)."""


@dataclass(frozen=True)
class Step:
    """An edge that may be walked either way."""

    type: int
    a: int
    b: int
    count: int


def shortest(
    steps: Mapping[int, Sequence[Step]], start: int, end: int, passes: Callable[[int], bool] = lambda _: True
) -> list[Step]:
    """Return the cheapest path in order, or nothing where there is none; all between the ends must pass."""
    cost = {start: 0.0}
    by: dict[int, Step] = {}
    done: set[int] = set()
    heap = [(0.0, start)]
    while heap:
        _, thing = heappop(heap)
        if thing == end:
            break
        if thing in done:
            continue
        done.add(thing)
        for step in steps.get(thing, ()):
            other = step.b if step.a == thing else step.a
            if other in done or not (other == end or passes(other)):
                continue
            price = cost[thing] + COST[step.type]
            if price < cost.get(other, float("inf")):
                cost[other], by[other] = price, step
                heappush(heap, (price, other))
    path: list[Step] = []
    at = end
    while at != start and at in by:
        path.append(by[at])
        at = by[at].b if by[at].a == at else by[at].a
    return path[::-1] if at == start else []
