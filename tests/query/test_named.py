"""Every named query: its header, its golden answer, and the same rows in two engines.

`KGRAPH_GOLDEN=write pytest tests/query` writes the golden answers anew; read the difference before committing it.
"""

import os
from decimal import Decimal
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, Quad, QueryTriples, Store

from kgraph.graph.rdf import to_rdflib
from kgraph.graph.triples import triples
from kgraph.query.engine import base_of, bound, run
from kgraph.query.formats import rows, short, to_turtle
from kgraph.query.guard import check
from kgraph.query.named import ParameterType, Query, named
from kgraph.query.tokens import tokens
from tests.toy import toy

GOLDEN = Path(__file__).parent / "golden"
QUERIES = list(named().values())
TOY: dict[str, dict[str, str]] = {
    "beats": {"loser": "Tidal"},
    "builds-on": {"system": "Tidal"},
    "co-mentioned": {"system": "Tidal", "min": "2"},
    "compared-with": {"system": "Tidal"},
    "evidence": {"a": "Tidal", "b": "Orca"},
    "family": {"system": "A100-80GB"},
    "hardware-of": {"system": "Orca"},
    "lineage": {"system": "Tidal"},
    "mentions": {"system": "DriftKV"},
    "names": {"thing": "Apex"},
    "neighbourhood": {"system": "Tidal"},
    "paper": {"paper": "2309.00002"},
    "runs-on": {"hardware": "A100"},
}
"""Examples for the toy; the headers' own are for the embedded sample."""


def example(query: Query) -> dict[str, str]:
    return TOY.get(query.name, dict(query.example or {}))


@pytest.fixture(scope="module")
def store() -> Store:
    """The toy graph."""
    made = Store()
    made.extend(Quad(t.subject, t.predicate, t.object) for t in triples(toy()))
    return made


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    """The toy graph in the other engine."""
    return to_rdflib(toy())


def test_there_are_enough() -> None:
    assert len(QUERIES) >= 20


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_headers_are_complete_and_true(query: Query) -> None:
    assert query.title
    assert query.question.endswith((".", "?", ")"))
    assert query.example is not None
    assert set(query.example) <= {p.name for p in query.parameters}
    assert {p.name for p in query.parameters if p.required} <= set(query.example)
    assert all(p.about for p in query.parameters)
    check(query.text)
    used = {token.text[1:] for token in tokens(query.text) if token.kind == "var"}
    assert all(p.name in used or f"{p.name}Param" in used for p in query.parameters)
    # a parameter that is no entity and also a column would overwrite it
    plain = [p.name for p in query.parameters if p.type is not ParameterType.ENTITY]
    assert not {f"{name}Param" if f"{name}Param" in used else name for name in plain} & set(query.columns)


def cell(value: str) -> str:
    return value.replace("\t", " ").replace("\n", " ")


def table(store: Store, query: Query) -> str:
    """The answer to the example as lines, columns first."""
    answer = run(store, query, example(query))
    if isinstance(answer, QueryTriples):
        return to_turtle(answer, base_of(store)).decode()
    found = rows(answer)
    lines = ["\t".join(found.columns)]
    lines += ["\t".join(cell(short(term, base_of(store))) for term in row) for row in found.rows]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_golden_answers(store: Store, query: Query) -> None:
    golden = GOLDEN / f"{query.name}.txt"
    answer = table(store, query)
    if os.environ.get("KGRAPH_GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        golden.write_text(answer, encoding="utf-8")
    assert answer == golden.read_text(encoding="utf-8")
    if not answer.startswith("@"):
        assert tuple(answer.splitlines()[0].split("\t")) == query.columns


def comparable(value: object) -> str:
    """A cell as text that two engines agree on: numbers by value."""
    text = (
        ""
        if value is None
        else value.value
        if hasattr(value, "value") and not isinstance(value, rdflib.term.Node)
        else str(value)
    )
    numeric = isinstance(value, Literal | rdflib.Literal) and str(value.datatype).rstrip(">").endswith(
        ("integer", "decimal")
    )
    return str(Decimal(text).normalize()) if numeric else text


RUNS = [(q, example(q)) for q in QUERIES] + [
    (q, {}) for q in QUERIES if q.example and not any(p.required for p in q.parameters)
]


@pytest.mark.parametrize(("query", "values"), RUNS, ids=[f"{q.name}-{len(v)}" for q, v in RUNS])
def test_two_engines_agree(store: Store, graph: rdflib.Graph, query: Query, values: dict[str, str]) -> None:
    ours = sorted(tuple(map(comparable, row)) for row in rows(run(store, query, values)).rows)
    theirs = sorted(tuple(map(comparable, row)) for row in graph.query(bound(store, query, values)))  # type: ignore[arg-type]
    assert ours == theirs


@pytest.mark.parametrize("name", ["Tidal", "TIDAL", "tidal", "system/tidal"])
def test_entities_go_by_label_alias_and_id_in_any_case(store: Store, name: str) -> None:
    found = rows(run(store, named()["builds-on"], {"system": name}))
    assert [row[1].value for row in found.rows] == ["DriftKV", "Tidal-2"]  # type: ignore[union-attr]


def test_percents_are_no_factors(store: Store) -> None:
    """30 % is no thirtyfold: neither for whoever asks for factors, nor for `min` of beats."""
    query = "SELECT ?text { ?c kg:factorHigh ?high ; kg:valueText ?text } ORDER BY DESC(?high)"
    factors = rows(run(store, Query("factors", query)))
    assert [row[0].value for row in factors.rows] == ["36.9x", "2-4x", "1.5x", "1.2x"]  # type: ignore[union-attr]
    amounts = rows(run(store, Query("amounts", query.replace("factor", "amount"))))
    assert [row[0].value for row in amounts.rows] == ["up to 30%", "3 points"]  # type: ignore[union-attr]

    def values(**given: str) -> list[str]:
        found = rows(run(store, named()["beats"], given))
        return [row[found.columns.index("value")].value for row in found.rows]  # type: ignore[union-attr]

    assert values(min="2") == ["36.9x", "2-4x"]
    assert values(min="2", kind="percent") == ["up to 30%"]
    assert values(min="31", kind="percent") == []
