"""What each paper says, as the rows of `pipeline.said`: made where the papers are, and given out in order."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any

from kgraph.engine.rows import Cluster, Rows
from kgraph.model import Extraction, Provenance, Record
from kgraph.pipeline import said
from kgraph.pipeline.cluster.context import Pair
from kgraph.pipeline.cluster.links import Belief, beliefs
from kgraph.pipeline.cluster.reading import Row
from kgraph.pipeline.cluster.stages import asked, origin, understood
from kgraph.pipeline.options import Options
from kgraph.pipeline.progress import Progress


def lines(
    inputs: Sequence[str], options: Options, cluster: Cluster, progress: Progress
) -> tuple[Provenance, Iterator[str]]:
    """Return what was read, and the rows of `pipeline.said` as JSON, of which one partition is here at a time."""
    given = asked(inputs, options)
    found = understood(cluster, given, progress, things=True)
    inside = beliefs(found.pairs, found.names.uses, options.min_confidence).kept()
    ids = inside.each(lambda one: [(record, one.paper.id) for record in one.paper.records])
    named = ids.joined(found.rows.each(_given).reduced(max)).each(_to_papers)
    told = inside.each(lambda one: [(one.paper.id, one)]).joined(_beside(found.pairs, named)).each(_line)
    ordered = told.sorted_by(itemgetter(0)).each(lambda row: [row[1]])
    return origin(given, found.sources, found.notes), ordered.stream()


def _given(row: Row) -> list[tuple[str, tuple[Any, str]]]:
    """Return what a source calls a record: of equal records, what the last one that was read is called."""
    at, one = row
    return [(one.id, (at, one.source_id))] if isinstance(one, Record) else []


def _to_papers(row: tuple[str, tuple[list[str], list[tuple[Any, str]]]]) -> Iterator[tuple[str, tuple[str, str]]]:
    record, (papers, given) = row
    return ((paper, (record, given[0][1])) for paper in papers)


def _beside(pairs: Rows[Pair], named: Rows[Any]) -> Rows[tuple[str, Any]]:
    extractions: Rows[tuple[str, Any]] = pairs.each(lambda pair: [(pair[0].id, pair[1])])
    return extractions.plus(named)


def _line(row: tuple[str, tuple[list[Belief], list[Any]]]) -> list[tuple[str, str]]:
    id_, ((one,), beside) = row
    (extraction,) = (value for value in beside if isinstance(value, Extraction))
    given = dict(value for value in beside if not isinstance(value, Extraction))
    entities = {thing.id: thing for thing in one.things}
    found = said.row(one.paper, extraction, one.mentions, one.relations, dict(one.names), entities, given)
    return [(id_, json.dumps(found, ensure_ascii=True))]
