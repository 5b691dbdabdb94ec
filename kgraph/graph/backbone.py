"""Which co-mentions carry meaning, and which things belong together.

The disparity filter (Serrano, Boguñá and Vespignani 2009) keeps an edge when its weight is surprising for one of its
ends; communities are those of the Louvain method (Blondel et al. 2008).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

Edge = tuple[int, int, float]


def disparity(edges: Sequence[Edge]) -> list[float]:
    """Return for each edge the probability that chance alone gives one of its ends so heavy an edge, in [0, 1].

    With strength s and degree k of an end, alpha = (1 - w/s)^(k - 1); the smaller of both ends' counts. An end of
    degree one says nothing about its edge (its alpha is 1). Rounded to 4 places, so that tables stay small.
    """
    strength: Counter[int] = Counter()
    degree: Counter[int] = Counter()
    for a, b, w in edges:
        for end in (a, b):
            strength[end] += w  # type: ignore[assignment]
            degree[end] += 1
    return [round(min((1 - w / strength[end]) ** (degree[end] - 1) for end in (a, b)), 4) for a, b, w in edges]


def communities(edges: Sequence[Edge]) -> list[list[int]]:
    """Return groups of nodes that are linked more closely than by chance, largest first, each sorted.

    Nodes are integers, so that neither the hash seed nor the order of the edges changes the result.
    """
    import networkx as nx

    network = nx.Graph()
    network.add_nodes_from(sorted({end for a, b, _ in edges for end in (a, b)}))
    network.add_weighted_edges_from(sorted((min(a, b), max(a, b), w) for a, b, w in edges))
    found = nx.community.louvain_communities(network, weight="weight", seed=1)
    return sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))
