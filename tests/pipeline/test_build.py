"""Builds from end to end: what comes out, that order does not matter, and that a rebuild equals a fresh build."""

import json
import random
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import kgraph
from kgraph.cli import main
from kgraph.export.registry import EXPORTS
from kgraph.pipeline.sources import find

PAPERS = (
    (
        "Kestrel: Paging for Long Prompts",
        "We present Kestrel, a serving system that pages long prompts. Kestrel improves throughput by 2.5x over vLLM "
        "on NVIDIA A100 GPUs.",
    ),
    (
        "Merlin: Batching Without Waiting",
        "We introduce Merlin, a scheduler built on Kestrel. Merlin reduces latency by 30% compared to Kestrel on H100 "
        "GPUs.",
    ),
    (
        "A Study of Serving Systems",
        "Many serving systems exist. We compare two that others have built, and find that Kestrel outperforms vLLM by "
        "1.8x on H100 GPUs.",
    ),
    (
        "Osprey: Training on Few Devices",
        "This paper presents Osprey, which trains LLaMA-2-7B on four A100 GPUs. Osprey is 3x faster than DeepSpeed.",
    ),
)
VOCAB = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix kg: <https://w3id.org/kgraph/ns#> .
<https://w3id.org/kgraph/vocab/hardware/zephyr-9> a kg:Hardware ; skos:prefLabel "Zephyr-9" .
"""


def page(path: Path, *numbers: int) -> Path:
    """Write papers as JSON Lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [{"id": f"W{n}", "title": PAPERS[n][0], "abstract": PAPERS[n][1], "year": 2023 + n % 3} for n in numbers]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def run(*arguments: str) -> None:
    assert main([*arguments]) == 0


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_build_writes_every_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page(here / "in.jsonl", 0, 1, 2, 3)
    run("build", "in.jsonl", "--json")
    assert sorted(path.name for path in (here / "exports").iterdir()) == sorted(EXPORTS)
    out, err = capsys.readouterr()
    summary = json.loads(out)
    build = json.loads((here / "exports" / "build.json").read_text(encoding="utf-8"))
    assert summary["counts"].items() <= build["counts"].items()
    assert build["counts"]["papers"] == build["counts"]["records"] == 4
    assert build["counts"]["triples"] == len((here / "exports" / "graph.nq").read_bytes().splitlines())
    (source,) = build["sources"]
    assert (source["path"], source["records"], source["skipped"]) == ("in.jsonl", 4, [])
    assert "read" in err


def test_the_graph_holds_what_the_papers_say(here: Path) -> None:
    graph = kgraph.build(page(here / "in.jsonl", 0, 1, 2, 3))
    labels = {entity.label for entity in graph.entities}
    assert {"Kestrel", "Merlin", "Osprey", "vLLM"} <= labels
    label = {entity.id: entity.label for entity in graph.entities}
    claims = {
        (label.get(r.subject), label.get(r.object), r.polarity, r.value.text if r.value else "")
        for r in graph.relations
        if r.type == "compares_against"
    }
    assert ("Kestrel", "vLLM", "better", "2.5x") in claims
    texts = {paper.id: (paper.title, paper.abstract) for paper in graph.papers}
    for relation in graph.relations:
        e = relation.evidence
        assert texts[e.paper][e.where == "abstract"][e.start : e.end] == e.quote


def test_order_of_files_and_lines_does_not_matter(here: Path) -> None:
    """Shuffled input gives the same beliefs; with the same files in another order, the same bytes."""
    page(here / "a" / "x.jsonl", 0, 1)
    page(here / "a" / "y.jsonl", 2, 3)
    run("build", "a/x.jsonl", "a/y.jsonl", "-o", "one", "-q")
    run("build", "a/y.jsonl", "a/x.jsonl", "-o", "two", "-q")
    assert contents(here / "one") == contents(here / "two")
    order = [0, 1, 2, 3]
    plain = kgraph.build(page(here / "b.jsonl", *order)).knowledge
    for seed in range(3):
        random.Random(seed).shuffle(order)
        shuffled = kgraph.build(page(here / "b.jsonl", *order)).knowledge
        assert shuffled.papers == plain.papers
        assert shuffled.entities == plain.entities
        assert shuffled.mentions == plain.mentions
        assert shuffled.relations == plain.relations
        assert shuffled.comentions == plain.comentions


def test_hash_seeds_do_not_matter(here: Path) -> None:
    page(here / "in.jsonl", 0, 1, 2, 3)
    for seed in "12":
        command = [sys.executable, "-m", "kgraph", "build", "in.jsonl", "-o", seed, "-q"]
        subprocess.run(command, check=True, env={"PYTHONHASHSEED": seed, "PATH": ""}, cwd=here)
    assert contents(here / "1") == contents(here / "2")


def test_processes_do_not_matter(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kgraph.engine import local

    page(here / "in.jsonl", 0, 1, 2, 3)
    run("build", "in.jsonl", "-o", "one", "-q", "--jobs", "1")
    monkeypatch.setattr(local, "WORTH_IT", 0)
    run("build", "in.jsonl", "-o", "two", "-q", "--jobs", "2")
    assert contents(here / "one") == contents(here / "two")


def fresh(here: Path, *arguments: str) -> dict[str, bytes]:
    run("build", *arguments, "-o", "fresh", "-q")
    found = contents(here / "fresh")
    shutil.rmtree(here / "fresh")
    return found


def extracted(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    capsys.readouterr()
    run("rebuild", "-o", "out", "-q", "--json", *arguments)
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_rebuild_reads_only_what_is_new_and_equals_a_fresh_build(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page(here / "in" / "a.jsonl", 0, 1)
    run("build", "in", "-o", "out", "-q")
    page(here / "in" / "b.jsonl", 1, 2)
    done = extracted(capsys)
    assert done["extracted"] == 1
    assert done["changes"]["added"] == ["in/b.jsonl"]
    assert contents(here / "out") == fresh(here, "in")
    (here / "in" / "a.jsonl").unlink()
    assert extracted(capsys)["extracted"] == 0
    assert contents(here / "out") == fresh(here, "in")
    page(here / "in" / "b.jsonl", 3)
    assert extracted(capsys)["extracted"] == 1
    assert contents(here / "out") == fresh(here, "in")


def test_rebuild_says_what_it_redoes(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page(here / "in" / "a.jsonl", 0)
    page(here / "in" / "b.jsonl", 1)
    page(here / "in" / "c.jsonl", 2)
    run("build", "in", "-o", "out", "-q")
    (here / "in" / "a.jsonl").unlink()
    page(here / "in" / "b.jsonl", 1, 3)
    page(here / "in" / "d.jsonl", 0)
    capsys.readouterr()
    run("rebuild", "-o", "out")
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == ["new: in/d.jsonl", "changed: in/b.jsonl", "gone: in/a.jsonl"]


def test_rebuild_after_no_change_leaves_all_as_it_is(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page(here / "in.jsonl", 0, 1)
    run("build", "in.jsonl", "-o", "out", "-q")
    times = {path: path.stat().st_mtime_ns for path in (here / "out").rglob("*")}
    capsys.readouterr()
    run("rebuild", "-o", "out")
    assert capsys.readouterr().out == "nothing changed: 1 source is as it was\n"
    assert {path: path.stat().st_mtime_ns for path in (here / "out").rglob("*")} == times
    run("rebuild", "-o", "out", "-q", "--force")
    assert contents(here / "out") == fresh(here, "in.jsonl")


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ("extractor", "the vocabulary or the extractor changed: every text is read again"),
        ("program", "kgraph or a judgement changed: all is made again from what the texts said"),
    ],
)
def test_rebuild_says_what_else_changed(
    here: Path, capsys: pytest.CaptureFixture[str], changed: str, says: str
) -> None:
    page(here / "in.jsonl", 0, 1)
    run("build", "in.jsonl", "-o", "out", "-q")
    told = here / "out" / "build.json"
    told.write_text(json.dumps(json.loads(told.read_text()) | {changed: "another"}))
    capsys.readouterr()
    run("rebuild", "-o", "out")
    first, second = capsys.readouterr().out.splitlines()[:2]
    read = 2 if changed == "extractor" else 0
    assert (first, second) == (says, f"{read} of 2 texts read for mentions, the others were known")
    assert contents(here / "out") == fresh(here, "in.jsonl")


def test_rebuild_restores_a_file_that_was_deleted(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page(here / "in.jsonl", 0, 1)
    run("build", "in.jsonl", "-o", "out", "-q")
    before = contents(here / "out")
    (here / "out" / "papers.csv").unlink()
    (here / "out" / "tables" / "mentions.parquet").write_bytes(b"damaged")
    assert extracted(capsys)["changes"]["damaged"] is True
    assert contents(here / "out") == before


def test_a_changed_vocabulary_reads_every_text_again(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page(here / "in.jsonl", 0, 1)
    (here / "mine.ttl").write_text(VOCAB, encoding="utf-8")
    run("build", "in.jsonl", "--vocab", "mine.ttl", "-o", "out", "-q")
    assert extracted(capsys)["unchanged"] is True
    (here / "mine.ttl").write_text(VOCAB.replace("Zephyr-9", "Zephyr-10"), encoding="utf-8")
    done = extracted(capsys)
    assert done["extracted"] == 2
    assert done["changes"]["extractor"] is True
    assert contents(here / "out") == fresh(here, "in.jsonl", "--vocab", "mine.ttl")


def test_rebuild_from_another_folder_finds_sources_beside_the_export(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page(here / "in.jsonl", 0, 1)
    run("build", "in.jsonl", "-o", "out", "-q")
    page(here / "in.jsonl", 0, 1, 2)
    (here / "elsewhere").mkdir()
    monkeypatch.chdir(here / "elsewhere")
    run("rebuild", "-o", "../out", "-q")
    monkeypatch.chdir(here)
    assert contents(here / "out") == fresh(here, "in.jsonl")
    (here / "in.jsonl").unlink()
    assert main(["rebuild", "-o", "out"]) == 1
    assert "in.jsonl" in capsys.readouterr().err


def test_rebuild_without_a_build(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rebuild", "-o", "nothing"]) == 1
    assert "make one: kgraph build -o nothing" in capsys.readouterr().err
    assert not (here / "nothing").exists()


def test_a_failing_build_keeps_the_old_export(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page(here / "in.jsonl", 0, 1)
    run("build", "in.jsonl", "-o", "out", "-q")
    before = contents(here / "out")
    (here / "bad.txt").touch()
    assert main(["build", "bad.txt", "-o", "out"]) == 1
    assert main(["build", "nowhere.txt", "-o", "out"]) == 1
    assert main(["build", "in.jsonl", "--vocab", "nowhere.ttl", "-o", "out"]) == 1
    assert main(["build", "in.jsonl", "--base-iri", "no iri", "-o", "out"]) == 2
    assert main(["build", "in.jsonl", "bad.txt", "--strict", "-o", "out"]) == 1
    assert "Traceback" not in capsys.readouterr().err
    assert contents(here / "out") == before
    assert main(["build", "bad.txt", "-o", "new"]) == 1
    assert not (here / "new").exists()


def test_extract_gives_the_documented_rows(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page(here / "in.jsonl", 0, 1, 2, 3)
    run("extract", "in.jsonl")
    rows = {row["id"]: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert sorted(rows) == ["W0", "W1", "W2", "W3"]
    for number, row in ((int(id_[1:]), row) for id_, row in rows.items()):
        title, abstract = PAPERS[number]
        names = {entity["name"] for entity in row["entities"]}
        assert len(names) == len(row["entities"])
        for entity in row["entities"]:
            assert ("level" in entity) == (entity["type"] == "hardware")
            for m in entity["mentions"]:
                assert {"title": title, "abstract": abstract}[m["where"]][m["start"] : m["end"]] == m["text"]
            assert all(surface in title or surface in abstract for surface in entity["surfaces"])
        for relation in row["relations"]:
            assert {relation["subject"], relation["object"]} <= names | {"PAPER"}
            assert relation["evidence"] in title or relation["evidence"] in abstract
    (kestrel,) = [e for e in rows["W0"]["entities"] if e["name"] == "Kestrel"]
    assert (kestrel["type"], kestrel["introduced"]) == ("system", True)
    known = {e["name"]: e["introduced"] for e in rows["W2"]["entities"]}
    assert known["Kestrel"] is False


def test_python_and_command_line_give_the_same(here: Path) -> None:
    page(here / "in.jsonl", 0, 1, 2, 3)
    run("build", "in.jsonl", "-o", "out", "-q")
    graph = kgraph.build("in.jsonl")
    assert kgraph.load("out").knowledge == graph.knowledge
    graph.write("again")
    assert contents(here / "again") == contents(here / "out")
    kgraph.load("out").write("loaded")
    assert contents(here / "loaded") == contents(here / "out")
    assert len(graph.to_networkx()) == len(graph.papers) + len(graph.entities)
    assert len(graph.to_rdflib()) > 100


def test_the_sample_builds_and_says_nothing_changed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("build", "-q")
    build = json.loads((here / "exports" / "build.json").read_text(encoding="utf-8"))
    assert build["counts"]["papers"] >= 60
    assert [source["path"] for source in build["sources"]] == [file.shown for file in find([]).files]
    capsys.readouterr()
    run("rebuild")
    assert capsys.readouterr().out.startswith("nothing changed")


def test_seeds_in_five_seconds(shared: Path, here: Path) -> None:
    """The five saved pages hold 356 records of 272 papers, and take under five seconds of one core to build."""
    command = [sys.executable, "-m", "kgraph", "build", str(shared / "seeds"), "-o", "out", "-q", "--jobs", "1"]

    def once() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    # the time of the processor, not of the clock, so that other work on the machine doesn't count
    assert min(once(), once()) < 5
    counts = json.loads((here / "out" / "build.json").read_text(encoding="utf-8"))["counts"]
    assert (counts["records"], counts["papers"]) == (356, 272)


def test_judgements_overrule_and_rebuild_sees_them_change(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page(here / "in.jsonl", 0, 1, 2, 3)
    (here / "mine.csv").write_text("judgement,left,right,note\nsame,vLLM,DeepSpeed,for a test\n", encoding="utf-8")
    run("build", "in.jsonl", "--judgements", "mine.csv", "-o", "out", "-q")
    labels = [entity.label for entity in kgraph.load("out").entities]
    assert len({"vLLM", "DeepSpeed"} & set(labels)) == 1
    assert extracted(capsys)["unchanged"] is True
    (here / "mine.csv").write_text("different,Nobody,Knows These,\n", encoding="utf-8")
    done = extracted(capsys)
    assert (done["changes"]["program"], done["extracted"]) == (True, 0)
    assert contents(here / "out") == fresh(here, "in.jsonl", "--judgements", "mine.csv")
    assert {"vLLM", "DeepSpeed"} <= {entity.label for entity in kgraph.load("out").entities}


def test_show_says_why(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page(here / "in.jsonl", 0, 1, 2, 3)
    run("build", "in.jsonl", "-q")
    capsys.readouterr()
    run("show", "vLLM", "--why", "--json")
    (view,) = json.loads(capsys.readouterr().out)
    assert {decision["entity"] for decision in view["why"]} == {view["thing"]["id"]}


def test_citations_of_the_folder_are_linked_and_kept(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As `kgraph cite` leaves them: between two papers, to one outside, and to one known by an id alone."""
    page(here / "in.jsonl", 0, 1)
    run("build", "in.jsonl", "-o", "out", "-q")
    works = [
        {"kind": "work", "key": "s2:a", "title": PAPERS[0][0], "year": 2023},
        {"kind": "work", "key": "s2:b", "title": PAPERS[1][0], "year": 2024},
        {"kind": "work", "key": "s2:c", "title": "Far Away", "year": 2019},
    ]
    edges = [("s2:b", "s2:a"), ("s2:a", "s2:c"), ("s2:b", "s2:d")]
    rows = works + [{"kind": "cites", "citing": a, "cited": b, "source": "s2"} for a, b in edges]
    (here / "out" / "citations.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert extracted(capsys)["extracted"] == 0
    graph = kgraph.load("out")
    assert len(graph.citations) == 3
    assert [paper.title for paper in graph.papers if not paper.records] == ["Far Away"]
    assert sum(d["type"] == "cites" for *_, d in graph.to_networkx().edges(data=True)) == 3
    assert all("kind" in data for _, data in graph.to_networkx().nodes(data=True))
    counts = json.loads((here / "out" / "build.json").read_text(encoding="utf-8"))["counts"]
    assert (counts["relations"]["cites"], counts["papers"], counts["papers_outside"]) == (3, 3, 1)
    assert extracted(capsys)["unchanged"] is True
    before = contents(here / "out")
    run("build", "in.jsonl", "-o", "out", "-q")
    assert contents(here / "out") == before
    (here / "out" / "citations.jsonl").unlink()
    assert extracted(capsys)["changes"]["removed"] == ["citations.jsonl"]
    assert contents(here / "out") == fresh(here, "in.jsonl")
    capsys.readouterr()
    run("extract", "in.jsonl")
    assert len(capsys.readouterr().out.splitlines()) == 2
