"""What the work costs at least: bare passes over the same texts, beside the extraction that includes far more."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pyoxigraph
from ahocorasick_rs import AhoCorasick

from benchmarks.builds import write_rows
from benchmarks.measure import Row, seconds
from kgraph.api import Graph
from kgraph.extract import extract
from kgraph.graph.triples import triples
from kgraph.model import Record
from kgraph.vocab import load


def measure(records: list[Record], graph: Graph, folder: Path, runs: int) -> list[Row]:
    """Return the time of reading and unpacking `records`, of one Aho-Corasick scan over them for all names of the
    vocabulary, of writing the triples of their `graph` from memory, and of extraction beside the sum of these."""
    plain, packed, out = folder / "bare.jsonl", folder / "bare.jsonl.gz", folder / "bare.nt"
    write_rows(records, plain)
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    vocabulary = load()
    names = sorted({name.lower() for c in vocabulary.concepts.values() for name in (c.label, *c.alt)})
    searcher = AhoCorasick(names)
    texts = [(record.title, record.abstract) for record in records]
    size = sum(len(title) + len(abstract) for title, abstract in texts)
    facts = list(triples(graph.knowledge))

    def reading() -> None:
        with gzip.open(packed, "rt", encoding="utf-8") as lines:
            for line in lines:
                json.loads(line)

    def scanning() -> None:
        for title, abstract in texts:
            searcher.find_matches_as_indexes(title.lower(), overlapping=True)
            searcher.find_matches_as_indexes(abstract.lower(), overlapping=True)

    def writing() -> None:
        pyoxigraph.serialize(facts, str(out), format=pyoxigraph.RdfFormat.N_TRIPLES)

    def extracting() -> None:
        for title, abstract in texts:
            extract(title, abstract, vocabulary)

    read, scan, write, ours = (seconds(f, runs) for f in (reading, scanning, writing, extracting))
    bare = read + scan + write
    return [
        Row(f"bare: read and unpack {len(texts)} papers, {size / 1e6:.2f} M characters", f"{read * 1e3:.1f} ms"),
        Row(f"bare: scan them for {len(names)} names", f"{scan * 1e3:.1f} ms"),
        Row(f"bare: write their {len(facts)} triples", f"{write * 1e3:.1f} ms"),
        Row(
            "extraction of them, one process", f"{ours * 1e3:.1f} ms", f"bare passes: {bare * 1e3:.1f} ms", bare / ours
        ),
    ]
