"""`kgraph check` reads the other faces of the RDF, too: sound as built, and every tampering is seen."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kgraph.check.faces import NANOPUBLICATIONS, RDF12, check_faces
from kgraph.export.nanopublications import write_nanopublications
from kgraph.export.rdf import write_nquads
from kgraph.export.rdf12 import write_rdf12
from kgraph.export.registry import Build
from kgraph.model import Knowledge
from kgraph.query.store import open_store
from tests.toy import toy


def written(folder: Path, knowledge: Knowledge, base: str = "https://w3id.org/kgraph/id/") -> Path:
    build = Build(knowledge, base_iri=base)
    write_nquads(build, folder / "graph.nq")
    write_rdf12(build, folder / RDF12)
    write_nanopublications(build, folder / NANOPUBLICATIONS)
    return folder


def faults(folder: Path) -> list[str]:
    return [finding.what for outcome in check_faces(folder, open_store(folder)) for finding in outcome.findings]


@pytest.mark.parametrize("base", ["https://w3id.org/kgraph/id/", "https://example.org/data#"])
@pytest.mark.parametrize("hostile", [False, True], ids=["plain", "hostile"])
def test_what_is_built_is_sound(tmp_path: Path, base: str, hostile: bool) -> None:
    folder = written(tmp_path, toy(hostile=hostile), base)
    outcomes = list(check_faces(folder, open_store(folder)))
    assert [(o.name, o.findings) for o in outcomes] == [("RDF 1.2", ()), ("nanopublications", ())]
    assert all(str(len(toy(hostile=hostile).relations)) in o.looked_at for o in outcomes)


def test_a_build_without_them_is_not_asked_for_them(tmp_path: Path) -> None:
    write_nquads(Build(toy()), tmp_path / "graph.nq")
    assert list(check_faces(tmp_path, open_store(tmp_path))) == []


def first(pattern: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        changed = re.sub(pattern, new, text, count=1, flags=re.DOTALL)
        assert changed != text
        return changed

    return change


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        (RDF12, first(r"<<\( <system/driftkv>", "<<( <system/orca>"), "which graph.nq does not say"),
        (RDF12, first(r" , <<\([^)]*\)>>", ""), "it says of itself that it holds"),
        (RDF12, first(r"kg:ownClaim true", "kg:ownClaim false"), "is not in graph.nq"),
        (RDF12, first(r"rdf:reifies[^;.]*", "rdfs:seeAlso <system/orca> "), "reifiers, but"),
        (RDF12, first(r"@prefix kg", "@prefx kg"), "can't be read"),
        (NANOPUBLICATIONS, first(r'kg:confidence "1"', 'kg:confidence "0.9"'), "is not the digest"),
        (NANOPUBLICATIONS, first(r"kg:outperforms", "kg:outperformedBy"), "claims what graph.nq does not say"),
        (NANOPUBLICATIONS, first(r"<nanopub\S+#head> \{.*?(?=<nanopub\S+#head>)", ""), "nanopublications, but"),
        (NANOPUBLICATIONS, first(r"#pubinfo> \{", "#more> {"), "is no graph of a nanopublication"),
        (NANOPUBLICATIONS, first(r"<system/driftkv>", "_:x"), "neither blank nodes"),
        (NANOPUBLICATIONS, lambda text: "", "0 nanopublications, but"),
    ],
)  # fmt: skip
def test_tampering_is_seen(tmp_path: Path, name: str, change: Callable[[str], str], told: str) -> None:
    path = written(tmp_path, toy()) / name
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert any(told in what for what in faults(tmp_path)), faults(tmp_path)


def test_faces_of_another_build_are_seen(tmp_path: Path) -> None:
    written(tmp_path, toy())
    fewer = replace(toy(), relations=toy().relations[1:])
    write_nquads(Build(fewer), tmp_path / "graph.nq")
    assert len(faults(tmp_path)) >= 4
