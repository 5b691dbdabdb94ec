"""Records of one paper become one paper, on many machines: `resolve.papers` by blocks and connected components."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import add, itemgetter
from typing import Any

from kgraph.engine.rows import Cluster, Rows
from kgraph.model import Paper, Record
from kgraph.pipeline.cluster.components import FEW, components
from kgraph.resolve.papers import dates, heading, paper_id, place, unlike
from kgraph.resolve.papers.merge import merged
from kgraph.resolve.papers.same_paper import (
    CROWD,
    LONG,
    NEAR,
    TITLE,
    WINDOW,
    Block,
    Face,
    backwards,
    conceivable,
    likely,
    marks,
    neighbours,
    pairs,
    settled,
)

MOST_PAGES = 100_000
"""Sources with days without a year: pages that someone saved by hand."""

Candidate = tuple[str, str, int, tuple[Any, ...]]
"""Ids of two records, the step and the place in it at which they met."""


def papers(cluster: Cluster, records: Rows[Record], saved: str, few: int = FEW) -> tuple[Rows[Paper], tuple[str, ...]]:
    """Return the papers that the records describe, and what a user should know: those of `resolve_papers`.

    Where no more than `few` titles may have near-equal ones, or pairs may be one paper, one machine compares them.
    """
    by_id = records.each(_by_id).grouped().each(_in_order).kept()
    met = _candidates(cluster, by_id, few)
    likely_ones = _conceivable(by_id, met).kept()
    groups = _groups(cluster, by_id, likely_ones, few).kept()
    pages = groups.each(_told).reduced(add).each(_with_days).few(MOST_PAGES, "pages with days without a year")
    years, notes = dates.years(dict(pages), saved or None)
    return _named(groups, years).kept(), notes


def _by_id(record: Record) -> list[tuple[str, Record]]:
    return [(record.id, record)]


def _in_order(row: tuple[str, list[Record]]) -> list[tuple[str, list[Record]]]:
    return [(row[0], sorted(row[1], key=place))]


# ---------------------------------------------------------------- pairs that meet in a block


def _candidates(cluster: Cluster, by_id: Rows[tuple[str, list[Record]]], few: int) -> Rows[Candidate]:
    blocks = by_id.each(_marks).grouped().kept()
    titles = blocks.each(_title).kept()
    long = titles.each(_long)
    known = long.at_most(few)
    if known is not None:
        both = (sorted(known), sorted(known, key=_from_end))
        alike = cluster.rows(sorted({found for spelled in both for found in _near((spelled, []))}))
    else:
        near = long.sorted_by(itemgetter(0)).ahead(WINDOW).each(_near)
        mirrored = long.sorted_by(_from_end).ahead(WINDOW).each(_near)
        alike = near.plus(mirrored).distinct()
    first = alike.each(lambda found: [(found[1], found)]).joined(titles).each(_first_crowd)
    return blocks.each(_pairs).plus(first.joined(titles).each(_both_crowds))


def _marks(row: tuple[str, list[Record]]) -> Iterator[tuple[tuple[int, str], tuple[str, tuple[str, ...]]]]:
    id_, (record, *_) = row
    one = Face(record)
    for step, key in marks(one):
        yield (step, key), (id_, one.numbers if step == TITLE else ())


def _pairs(block: tuple[tuple[int, str], list[tuple[str, Any]]]) -> Iterator[Candidate]:
    (step, key), members = block
    for a, b in pairs(sorted(id_ for id_, _ in members)):
        yield a, b, step, (key,)


def _title(block: tuple[tuple[int, str], list[tuple[str, Any]]]) -> Iterator[tuple[str, Any]]:
    """Yield (key, (the first of its records, the numbers in the title of the first))."""
    (step, key), members = block
    if step == TITLE:
        _, numbers = min(members)
        yield key, (sorted(id_ for id_, _ in members)[:CROWD], numbers)


def _long(title: tuple[str, Any]) -> list[tuple[str, tuple[str, ...]]]:
    key, (_, numbers) = title
    return [(key, numbers)] if len(key) >= LONG else []


def _from_end(title: tuple[str, Any]) -> str:
    return backwards(title[0])


def _near(part: tuple[list[tuple[str, Any]], list[tuple[str, Any]]]) -> Iterator[tuple[float, str, str]]:
    here, following = part
    numbers = dict([*here, *following])
    for a, b in neighbours([key for key, _ in here], [key for key, _ in following]):
        if found := likely(a, b, numbers[a], numbers[b]):
            yield found


def _first_crowd(row: tuple[str, tuple[list[Any], list[Any]]]) -> Iterator[tuple[str, Any]]:
    for at in row[1][0]:
        (crowd, _), *_ = row[1][1]
        yield at[2], (at, crowd)


def _both_crowds(row: tuple[str, tuple[list[Any], list[Any]]]) -> Iterator[Candidate]:
    for at, crowd in row[1][0]:
        (other, _), *_ = row[1][1]
        for a in crowd:
            for b in other:
                yield a, b, NEAR, at


def _conceivable(by_id: Rows[tuple[str, list[Record]]], met: Rows[Candidate]) -> Rows[Candidate]:
    """Return the pairs that what the two records say would let be one paper: few of those that meet."""
    one = by_id.each(lambda row: [(row[0], row[1][0])])
    begun = met.each(lambda pair: [(pair[0], pair)]).joined(one).each(_with_first)
    return begun.joined(one).each(_both)


def _with_first(row: tuple[str, tuple[list[Candidate], list[Record]]]) -> Iterator[tuple[str, Any]]:
    for pair in row[1][0]:
        yield pair[1], (pair, row[1][1][0])


def _both(row: tuple[str, tuple[list[tuple[Candidate, Record]], list[Record]]]) -> Iterator[Candidate]:
    met, found = row[1]
    if met:
        here = Face(found[0])
        for pair, record in met:
            if conceivable(Face(record), here, pair[2], pair[3]):
                yield pair


# ---------------------------------------------------------------- from pairs to papers


def _groups(
    cluster: Cluster, by_id: Rows[tuple[str, list[Record]]], likely_ones: Rows[Candidate], few: int
) -> Rows[list[Record]]:
    roots = components(cluster, likely_ones.each(lambda pair: [(pair[0], pair[1])]), few)
    members = by_id.joined(roots).each(_at_root)
    evidence = likely_ones.each(lambda pair: [(pair[0], pair)]).joined(roots).each(_pairs_at_root)
    return members.joined(evidence).each(_settled)


def _at_root(row: tuple[str, tuple[list[list[Record]], list[str]]]) -> list[tuple[str, list[Record]]]:
    id_, (records, roots) = row
    return [(roots[0] if roots else id_, records[0])]


def _pairs_at_root(row: tuple[str, tuple[list[Candidate], list[str]]]) -> Iterator[tuple[str, Candidate]]:
    found, roots = row[1]
    return ((roots[0], pair) for pair in found)


def _settled(row: tuple[str, tuple[list[list[Record]], list[Candidate]]]) -> Iterator[list[Record]]:
    """Decide within one component as `resolve.papers.same_paper.clusters` does with everything in view: what it settles
    depends on pairs of the component alone, and their order among each other is the same."""
    rows = sorted(row[1][0], key=lambda records: records[0].id)
    at = {records[0].id: i for i, records in enumerate(rows)}
    for group in settled([Face(records[0]) for records in rows], _blocks(row[1][1], at)):
        yield [record for one in group for record in rows[one]]


def _blocks(found: Iterable[Candidate], at: dict[str, int]) -> Iterator[Block]:
    ordered = sorted((step, place_, at[a], at[b]) for a, b, step, place_ in found)
    for (step, place_), same in groupby(ordered, key=itemgetter(0, 1)):
        yield Block(step, place_, [(a, b) for _, _, a, b in same])


# ---------------------------------------------------------------- dates and names


def _told(group: list[Record]) -> Iterator[tuple[str, dates.Page]]:
    return dates.told([(place(record), record) for record in group])


def _with_days(row: tuple[str, dates.Page]) -> list[tuple[str, dates.Page]]:
    return [row] if row[1].days else []


def _named(groups: Rows[list[Record]], years: dict[str, int]) -> Rows[Paper]:
    """Return the papers, named by their titles, or by more where a title or a name is not theirs alone."""
    keyed = groups.each(lambda group: [(group[0].id, (group, heading(group)))])
    shared = keyed.each(lambda row: [(row[1][1].key, row[0])]).grouped().each(_several)
    first = keyed.joined(shared).each(_with_name).kept()
    taken = first.each(lambda row: [(row[1][2], row[0])]).grouped().each(_several)

    def finished(row: tuple[str, tuple[list[Any], list[Any]]]) -> Iterator[Paper]:
        ((group, one, name),), again = row[1]
        final = unlike(name, one) if again else name
        yield merged([dates.filled(r, years) for r in group], [r.id for r in group], final)

    return first.joined(taken).each(finished)


def _several(row: tuple[str, list[str]]) -> Iterator[tuple[str, bool]]:
    if len(row[1]) > 1:
        for id_ in row[1]:
            yield id_, True


def _with_name(row: tuple[str, tuple[list[Any], list[bool]]]) -> list[tuple[str, Any]]:
    id_, (((group, one),), shared) = row
    return [(id_, (group, one, paper_id(one, bool(shared))))]
