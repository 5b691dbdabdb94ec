"""The citation graph: against networkx and against the matrices that define co-citation and coupling."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from networkx.algorithms.link_analysis.pagerank_alg import _pagerank_python

from kgraph.graph.citations import citation_graph, co_citation, coupling, pagerank
from kgraph.model import Citation, Knowledge, Paper

LETTERS = "abcdefgh"


def knowledge(pairs: list[tuple[str, str]], inside: str = "abcde", outside: str = "fg") -> Knowledge:
    papers = [Paper(f"paper/{n}", n.upper(), "x", n, year=2020 + i, records=("r",)) for i, n in enumerate(inside)]
    papers += [Paper(f"paper/{n}", n.upper(), "", n) for n in outside]
    edges = tuple(Citation(f"paper/{a}", f"paper/{b}") for a, b in sorted(set(pairs)) if a != b)
    return Knowledge(papers=tuple(papers), citations=edges)


pairs = st.lists(st.tuples(st.sampled_from(LETTERS), st.sampled_from(LETTERS)), max_size=40)


@given(pairs)
def test_pagerank_is_that_of_networkx(chosen: list[tuple[str, str]]) -> None:
    known = knowledge(chosen)
    ranks = pagerank(known)
    expected = _pagerank_python(citation_graph(known), tol=1e-12, max_iter=1000)  # type: ignore[no-untyped-call]
    assert ranks == pytest.approx(expected, abs=1e-7)
    assert sum(ranks.values()) == pytest.approx(1)
    assert list(ranks.values()) == pytest.approx(sorted(ranks.values(), reverse=True), abs=1e-11)


@given(pairs)
def test_pairs_are_those_of_the_matrices(chosen: list[tuple[str, str]]) -> None:
    known = knowledge(chosen)
    graph = citation_graph(known)
    order = sorted(graph)
    inside = [i for i, n in enumerate(order) if graph.nodes[n]["inside"]]
    matrix = nx.to_numpy_array(graph, nodelist=order, weight=None)
    for found, product in (
        (co_citation(known, least=1), matrix.T @ matrix),
        (coupling(known, least=1), matrix @ matrix.T),
    ):
        expected = {(order[i], order[j], int(product[i, j])) for i in inside for j in inside if i < j and product[i, j]}
        assert set(found) == expected
        assert found == sorted(found, key=lambda row: (-row[2], row[0], row[1]))


def test_the_graph_tells_papers_light_papers_and_placeholders_apart() -> None:
    graph = citation_graph(knowledge([("a", "b"), ("a", "f"), ("h", "a")]))
    assert graph.nodes["paper/a"] == {"label": "A", "inside": True, "year": 2020}
    assert graph.nodes["paper/f"] == {"label": "F", "inside": False}
    assert graph.nodes["paper/h"] == {"label": "paper/h", "inside": False}
    assert set(graph.edges) == {("paper/a", "paper/b"), ("paper/a", "paper/f"), ("paper/h", "paper/a")}


def test_nothing_is_nothing() -> None:
    assert pagerank(Knowledge()) == {}
    assert co_citation(Knowledge()) == coupling(Knowledge()) == []
    assert pagerank(knowledge([]))["paper/a"] == pytest.approx(1 / 7)
    assert np.isfinite(list(pagerank(knowledge([("a", "b")])).values())).all()
