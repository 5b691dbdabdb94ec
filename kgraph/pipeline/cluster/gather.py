"""Parts of a graph that one machine can hold, brought together as the result of a local build."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kgraph.export.registry import Build
from kgraph.graph import provenance, tables
from kgraph.model import Extraction
from kgraph.pipeline.build import Result
from kgraph.pipeline.options import Options


def gathered(folder: Path, options: Options) -> Result:
    """Return the result of the build whose parts lie in `folder`: rows in the order of a local build.

    Parts of records are numbered as the files are, and parts of texts go together; both are read in order.

    `names`, which only extraction asks for, are left out.
    """
    known = tables.load(folder)
    by_paper = sorted(known.mentions, key=lambda mention: mention.paper)  # within a paper they are in order
    knowledge = replace(
        known,
        papers=tuple(sorted(known.papers, key=lambda paper: paper.id)),
        entities=tuple(sorted(known.entities, key=lambda entity: entity.id)),
        mentions=tuple(by_paper),
        relations=tuple(sorted(known.relations, key=lambda relation: relation.id)),
        comentions=tuple(sorted(known.comentions, key=lambda pair: (pair.a, pair.b))),
        citations=tuple(sorted(known.citations, key=lambda one: (one.citing, one.cited))),
        provenance=provenance.read(folder),
    )
    said = tables.load_extractions(folder)
    extractions: dict[str, Extraction] = {text: said[text] for text in sorted(said)}
    decisions = tuple(sorted(tables.load_decisions(folder)))
    return Result(
        Build(knowledge, tables.load_records(folder), extractions, options.base_iri, decisions), {}, len(said)
    )
