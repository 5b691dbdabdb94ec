"""What is written reads back as the same graph, in every syntax, by every parser at hand."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Triple, parse

from kgraph.export.rdf import FILES, write_all, write_nquads, write_turtle
from kgraph.export.rdf_jsonld import pretty, write_jsonld
from kgraph.export.registry import EXPORTS, TOGETHER, Build
from kgraph.graph.rdf import to_rdflib
from kgraph.graph.triples import triples
from tests.toy import toy

BASES = ("https://w3id.org/kgraph/id/", "https://example.org/data#", "https://w3id.org/kgraph/", "http://x.org/a/b/")
WRITERS: dict[str, tuple[Callable[[Build, Path], None], RdfFormat]] = {
    "graph.ttl": (write_turtle, RdfFormat.TURTLE),
    "graph.nq": (write_nquads, RdfFormat.N_QUADS),
    "graph.jsonld": (write_jsonld, RdfFormat.JSON_LD),
}


@pytest.fixture(scope="module", params=[False, True], ids=["plain", "hostile"])
def build(request: pytest.FixtureRequest) -> Build:
    return Build(toy(hostile=request.param))


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("base", BASES)
def test_pyoxigraph_reads_back_the_same_triples(build: Build, name: str, base: str, tmp_path: Path) -> None:
    write, syntax = WRITERS[name]
    write(Build(build.knowledge, base_iri=base), tmp_path / name)
    back = {Triple(q.subject, q.predicate, q.object) for q in parse(path=str(tmp_path / name), format=syntax)}
    assert back == set(triples(build.knowledge, base))


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("base", BASES)
def test_rdflib_reads_back_the_same_triples(build: Build, name: str, base: str, tmp_path: Path) -> None:
    WRITERS[name][0](Build(build.knowledge, base_iri=base), tmp_path / name)
    back = rdflib.Dataset() if name.endswith(".nq") else rdflib.Graph()
    syntax = {"graph.ttl": "turtle", "graph.nq": "nquads", "graph.jsonld": "json-ld"}[name]
    back.parse(data=(tmp_path / name).read_bytes(), format=syntax)
    # without blank nodes, equal sets are isomorphic graphs
    assert {q[:3] for q in back} == set(to_rdflib(build.knowledge, base))


@pytest.mark.parametrize("name", WRITERS)
def test_the_same_knowledge_gives_the_same_bytes(build: Build, name: str, tmp_path: Path) -> None:
    write, _ = WRITERS[name]
    for i in range(5):
        write(build, tmp_path / str(i))
    assert len({(tmp_path / str(i)).read_bytes() for i in range(5)}) == 1


def test_one_walk_gives_the_bytes_of_each_writer(build: Build, tmp_path: Path) -> None:
    write_all(build, tmp_path)
    for name in FILES:
        WRITERS[name][0](build, tmp_path / f"alone-{name}")
        assert (tmp_path / name).read_bytes() == (tmp_path / f"alone-{name}").read_bytes()


JSON = st.recursive(
    st.text() | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_pretty_is_what_the_standard_library_writes(value: object) -> None:
    assert pretty(value) == json.dumps(value, ensure_ascii=False, indent=1)


def test_nquads_are_sorted_unique_lines(build: Build, tmp_path: Path) -> None:
    write_nquads(build, tmp_path / "graph.nq")
    lines = (tmp_path / "graph.nq").read_bytes().decode().split("\n")[:-1]
    assert lines == sorted(set(lines))


def test_jsonld_reads_as_plain_json(tmp_path: Path) -> None:
    write_jsonld(Build(toy()), tmp_path / "graph.jsonld")
    document = json.loads((tmp_path / "graph.jsonld").read_text(encoding="utf-8"))
    things = {thing["id"]: thing for thing in document["@graph"]}
    tidal = things["system/tidal"]
    assert tidal["label"] == "Tidal"
    assert tidal["aliases"] == ["TIDAL"]
    assert tidal["type"][0] == "System"
    assert tidal["outperforms"] == ["system/orca"]
    [claim] = [t for t in things.values() if t.get("valueText") == "2-4x"]
    assert (claim["subject"], claim["polarity"], claim["factorLow"]) == ("system/tidal", "better", "2")
    # every key of every thing is a word of the context, none an IRI or a prefixed name
    assert not [key for thing in things.values() for key in thing if ":" in key or "/" in key]


def test_turtle_declares_prefixes_in_a_fixed_order(tmp_path: Path) -> None:
    write_turtle(Build(toy()), tmp_path / "graph.ttl")
    head = (tmp_path / "graph.ttl").read_text(encoding="utf-8").split("\n\n")[0].splitlines()
    assert head[:2] == ["@base <https://w3id.org/kgraph/id/> .", "@prefix kg: <https://w3id.org/kgraph/ns#> ."]


def test_the_registry_knows_the_writers() -> None:
    assert EXPORTS.keys() >= WRITERS.keys()
    assert TOGETHER == {"kgraph.export.rdf:write_all": FILES}
