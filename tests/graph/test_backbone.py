"""The disparity filter and the communities, against figures worked out by hand and an outside oracle."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.graph.backbone import communities, disparity


def test_disparity_by_hand() -> None:
    # the hub 0 has strength 10 over 3 edges: (1 - 8/10)^2 = 0.04, (1 - 1/10)^2 = 0.81; leaves say nothing
    assert disparity([(0, 1, 8.0), (0, 2, 1.0), (0, 3, 1.0)]) == [0.04, 0.81, 0.81]
    assert disparity([(0, 1, 5.0)]) == [1.0]
    assert disparity([]) == []


def test_equal_weights_are_what_chance_expects() -> None:
    ring = [(i, (i + 1) % 6, 2.0) for i in range(6)]
    assert disparity(ring) == [0.5] * 6


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(10, 19), st.floats(0.5, 9)), unique_by=lambda e: e[:2]))
def test_disparity_is_a_probability_and_scale_does_not_matter(edges: list[tuple[int, int, float]]) -> None:
    found = disparity(edges)
    assert all(0 <= p <= 1 for p in found)
    assert disparity([(a, b, w * 4) for a, b, w in edges]) == pytest.approx(found, abs=1e-4)


def test_communities_of_two_cliques() -> None:
    network = nx.barbell_graph(6, 0)
    edges = [(a, b, 1.0) for a, b in network.edges]
    assert communities(edges) == [[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11]]
    assert communities(list(reversed([(b, a, w) for a, b, w in edges]))) == communities(edges)
