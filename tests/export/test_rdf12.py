"""graph.rdf12.ttl: all of graph.ttl, and the node of each relation reifies its plain triple."""

import json
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, Triple, parse

import kgraph
from kgraph.cli import main
from kgraph.export.rdf12 import write_rdf12
from kgraph.export.registry import Build
from kgraph.graph.iris import DATA, PREFIXES
from kgraph.graph.naming import Naming
from kgraph.graph.reifiers import REIFIES, reified
from kgraph.graph.triples import blocks, triples
from kgraph.graph.triples_relations import plain
from kgraph.model import Knowledge
from kgraph.query.engine import run
from kgraph.query.formats import rows
from kgraph.query.named import Query, named
from kgraph.query.store import open_store
from tests.query.test_named import example
from tests.query.wider import wider
from tests.toy import toy

BASES = (DATA, "https://example.org/data#")
WHOLE = NamedNode(f"{DATA}void")


def everything(knowledge: Knowledge, base: str = DATA) -> list[Triple]:
    return [Triple(s, p, o) for s, pairs in reified(blocks(knowledge, base), base) for p, o in pairs]


@pytest.fixture(scope="module")
def sample() -> Knowledge:
    return kgraph.build().knowledge


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("hostile", [False, True], ids=["plain", "hostile"])
def test_pyoxigraph_reads_back_the_same_triples(base: str, hostile: bool, tmp_path: Path) -> None:
    knowledge = toy(hostile=hostile)
    write_rdf12(Build(knowledge, base_iri=base), tmp_path / "graph.rdf12.ttl")
    back = [quad.triple for quad in parse(path=str(tmp_path / "graph.rdf12.ttl"), format=RdfFormat.TURTLE)]
    written = everything(knowledge, base)
    assert len(back) == len(written)
    assert set(back) == set(written)


def test_the_same_knowledge_gives_the_same_bytes(tmp_path: Path) -> None:
    for i in range(5):
        write_rdf12(Build(toy(hostile=True)), tmp_path / str(i))
    assert len({(tmp_path / str(i)).read_bytes() for i in range(5)}) == 1


def test_each_relation_reifies_the_triples_that_the_graph_asserts_for_it() -> None:
    naming, found = Naming(DATA), everything(wider())
    asserted = set(triples(wider()))
    reifying = {(t.subject, t.object) for t in found if t.predicate == REIFIES}
    expected = {
        (naming.relation(r), Triple(naming.node(r.subject), *pair))
        for r in wider().relations
        for pair in plain(r, naming)
    }
    assert reifying == expected
    assert {triple for _, triple in reifying} <= asserted
    assert len(reifying) > len(wider().relations)  # an outcome is reified besides the comparison


def test_it_is_the_graph_and_nothing_but_reifiers_more() -> None:
    graph, found = set(triples(toy())), set(everything(toy()))
    more = {t for t in found - graph if t.predicate != REIFIES and not str(t.subject).startswith(f"<{WHOLE.value}")}
    lost = {t for t in graph - found if t.subject != WHOLE}
    assert (more, lost) == (set(), set())


@pytest.mark.parametrize("knowledge", [toy(), toy(hostile=True), wider()], ids=["toy", "hostile", "wider"])
def test_its_description_counts_what_it_holds(knowledge: Knowledge) -> None:
    found = everything(knowledge)
    void = PREFIXES["void"]
    [total] = [t.object for t in found if t.subject == WHOLE and t.predicate == NamedNode(f"{void}triples")]
    part = NamedNode(f"{DATA}void/property/rdf-reifies")
    [count] = [t.object for t in found if t.subject == part and t.predicate == NamedNode(f"{void}triples")]
    assert isinstance(total, Literal)
    assert isinstance(count, Literal)
    assert int(total.value) == len(found) == len(set(found))
    assert int(count.value) == sum(t.predicate == REIFIES for t in found)


@pytest.fixture(scope="module")
def pairs(sample: Knowledge) -> list[tuple[str, Store, Store]]:
    """(name, the graph, the same as RDF 1.2) of three graphs."""
    made = []
    for name, knowledge in (("toy", toy()), ("wider", wider()), ("sample", sample)):
        first, second = Store(), Store()
        first.bulk_extend(Quad(t.subject, t.predicate, t.object) for t in triples(knowledge))
        second.bulk_extend(Quad(t.subject, t.predicate, t.object) for t in everything(knowledge))
        made.append((name, first, second))
    return made


@pytest.mark.parametrize("query", named().values(), ids=lambda q: q.name)
def test_every_named_query_gives_the_same_rows(pairs: list[tuple[str, Store, Store]], query: Query) -> None:
    for name, graph, rdf12 in pairs:
        values = dict(query.example or {}) if name == "sample" else example(query)
        assert rows(run(rdf12, query, values)) == rows(run(graph, query, values)), name


def test_statements_are_asked_in_each_way_that_sparql_knows(pairs: list[tuple[str, Store, Store]]) -> None:
    _, _, store = pairs[0]
    ways = (
        "SELECT ?q { ?a kg:outperforms ?b ~ ?claim {| kg:evidence ?q |} }",
        "SELECT ?q { << ?a kg:outperforms ?b ~ ?claim >> kg:evidence ?q }",
        "SELECT ?q { ?claim rdf:reifies <<( ?a kg:outperforms ?b )>> ; kg:evidence ?q }",
        "SELECT ?q { ?claim rdf:reifies ?t ; kg:evidence ?q FILTER (PREDICATE(?t) = kg:outperforms) }",
        "SELECT ?q { ?claim kg:polarity kg:better ; kg:evidence ?q }",
    )
    answers = []
    for way in ways:
        found = store.query(way, prefixes=PREFIXES)
        assert isinstance(found, QuerySolutions)
        answers.append(sorted(str(row["q"]) for row in found))
    assert len(answers[0]) > 3
    assert all(answer == answers[0] for answer in answers)


def test_a_build_writes_it_when_asked_and_the_commands_read_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {"title": "Zed: a server", "abstract": "We present Zed, a server. Zed outperforms vLLM by 3x on A100."}
    (tmp_path / "in.jsonl").write_text(json.dumps(row), encoding="utf-8")
    build = ["build", str(tmp_path / "in.jsonl"), "-o", str(tmp_path / "out"), "--quiet"]
    path = tmp_path / "out" / "graph.rdf12.ttl"
    assert main([*build, "--rdf12"]) == 0
    before = path.read_bytes()
    assert b"rdf:reifies <<( <system/zed> kg:comparesAgainst <system/vllm> )>>" in before
    path.unlink()
    assert main(["rebuild", "-o", str(tmp_path / "out"), "--force", "--quiet"]) == 0
    assert path.read_bytes() == before
    assert len(open_store(path)) > len(open_store(tmp_path / "out"))
    assert main(["check", "--graph", str(tmp_path / "out"), "--quiet"]) == 0
    assert main(["check", "--graph", str(path), "--quiet"]) == 0
    (tmp_path / "q.rq").write_text("SELECT ?t { ?r rdf:reifies ?t }", encoding="utf-8")
    for format_ in ("table", "csv", "tsv", "json"):
        assert main(["query", str(tmp_path / "q.rq"), "--graph", str(path), "--format", format_]) == 0
        assert "system/zed" in capsys.readouterr().out
    assert main(build) == 0
    assert not path.exists()
