"""The pages, and who may see them."""

import json
import shutil
from pathlib import Path

import pytest

from kgraph.query.named import named
from tests.serve.conftest import Server, started


def test_the_explorer_is_the_exported_file_where_there_are_no_tables(export: Path, tmp_path: Path) -> None:
    for name in ("graph.html", "graph.nq"):
        shutil.copy(export / name, tmp_path / name)
    with started(tmp_path, "--workers", "1") as running:
        answer = running.get("")
    assert answer.media_type == "text/html"
    assert answer.body == (export / "graph.html").read_bytes()


@pytest.mark.parametrize("path", ["query", "page/query.js", "page/query.css", "queries", "sparql", "ontology"])
def test_every_answer_forbids_sniffing(server: Server, path: str) -> None:
    answer = server.get(path)
    assert answer.status == 200
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_query_page_may_load_nothing_from_elsewhere(server: Server) -> None:
    answer = server.get("query")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    for name in ("query", "page/query.js", "page/query.css"):
        assert b"//cdn" not in server.get(name).body


def test_the_ontology_is_explained(server: Server) -> None:
    answer = server.get("ontology")
    assert answer.media_type == "text/html"
    assert 'id="Comparison"' in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200), ("localhost:8000", 200), ("127.0.0.1:1", 200), ("[::1]:80", 200), ("LOCALHOST", 200),
        ("evil.example", 400), ("localhost.evil.example", 400), ("10.0.0.1", 400), ("", 400), ("[::1", 400),
    ],
)  # fmt: skip
def test_only_known_names_are_answered(server: Server, host: str, status: int) -> None:
    assert server.get("queries", {"Host": host}).status == status


@pytest.mark.parametrize("path", ["nope", "page/..%2f..%2fapp.py", "page/query.html", "page/../app.py", "graph.nq"])
def test_nothing_else_is_served(server: Server, path: str) -> None:
    answer = server.get(path)
    assert answer.status == 404
    assert answer.media_type == "text/plain"


def test_named_queries_are_listed_and_bound(server: Server) -> None:
    listed = json.loads(server.get("queries").body)
    assert [query["name"] for query in listed["queries"]] == list(named())
    assert listed["explorer"] is True
    assert server.get("queries/builds-on", system='Ti"dal\\').status == 400
    text = server.get("queries/beats", metric='Ti"dal\\').text
    assert 'VALUES ?metricParam { "Ti\\"dal\\\\" }' in text
    assert server.get("queries/builds-on").status == 400
    assert server.get("queries/nope").status == 404
    bound = server.get("queries/builds-on", system="tidal").text
    assert len(server.bindings(bound)) == 2
