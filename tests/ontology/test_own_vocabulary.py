"""A name and a whole scheme of a user's own, from `kgraph build --vocab` to everything that a build writes."""

import json
import re
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kgraph.cli import main
from kgraph.vocab import load
from tests.documents import ROOT

LAB = "https://lab.example.org/things#"
ID = "https://w3id.org/kgraph/id/"
SCHEME = """@prefix kg: <https://w3id.org/kgraph/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix lab: <https://lab.example.org/things#> .

lab: a skos:ConceptScheme ; dcterms:title "What our laboratory calls things"@en .
# another name for something that is known
<https://w3id.org/kgraph/vocab/system/vllm> skos:altLabel "Velvet Engine" .
lab:photon a skos:Concept , kg:HardwareClass ; skos:inScheme lab: ; skos:prefLabel "photonic tile"@en ;
    skos:altLabel "photonic tiles"@en .
lab:lumen-9 a skos:Concept , kg:Hardware ; skos:inScheme lab: ; skos:prefLabel "Lumen-9" ; skos:altLabel "LM9" ;
    skos:broader lab:photon ; schema:manufacturer "Lumen Works" ; kg:architecture "Glow" ;
    skos:exactMatch <https://example.org/catalogue/lumen-9> .
lab:lumen-9-max a skos:Concept , kg:Hardware ; skos:inScheme lab: ; skos:prefLabel "Lumen-9 Max" ;
    skos:broader lab:lumen-9 .
lab:zephyr a skos:Concept , kg:System ; skos:inScheme lab: ; skos:prefLabel "ZephyrServe" ;
    skos:altLabel "Zephyr Server" .
lab:zephyr-mini a skos:Concept , kg:System ; skos:inScheme lab: ; skos:prefLabel "ZephyrServe-Mini" ;
    skos:broader lab:zephyr .
lab:moss a skos:Concept , kg:Model ; skos:inScheme lab: ; skos:prefLabel "Moss-7B" .
lab:puddle a skos:Concept , kg:Dataset ; skos:inScheme lab: ; skos:prefLabel "PuddleBench" .
"""
PAPERS = (
    {
        "title": "Light in the Rack",
        "abstract": "ZephyrServe is 3x faster than Velvet Engine on Lumen-9. We run Moss-7B on LM9 and report "
        "PuddleBench scores. The Zephyr Server also runs on photonic tiles.",
        "date": "2025-03-01",
    },
    {
        "title": "Smaller Light",
        "abstract": "ZephyrServe-Mini outperforms ZephyrServe by 1.5x in throughput on the Lumen-9 Max.",
        "date": "2025-05-01",
    },
)
# id: (concept, what it is below)
EXPECTED = {
    "hardware/photonic-tile": ("photon", ""),
    "hardware/lumen-9": ("lumen-9", "hardware/photonic-tile"),
    "hardware/lumen-9-max": ("lumen-9-max", "hardware/lumen-9"),
    "system/zephyrserve": ("zephyr", ""),
    "system/zephyrserve-mini": ("zephyr-mini", "system/zephyrserve"),
    "model/moss-7b": ("moss", ""),
    "dataset/puddlebench": ("puddle", ""),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with papers, a scheme and the build of both."""
    place = tmp_path_factory.mktemp("lab")
    (place / "papers.jsonl").write_text("".join(json.dumps(row) + "\n" for row in PAPERS), encoding="utf-8")
    (place / "mine.ttl").write_text(SCHEME, encoding="utf-8")
    command = ["--quiet", "build", str(place / "papers.jsonl"), "--vocab", str(place / "mine.ttl"), "--jobs", "1"]
    assert main([*command, "-o", str(place / "out")]) == 0
    return place


def ask(folder: Path, query: str) -> list[tuple[str, ...]]:
    store = Store()
    store.load(path=str(folder / "out" / "graph.nq"))
    prefixes = {"kg": "https://w3id.org/kgraph/ns#", "skos": "http://www.w3.org/2004/02/skos/core#"}
    found = store.query(query, prefixes=prefixes | {"schema": "https://schema.org/"})
    assert isinstance(found, QuerySolutions)
    rows = ((row[i] for i in range(len(found.variables))) for row in found)
    return sorted(tuple(t.value if isinstance(t, NamedNode | Literal) else "" for t in row) for row in rows)


def test_each_concept_is_recognised_and_keeps_its_own_iri(folder: Path) -> None:
    found = ask(folder, "SELECT ?e ?c { ?e kg:concept ?c }")
    wanted = {(ID + id_, LAB + local) for id_, (local, _) in EXPECTED.items()}
    assert set(found) == wanted | {(f"{ID}system/vllm", "https://w3id.org/kgraph/vocab/system/vllm")}
    # the concept is an exact match by inference (kg:concept is below skos:exactMatch); others stand beside it
    assert ask(folder, "SELECT ?m { ?e skos:exactMatch ?m }") == [("https://example.org/catalogue/lumen-9",)]


def test_names_hierarchy_maker_and_class_come_along(folder: Path) -> None:
    below = ask(folder, "SELECT ?a ?b { ?a skos:broader ?b }")
    assert below == sorted((ID + id_, ID + above) for id_, (_, above) in EXPECTED.items() if above)
    assert (f"{ID}hardware/lumen-9", "LM9") in ask(folder, "SELECT ?e ?n { ?e skos:altLabel ?n }")
    assert (f"{ID}system/vllm", "Velvet Engine") in ask(folder, "SELECT ?e ?n { ?e skos:altLabel ?n }")
    assert ask(folder, "SELECT ?e { ?e a kg:HardwareClass }") == [(f"{ID}hardware/photonic-tile",)]
    maker = ask(folder, "SELECT ?n { ?e schema:manufacturer/schema:name ?n }")
    assert maker == [("Lumen Works",)]


def test_its_names_take_part_in_relations(folder: Path) -> None:
    [row] = ask(folder, "SELECT ?o ?v { ?c a kg:Comparison ; kg:subject ?s ; kg:object ?o ; kg:valueText ?v "
                        f"FILTER(?s = <{ID}system/zephyrserve>) }}")  # fmt: skip
    assert row == (f"{ID}system/vllm", "3x")
    assert (f"{ID}hardware/lumen-9",) in ask(folder, "SELECT ?h { ?s kg:runsOn ?h }")


def test_show_page_and_tables_know_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("LM9", "Zephyr Server", "photonic tiles", "Velvet Engine"):
        assert main(["show", name, "--graph", str(folder / "out")]) == 0
        assert name in capsys.readouterr().out
    page = (folder / "out" / "graph.html").read_text(encoding="utf-8")
    for label in ("Lumen-9 Max", "ZephyrServe-Mini", "Moss-7B", "PuddleBench", "photonic tile", "Velvet Engine"):
        assert label in page
    rows = (folder / "out" / "entities.csv").read_text(encoding="utf-8")
    assert f"{LAB}lumen-9" in rows


def test_the_build_is_sound_and_remembers_its_vocabulary(folder: Path) -> None:
    assert main(["--quiet", "check", "--graph", str(folder / "out")]) == 0
    before = (folder / "out" / "graph.nq").read_bytes()
    assert main(["--quiet", "rebuild", "-o", str(folder / "out"), "--force", "--jobs", "1"]) == 0
    assert (folder / "out" / "graph.nq").read_bytes() == before


def test_without_it_the_names_are_not_known(folder: Path) -> None:
    out = folder / "without"
    assert main(["--quiet", "build", str(folder / "papers.jsonl"), "-o", str(out), "--jobs", "1"]) == 0
    assert LAB not in (out / "graph.nq").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("lab:a a kg:System ; skos:prefLabel 'A'", "mine.ttl, line 5: no valid Turtle"),
        ("lab:a a kg:Systm ; skos:prefLabel 'A' .", "mine.ttl, line 4: <https://lab.example.org/things#a> has no kind"),
        ("lab:a a kg:System .", "mine.ttl, line 4: <https://lab.example.org/things#a> has no skos:prefLabel"),
        ("lab:a a kg:System ; skos:altlabel 'B' .", "mine.ttl, line 4: there is no skos:altlabel for a concept"),
    ],
)
def test_a_broken_file_ends_the_build_with_place_and_remedy(
    folder: Path, tmp_path: Path, body: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    declared = ("@prefix kg", "@prefix skos", "@prefix lab")
    head = "".join(line for line in SCHEME.splitlines(keepends=True) if line.startswith(declared))
    (tmp_path / "mine.ttl").write_text(f"{head}{body}\n", encoding="utf-8")
    command = ["build", str(folder / "papers.jsonl"), "--vocab", str(tmp_path / "mine.ttl")]
    assert main([*command, "-o", str(tmp_path / "out")]) == 1
    told = capsys.readouterr().err
    assert said in told
    assert told.rstrip().endswith(")")  # the remedy
    assert "Traceback" not in told
    assert not (tmp_path / "out" / "graph.nq").exists()


def test_the_vocabulary_of_the_documentation_can_be_read(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "vocabulary.md").read_text(encoding="utf-8")
    [body] = re.findall(r"```turtle\n(.*?)```", text, re.DOTALL)
    (tmp_path / "mine.ttl").write_text(body, encoding="utf-8")
    concepts = load([tmp_path / "mine.ttl"]).concepts
    assert "Velvet Engine" in concepts["system/vllm"].alt
    assert concepts["hardware/lumen-9"].broader == ("hardware/photonic-tile",)
    assert concepts["system/harbour"].ambiguous
