"""Round trips through parsers that are not Python: N3.js for Turtle, TriG and N-Quads, jsonld.js for JSON-LD.

They are installed once with npm (tests/export/third_parser); without node or npm the tests skip and say so.
"""

import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest
from pyoxigraph import Quad, RdfFormat, Triple, parse

from kgraph.export.nanopublications import write_nanopublications
from kgraph.export.rdf import write_nquads, write_turtle
from kgraph.export.rdf12 import write_rdf12
from kgraph.export.rdf_jsonld import write_jsonld
from kgraph.export.registry import Build
from kgraph.graph.nanopublications import nanopublications
from kgraph.graph.reifiers import reified
from kgraph.graph.triples import blocks, triples
from tests.toy import toy

FOLDER = Path(__file__).parent / "third_parser"
WRITERS = {"graph.ttl": write_turtle, "graph.nq": write_nquads, "graph.jsonld": write_jsonld}


def missing(why: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)


@pytest.fixture(scope="module")
def node() -> str:
    """Path of node, with the parsers installed."""
    found = shutil.which("node")
    if found is None:
        missing("no node here (apt-get install nodejs npm): round trips through a third parser are not tested")
    if not (FOLDER / "node_modules").is_dir():
        if shutil.which("npm") is None:
            missing("no npm here (apt-get install npm): round trips through a third parser are not tested")
        done = subprocess.run(
            ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
            cwd=FOLDER, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        if done.returncode:
            missing(f"npm ci failed in {FOLDER}: {done.stderr[-300:]}")
    return found


def read(node: str, path: Path) -> set[Quad]:
    """What the third parser reads in a file."""
    done = subprocess.run(
        [node, "ntriples.mjs", str(path)], cwd=FOLDER, capture_output=True, timeout=60, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    return set(parse(done.stdout, format=RdfFormat.N_QUADS))


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("hostile", [False, True], ids=["plain", "hostile"])
@pytest.mark.parametrize("base", ["https://w3id.org/kgraph/id/", "https://example.org/data#"])
def test_a_third_parser_reads_the_same_triples(node: str, name: str, hostile: bool, base: str, tmp_path: Path) -> None:
    knowledge = toy(hostile=hostile)
    WRITERS[name](Build(knowledge, base_iri=base), tmp_path / name)
    assert {q.triple for q in read(node, tmp_path / name)} == set(triples(knowledge, base))


@pytest.mark.parametrize("base", ["https://w3id.org/kgraph/id/", "https://example.org/data#"])
def test_a_third_parser_reads_the_same_reifiers(node: str, base: str, tmp_path: Path) -> None:
    knowledge = toy(hostile=True)
    write_rdf12(Build(knowledge, base_iri=base), tmp_path / "graph.rdf12.ttl")
    written = {Triple(s, p, o) for s, pairs in reified(blocks(knowledge, base), base) for p, o in pairs}
    assert {q.triple for q in read(node, tmp_path / "graph.rdf12.ttl")} == written
    assert any(isinstance(triple.object, Triple) for triple in written)


@pytest.mark.parametrize("base", ["https://w3id.org/kgraph/id/", "https://example.org/data#"])
def test_a_third_parser_reads_the_same_nanopublications(node: str, base: str, tmp_path: Path) -> None:
    knowledge = toy(hostile=True)
    write_nanopublications(Build(knowledge, base_iri=base), tmp_path / "n.trig")
    assert read(node, tmp_path / "n.trig") == set(nanopublications(knowledge, base))
