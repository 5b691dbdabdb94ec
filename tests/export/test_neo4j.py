"""neo4j/: read back by another CSV reader, it is the graph that networkx has, hostile texts included."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import networkx as nx
import pytest

from kgraph.cli import main
from kgraph.export.neo4j import ARGUMENTS, EDGES, NODES, write_neo4j
from kgraph.export.registry import Build
from kgraph.graph import networks
from kgraph.graph.terms import clean
from tests.toy import toy

TYPES: dict[str, Callable[[str], Any]] = {
    "string": str,
    "long": int,
    "double": float,
    "boolean": lambda text: {"true": True, "false": False}[text],
    "string[]": lambda text: tuple(text.split(";")),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("build") / "neo4j"
    write_neo4j(Build(toy(hostile=True)), made)
    return made


def table(path: Path) -> list[dict[str, str | None]]:
    """The rows as DuckDB's CSV reader has them, strictly by RFC 4180; an empty unquoted cell is None."""
    options = "header=true, all_varchar=true, delim=',', quote='\"', escape='\"', strict_mode=true, auto_detect=false"
    with path.open(encoding="utf-8", newline="") as file:
        names = file.readline().rstrip("\r\n").split(",")
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    with duckdb.connect() as database:
        found = database.execute(f"SELECT * FROM read_csv('{path}', {options}, columns={{{columns}}})").fetchall()
    return [dict(zip(names, row, strict=True)) for row in found]


def properties(row: dict[str, str | None]) -> dict[str, Any]:
    """The properties as Neo4j types them by the header: what is empty is no property."""
    split = [(name.split(":"), value) for name, value in row.items()]
    return {
        name: TYPES[type_](value) for (name, type_), value in split if name and type_ in TYPES and value is not None
    }


def read(folder: Path) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    for kind, (name, labels, _) in NODES.items():
        for row in table(folder / name):
            assert row[":LABEL"] == labels
            assert row["id:ID"] not in graph
            graph.add_node(row["id:ID"], kind=kind, **properties(row))
    for type_, (name, written, _) in EDGES.items():
        for row in table(folder / name):
            assert row[":TYPE"] == written
            assert row[":START_ID"] in graph
            assert row[":END_ID"] in graph
            attributes = properties(row)
            graph.add_edge(row[":START_ID"], row[":END_ID"], attributes.pop("key"), type=type_, **attributes)
    return graph


def written(value: Any) -> Any:
    """A value as it can be written: characters that no syntax holds replaced, `;` kept out of lists."""
    if isinstance(value, tuple):
        return tuple(clean(each).replace(";", ",") for each in value)
    return clean(value) if isinstance(value, str) else value


def test_what_is_read_back_is_the_graph(folder: Path) -> None:
    found, expected = read(folder), networks.to_networkx(toy(hostile=True))
    nodes = {clean(id_): {k: written(v) for k, v in data.items()} for id_, data in expected.nodes(data=True)}
    assert dict(found.nodes(data=True)) == nodes
    edges = {(clean(a), clean(b), clean(key)): {k: written(v) for k, v in data.items()}
             for a, b, key, data in expected.edges(keys=True, data=True)}  # fmt: skip
    assert {(a, b, key): data for a, b, key, data in found.edges(keys=True, data=True)} == edges
    said = {data["label"] for _, data in found.nodes(data=True)} | {d.get("quote") for *_, d in found.edges(data=True)}
    assert any("\n" in text for text in said if text)
    assert any('"' in text for text in said if text)


def test_every_file_is_named_for_the_import(folder: Path) -> None:
    said = (folder / ARGUMENTS).read_text(encoding="utf-8").split()
    assert said[0] == "--multiline-fields=true"
    assert {argument.split("=")[1] for argument in said[1:]} | {ARGUMENTS} == {path.name for path in folder.iterdir()}


def test_every_edge_and_node_has_columns_in_its_file() -> None:
    for _, _, names in NODES.values():
        assert set(names) <= networks.NODE_ATTRIBUTES.keys()
    for _, _, names in EDGES.values():
        assert set(names) <= networks.EDGE_ATTRIBUTES.keys()


def test_a_build_writes_it_when_asked_a_rebuild_again_and_another_build_takes_it_away(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"title": "Zed: a server", "abstract": "Zed runs on A100."}), encoding="utf-8")
    build = ["build", str(source), "-o", str(tmp_path / "out"), "--quiet"]
    assert main([*build, "--neo4j"]) == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "out" / "neo4j").iterdir()}
    assert b"zed" in before["systems.csv"].lower()
    (tmp_path / "out" / "neo4j" / "systems.csv").unlink()
    assert main(["rebuild", "-o", str(tmp_path / "out"), "--force", "--quiet"]) == 0
    assert {path.name: path.read_bytes() for path in (tmp_path / "out" / "neo4j").iterdir()} == before
    assert main(build) == 0
    assert not (tmp_path / "out" / "neo4j").exists()
