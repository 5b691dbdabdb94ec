"""The CSV files: documented columns, readable by the csv module, harmless in a spreadsheet."""

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kgraph.export.csv import write_comentions, write_entities, write_papers, write_relations
from kgraph.export.registry import Build
from kgraph.model import Knowledge, Paper, Record
from tests.toy import toy


def rows(write: Callable[[Build, Path], None], build: Build, folder: Path) -> list[dict[str, str]]:
    path = folder / "file.csv"
    write(build, path)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_relations(tmp_path: Path) -> None:
    found = rows(write_relations, Build(toy()), tmp_path)
    (row,) = [r for r in found if r["value"] == "2-4x"]
    assert row["type"] == "compares_against"
    assert (row["subject"], row["object"]) == ("system/tidal", "system/orca")
    assert (row["polarity"], row["metric"], row["value_low"], row["value_high"]) == ("better", "throughput", "2", "4")
    assert row["evidence"] == "TIDAL improves the throughput of Orca by 2-4x"
    assert (row["paper"], row["year"], row["up_to"]) == ("paper/tidal-333333", "2023", "false")
    cites = [r for r in found if r["type"] == "cites"]
    assert {(r["subject"], r["object"]) for r in cites} == {(c.citing, c.cited) for c in toy().citations}


def test_entities(tmp_path: Path) -> None:
    found = {row["id"]: row for row in rows(write_entities, Build(toy()), tmp_path)}
    tidal = found["system/tidal"]
    assert (tidal["kind"], tidal["label"], tidal["aliases"]) == ("system", "Tidal", "Tidal|TIDAL")
    assert (tidal["papers"], tidal["compares"], tidal["compared_with"]) == ("6", "2", "4")
    assert (tidal["first_year"], tidal["last_year"]) == ("2023", "2025")
    assert found["hardware/gpu"]["level"] == "class"


def test_papers_list_records_as_their_source_names_them(tmp_path: Path) -> None:
    named = Record("T", "A", source="a.jsonl", source_id="W1")
    unnamed = Record("T", "A", source="b.txt")
    paper = Paper("paper/t", "T", "A", named.text_id, records=(named.id, unnamed.id))
    (row,) = rows(write_papers, Build(Knowledge(papers=(paper,)), (named, unnamed)), tmp_path)
    assert row["records"] == f"W1|{unnamed.id}"
    assert row["sources"] == "a.jsonl|b.txt"


def test_comentions(tmp_path: Path) -> None:
    found = rows(write_comentions, Build(toy()), tmp_path)
    assert [(r["a"], r["b"]) for r in found] == [(c.a, c.b) for c in toy().comentions]
    assert {r["a_label"] for r in found} <= {e.label for e in toy().entities}


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("\t=1", "'\t=1"),
        ("-5%", "-5%"),
        ("+1.5x", "+1.5x"),
        ('a "quoted", title', 'a "quoted", title'),
        ("two\r\nlines", "two\r\nlines"),
        ("lone \ud83d", "lone \ufffd"),
    ],
)
def test_untrusted_text_is_no_formula(tmp_path: Path, title: str, cell: str) -> None:
    paper = replace(toy().papers[0], title=title)
    (row,) = rows(write_papers, Build(Knowledge(papers=(paper,))), tmp_path)
    assert row["title"] == cell


def test_lines_end_as_rfc_4180_says(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    write_papers(Build(toy()), path)
    data = path.read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n") == len(toy().papers) + 1
