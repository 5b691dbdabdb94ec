"""Annotations in their compact form, and the texts that they are about."""

import gzip
import json
from pathlib import Path

import numpy as np

from kgraph.extract.relations.learn import Example, examples, fit, read
from kgraph.text import digest, key

TITLE, ABSTRACT = "Pico: small kernels", "We present Pico. Pico runs on an A100. Others use a V100."


def test_compact_annotations_find_their_text_and_their_evidence_again(tmp_path: Path) -> None:
    start = ABSTRACT.index("Pico runs")
    row = {
        "paper": digest(key(TITLE)),
        "reader": 2,
        "names": [
            ["Pico", "system", True, "", "Pico"],
            ["A100", "hardware", False, "product", "A100"],
            ["V100", "hardware", False, "product", "V100"],
        ],
        "relations": [["runs_on", "PAPER", "A100", 1, start, start + len("Pico runs on an A100")]],
        "open": {"runs_on": ["V100"]},
    }
    elsewhere = {**row, "paper": digest(key("Another paper"))}
    gold, corpus = tmp_path / "gold.jsonl", tmp_path / "corpus.jsonl.gz"
    gold.write_text(json.dumps(row) + "\n" + json.dumps(elsewhere) + "\n", encoding="utf-8")
    with gzip.open(corpus, "wt", encoding="utf-8") as out:
        out.write(json.dumps({"title": TITLE.upper(), "abstract": ABSTRACT}) + "\n")
    papers = read(corpus, gold, 1)
    assert [(p[2]["relations"][0]["evidence"], p[3]) for p in papers] == [("Pico runs on an A100", 12)]
    assert [(e.name, e.holds) for e in examples("runs_on", papers)] == [("A100", True), ("V100", None)]


def test_two_readings_of_a_paper_weigh_as_much_as_one() -> None:
    def rows(weight: float, times: int) -> list[Example]:
        told = [("1", ("bias", "on"), True), ("2", ("bias",), False), ("3", ("bias", "on"), False)]
        return [Example(p, "X", f, holds, weight=weight) for p, f, holds in told for _ in range(times)]

    names = ["bias", "on"]
    assert np.allclose(fit(rows(1.0, 1), names), fit(rows(0.5, 2), names), atol=1e-4)
    assert fit(rows(1.0, 1), names)[1] > 0


def test_readings_of_one_paper_are_held_out_together() -> None:
    gold = {"entities": [{"name": "A100", "type": "hardware", "surfaces": []}], "relations": []}
    rows = examples("runs_on", [(TITLE, ABSTRACT, gold, 0), (TITLE.upper(), ABSTRACT, gold, 11)])
    assert [(r.weight, r.reader) for r in rows] == [(0.5, 0), (0.5, 11)]
    assert len({r.fold for r in rows}) == 1
