"""Queries that are shown can be pasted elsewhere, columns keep the order of the text, and every format can be piped."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Quad, QuerySolutions, RdfFormat, Store, parse
from rdflib.plugins.sparql import prepareQuery

from kgraph.cli import main
from kgraph.export.rdf import write_nquads
from kgraph.export.registry import Build
from kgraph.graph.iris import PREFIXES
from kgraph.graph.triples import triples
from kgraph.query.columns import spelled_out, star
from kgraph.query.engine import ask, run
from kgraph.query.formats import rows
from kgraph.query.named import Query, named
from kgraph.query.named import parse as parse_query
from tests.query.test_named import example
from tests.toy import toy

QUERIES = list(named().values())


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("query") / "graph.nq"
    write_nquads(Build(toy()), path)
    return str(path)


@pytest.fixture(scope="module")
def store() -> Store:
    made = Store()
    made.extend(Quad(t.subject, t.predicate, t.object) for t in triples(toy()))
    return made


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["query", *arguments, "--show"]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_a_shown_query_runs_elsewhere_with_the_same_rows(
    query: Query, graph: str, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    values = example(query)
    text = shown(capsys, query.name, "--graph", graph, *(f"-p{k}={v}" for k, v in values.items()))
    prepareQuery(text)  # rdflib, without any prefixes of ours
    assert list(map(str, rows(ask(store, text)).rows)) == list(map(str, rows(run(store, query, values)).rows))
    for parameter in query.parameters:
        said = (
            f"{parameter.name} = {values[parameter.name]}" if parameter.name in values else f"{parameter.name}: not set"
        )
        assert f"# {said}" in text


def test_showing_needs_a_graph_only_for_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nowhere = str(tmp_path / "nowhere")
    assert "?system" in shown(capsys, "builds-on", "--graph", nowhere)
    assert "COALESCE(?age, 3)" in shown(capsys, "stale-baselines", "--graph", nowhere)
    assert main(["query", "builds-on", "-psystem=Tidal", "--graph", nowhere, "--show"]) == 1


def test_prefixes_that_kgraph_knows_are_declared_where_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "mine.rq"
    mine.write_text(
        "PREFIX kg: <https://example.org/>\nSELECT ?x { ?x a kg:System ; skos:prefLabel 'cito:x' }", "utf-8"
    )
    text = shown(capsys, str(mine))
    assert text.count("PREFIX") == 2
    assert f"PREFIX skos: <{PREFIXES['skos']}>" in text


def test_no_value_ends_its_comment(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, "beats", "-pmetric=a\n} DROP ALL #\r\u2028x", "--graph", str(tmp_path))
    assert all(line.startswith("#") for line in text.splitlines()[:9])
    prepareQuery(text)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("SELECT * { ?z ?b ?a }", "z b a"),
        ("SELECT DISTINCT * { ?z ?b ?a OPTIONAL { $z <x:q> ?c } }", "z b a c"),
        ("PREFIX a: <x:> # SELECT ?q\nselect*{ ?y a:p ?x . { SELECT ?m ?y { ?y ?n ?m } } }", "y x m"),
        ("SELECT ?a ?z { ?z ?b ?a }", "a z"),
        ("SELECT (COUNT(*) AS ?n) { ?z ?b ?a }", "n"),
        ("SELECT * { }", ""),
    ],
)
def test_columns_come_as_the_text_names_them(store: Store, text: str, columns: str) -> None:
    answer = ask(store, text, PREFIXES)
    assert isinstance(answer, QuerySolutions)
    assert [variable.value for variable in answer.variables] == columns.split()


def test_a_parameter_does_not_come_first_because_it_was_bound(store: Store) -> None:
    query = parse_query("mine", "SELECT * { ?b skos:prefLabel ?name }")
    assert rows(run(store, query, {"name": "Tidal"})).columns == ("b", "name")


@given(st.permutations(["zeta", "alpha", "Mid", "b2"]))
def test_any_order_is_kept(names: list[str]) -> None:
    text = f"SELECT REDUCED * WHERE {{ VALUES ({' '.join(f'?{n}' for n in names)}) {{ (1 2 3 4) }} }}"
    found = rows(ask(Store(), text))
    assert list(found.columns) == names
    assert [str(getattr(cell, "value", "")) for cell in found.rows[0]] == ["1", "2", "3", "4"]


def test_a_star_elsewhere_is_no_star() -> None:
    for text in ("ASK { ?s ?p* ?o }", "SELECT ?s { { SELECT * { ?s ?p ?o } } }", "CONSTRUCT WHERE { ?s ?p ?o }"):
        assert star(text) is None
        assert spelled_out(text, ["a"], text) == text


@pytest.mark.parametrize("format_", ["table", "csv", "tsv", "json", "ttl"])
def test_only_the_answer_goes_to_standard_output(graph: str, format_: str) -> None:
    query = "CONSTRUCT { ?s kg:runsOn ?o } { ?s kg:runsOn ?o }" if format_ == "ttl" else "SELECT * { ?s kg:runsOn ?o }"
    command = [sys.executable, "-m", "kgraph", "query", "-", "--graph", graph, "--format", format_]
    done = subprocess.run(command, input=query, capture_output=True, text=True, timeout=60, check=True)
    out = done.stdout
    assert out.endswith("\n")
    count = {
        "table": lambda: len(out.splitlines()) - 2,
        "csv": lambda: len(list(csv.reader(io.StringIO(out)))) - 1,
        "tsv": lambda: len(out.splitlines()) - 1,
        "json": lambda: len(json.loads(out)["results"]["bindings"]),
        "ttl": lambda: len(list(parse(input=out, format=RdfFormat.TURTLE))),
    }[format_]()
    assert count == 6
    if format_ == "ttl":
        assert "@prefix kg: " in out
        assert " kg:runsOn <" in out


def test_tsv_is_exact(graph: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "mine.rq"
    for query, lines in (
        ("SELECT ('=a\\tb\\nc' AS ?x) {}", ["?x", '"=a\\tb\\nc"']),
        ("ASK {}", ["true"]),
        ("CONSTRUCT { <x:s> <x:p> 'a\\tb' } {}", ["?subject\t?predicate\t?object", '<x:s>\t<x:p>\t"a\\tb"']),
    ):
        mine.write_text(query, encoding="utf-8")
        assert main(["query", str(mine), "--graph", graph, "--format", "tsv"]) == 0
        assert capsys.readouterr().out.splitlines() == lines
