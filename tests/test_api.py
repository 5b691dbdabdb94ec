"""kgraph from Python: what a notebook uses."""

import subprocess
import sys
from pathlib import Path

import pytest

import kgraph
from kgraph.api import Graph
from kgraph.errors import GraphError, QueryError
from kgraph.export.registry import Build
from kgraph.model import Entity, Paper
from kgraph.query import store
from tests.toy import toy


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph(Build(toy()))


def test_importing_kgraph_is_cheap() -> None:
    code = "import kgraph, sys; print(sorted(m for m in sys.modules if m.startswith('kgraph.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['kgraph.version']"


def test_what_it_offers() -> None:
    assert {"build", "load", "extract_text", "Graph", "__version__"} == set(dir(kgraph))
    assert kgraph.build is kgraph.api.build
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = kgraph.nonsense


def test_named_queries_give_python_values(graph: Graph) -> None:
    rows = graph.query("beats", loser="Tidal")
    assert {row["winnerLabel"] for row in rows} >= {"Tidal-2"}
    assert {type(row["own"]) for row in rows} == {bool}


def test_sparql_gives_python_values(graph: Graph) -> None:
    text = """
        PREFIX kg: <https://w3id.org/kgraph/ns#>
        SELECT ?low ?missing { ?c kg:factorLow ?low . OPTIONAL { ?c kg:none ?missing } } ORDER BY ?low"""
    rows = graph.query(text)
    assert [row["low"] for row in rows] == sorted(row["low"] for row in rows)
    assert all(isinstance(row["low"], float) for row in rows)
    assert {row["missing"] for row in rows} == {None}
    assert graph.query("ASK { ?s ?p ?o }") == [{"answer": True}]


def test_a_query_can_not_reach_out(graph: Graph) -> None:
    with pytest.raises(QueryError):
        graph.query("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    with pytest.raises(QueryError):
        graph.query("no-such-query")


def test_things_are_found_by_their_names(graph: Graph) -> None:
    (entity,) = graph.find("tidal")
    assert isinstance(entity, Entity)
    assert (entity.id, entity.kind) == ("system/tidal", "system")
    (paper,) = graph.find("https://arxiv.org/abs/2309.00002v1")
    assert isinstance(paper, Paper)
    assert paper.arxiv == "2309.00002"
    assert graph.find("no such thing at all") == ()


def test_networkx_and_rdflib(graph: Graph) -> None:
    assert graph.to_networkx().has_edge("system/orca", "hardware/a100")
    assert len(graph.to_rdflib()) == len(graph.query("SELECT * { ?s ?p ?o }"))


def test_write_and_load(graph: Graph, tmp_path: Path) -> None:
    assert kgraph.load(graph.write(tmp_path / "out")).knowledge == graph.knowledge
    with pytest.raises(GraphError, match="no graph here"):
        kgraph.load(tmp_path)


def test_a_big_graph_is_asked_in_the_store_that_is_kept(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = graph.query("beats", loser="Tidal")
    out = graph.write(tmp_path / "out")
    monkeypatch.setattr(store, "BIG", 1)
    loaded, late = kgraph.load(out), kgraph.load(out)
    assert loaded._opened.names is not None
    assert loaded.query("beats", loser="Tidal") == rows
    (out / "build.json").write_text("{}")  # another build stands there now
    assert late._opened.names is None
    assert late.query("beats", loser="Tidal") == rows


def test_extract_text() -> None:
    found = kgraph.extract_text("Kite: Fast Serving", "We present Kite. Kite is 2x faster than vLLM on A100 GPUs.")
    names = {mention.name for mention in found.mentions}
    assert {"vLLM", "A100"} <= names
    assert repr(Graph(Build(toy()))) == "<kgraph.Graph: 8 papers, 12 entities, 23 relations>"
