"""build.json: what the graph was made from, and how much of everything it holds. No clocks: same input, same bytes."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from kgraph.export.registry import Build
from kgraph.graph import provenance
from kgraph.graph.triples_build import licence
from kgraph.model import Kind, Knowledge, Provenance, RelationType


def counts(knowledge: Knowledge) -> dict[str, Any]:
    """Return how many papers, entities of each kind, relations of each type and co-mentions there are.

    `papers_outside` are those of the papers that no source holds, but citations name.
    """
    kinds = Counter(entity.kind for entity in knowledge.entities)
    types = Counter(relation.type for relation in knowledge.relations)
    return {
        "papers": len(knowledge.papers),
        "papers_outside": sum(not paper.records for paper in knowledge.papers),
        "entities": {kind.value: kinds[kind] for kind in Kind},
        "mentions": len(knowledge.mentions),
        "relations": {type_.value: types[type_] for type_ in RelationType} | {"cites": len(knowledge.citations)},
        "comentions": len(knowledge.comentions),
    }


def write_build_json(build: Build, path: Path) -> None:
    """Write build.json at `path`; the triples counted are those of the graph.nq beside it, where there is one."""
    known = build.knowledge
    number = {"records": len(build.records)} | counts(known) | {"triples": _lines(path.parent / "graph.nq")}
    path.write_text(document(known.provenance, number), encoding="utf-8", errors="replace")


def document(origin: Provenance, number: dict[str, Any]) -> str:
    """Return build.json of a build that came from `origin` and holds so many of everything."""
    data = provenance.to_json(origin) | {"license": licence(origin), "counts": number}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _lines(path: Path) -> int:
    if not path.exists():
        return 0
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
