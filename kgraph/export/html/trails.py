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


@dataclass(frozen=True)
class Filters:
    """What a path may go over, as the page's filters say: kinds and types by number, claims of these years and surer
    than `sure`, steps for which at least `least` statements stand; a year of 0 sets no bound."""

    kinds: frozenset[int] = frozenset(range(5))
    types: frozenset[int] = frozenset(range(len(COST)))
    hidden: frozenset[int] = frozenset()
    since: int = 0
    until: int = 0
    sure: float = 0.0
    least: int = 1

    def within(self, year: int) -> bool:
        """Whether a paper of this year passes; one of unknown year (0) only where no bound is set."""
        return not (self.since or self.until) or 0 < max(self.since, 1) <= year <= (self.until or 9999)


def shortest(
    steps: Mapping[int, Sequence[Step]],
    start: int,
    end: int,
    passes: Callable[[int], bool] = lambda _: True,
    walks: Callable[[Step], bool] = lambda _: True,
) -> list[Step]:
    """Return the cheapest path in order, or nothing where there is none; all things between the ends and all steps
    must pass."""
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
            if other in done or not (other == end or passes(other)) or not walks(step):
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
