"""Annotations in their compact form, and the texts that they are about."""

import gzip
import json
from pathlib import Path

from kgraph.extract.relations.learn import examples, read
from kgraph.model import digest
from kgraph.text import key

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
    assert [(p[2]["relations"][0]["evidence"], p[3]) for p in papers] == [("Pico runs on an A100", 2)]
    assert [(e.name, e.holds) for e in examples("runs_on", papers)] == [("A100", True), ("V100", None)]
