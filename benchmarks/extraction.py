"""Extraction against the pipeline people build first: spaCy, blank, with sentencizer and entity_ruler."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from benchmarks.measure import Row, in_turn
from kgraph.extract import extract
from kgraph.model import Record
from kgraph.vocab import load


def measure(records: list[Record], runs: int) -> list[Row]:
    """Return characters a second of both, one process each, over the same vocabulary.

    spaCy finds the names of the vocabulary and the sentences; kgraph finds new names and relations besides.
    """
    spacy: Any = import_module("spacy")  # an extra of its own, which the checks do without

    vocabulary = load()
    texts = [(record.title, record.abstract) for record in records]
    size = sum(len(title) + len(abstract) for title, abstract in texts)
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    names = sorted({(str(c.kind), name) for c in vocabulary.concepts.values() for name in (c.label, *c.alt)})
    ruler.add_patterns([{"label": kind, "pattern": name} for kind, name in names])
    joined = [f"{title}\n{abstract}" for title, abstract in texts]

    def ours() -> None:
        for title, abstract in texts:
            extract(title, abstract, vocabulary)

    def peer() -> None:
        for _ in nlp.pipe(joined):
            pass

    mine, theirs = in_turn(ours, peer, runs)
    what = f"extraction, {len(texts)} texts, {size / 1e6:.2f} M characters"
    return [
        Row(
            what,
            f"{size / mine / 1e6:.2f} M characters/s",
            f"spaCy blank + sentencizer + entity_ruler ({len(names)} names): {size / theirs / 1e6:.2f} M characters/s",
            theirs / mine,
        )
    ]
