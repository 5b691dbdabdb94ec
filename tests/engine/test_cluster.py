"""The plan of a cluster's build, run in one process, against the local engine: all tables, triples, files."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.cli import cli
from kgraph.engine import open_engine
from kgraph.engine.local import LocalEngine
from kgraph.engine.spark_session import start
from kgraph.errors import InputError, KgraphError
from kgraph.export.publish import publish
from kgraph.model import Citation, Paper
from kgraph.pipeline.build import build as build_here
from kgraph.pipeline.cluster import foremost
from kgraph.pipeline.cluster.build import build
from kgraph.pipeline.cluster.components import components
from kgraph.pipeline.cluster.gather import gathered
from kgraph.pipeline.cluster.links import Belief
from kgraph.pipeline.cluster.papers import papers
from kgraph.pipeline.cluster.stages import asked
from kgraph.pipeline.extraction import extract_texts
from kgraph.pipeline.options import Options
from kgraph.pipeline.progress import Silent
from kgraph.pipeline.sources import PARTS, find, read_all
from kgraph.resolve.papers import resolve_papers
from tests.engine.in_process import InProcess, ListRows
from tests.engine.parity import differences, local


def on_cluster(inputs: list[str], out: Path, options: Options | None = None) -> Path:
    build(asked(inputs, options or Options(), out=out), InProcess(), Silent(), out)
    return out


def test_the_sample_and_its_single_files(tmp_path: Path) -> None:
    out, here = on_cluster([], tmp_path / "out"), local([], tmp_path / "here")
    assert not differences(out, here)
    publish(gathered(out / PARTS, Options()).build, out)
    names = {str(path.relative_to(here)) for path in here.rglob("*") if path.is_file()}
    assert len(names) > 15
    assert not [name for name in sorted(names) if (out / name).read_bytes() != (here / name).read_bytes()]
    assert sorted(path.name for path in out.iterdir()) == sorted([*(p.name for p in here.iterdir()), PARTS])


def test_patterns_mean_the_files_that_fit(tmp_path: Path) -> None:
    for day in ("2026-01-01", "2026-01-02"):
        folder = tmp_path / "works" / f"updated_date={day}"
        folder.mkdir(parents=True)
        work = f'{{"id": "https://openalex.org/W{day[-1]}", "title": "On {day}", "publication_year": 2026}}'
        (folder / "part_0000.gz").write_bytes(gzip.compress(work.encode()))
        (folder / "notes.txt").write_text("not asked for")
    pattern = "works/updated_date=*/part_*.gz"
    found = find([pattern], bases=[tmp_path])
    assert [file.shown for file in found.files] == [f"works/updated_date=2026-01-0{n}/part_0000.gz" for n in (1, 2)]
    out = on_cluster([str(tmp_path / pattern)], tmp_path / "out")
    assert not differences(out, local([str(tmp_path / pattern)], tmp_path / "here"))
    assert not find([str(out), str(tmp_path / pattern)], out=out).files[2:]
    with pytest.raises(InputError, match="no such file"):
        find(["works/*.nothing"], bases=[tmp_path])


def test_parts_are_replaced_whole(tmp_path: Path) -> None:
    out = on_cluster([], tmp_path / "out")
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    with pytest.raises(InputError):
        on_cluster(["nothing here"], out)
    on_cluster([], out)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


def test_real_abstracts_and_saved_pages(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kgraph.pipeline.cluster.slices.SLICE", 2)
    folder = tmp_path / "in"
    folder.mkdir()
    with gzip.open(shared / "corpora" / "abstracts-100k.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [next(lines) for _ in range(600)]
    (folder / "a.jsonl").write_text("".join(rows[:350]), encoding="utf-8")
    (folder / "b.gz").write_bytes(gzip.compress("".join(rows[300:]).encode()))  # some are there twice
    inputs = [str(folder), str(shared / "seeds"), str(shared / "corpora" / "duplicates-dev.jsonl.gz")]
    assert not differences(on_cluster(inputs, tmp_path / "out"), local(inputs, tmp_path / "here"))


def test_judgements_and_words_of_a_user(tmp_path: Path) -> None:
    with open_engine("local", 1) as engine:
        known = build_here([], Options(), engine, Silent()).build.knowledge
    systems = sorted((e for e in known.entities if e.kind == "system" and e.introduced_by), key=lambda e: e.id)
    one, two, three, four, *_ = systems
    rows = [
        f"same,{one.label},{two.label},made up",
        f"same,{three.label} @ {three.introduced_by[0]},{one.label},made up",
        f"different,{four.label} @ {four.introduced_by[0]},{four.label},made up",
        "same,Nothing Like It,vLLM,fits nothing",
    ]
    judged = tmp_path / "judged.csv"
    judged.write_text("\n".join(rows), encoding="utf-8")
    options = Options(
        judgements=(str(judged),),
        saved="2025-10-29",
        base_iri="https://example.org/",
        license="https://example.org/terms",
        min_confidence=0.8,
    )
    here = local([], tmp_path / "here", options)
    assert not differences(on_cluster([], tmp_path / "out", options), here)
    assert (here / "tables" / "entities.parquet").read_bytes() != b""
    assert "fits nothing" not in (here / "build.json").read_text()
    assert "Nothing Like It" in (here / "build.json").read_text()


def cited(paper: Paper, number: int) -> Iterator[dict[str, Any]]:
    """What services may say of a paper and of others: under ids, under titles, of years that fit or not."""
    two = "Nowhere Else" if number % 2 else "Far Away"
    yield {"kind": "work", "key": f"s2:{number}", "title": paper.title, "year": paper.year, "s2": f"{number:040}"}
    yield {"kind": "work", "key": f"openalex:W{number}", "arxiv": paper.arxiv, "openalex": f"W{number}"}
    yield {
        "kind": "work",
        "key": f"s2:far{number}",
        "title": two,
        "year": 1990 + number % 5,
        "doi": f"10.1/{number % 7}",
    }
    yield {"kind": "work", "key": f"title:{number % 3}", "title": paper.title.upper(), "year": 1901}
    for n in range(number % 4):
        said = {"contexts": [f'as in "[{n}]"\né'], "intents": ["methodology"]} if n == 1 else {}
        yield {"kind": "cites", "citing": f"s2:{number}", "cited": f"openalex:W{n * 3}", "source": "s2", **said}
        yield {"kind": "cites", "citing": f"openalex:W{number}", "cited": f"s2:{n * 3}", "source": "openalex"}
        yield {"kind": "cites", "citing": f"s2:{number}", "cited": f"s2:far{n}", "source": "s2"}
        yield {"kind": "cites", "citing": f"s2:{number}", "cited": f"s2:unheard-of-{n}", "source": "s2"}
        yield {"kind": "cites", "citing": f"s2:stranger{n}", "cited": f"s2:{number}", "source": "s2"}


def test_citations_and_exports_that_are_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_engine("local", 1) as engine:
        known = build_here([], Options(), engine, Silent()).build.knowledge
    rows = [json.dumps(row) + "\n" for i, paper in enumerate(known.papers) for row in cited(paper, i)]
    for name in ("out", "here"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "citations.jsonl").write_text("".join(rows), encoding="utf-8")
    monkeypatch.setattr("kgraph.pipeline.cluster.citations.PIECE", 1000)
    options = Options(also=("neo4j", "nanopubs", "rdf12"), base_iri="https://example.org/")
    here = local([], tmp_path / "here", options)
    out = on_cluster([], tmp_path / "out", options)
    assert not differences(out, here)
    counts = json.loads((here / "build.json").read_text(encoding="utf-8"))["counts"]
    assert counts["relations"]["cites"] > 50
    assert counts["papers_outside"] > 5
    arguments = (out / PARTS / "neo4j" / "import.args").read_text().splitlines()
    assert "--nodes=papers-header.csv,papers/part-.*.csv.gz" in arguments
    publish(gathered(out / PARTS, options).build, out)
    names = [path.relative_to(here) for path in sorted(here.rglob("*")) if path.is_file()]
    assert not [name for name in names if (out / name).read_bytes() != (here / name).read_bytes()]


@pytest.mark.parametrize(("line", "why"), [(b"{}", "lacks 'kind'"), (b"\xff", "not text"), (b"[", "Expecting")])
def test_citations_that_cant_be_read_are_named(line: bytes, why: str, tmp_path: Path) -> None:
    work = b'{"kind": "work", "key": "s2:a", "title": "A", "year": 2020}\n'
    path = tmp_path / "citations.jsonl"
    path.write_bytes(work * 40 + line + b"\n" + work + line)
    with pytest.raises(InputError, match=why) as raised:
        on_cluster([], tmp_path)
    assert raised.value.where == f"{path}: line 41"


def test_many_papers_are_found_without_one_machine_comparing(shared: Path) -> None:
    inputs = [str(shared / "corpora" / "duplicates-dev.jsonl.gz"), str(shared / "seeds")]
    records = read_all(find(inputs), Silent()).records
    expected = resolve_papers(records, "2025-10-29")
    rows = ListRows([list(records[i::4]) for i in range(4)])
    found, notes = papers(InProcess(), rows, "2025-10-29", few=0)
    assert tuple(sorted(found.stream(), key=lambda paper: paper.id)) == expected.papers
    assert len(expected.papers) < len(records)
    assert notes == expected.notes


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("abcdefghijklmn"), st.sampled_from("abcdefghijklmn")), max_size=20))
def test_components_are_those_of_networkx(edges: list[tuple[str, str]]) -> None:
    graph = nx.Graph([edge for edge in edges if edge[0] != edge[1]])
    expected = {node: min(part) for part in nx.connected_components(graph) for node in part}
    for few in (0, 1000):
        found = components(InProcess(), ListRows([edges[::2], edges[1::2]]), few)
        assert dict(found.stream()) == expected


def test_a_long_path_is_one_component() -> None:
    edges = [(f"{(n * 7919) % 1000:03}", f"{((n + 1) * 7919) % 1000:03}") for n in range(999)]
    assert {root for _, root in components(InProcess(), ListRows([edges]), few=0).stream()} == {"000"}


def test_the_foremost_part_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    with open_engine("local", 1) as engine:
        known = build_here([], Options(), engine, Silent()).build.knowledge
    believed = [
        Belief(
            paper,
            tuple(m for m in known.mentions if m.paper == paper.id),
            tuple(r for r in known.relations if r.paper == paper.id),
        )
        for paper in known.papers
    ]
    monkeypatch.setattr(foremost, "PAPERS", 5)
    monkeypatch.setattr(foremost, "PAIRS", 7)
    things, pairs = ListRows([list(known.entities)]), ListRows([list(known.comentions)])
    ids = [paper.id for paper in known.papers]
    cites = ListRows([[Citation(one, other) for one in ids for other in ids if one != other]])
    part = foremost.foremost_of(ListRows([believed]), things, pairs, cites, known.provenance)
    assert 0 < len(part.citations) <= 7
    most = sorted(believed, key=lambda one: (-len(one.relations), one.paper.id))[:5]
    assert {paper.id for paper in part.papers} == {one.paper.id for one in most}
    assert len(part.comentions) == 7
    assert {end for one in part.citations for end in (one.citing, one.cited)} <= {one.paper.id for one in most}
    named = {entity.id for entity in part.entities}
    assert {m.entity for m in part.mentions} == named
    assert {pair.a for pair in part.comentions} | {pair.b for pair in part.comentions} <= named


def test_machines_with_another_program_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = iter(["ours", *["ours"] * 50, *["theirs"] * 50])
    monkeypatch.setattr("kgraph.pipeline.fingerprint.program", lambda judged=(): next(told))
    with pytest.raises(KgraphError, match="don't have the kgraph"):
        on_cluster([], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_what_is_no_master_is_said() -> None:
    pytest.importorskip("pyspark")
    with pytest.raises(KgraphError, match="is no Spark master"):
        start("localhost")
    with pytest.raises(KgraphError, match="no Spark master answers"):
        start("spark://127.0.0.1:1")


def test_what_should_be_few_is_not_brought_together() -> None:
    with pytest.raises(KgraphError, match="more than 2 things"):
        ListRows([[1, 2], [3]]).few(2, "things")


class OnOneMachine(InProcess):
    """An engine for the command line that starts nothing."""

    def __enter__(self) -> OnOneMachine:
        return self

    def __exit__(self, *error: object) -> None:
        pass


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which engines were opened; none is."""
    names: list[str] = []

    def open_one(name: str, jobs: int | None, master: str) -> OnOneMachine | LocalEngine:
        names.extend((name, master))
        return OnOneMachine() if name == "spark" else LocalEngine(1)

    monkeypatch.setattr("kgraph.engine.open_engine", open_one)
    return names


@pytest.mark.parametrize("most", [20_000, 10])
def test_the_command_line(most: int, opened: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kgraph.pipeline.cluster.build.ONE_MACHINE", most)
    out = tmp_path / "out"
    (out / "tables").mkdir(parents=True)
    (out / "graph.ttl").write_text("of an earlier build")
    done = CliRunner().invoke(cli, ["build", "--engine", "spark", "--master", "local[3]", "-o", str(out)])
    assert done.exit_code == 0, done.output
    assert opened == ["spark", "local[3]"]
    assert str(out / PARTS) in done.output
    files = {path.name for path in out.iterdir()}
    if most == 10:
        assert files == {PARTS, "graph.html", "graph.graphml"}
        assert "more than" in done.output
    else:
        assert {"graph.ttl", "graph.html", "tables", "build.json", PARTS} <= files
        assert (out / "graph.ttl").read_text() != "of an earlier build"


def test_what_papers_say_is_said_in_the_same_words(opened: list[str], shared: Path, tmp_path: Path) -> None:
    path = tmp_path / "twice.jsonl"
    with gzip.open(shared / "corpora" / "abstracts-100k.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [next(lines) for _ in range(60)]
    again = [row.replace('"id": null', f'"id": "x{i}"') for i, row in enumerate(rows[:20])]
    path.write_text("".join([*rows, "{broken\n", *again]))
    inputs = [str(path), str(shared / "seeds")]
    here, there = (CliRunner().invoke(cli, ["extract", *inputs, "--engine", name]) for name in ("local", "spark"))
    assert (here.exit_code, there.exit_code) == (0, 0), there.output
    assert there.stdout.splitlines() == here.stdout.splitlines()
    assert there.stderr == here.stderr
    assert "skipped" in there.stderr
    assert len(here.stdout.splitlines()) > 90
    assert opened == ["local", "", "spark", ""]


@pytest.mark.parametrize("most", [20_000, 5])
def test_a_build_is_done_again(
    most: int, opened: list[str], shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kgraph.pipeline.cluster.build.ONE_MACHINE", most)
    monkeypatch.chdir(tmp_path)
    with gzip.open(shared / "corpora" / "abstracts-100k.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [next(lines) for _ in range(40)]
    Path("a.jsonl").write_text("".join(rows[:30]))
    options = ["-o", "out", "--engine", "spark"]

    def run(*arguments: str) -> dict[str, Any]:
        done = CliRunner().invoke(cli, [*arguments, "--json"])
        assert done.exit_code == 0, done.output
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    run("build", "a.jsonl", *options)
    assert run("rebuild", *options)["unchanged"] is True
    Path("a.jsonl").write_text("".join(rows))
    read: list[str] = []

    def extracting(extra: Any, texts: list[tuple[str, str]]) -> list[Any]:
        read.extend(title for title, _ in texts)
        return extract_texts(extra, texts)

    monkeypatch.setattr("kgraph.pipeline.cluster.reading.extract_texts", extracting)
    assert run("rebuild", *options)["changes"]["changed"] == ["a.jsonl"]
    assert len(set(read)) == 10
    assert not differences(Path("out"), local(["a.jsonl"], Path("here")))
    damaged = next(path for path in Path("out/parts/tables/mentions.parquet").iterdir())
    damaged.write_bytes(b"no table")
    read.clear()
    assert run("rebuild", "--force", *options)["unchanged"] is False
    assert 0 < len(set(read)) < 40
    assert not differences(Path("out"), Path("here"))
    shutil.rmtree("out/parts/triples")
    (Path("out") / "build.json").unlink(missing_ok=True)
    assert run("rebuild", *options)["changes"]["damaged"] is True
    assert not differences(Path("out"), Path("here"))
    nothing = CliRunner().invoke(cli, ["rebuild", "-o", "nowhere", "--engine", "spark"])
    assert nothing.exit_code == 1
    assert not Path("nowhere").exists()
