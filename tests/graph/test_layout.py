"""The layout: the same for the same network, apart where things must be apart, near where they belong together."""

import os
import subprocess
import sys
import time

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.graph.layout import Edge, layout

edge_lists = st.lists(
    st.tuples(st.integers(0, 24), st.integers(0, 24), st.floats(0.1, 9)).filter(lambda e: e[0] != e[1]), max_size=50
)


def spread(places: np.ndarray, pairs: list[tuple[int, int]]) -> float:
    return float(np.mean([np.hypot(*(places[a] - places[b])) for a, b in pairs]))


@settings(max_examples=25)
@given(edge_lists)
def test_every_node_has_its_own_finite_place(edges: list[Edge]) -> None:
    places = layout(25, edges)
    assert places.shape == (25, 2)
    assert np.isfinite(places).all()
    apart = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1)) + np.eye(25) * 9
    assert apart.min() > 0.05


@settings(max_examples=15)
@given(edge_lists)
def test_components_do_not_mix(edges: list[Edge]) -> None:
    places = layout(25, edges)
    network = nx.Graph([(a, b) for a, b, _ in edges])
    network.add_nodes_from(range(25))
    groups = [sorted(g) for g in nx.connected_components(network)]
    for i, one in enumerate(groups):
        for other in groups[:i]:
            gap = np.hypot(*(places[one][:, None] - places[other][None]).transpose(2, 0, 1)).min()
            assert gap > 0.3


def test_linked_things_stand_nearer_than_others() -> None:
    network = nx.karate_club_graph()
    edges = [(a, b, 1.0) for a, b in network.edges]
    places = layout(len(network), edges)
    others = [(a, b) for a in network for b in network if a < b and not network.has_edge(a, b)]
    assert spread(places, list(network.edges)) < 0.6 * spread(places, others)


def test_same_network_same_places_whatever_the_hash_seed_and_the_threads() -> None:
    code = (
        "import networkx as nx; from kgraph.graph.layout import layout;"
        "n = nx.barabasi_albert_graph(900, 2, seed=3);"
        "print(layout(900, [(a, b, 1.0) for a, b in n.edges]).round(6).tobytes().hex()[:4000])"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": s, "OPENBLAS_NUM_THREADS": s},
            capture_output=True,
            check=True,
        )
        for s in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout


def test_a_graph_of_the_usual_size_takes_under_two_seconds() -> None:
    network = nx.barabasi_albert_graph(1200, 3, seed=1)
    edges = [(a, b, 1.0) for a, b in network.edges]
    began = time.process_time()
    layout(1200, edges)
    assert time.process_time() - began < 2


@pytest.mark.parametrize("count", [0, 1, 2, 30])
def test_nothing_to_lay_out(count: int) -> None:
    assert layout(count, []).shape == (count, 2)
