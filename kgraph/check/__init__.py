"""Whether an export is sound: its shapes, its evidence, its links and its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kgraph.check.outcome import Finding, Outcome

__all__ = ["Finding", "Outcome", "check"]


def check(where: Path) -> Iterator[Outcome]:
    """Yield the outcome of every check of an export folder, as each is done.

    Of a single RDF file only shapes and IRIs can be checked. Raises GraphError if there is nothing that can be read.
    """
    from kgraph.check.links import check_iris
    from kgraph.check.shapes import check_shapes
    from kgraph.ontology import ontology_folder
    from kgraph.query.store import open_store

    store = open_store(where)
    yield check_iris(store)
    if where.is_dir():
        yield from _tables(where, store)
    yield check_shapes(store, ontology_folder() / "shapes.ttl")


def _tables(folder: Path, store: object) -> Iterator[Outcome]:
    from dataclasses import replace

    from pyoxigraph import Store

    from kgraph.check.counts import check_counts, check_syntaxes
    from kgraph.check.evidence import check_evidence, source_notes
    from kgraph.check.faces import check_faces
    from kgraph.check.links import check_ids
    from kgraph.graph import tables

    assert isinstance(store, Store)
    knowledge = tables.load(folder)
    records = tables.load_records(folder)
    evidence = check_evidence(knowledge, records, store)
    yield replace(evidence, notes=tuple(source_notes(knowledge.provenance.sources, (Path(), folder.parent))))
    yield check_ids(knowledge, records)
    yield check_counts(folder, knowledge, store, len(records))
    yield check_syntaxes(folder, store)
    yield from check_faces(folder, store)
