"""A whole build on a cluster: from files to parts of tables and of triples."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgraph.engine.rows import Cluster, Rows
from kgraph.export.build_json import document
from kgraph.graph import triples_parts
from kgraph.graph.naming import Naming
from kgraph.graph.provenance import FILE
from kgraph.graph.rows import to_table
from kgraph.graph.tables import FOLDER
from kgraph.graph.triples_build import Census, Whole, description, input_digest
from kgraph.model import Entity, Extraction, Kind, Knowledge, Provenance, RelationType, Source
from kgraph.pipeline.cluster import also, parts
from kgraph.pipeline.cluster.citations import link, nothing
from kgraph.pipeline.cluster.foremost import foremost_of
from kgraph.pipeline.cluster.links import Belief, beliefs, comentions
from kgraph.pipeline.cluster.parts import Known
from kgraph.pipeline.cluster.stages import Asked, origin, understood
from kgraph.pipeline.progress import Progress
from kgraph.pipeline.sources import PARTS, citations_file

_NEW = ".kgraph-parts-new"
ONE_MACHINE = 20_000
"""Papers up to which one machine also writes what a local build writes."""
MOST_CITATIONS = 1_000_000
"""Citations up to which it does."""
MOST_KINDS = 100
"""Tables, and families of triples, are few; their parts are summed up where they are written."""
MOST_RULES = 100_000
MOST_MAKERS = 100_000


@dataclass(frozen=True)
class Summary:
    """What a driver knows of a build: the counts of build.json, where it came from, how many texts there are and
    how many of them were read for mentions, and of a build of more than `ONE_MACHINE` papers the foremost part."""

    counts: dict[str, Any]
    provenance: Provenance
    texts: int
    extracted: int
    foremost: Knowledge | None = None


def build(
    given: Asked,
    cluster: Cluster,
    progress: Progress,
    out: Path,
    *,
    known: Rows[tuple[str, Extraction]] | None = None,
) -> Summary:
    """Write the build of what is asked for to `out`/parts and return what it holds.

    All machines must see the inputs and `out` under the same paths. The tables hold the rows, and the triples the
    lines, that a local build of the same inputs has. `known` are extractions of an earlier build.
    """
    options, told_citations = given.options, citations_file(out.absolute())
    found = understood(cluster, given, progress, known=known, things=also.NANOPUBS in options.also)
    with _replacing(out.absolute() / PARTS) as folder:
        with progress.stage("link", found.count, "papers") as advance:
            cited = link(cluster, found.works, told_citations) if told_citations else nothing(cluster)
            own = cited.own if told_citations else None
            inside = beliefs(found.pairs, found.names.uses, options.min_confidence, own).kept()
            together = comentions(cluster, inside, found.count).kept()
            believed = inside.plus(cited.outside.each(lambda paper: [Belief(paper)])) if told_citations else inside
            advance(inside.count())
        entities, made = found.names.entities, origin(given, (*found.sources, *cited.sources), found.notes)
        with progress.stage("write", None, "rows") as advance:
            all_of_it = Known(believed, entities, together, cited.citations, cited.placeholders)
            tables = parts.tables(folder / FOLDER, found.records, found.said, all_of_it, found.names.decisions)
            lengths = _lengths(tables)
            _table_of_sources(folder / FOLDER, made.sources)
            whole = _whole(made, believed, entities, lengths["papers"])
            triples = _triples(folder, options.base_iri, all_of_it, whole, options.also)
            also.write(folder, all_of_it, made, options)
            counts = _counts(whole, lengths, triples, found.count)
            (folder / FILE).write_text(document(made, counts), encoding="utf-8", errors="replace")
            advance(sum(lengths.values()))
        small = found.count <= ONE_MACHINE and lengths["citations"] <= MOST_CITATIONS
        foremost = None if small else foremost_of(inside, entities, together, cited.citations, made)
    return Summary(counts, made, lengths["extractions"], found.extracted, foremost)


@contextmanager
def _replacing(folder: Path) -> Iterator[Path]:
    """Give a new folder to write to, and put it in the place of `folder` once it is whole."""
    new = folder.with_name(_NEW)
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    try:
        yield new
        old = folder.with_name(f"{_NEW}.old")
        shutil.rmtree(old, ignore_errors=True)
        if folder.exists():
            os.replace(folder, old)
        os.replace(new, folder)
        shutil.rmtree(old, ignore_errors=True)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


def _lengths(writing: Sequence[Rows[tuple[str, int]]]) -> dict[str, int]:
    """Write, and return how many rows each table has."""
    first, *others = writing
    return dict(first.plus(*others).reduced(_both).few(MOST_KINDS, "tables"))


def _table_of_sources(folder: Path, sources: Sequence[Source]) -> None:
    import pyarrow.parquet as pq

    path = folder / "sources.parquet" / "part-00000.parquet"
    path.parent.mkdir(parents=True)
    pq.write_table(to_table(Source, sources), path, compression="zstd")


def _whole(origin: Provenance, believed: Rows[Belief], entities: Rows[Entity], count: int) -> Whole:
    """Return what describes the graph; the ids of records pass through one task, one partition at a time."""
    ids = believed.each(lambda one: one.paper.records).distinct().sorted_by(str)
    (digest,) = ids.in_turn(lambda rows: [input_digest(rows)]).few(1, "digests")
    facts = believed.each(_told_by_paper).plus(entities.each(_told_by_entity)).reduced(_both).few(MOST_RULES, "rules")
    told: dict[str, dict[str, Any]] = {what: {} for what in ("kind", "type", "least", "rule")}
    for (what, name), value in facts:
        told[what][name] = value
    least = told["least"]
    return Whole(
        provenance=origin,
        input=digest,
        rules=frozenset(told["rule"]),
        papers=count,
        kinds={Kind(kind): number for kind, number in told["kind"].items()},
        types={RelationType(kind): number for kind, number in told["type"].items()},
        examples=(least.get("paper", ""), *(least.get(kind.value, "") for kind in Kind)),
    )


def _told_by_paper(one: Belief) -> Iterator[tuple[tuple[str, str], Any]]:
    yield ("least", "paper"), one.paper.id
    for relation in one.relations:
        yield ("type", relation.type.value), 1
    for rule in {m.rule for m in one.mentions} | {r.rule for r in one.relations}:
        yield ("rule", rule), 0


def _told_by_entity(one: Entity) -> list[tuple[tuple[str, str], Any]]:
    return [(("kind", one.kind.value), 1), (("least", one.kind.value), one.id)]


def _both(one: Any, other: Any) -> Any:
    """Return the sum of two numbers, and of two ids the lesser."""
    return min(one, other) if isinstance(one, str) else one + other


def _triples(folder: Path, base: str, known: Known, whole: Whole, asked: Sequence[str]) -> int:
    """Write all triples and return their number."""
    naming, census = Naming(base), Census()
    first, *others = parts.triples(folder, base, known)
    for _, seen in first.plus(*others).reduced(Census.add).few(MOST_KINDS, "families of triples"):
        census.add(seen)
    made = known.entities.each(lambda one: [(one.manufacturer, one)] if one.manufacturer else [])
    makers = [one for _, one in made.reduced(_least).few(MOST_MAKERS, "manufacturers")]

    def blocks() -> Iterable[Any]:
        yield from triples_parts.of_whole(whole, makers, naming)
        # what describes all of it comes last, when everything before it is counted; it isn't counted by class itself
        described.extend(description(whole, naming, census))
        yield from described

    described: list[Any] = []
    parts.whole_part(folder, _counting(blocks(), census, described), Census())
    if also.RDF12 in asked:
        again = [*triples_parts.of_whole(whole, makers, naming), *described]
        also.reifiers(folder, base, known.believed, again)
    return census.triples + sum(len(pairs) for _, pairs in described)


def _counting(blocks: Iterable[Any], census: Census, described: list[Any]) -> Iterator[Any]:
    for subject, pairs in blocks:
        block = subject, list(dict.fromkeys(pairs))
        if not described:
            census.see(block)
        yield block


def _least(one: Entity, other: Entity) -> Entity:
    return min(one, other, key=lambda entity: entity.id)


def _counts(whole: Whole, lengths: dict[str, int], triples: int, inside: int) -> dict[str, Any]:
    types = {kind.value: whole.types.get(kind, 0) for kind in RelationType}
    return {
        "records": lengths["records"],
        "papers": whole.papers,
        "papers_outside": whole.papers - inside,
        "entities": {kind.value: whole.kinds.get(kind, 0) for kind in Kind},
        "mentions": lengths["resolved_mentions"],
        "relations": types | {"cites": lengths["citations"]},
        "comentions": lengths["comentions"],
        "triples": triples,
    }
