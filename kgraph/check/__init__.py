"""Whether an export is sound: its shapes, its evidence, its links and its numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from kgraph.check.outcome import Finding, Outcome

__all__ = ["Finding", "Outcome", "check"]


def check(where: Path, *, unlike: str = "", said: Callable[[str], None] = lambda step: None) -> Iterator[Outcome]:
    """Yield the outcome of every check of an export folder, as each is done.

    Of a single RDF file only shapes and IRIs can be checked. `unlike` says why the files of the export can't be
    compared with what this kgraph would write, such as that another one wrote them; `said` is called with what is
    looked at next. Raises GraphError if there is nothing that can be read.
    """
    from kgraph.check.links import check_iris
    from kgraph.check.shapes import check_shapes
    from kgraph.ontology import ontology_folder
    from kgraph.query.store import open_store

    store = open_store(where)
    yield check_iris(store)
    if where.is_dir():
        yield from _tables(where, store, unlike, said)
    said(f"shapes of {len(store):,} triples")
    yield check_shapes(store, ontology_folder() / "shapes.ttl")


def _tables(folder: Path, store: object, unlike: str, said: Callable[[str], None]) -> Iterator[Outcome]:
    from dataclasses import replace

    from pyoxigraph import Store

    from kgraph.check.counts import check_counts, check_syntaxes
    from kgraph.check.evidence import check_evidence, source_notes
    from kgraph.check.faces import check_faces
    from kgraph.check.files import check_files
    from kgraph.check.links import check_ids
    from kgraph.graph import tables

    assert isinstance(store, Store)
    knowledge = tables.load(folder)
    records = tables.load_records(folder)
    evidence = check_evidence(knowledge, records, store)
    yield replace(evidence, notes=tuple(source_notes(knowledge.provenance.sources, (Path(), folder.parent))))
    yield check_ids(knowledge, records)
    yield check_files(folder, knowledge, records, unlike=unlike, said=said)
    yield check_counts(folder, knowledge, store, len(records))
    yield check_syntaxes(folder, store)
    yield from check_faces(folder, store)
