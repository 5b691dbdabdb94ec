"""The licence that a builder names stands in every RDF file and in build.json; a rebuild keeps it."""

import json
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from kgraph.cli import main
from kgraph.graph.iris import CC0

BY = "https://creativecommons.org/licenses/by/4.0/"
LICENSE = NamedNode("http://purl.org/dc/terms/license")


def licences(path: Path) -> set[str]:
    syntax = RdfFormat.from_extension(path.suffix.removeprefix("."))
    found = (quad for quad in parse(path=str(path), format=syntax))
    return {str(getattr(quad.object, "value", "")) for quad in found if quad.predicate == LICENSE}


def test_a_licence_of_ones_own(tmp_path: Path) -> None:
    row = {"title": "Zorbl: Fast Serving", "abstract": "We present Zorbl. Zorbl outperforms vLLM by 3x."}
    (tmp_path / "papers.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    out = tmp_path / "out"
    command = ["--quiet", "build", str(tmp_path / "papers.jsonl"), "-o", str(out), "--jobs", "1"]
    for options, expected in (([], CC0), (["--license", BY], BY)):
        assert main([*command, *options]) == 0
        for name in ("graph.ttl", "graph.nq", "graph.jsonld"):
            assert licences(out / name) == {expected}, name
        assert json.loads((out / "build.json").read_text(encoding="utf-8"))["license"] == expected
    before = (out / "graph.nq").read_bytes()
    assert main(["--quiet", "rebuild", "-o", str(out), "--force", "--jobs", "1"]) == 0
    assert (out / "graph.nq").read_bytes() == before
    assert main(["--quiet", "check", "--graph", str(out)]) == 0


def test_a_licence_that_is_no_iri_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--license", "CC BY", "-o", str(tmp_path / "out")]) == 2
    assert "'CC BY' is no IRI of a licence (one like https://" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
