"""Where nodes stand: a deterministic layout of a network, computed once at build time.

Connected components are laid out by forces (Fruchterman and Reingold 1991) from pivot multidimensional scaling as the
starting point (Brandes and Pich 2006), then packed around the origin as sets of grid cells (Freivalds et al. 2002).
No random numbers, no iteration over sets of strings: the same network gives the same coordinates.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Edge = tuple[int, int, float]

EXACT = 700
"""Up to this many nodes all pairs repel each other; past it, nodes are repelled by the cells of a grid."""
CELL = 0.75
"""Side of a packing cell, as a share of the ideal edge length."""
GRID = 24
"""Cells along each side of the grid that repels."""
PIVOTS = 24
"""Nodes from which distances are measured for the start, at most."""


def layout(count: int, edges: Sequence[Edge], *, iterations: int = 90, aspect: float = 1.5) -> Floats:
    """Return coordinates of nodes 0 .. `count` - 1, an array of shape (count, 2) in units of one ideal edge.

    `edges` are (a, b, weight) with weights > 0; heavier edges are drawn shorter. Components are packed in the order of
    their total weight, the heaviest in the middle, into a shape `aspect` times as wide as high.
    """
    places = np.zeros((count, 2))
    if count == 0:
        return places
    near = _adjacency(count, edges)
    components = _components(near)
    weight = _component_weights(components, edges, count)
    large = [c for c in components if len(c) > EXACT // 2]
    for component in large:
        _settle([component], near, edges, places, iterations)
    for batch in _batches([c for c in components if 1 < len(c) <= EXACT // 2]):
        _settle(batch, near, edges, places, iterations)
    order = sorted(range(len(components)), key=lambda i: (-weight[i], components[i][0]))
    _pack([components[i] for i in order], near, places, aspect)
    return places


def _adjacency(count: int, edges: Sequence[Edge]) -> list[list[int]]:
    near: list[set[int]] = [set() for _ in range(count)]
    for a, b, _ in edges:
        if a != b:
            near[a].add(b)
            near[b].add(a)
    return [sorted(n) for n in near]


def _components(near: list[list[int]]) -> list[list[int]]:
    """Return the connected components, each sorted, in the order of their first node."""
    seen = [False] * len(near)
    found = []
    for start in range(len(near)):
        if seen[start]:
            continue
        seen[start] = True
        component, queue = [start], deque([start])
        while queue:
            for other in near[queue.popleft()]:
                if not seen[other]:
                    seen[other] = True
                    component.append(other)
                    queue.append(other)
        found.append(sorted(component))
    return found


def _component_weights(components: list[list[int]], edges: Sequence[Edge], count: int) -> list[float]:
    home = np.zeros(count, dtype=np.int64)
    for i, component in enumerate(components):
        home[component] = i
    total = [0.0] * len(components)
    for a, _, w in edges:
        total[int(home[a])] += w
    return total


def _batches(components: list[list[int]]) -> list[list[list[int]]]:
    """Group small components so that one run of forces serves several."""
    batches: list[list[list[int]]] = []
    size = EXACT
    for component in components:
        if size + len(component) > EXACT:
            batches.append([])
            size = 0
        batches[-1].append(component)
        size += len(component)
    return batches


def _pivot_start(component: list[int], near: list[list[int]]) -> Floats:
    """Return starting coordinates of one component: pivot MDS on hop distances."""
    index = {node: i for i, node in enumerate(component)}
    n = len(component)
    nearest = np.full(n, np.inf)
    pivot = max(range(n), key=lambda i: (len(near[component[i]]), -i))
    columns: list[Floats] = []
    for _ in range(min(PIVOTS, n)):
        hops = np.full(n, -1.0)
        hops[pivot] = 0
        queue = deque([component[pivot]])
        while queue:
            node = queue.popleft()
            step = hops[index[node]] + 1
            for other in near[node]:
                at = index[other]
                if hops[at] < 0:
                    hops[at] = step
                    queue.append(other)
        columns.append(hops)
        nearest = np.minimum(nearest, hops)
        pivot = int(np.argmax(nearest))
    squared = np.stack(columns, axis=1) ** 2
    centred = squared - squared.mean(0) - squared.mean(1, keepdims=True) + squared.mean()
    # einsum and not @, whose sums depend on how many threads the linear algebra library uses
    _, vectors = np.linalg.eigh(np.einsum("ij,ik->jk", centred, centred))
    axes = vectors[:, ::-1][:, :2]
    if axes.shape[1] < 2:
        axes = np.pad(axes, ((0, 0), (0, 2 - axes.shape[1])))
    signs = np.where(axes[np.abs(axes).argmax(0), range(2)] < 0, -1.0, 1.0)
    spot = -np.einsum("ij,jk->ik", centred, axes * signs)
    scale = np.sqrt((spot**2).sum(1).mean()) or 1.0
    turn = np.arange(n) * 2.399963  # the golden angle parts nodes that all pivots see alike
    jitter = np.stack([np.cos(turn), np.sin(turn)], axis=1) * (0.05 + 0.3 * np.arange(n)[:, None] / n)
    return np.asarray(spot / scale * np.sqrt(n) * 0.5 + jitter, dtype=np.float64)


def _settle(
    batch: list[list[int]], near: list[list[int]], edges: Sequence[Edge], places: Floats, iterations: int
) -> None:
    """Run forces over some components at once (they don't feel each other) and write their `places`."""
    nodes = [node for component in batch for node in component]
    index = {node: i for i, node in enumerate(nodes)}
    spot = np.concatenate([_pivot_start(component, near) for component in batch])
    home = np.repeat(np.arange(len(batch)), [len(c) for c in batch])
    links = [(index[a], index[b], w) for a, b, w in edges if a in index and a != b]
    ends = np.array([(a, b) for a, b, _ in links], dtype=np.int64).reshape(-1, 2)
    pull = np.array([w for _, _, w in links])
    pull = np.sqrt(pull / pull.mean())[:, None]
    crowd = np.maximum(1.0, np.bincount(ends.ravel(), minlength=len(nodes)) ** 0.5)
    heat = max(0.6, 0.12 * np.sqrt(len(nodes) / len(batch)))
    for turn in range(iterations):
        force = _repulsion(spot, home, crowd, single=len(batch) == 1)
        gap = spot[ends[:, 1]] - spot[ends[:, 0]]
        tug = gap * np.sqrt((gap**2).sum(1, keepdims=True)) * pull
        for axis in (0, 1):
            force[:, axis] += np.bincount(ends[:, 0], tug[:, axis], len(nodes))
            force[:, axis] -= np.bincount(ends[:, 1], tug[:, axis], len(nodes))
        if len(batch) == 1:
            force -= 0.02 * np.sqrt(len(nodes)) * spot  # keeps long chains from wandering off
        length = np.sqrt((force**2).sum(1, keepdims=True)) + 1e-9
        limit = heat * (1 - turn / iterations) + 0.02
        spot += force / length * np.minimum(length * 0.3, limit)
    for component_index in range(len(batch)):
        mine = home == component_index
        spot[mine] -= (spot[mine].min(0) + spot[mine].max(0)) / 2
    places[nodes] = spot


def _repulsion(spot: Floats, home: NDArray[np.int64], crowd: Floats, *, single: bool) -> Floats:
    """Return the force on each node: 1/distance from every other node of its component, more from crowded ones."""
    sources, mass = spot, crowd
    if len(spot) > EXACT:
        sources, mass = _cells(spot, crowd)
    dx = spot[:, :1] - sources[:, 0]
    dy = spot[:, 1:] - sources[:, 1]
    strength = dx * dx
    strength += dy * dy
    strength += 0.01
    np.divide(mass, strength, out=strength)
    if not single:
        strength *= home[:, None] == home
    dx *= strength
    dy *= strength
    return np.stack([dx.sum(1), dy.sum(1)], axis=1) * np.sqrt(crowd)[:, None]


def _cells(spot: Floats, crowd: Floats) -> tuple[Floats, Floats]:
    """Return centres of gravity and masses of the occupied cells of a square grid over `spot`."""
    low, high = spot.min(0), spot.max(0)
    square = np.minimum(((spot - low) / (high - low + 1e-9) * GRID).astype(np.int64), GRID - 1)
    key = square[:, 0] * GRID + square[:, 1]
    mass: Floats = np.bincount(key, crowd, GRID * GRID).astype(np.float64)
    used = mass > 0
    centre = np.stack([np.bincount(key, crowd * spot[:, axis], GRID * GRID)[used] for axis in (0, 1)], axis=1)
    return centre / mass[used][:, None], mass[used]


def _pack(components: list[list[int]], near: list[list[int]], places: Floats, aspect: float) -> None:
    """Move components, in the given order, to free places as near to the origin as there are."""
    width = 1 << 14
    taken: set[int] = set()
    spiral = _spiral(aspect, 12 + int(3 * np.sqrt(len(places)) / CELL))
    tried: dict[int, int] = defaultdict(int)
    for component in components:
        own, margin = _covered(component, near, places, width)
        first = tried[len(margin)]
        for at in range(first, len(spiral)):
            x, y = spiral[at]
            shift = x * width + y
            if not any(cell + shift in taken for cell in margin):
                taken.update(cell + shift for cell in own)
                places[component] += np.array([x, y]) * CELL
                tried[len(margin)] = max(first, at - 4 * len(margin)) if len(component) < 4 else first
                break
        else:
            places[component] += np.array([spiral[-1][0] * CELL * 1.2, 0])


def _spiral(aspect: float, reach: int) -> list[tuple[int, int]]:
    grid = [(x, y) for x in range(-int(reach * aspect), int(reach * aspect) + 1) for y in range(-reach, reach + 1)]
    return sorted(grid, key=lambda p: ((p[0] / aspect) ** 2 + p[1] ** 2, p))


def _covered(component: list[int], near: list[list[int]], places: Floats, width: int) -> tuple[list[int], list[int]]:
    """Return the cells under a component's nodes and edges, and the same cells with a margin of one."""
    cells: set[tuple[int, int]] = set()
    for node in component:
        x, y = places[node] / CELL
        cells.add((round(x), round(y)))
        for other in near[node]:
            if other > node:
                u, v = places[other] / CELL
                steps = int(max(abs(u - x), abs(v - y))) + 1
                cells.update((round(x + (u - x) * i / steps), round(y + (v - y) * i / steps)) for i in range(steps))
    margin = {(x + i, y + j) for x, y in cells for i in (-2, -1, 0, 1, 2) for j in (-1, 0, 1)}
    return sorted(x * width + y for x, y in cells), sorted(x * width + y for x, y in margin)
