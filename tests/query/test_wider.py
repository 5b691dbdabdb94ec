"""Questions to which the toy has no answer, asked of a wider one; no named query is without an answer somewhere.

`KGRAPH_GOLDEN=write pytest tests/query` writes the golden answers anew; read the difference before committing it.
"""

import os
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Quad, RdfFormat, Store, parse

from kgraph.graph.rdf import to_rdflib
from kgraph.graph.triples import triples
from kgraph.query.engine import bound, run
from kgraph.query.formats import rows
from kgraph.query.named import Query, named
from tests.query.test_named import comparable, example, table
from tests.query.wider import wider

HERE = Path(__file__).parent
GOLDEN = HERE / "golden_wider"
ASKED = ("cited-by-year", "cited-not-compared", "compared-not-cited", "consensus", "contradictions", "most-cited")
QUERIES = [named()[name] for name in ASKED]


@pytest.fixture(scope="module")
def store() -> Store:
    made = Store()
    made.extend(Quad(t.subject, t.predicate, t.object) for t in triples(wider()))
    return made


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    return to_rdflib(wider())


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_golden_answers(store: Store, query: Query) -> None:
    golden, answer = GOLDEN / f"{query.name}.txt", table(store, query)
    if os.environ.get("KGRAPH_GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        golden.write_text(answer, encoding="utf-8")
    assert answer == golden.read_text(encoding="utf-8")
    assert answer.count("\n") > 1


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: q.name)
def test_two_engines_agree(store: Store, graph: rdflib.Graph, query: Query) -> None:
    values = example(query)
    ours = sorted(tuple(map(comparable, row)) for row in rows(run(store, query, values)).rows)
    theirs = sorted(tuple(map(comparable, row)) for row in graph.query(bound(store, query, values)))  # type: ignore[arg-type]
    assert ours == theirs


@pytest.mark.parametrize("name", list(named()))
def test_every_named_query_has_an_answer_somewhere(name: str) -> None:
    """More than its columns, or more than the declarations of a Turtle file, in one golden file at least."""
    found = [path for folder in sorted(HERE.glob("golden*")) if (path := folder / f"{name}.txt").exists()]
    assert len(found) >= 2
    assert any(_answers(path.read_text(encoding="utf-8")) for path in found)


def _answers(golden: str) -> int:
    if golden.startswith("@"):
        return len(list(parse(input=golden, format=RdfFormat.TURTLE)))
    return golden.count("\n") - 1
