"""graph.graphml and graph.json: networkx, as an outside reader, gets back the graph that was written."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest

from kgraph.export.graphml import write_graphml
from kgraph.export.nodelink import write_nodelink
from kgraph.export.registry import Build
from kgraph.graph.networks import to_networkx
from kgraph.graph.terms import clean
from tests.toy import toy

# how XML Schema writes what GraphML calls these types
WRITTEN = {
    "boolean": re.compile(r"true|false"),
    "long": re.compile(r"[+-]?\d+"),
    "double": re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?"),
    "string": re.compile(r".*", re.DOTALL),
}
SURROGATES = re.compile("[\ud800-\udfff]")


def scalar(value: Any, joined: bool) -> Any:
    """Return what the file should hold: JSON can hold all but lone surrogates, XML less."""
    if joined:
        value = " | ".join(value) if isinstance(value, tuple) else value
        return clean(value) if isinstance(value, str) else value
    if isinstance(value, tuple):
        return [SURROGATES.sub("\ufffd", item) for item in value]
    return SURROGATES.sub("\ufffd", value) if isinstance(value, str) else value


def expected(hostile: bool, joined: bool) -> tuple[dict[str, Any], dict[Any, Any]]:
    graph = to_networkx(toy(hostile=hostile))
    nodes = {n: {k: scalar(v, joined) for k, v in d.items()} for n, d in graph.nodes(data=True)}
    edges = {
        (a, b, k): {n: scalar(v, joined) for n, v in d.items()} for a, b, k, d in graph.edges(keys=True, data=True)
    }
    return nodes, edges


@pytest.mark.parametrize("hostile", [False, True])
def test_graphml_reads_back(tmp_path: Path, hostile: bool) -> None:
    path = tmp_path / "graph.graphml"
    write_graphml(Build(toy(hostile=hostile)), path)
    graph = nx.read_graphml(path, force_multigraph=True)
    edges = {(a, b, k): {n: v for n, v in d.items() if n != "id"} for a, b, k, d in graph.edges(keys=True, data=True)}
    assert (dict(graph.nodes(data=True)), edges) == expected(hostile, joined=True)


def test_graphml_holds_only_declared_scalars(tmp_path: Path) -> None:
    """What Gephi asks for: no None, no list, every key declared, values of its type, every end of an edge a node."""
    path = tmp_path / "graph.graphml"
    write_graphml(Build(toy(hostile=True)), path)
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = ElementTree.parse(path).getroot()
    declared = {key.get("id"): str(key.get("attr.type")) for key in root.iter(f"{space}key")}
    texts = [(data.get("key"), data.text) for data in root.iter(f"{space}data")]
    assert {key for key, _ in texts} <= declared.keys()
    for key, text in texts:
        assert WRITTEN[declared[key]].fullmatch(text or ""), (key, text)
    assert {declared[key] for key, _ in texts} == WRITTEN.keys()
    assert not [text for _, text in texts if text in (None, "", "None") or str(text).startswith(("[", "("))]
    nodes = {node.get("id") for node in root.iter(f"{space}node")}
    assert all({edge.get("source"), edge.get("target")} <= nodes for edge in root.iter(f"{space}edge"))


@pytest.mark.parametrize("hostile", [False, True])
def test_node_link_reads_back(tmp_path: Path, hostile: bool) -> None:
    path = tmp_path / "graph.json"
    write_nodelink(Build(toy(hostile=hostile)), path)
    graph = nx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="edges")
    assert isinstance(graph, nx.MultiDiGraph)
    edges = {(a, b, k): d for a, b, k, d in graph.edges(keys=True, data=True)}
    assert (dict(graph.nodes(data=True)), edges) == expected(hostile, joined=False)
