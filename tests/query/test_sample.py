"""The examples in the headers of the named queries, on the embedded sample: golden answers, and the same in rdflib.

`KGRAPH_GOLDEN=write pytest tests/query` writes the golden answers anew; read the difference before committing it.
"""

import os
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Quad, QueryTriples, Store

import kgraph
from kgraph.graph.rdf import to_rdflib
from kgraph.graph.triples import triples
from kgraph.model import Knowledge
from kgraph.query.engine import base_of, bound, run
from kgraph.query.formats import rows, short, to_turtle
from kgraph.query.named import Query, named
from tests.query.test_named import cell, comparable

GOLDEN = Path(__file__).parent / "golden_sample"
QUERIES = list(named().values())
MOST = 60
"""Lines of a golden answer: enough to see a change, few enough to read."""
# Of what the sample holds none, as far as is known: no citations without a network, no foreign contradictions.
CITATIONS = {"compared-not-cited", "cited-not-compared", "cited-by-year", "most-cited"}
EMPTY = CITATIONS | {"contradictions", "consensus", "homonyms"}

# rdflib lists every pair before it looks at the conditions; that both agree is shown on the toy.
SLOW = {"never-compared"}


@pytest.fixture(scope="module")
def sample() -> Knowledge:
    return kgraph.build().knowledge


@pytest.fixture(scope="module")
def store(sample: Knowledge) -> Store:
    made = Store()
    made.bulk_extend(Quad(t.subject, t.predicate, t.object) for t in triples(sample))
    return made


@pytest.fixture(scope="module")
def graph(sample: Knowledge) -> rdflib.Graph:
    return to_rdflib(sample)


def answer(store: Store, query: Query) -> str:
    found = run(store, query, query.example)
    if isinstance(found, QueryTriples):
        return to_turtle(found, base_of(store)).decode()
    table = rows(found)
    lines = ["\t".join(table.columns)]
    lines += ["\t".join(cell(short(term, base_of(store))) for term in row) for row in table.rows]
    more = [f"... {len(lines) - MOST} more"] if len(lines) > MOST else []
    return "\n".join(lines[:MOST] + more) + "\n"


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_golden_answers(store: Store, query: Query) -> None:
    golden = GOLDEN / f"{query.name}.txt"
    given = answer(store, query)
    if os.environ.get("KGRAPH_GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        golden.write_text(given, encoding="utf-8")
    assert given == golden.read_text(encoding="utf-8")
    assert query.name in EMPTY or given.count("\n") > 1


@pytest.mark.parametrize("query", [q for q in QUERIES if q.name not in SLOW], ids=lambda q: q.name)
def test_two_engines_agree(store: Store, graph: rdflib.Graph, query: Query) -> None:
    values = query.example or {}
    ours = sorted(tuple(map(comparable, row)) for row in rows(run(store, query, values)).rows)
    theirs = sorted(tuple(map(comparable, row)) for row in graph.query(bound(store, query, values)))  # type: ignore[arg-type]
    assert ours == theirs
