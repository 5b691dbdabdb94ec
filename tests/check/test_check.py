"""`kgraph check` on a whole export: sound as built, and every tampering is seen."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import process_time

import pyarrow.parquet as pq
import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kgraph.check import check
from kgraph.check.evidence import check_evidence
from kgraph.cli import main
from kgraph.errors import GraphError
from kgraph.export.publish import opened, publish
from kgraph.export.registry import Build
from kgraph.graph.triples_mentions import END, EXACT, SELECTOR, SOURCE, START
from kgraph.model import Knowledge, Record, Source
from tests.toy import toy


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy as a whole export, with its source file beside it."""
    knowledge = toy()
    records = tuple(Record(p.title, p.abstract, date=p.date) for p in knowledge.papers)
    papers = tuple(replace(p, records=(r.id,)) for p, r in zip(knowledge.papers, records, strict=True))
    source = Source("gone.txt", "saved-page", "0" * 64, len(records))
    made = replace(knowledge, papers=papers, provenance=replace(knowledge.provenance, sources=(source,)))
    folder = tmp_path_factory.mktemp("check") / "export"
    with opened(folder):
        publish(Build(made, records), folder)
    return folder


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8", newline="")

    return change


def replaced(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Everywhere in a file."""

    def change(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert text.count(old) > 1
        (folder / name).write_text(text.replace(old, new), encoding="utf-8", newline="")

    return change


def recount(folder: Path) -> None:
    data = json.loads((folder / "build.json").read_text(encoding="utf-8"))
    data["counts"]["papers"] += 1
    (folder / "build.json").write_text(json.dumps(data), encoding="utf-8")


def cell(table: str, column: str, change: Callable[[object], object]) -> Callable[[Path], None]:
    """Change one column of the first row of a table that has a value there."""

    def tamper(folder: Path) -> None:
        path = folder / "tables" / f"{table}.parquet"
        rows = pq.read_table(path)
        values = rows.column(column).to_pylist()
        values[0] = change(values[0])
        index = rows.schema.get_field_index(column)
        field = rows.schema.field(index)
        import pyarrow as pa

        pq.write_table(rows.set_column(index, field, pa.array(values, field.type)), path)

    return tamper


TAMPERINGS: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "a paper's abstract": (cell("papers", "abstract", lambda v: f"X{v}"), "evidence", "not those of its digest"),
    "a record's abstract": (
        cell("records", "abstract", lambda v: f"X{v}"),
        "evidence",
        "no source record has its text",
    ),
    "a mention's place": (cell("resolved_mentions", "start", lambda v: 1), "evidence", "does not hold"),
    "a mention's entity": (cell("resolved_mentions", "entity", lambda v: "system/x"), "ids", "entity system/x"),
    "a relation's object": (cell("relations", "object", lambda v: "system/x"), "ids", "object system/x"),
    "build.json": (recount, "counts", "papers: 9, but the tables hold 8"),
    "a missing triple": (edit("graph.nq", "<https://w3id.org/kgraph/ns#runsOn>", "<a:b>"), "shapes", "no plain triple"),
    "a quote in RDF": (
        edit("graph.nq", '"Tidal builds on Orca" .', '"Tidal builds" .'),
        "shapes",
        "stands at its place",
    ),
    "a quote in RDF, everywhere": (
        replaced("graph.nq", '"Tidal builds on Orca"', '"Tidal builds on vLLM"'),
        "evidence",
        "does not hold 'Tidal builds on vLLM'",
    ),
    "Turtle": (edit("graph.ttl", '"Tidal builds on Orca"', '"Tidal builds"'), "syntaxes", "graph.nq does not hold"),
    "broken Turtle": (edit("graph.ttl", "@prefix kg:", "prefix"), "syntaxes", "can't be read"),
    "a cell of a CSV": (edit("relations.csv", ",worse,", ",better,"), "files", "is not what the tables give"),
    "GraphML": (edit("graph.graphml", "Orca", "Arco"), "files", "is not what the tables give"),
    "node-link JSON": (edit("graph.json", "Orca", "Arco"), "files", "is not what the tables give"),
    "a page cut short": (
        lambda folder: (folder / "graph.html").write_bytes((folder / "graph.html").read_bytes()[:-20]),
        "files",
        "changed since it was written",
    ),
    "a row too many": (
        lambda folder: (folder / "papers.csv").write_bytes((folder / "papers.csv").read_bytes() + b"x\r\n"),
        "files",
        "shorter or longer",
    ),
    "a file gone": (lambda folder: (folder / "graph.json").unlink(), "files", "missing (kgraph rebuild"),
    "CSV": (edit("relations.csv", "runs_on", "ran_on"), "counts", "runs_on relations: 5, but the tables hold 6"),
}


def test_an_export_is_sound_as_built(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--graph", str(export)]) == 0
    out = capsys.readouterr().out
    assert "FAIL" not in out
    assert "ok    evidence: 23 quotes and 39 mentions" in out
    assert "gone.txt: not here any more" in out


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_seen(export: Path, tmp_path: Path, name: str) -> None:
    change, where, message = TAMPERINGS[name]
    shutil.copytree(export, tmp_path / "copy")
    change(tmp_path / "copy")
    failed = {outcome.name: outcome.findings for outcome in check(tmp_path / "copy") if not outcome.ok}
    assert [f for f in failed[where] if message in f.what], failed
    if name == "CSV":
        assert {f.where for f in failed[where]} == {"relations.csv"}


def test_the_report_can_be_json_and_the_exit_code_tells(
    export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(export, tmp_path / "copy")
    recount(tmp_path / "copy")
    assert main(["check", "--graph", str(tmp_path / "copy"), "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [outcome["name"] for outcome in report if not outcome["ok"]] == ["counts"]


def test_a_single_rdf_file_is_checked_too(export: Path) -> None:
    assert [(outcome.name, outcome.ok) for outcome in check(export / "graph.ttl")] == [("IRIs", True), ("shapes", True)]


def test_no_export_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match=r"no graph here \(make one: kgraph build -o"):
        list(check(tmp_path))


def test_a_title_of_any_length_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    row = {
        "title": "Zorbl: " + "a very long title " * 20_000,
        "abstract": "We present Zorbl, which is 2x faster than vLLM.",
    }
    Path("in.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert main(["build", "in.jsonl", "-o", "out", "-q"]) == 0
    assert main(["check", "--graph", "out", "-q"]) == 0


def test_sources_are_looked_for_where_a_rebuild_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From another folder, a source that lies beside the export is not gone."""
    (tmp_path / "here").mkdir()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    row = {"title": "Zorbl: Fast Serving", "abstract": "We present Zorbl, which is 2x faster than vLLM."}
    Path("in.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert main(["build", "in.jsonl", "-o", "out", "-q"]) == 0
    monkeypatch.chdir(tmp_path / "elsewhere")
    for wanted, change in (("", ""), ("has changed since the build", "\n"), ("not here any more", None)):
        if change is None:
            (tmp_path / "here" / "in.jsonl").unlink()
        else:
            with (tmp_path / "here" / "in.jsonl").open("a") as file:
                file.write(change)
        capsys.readouterr()
        assert main(["check", "--graph", "../here/out"]) == 0
        out = capsys.readouterr().out
        assert (wanted in out) if wanted else "note" not in out


def test_what_another_kgraph_wrote_is_not_compared_but_must_be_there(
    export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(export, tmp_path / "copy")
    edit("graph.graphml", "Orca", "Arco")(tmp_path / "copy")
    assert main(["check", "--graph", str(tmp_path / "copy")]) == 0
    assert "not checked: their content, since another kgraph" in capsys.readouterr().out
    (tmp_path / "copy" / "papers.csv").unlink()
    assert main(["check", "--graph", str(tmp_path / "copy")]) == 1
    assert "papers.csv: missing" in capsys.readouterr().out


def test_optional_exports_are_compared_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    row = {"title": "Zorbl: Fast Serving", "abstract": "We present Zorbl, which is 2x faster than vLLM."}
    Path("in.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert main(["build", "in.jsonl", "-o", "out", "-q", "--neo4j", "--rdf12", "--nanopubs"]) == 0
    assert main(["check", "--graph", "out"]) == 0
    assert "not checked" not in capsys.readouterr().out
    edit("neo4j/papers.csv", "Zorbl", "Lbroz")(Path("out"))
    assert main(["check", "--graph", "out"]) == 1
    assert "neo4j/papers.csv: changed since it was written" in capsys.readouterr().out


def test_the_quotes_of_a_large_graph_take_time_for_each_once() -> None:
    many = 6_000
    passages = []
    for i in range(many):
        passage, place = NamedNode(f"http://x/passage/{i}"), NamedNode(f"http://x/place/{i}")
        passages += [
            Quad(passage, SOURCE, NamedNode("http://x/text")),
            Quad(passage, SELECTOR, place),
            Quad(place, EXACT, Literal("vLLM")),
            Quad(place, START, Literal(i)),
            Quad(place, END, Literal(i + 4)),
        ]
    store = Store()
    store.extend(passages)
    before = process_time()
    assert len(check_evidence(Knowledge(), (), store).findings) == many  # no text holds them
    assert process_time() - before < 5
