"""Round trips through parsers that are not Python: N3.js for Turtle and N-Quads, jsonld.js for JSON-LD.

They are installed once with npm (tests/export/third_parser); without node or npm the tests skip and say so.
"""

import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest
from pyoxigraph import RdfFormat, Triple, parse

from kgraph.export.rdf import write_nquads, write_turtle
from kgraph.export.rdf_jsonld import write_jsonld
from kgraph.export.registry import Build
from kgraph.graph.triples import triples
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


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("hostile", [False, True], ids=["plain", "hostile"])
@pytest.mark.parametrize("base", ["https://w3id.org/kgraph/id/", "https://example.org/data#"])
def test_a_third_parser_reads_the_same_triples(node: str, name: str, hostile: bool, base: str, tmp_path: Path) -> None:
    knowledge = toy(hostile=hostile)
    WRITERS[name](Build(knowledge, base_iri=base), tmp_path / name)
    done = subprocess.run(
        [node, "ntriples.mjs", str(tmp_path / name)], cwd=FOLDER, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    back = {Triple(q.subject, q.predicate, q.object) for q in parse(done.stdout, format=RdfFormat.N_TRIPLES)}
    assert back == set(triples(knowledge, base))
