"""nanopublications.trig: well-formed and named by what they say, as another library sees it; round trips."""

import json
import os
import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kgraph.cli import main
from kgraph.export.nanopublications import write_nanopublications
from kgraph.export.registry import Build
from kgraph.graph.iris import DATA
from kgraph.graph.nanopublications import GRAPHS, nanopublications
from kgraph.graph.rdf import rdflib_term
from kgraph.graph.triples import triples
from kgraph.graph.trusty import artifact_code
from kgraph.model import Knowledge
from kgraph.query.engine import run
from kgraph.query.formats import rows
from kgraph.query.named import named
from kgraph.query.store import open_store
from tests.documents import ROOT
from tests.query.wider import wider
from tests.toy import toy

PAGE = (ROOT / "docs" / "rdf.md").read_text(encoding="utf-8")
BASES = (DATA, "https://example.org/data#")
CODE = re.compile(r"nanopub/(RA[\w-]{43})(?:[#/](\w+))?$")


def each(knowledge: Knowledge, base: str = DATA) -> dict[str, list[Quad]]:
    """The quads of each nanopublication by its artifact code."""
    found: dict[str, list[Quad]] = defaultdict(list)
    for quad in nanopublications(knowledge, base):
        match = CODE.search(quad.graph_name.value)  # type: ignore[union-attr]
        assert match is not None
        found[match[1]].append(quad)
    return found


@pytest.fixture(scope="module")
def nanopub() -> Any:
    try:
        import nanopub
    except ImportError:
        if os.environ.get("CI"):
            pytest.fail("pip install nanopub")
        pytest.skip("NO NANOPUB LIBRARY HERE (pip install nanopub): trusty URIs are not checked by another")
    return nanopub


def as_rdflib(quads: list[Quad]) -> rdflib.ConjunctiveGraph:
    graph = rdflib.ConjunctiveGraph()
    for q in quads:
        context = rdflib.Graph(identifier=rdflib_term(q.graph_name))  # type: ignore[arg-type]
        graph.addN([(rdflib_term(q.subject), rdflib_term(q.predicate), rdflib_term(q.object), context)])  # type: ignore[arg-type]
    return graph


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("hostile", [False, True], ids=["plain", "hostile"])
def test_another_library_finds_each_well_formed_and_its_name_true(nanopub: Any, hostile: bool) -> None:
    found = each(toy(hostile=hostile))
    assert len(found) == len(toy(hostile=hostile).relations)
    for quads in found.values():
        one = nanopub.Nanopub(rdf=as_rdflib(quads))
        assert one.is_valid
        assert one.has_valid_trusty


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("base", BASES)
def test_the_names_of_a_written_file_are_true(
    nanopub: Any, base: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """As read by rdflib from the file, by the first implementation of trusty URIs in Python."""
    from nanopub.trustyuri.rdf import RdfHasher, RdfUtils

    write_nanopublications(Build(toy(hostile=True), base_iri=base), tmp_path / "n.trig")
    whole = rdflib.ConjunctiveGraph()
    whole.parse(data=(tmp_path / "n.trig").read_bytes(), format="trig")
    groups: dict[str, list[Any]] = defaultdict(list)
    for quad in RdfUtils.get_quads(whole):  # type: ignore[no-untyped-call]
        match = CODE.search(quad[0])
        assert match is not None
        groups[match[1]].append(quad)
    assert len(groups) == len(toy(hostile=True).relations)
    for code, quads in groups.items():
        assert RdfHasher.make_hash(quads, code) == code
    caplog.clear()  # rdflib complains of the space that stands for the code


def test_a_changed_word_changes_the_name() -> None:
    code, quads = next(iter(each(toy()).items()))
    itself = f"{DATA}nanopub/{code}"
    own = {NamedNode(f"{itself}{tail}"): f"{DATA}nanopub/ {tail}" for tail in ("", *(f"#{name}" for name in GRAPHS))}
    rows = [(q.graph_name, q.subject, q.predicate, q.object) for q in quads]
    assert artifact_code(rows, own) == code  # type: ignore[arg-type]
    assert artifact_code(rows[::-1] + rows[:3], own) == code  # type: ignore[arg-type]
    for i, (*front, last) in enumerate(rows):
        if isinstance(last, Literal):
            changed = [*rows[:i], (*front, Literal(f"{last.value}!")), *rows[i + 1 :]]
            assert artifact_code(changed, own) != code  # type: ignore[arg-type]


def test_a_claim_keeps_its_name_whatever_else_the_build_holds() -> None:
    small, large = each(toy()), each(wider())
    assert small.keys() < large.keys()
    assert all(large[code] == quads for code, quads in small.items())
    other = replace(toy().provenance, version="9.9")
    assert not each(replace(toy(), provenance=other)).keys() & small.keys()


def test_four_graphs_that_say_who_what_whence_and_under_which_licence() -> None:
    by = "https://creativecommons.org/licenses/by/4.0/"
    knowledge = toy()
    knowledge = replace(knowledge, provenance=replace(knowledge.provenance, options=(("license", by),)))
    claims = {q.subject.value: q for q in triples(knowledge) if isinstance(q.subject, NamedNode)}
    seen = set()
    for code, quads in each(knowledge).items():
        graphs: dict[str, list[Quad]] = defaultdict(list)
        for quad in quads:
            graphs[CODE.search(quad.graph_name.value)[2]].append(quad)  # type: ignore[union-attr, index]
        assert tuple(graphs) == GRAPHS
        assert len(graphs["head"]) == 4
        said = {q.predicate.value: q for q in graphs["pubinfo"] if q.subject.value.endswith(code)}  # type: ignore[union-attr]
        assert said["http://purl.org/dc/terms/license"].object == NamedNode(by)
        creator = said["http://purl.org/dc/terms/creator"].object
        assert "SoftwareAgent" in str([q for q in graphs["pubinfo"] if q.subject == creator])
        [evidence] = [q for q in graphs["provenance"] if q.predicate.value.endswith("#evidence")]
        assert evidence.subject.value in claims  # type: ignore[union-attr]
        assert evidence.object in [q.object for q in graphs["provenance"] if q.predicate.value.endswith("oa#exact")]
        seen.add(evidence.subject)
    assert len(seen) == len(knowledge.relations)


def test_assertions_say_what_the_graph_says() -> None:
    graph = set(triples(toy(hostile=True)))
    for quad in nanopublications(toy(hostile=True), DATA):
        if "nanopub/" not in str(quad.subject) and not str(quad.subject).startswith(f"<{DATA}extractor/"):
            assert quad.triple in graph


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("hostile", [False, True], ids=["plain", "hostile"])
def test_two_parsers_read_back_the_same_quads(base: str, hostile: bool, tmp_path: Path) -> None:
    knowledge, path = toy(hostile=hostile), tmp_path / "n.trig"
    write_nanopublications(Build(knowledge, base_iri=base), path)
    written = list(nanopublications(knowledge, base))
    back = list(parse(path=str(path), format=RdfFormat.TRIG))
    assert len(back) == len(written) == len(set(written))
    assert set(back) == set(written)
    dataset = rdflib.Dataset()
    dataset.parse(data=path.read_bytes(), format="trig")
    named_graphs = {(s, p, o, getattr(g, "identifier", g)) for s, p, o, g in dataset.quads()}
    assert named_graphs == {
        (rdflib_term(q.subject), rdflib_term(q.predicate), rdflib_term(q.object), rdflib_term(q.graph_name))  # type: ignore[arg-type]
        for q in written
    }


def test_the_same_knowledge_gives_the_same_bytes(tmp_path: Path) -> None:
    for i in range(5):
        write_nanopublications(Build(toy(hostile=True)), tmp_path / str(i))
    assert len({(tmp_path / str(i)).read_bytes() for i in range(5)}) == 1


def test_a_build_writes_them_when_asked_and_the_commands_read_them(tmp_path: Path) -> None:
    row = {"title": "Zed: a server", "abstract": "We present Zed, a server. Zed outperforms vLLM by 3x on A100."}
    (tmp_path / "in.jsonl").write_text(json.dumps(row), encoding="utf-8")
    build = ["build", str(tmp_path / "in.jsonl"), "-o", str(tmp_path / "out"), "--quiet"]
    path = tmp_path / "out" / "nanopublications.trig"
    assert main([*build, "--nanopubs", "--rdf12"]) == 0
    assert (tmp_path / "out" / "graph.rdf12.ttl").exists()
    before = path.read_bytes()
    path.unlink()
    assert main(["rebuild", "-o", str(tmp_path / "out"), "--force", "--quiet"]) == 0
    assert path.read_bytes() == before
    found = rows(run(open_store(path), named()["beats"], {"loser": "vLLM"}))
    assert len(found.rows) == 1
    for where in (tmp_path / "out", path):
        assert main(["check", "--graph", str(where), "--quiet"]) == 0
    assert main(build) == 0
    assert not path.exists()
