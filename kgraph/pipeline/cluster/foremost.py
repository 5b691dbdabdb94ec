"""The part of a large graph that a page can show: bounded, however large the graph is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from heapq import nsmallest
from typing import Any

from kgraph.engine.rows import Rows
from kgraph.model import Citation, CoMention, Entity, Knowledge, Provenance
from kgraph.pipeline.cluster.links import Belief

PAPERS = 2_000
PAIRS = 20_000
MOST_ENTITIES = PAPERS * 100


def foremost_of(
    believed: Rows[Belief],
    entities: Rows[Entity],
    pairs: Rows[CoMention],
    citations: Rows[Citation],
    origin: Provenance,
) -> Knowledge:
    """Return the `PAPERS` papers that state the most relations (ties by id), the entities that they name, and of
    these the `PAIRS` pairs that most papers of the whole graph name together (ties by id), and `PAIRS` citations
    between the papers (the first by id)."""
    ids = {id_ for _, id_ in _least(believed, PAPERS, _by_relations)}
    chosen = believed.each(lambda one: [one] if one.paper.id in ids else []).few(PAPERS, "papers")
    named = {mention.entity for one in chosen for mention in one.mentions}
    things = entities.each(lambda one: [one] if one.id in named else []).few(MOST_ENTITIES, "entities of papers")
    among = pairs.each(lambda pair: [pair] if pair.a in named and pair.b in named else [])
    cites = citations.each(lambda one: [one] if one.citing in ids and one.cited in ids else [])
    known = sorted(chosen, key=lambda one: one.paper.id)
    kept = {thing.id for thing in things}
    return Knowledge(
        papers=tuple(one.paper for one in known),
        entities=tuple(sorted(things, key=lambda thing: thing.id)),
        mentions=tuple(mention for one in known for mention in one.mentions),
        relations=tuple(
            sorted((r for one in known for r in one.relations if r.object in kept), key=lambda relation: relation.id)
        ),
        comentions=tuple(
            sorted((pair for _, _, _, pair in _least(among, PAIRS, _by_papers)), key=lambda pair: (pair.a, pair.b))
        ),
        citations=tuple(one for _, _, one in _least(cites, PAIRS, _by_ends)),
        provenance=origin,
    )


def _by_relations(one: Belief) -> tuple[int, str]:
    return -len(one.relations), one.paper.id


def _by_papers(pair: CoMention) -> tuple[int, str, str, CoMention]:
    return -pair.paper_count, pair.a, pair.b, pair


def _by_ends(one: Citation) -> tuple[str, str, Citation]:
    return one.citing, one.cited, one


def _least(rows: Rows[Any], count: int, rank: Callable[[Any], tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return the `count` least rows by rank, of which no machine holds more than twice as many."""

    def least(part: Iterator[Any]) -> list[tuple[int, list[tuple[Any, ...]]]]:
        return [(0, nsmallest(count, map(rank, part)))]

    def less(one: list[tuple[Any, ...]], other: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        return nsmallest(count, [*one, *other])

    found = rows.parts(least).reduced(less).few(1, "lists")
    return found[0][1] if found else []
