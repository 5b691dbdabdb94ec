"""Exports that are made only when asked for, written by many machines: each holds what that of one machine holds.

- --nanopubs: nanopublications/part-N.nq.gz, the quads of nanopublications.trig;
- --rdf12: rdf12/reifiers and rdf12/whole, N-Triples 1.2: with triples/ but triples/whole they are graph.rdf12.ttl;
- --neo4j: neo4j/TABLE/part-N.csv.gz beside neo4j/TABLE-header.csv, and import.args, which names them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import add, itemgetter
from pathlib import Path
from typing import Any

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from kgraph.engine.rows import Rows
from kgraph.export import neo4j
from kgraph.graph import networks
from kgraph.graph.naming import Naming
from kgraph.graph.nanopublications import nanopublications
from kgraph.graph.reifiers import REIFIES, about, reified
from kgraph.graph.terms import Block
from kgraph.graph.triples_relations import relations
from kgraph.model import Citation, CoMention, Entity, Knowledge, Provenance, RelationType
from kgraph.pipeline.cluster.files import packed
from kgraph.pipeline.cluster.links import Belief
from kgraph.pipeline.cluster.parts import Known
from kgraph.pipeline.options import Options

NEO4J, RDF12, NANOPUBS = "neo4j", "rdf12", "nanopubs"
MOST_NAMES = 1_000

Lines = Callable[[Any], Iterable[str]]


def write(folder: Path, known: Known, origin: Provenance, options: Options) -> None:
    """Write the exports that `options` ask for into `folder`, but RDF 1.2, which goes with the triples."""
    if NANOPUBS in options.also:
        quads = partial(_nanopublications, origin, options.base_iri)
        _parts(known.believed, _paper, folder / "nanopublications", "nq", quads)
    if NEO4J in options.also:
        _neo4j(folder / NEO4J, known)


def _parts(rows: Rows[Any], key: Callable[[Any], Any], folder: Path, ending: str, lines: Lines) -> None:
    """Write `lines` of each row, in the order of `key`, as `folder`/part-N.ENDING.gz."""
    rows.saved(key, partial(_part, folder, ending, lines)).count()


def _part(folder: Path, ending: str, lines: Lines, number: int, rows: Iterator[Any]) -> list[int]:
    packed(folder / f"part-{number:05}.{ending}.gz", (line for row in rows for line in lines(row)))
    return []


def _paper(one: Belief) -> str:
    return one.paper.id


# ---------------------------------------------------------------- nanopublications


def _nanopublications(origin: Provenance, base: str, one: Belief) -> list[str]:
    """Return the nanopublications of what a paper states, as N-Quads."""
    part = Knowledge(papers=(one.paper,), entities=one.things, relations=one.relations, provenance=origin)
    return [_lines(nanopublications(part, base), RdfFormat.N_QUADS)] if one.relations else []


def _lines(statements: Iterable[Quad] | Iterable[Triple], syntax: RdfFormat) -> str:
    return (serialize(statements, format=syntax) or b"").decode()


# ---------------------------------------------------------------- RDF 1.2


def reifiers(folder: Path, base: str, believed: Rows[Belief], whole: Sequence[Block]) -> None:
    """Write what RDF 1.2 adds: which triples the nodes of relations reify; and `whole`, the blocks that describe
    everything, with these triples counted."""
    place = folder / RDF12
    found = believed.each(partial(_reified, base)).kept()
    _parts(found, _first, place / "reifiers", "nt", _second)
    total = found.each(lambda row: [(0, row[2])]).reduced(add).few(1, "sums")
    added = total[0][1] if total else 0
    lines = _lines(_counted(whole, base, added), RdfFormat.N_TRIPLES)
    packed(place / "whole" / "part-00000.nt.gz", [lines])


def _reified(base: str, one: Belief) -> Iterator[tuple[str, str, int]]:
    """Yield (node, its lines, how many these are) for each relation of a paper."""
    part = Knowledge(relations=one.relations)
    for kind in RelationType:
        for block in relations(part, Naming(base), kind):
            found = [Triple(block[0], REIFIES, triple) for triple in about(block)]
            if found:
                yield block[0].value, _lines(found, RdfFormat.N_TRIPLES), len(found)


def _first(row: tuple[str, str, int]) -> str:
    return row[0]


def _second(row: tuple[str, str, int]) -> list[str]:
    return [row[1]]


def _counted(whole: Sequence[Block], base: str, added: int) -> Iterator[Triple]:
    for subject, pairs in reified(whole, base, added):
        for predicate, target in dict.fromkeys(pairs):
            yield Triple(subject, predicate, target)


# ---------------------------------------------------------------- Neo4j


def _neo4j(folder: Path, known: Known) -> None:
    """Write the tables in parts, their first lines beside them, and the file that names all.

    Parts without rows are not written.
    """
    named = known.believed.each(_named).reduced(add)
    counted = known.entities.each(lambda one: [(one.id, one)]).joined(named)
    nodes = [known.believed.each(_of_paper), counted.each(_of_entity), known.placeholders.each(_of_placeholder)]
    edges = [known.believed.each(_edges), known.entities.each(_upwards), known.pairs.each(_pair)]
    every = nodes[0].plus(*nodes[1:], *edges, known.citations.each(_cites))
    holding = set(every.saved(_place, partial(_tables, folder)).distinct().few(MOST_NAMES, "tables"))
    lines = ["--multiline-fields=true"]
    for option, keys, tables, types in (
        ("nodes", neo4j.NODE, neo4j.NODES, networks.NODE_ATTRIBUTES),
        ("relationships", neo4j.EDGE, neo4j.EDGES, networks.EDGE_ATTRIBUTES),
    ):
        for kind, (name, _, properties) in tables.items():
            first = f"{Path(name).stem}-header.csv"
            (folder / first).parent.mkdir(parents=True, exist_ok=True)
            (folder / first).write_text(_csv([neo4j.header(keys, properties, types)]), encoding="utf-8", newline="")
            following = f",{Path(name).stem}/part-.*.csv.gz" if kind in holding else ""
            lines.append(f"--{option}={first}{following}")
    (folder / neo4j.ARGUMENTS).write_text("\n".join(lines) + "\n", encoding="utf-8")


Cells = tuple[str, list[str]]
"""Kind of node or type of edge, and the cells of a row."""


def _named(one: Belief) -> list[tuple[str, int]]:
    return [(entity, 1) for entity in sorted({mention.entity for mention in one.mentions})]


def _of_paper(one: Belief) -> list[Cells]:
    return [neo4j.node_row(node) for node in networks.nodes(Knowledge(papers=(one.paper,)))]


def _of_entity(row: tuple[str, tuple[list[Entity], list[int]]]) -> Iterator[Cells]:
    entities, papers = row[1]
    for id_, attributes in networks.nodes(Knowledge(entities=tuple(entities))):
        yield neo4j.node_row((id_, attributes | {"papers": papers[0] if papers else 0}))


def _of_placeholder(id_: str) -> list[Cells]:
    return [neo4j.node_row((id_, {"kind": "paper", "label": id_}))]


def _edges(one: Belief) -> list[Cells]:
    part = Knowledge(mentions=one.mentions, relations=one.relations)
    return [neo4j.edge_row(edge) for edge in networks.edges(part)]


def _upwards(one: Entity) -> list[Cells]:
    return [neo4j.edge_row(edge) for edge in networks.edges(Knowledge(entities=(one,)))]


def _pair(one: CoMention) -> list[Cells]:
    return [neo4j.edge_row(edge) for edge in networks.edges(Knowledge(comentions=(one,)))]


def _cites(one: Citation) -> list[Cells]:
    return [neo4j.edge_row(edge) for edge in networks.edges(Knowledge(citations=(one,)))]


def _place(row: Cells) -> tuple[Any, ...]:
    return row[0], *row[1]


def _tables(folder: Path, number: int, rows: Iterator[Cells]) -> Iterator[str]:
    """Write rows, which come table by table, and yield the tables that there are."""
    names = neo4j.NODES | neo4j.EDGES
    for kind, same in groupby(rows, key=itemgetter(0)):
        packed(folder / Path(names[kind][0]).stem / f"part-{number:05}.csv.gz", (_csv([cells]) for _, cells in same))
        yield kind


def _csv(rows: Iterable[list[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()
