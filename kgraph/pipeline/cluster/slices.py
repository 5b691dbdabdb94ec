"""The uses of names in slices, on many machines: `entities.judging`, of which a task holds one slice of one name.

All uses of a name lie in slices from the start, and stay there. What has to be known of all of them together goes to
the key of their group as a sum, is settled there, and comes back to each slice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from operator import add
from typing import Any
from zlib import crc32

from kgraph.engine.rows import Cluster, Lent, Rows
from kgraph.pipeline.cluster.context import Address, Context, Pair
from kgraph.pipeline.cluster.keys import Keyed, Link
from kgraph.pipeline.cluster.likeness import Comparison, Likeness, Scored, scores
from kgraph.pipeline.extraction import vocabulary
from kgraph.resolve.entities.gist import Gist, gist, is_involved, plus
from kgraph.resolve.entities.grouping import Group, gathered
from kgraph.resolve.entities.judgements import Judgements
from kgraph.resolve.entities.judging import Tallies, Verdict, judged
from kgraph.resolve.entities.said import Said
from kgraph.resolve.entities.senses import MANY, Senses, founded, is_compared

SLICE = 10_000
"""Uses of one name that are judged in one task."""

MOST_WIDE = 1_000_000
"""Names of more than one slice."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a group has beside its uses, which are in `slices`; `founders` are the papers that found its senses."""

    group: Group
    slices: tuple[Address, ...]
    compared: bool
    founders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """What a slice is told of its group at first: `found` where papers needn't be compared."""

    root: str
    involved: bool
    founders: tuple[str, ...]
    found: Senses | None


Beside = tuple[Address, tuple[list[Said], Brief]]

Found = tuple[Group, Senses, tuple[Address, ...]]
"""A group without its gist, its senses, and where its uses are."""

Judged = tuple[Address, tuple[str, list[tuple[str, str, Verdict]], Tallies]]
"""A slice: the key of its group, what is found of each use (paper, name), and what they say together."""


def judge(
    cluster: Cluster,
    pairs: Rows[Pair],
    count: int,
    keyed: Rows[Keyed],
    links: Rows[tuple[str, tuple[str, Link]]],
    context: Context,
) -> tuple[Rows[tuple[str, Found]], Rows[Judged]]:
    """Return groups by their keys, and their slices; `count` is the number of papers."""
    slices, wide = _sliced(cluster, keyed)
    gists = slices.each(partial(_gist, context.judgements)).reduced(plus)
    heads = gists.joined(links).each(_at_root).grouped().each(partial(_head, context, wide)).kept()
    beside = slices.joined(heads.each(partial(_briefs, context.judgements))).each(_beside).kept()
    numbers = scores(
        cluster, pairs, count, beside.each(_involved), beside.each(_asked).plus(heads.each(_founding))
    ).kept()
    found = heads.joined(numbers.each(_of_founders)).each(partial(_founded, context)).kept()
    told = found.each(_to_slices).plus(numbers.each(_of_uses))
    compared = beside.each(_if_compared).joined(told).each(partial(_judged_by_likeness, context))
    return found, beside.each(partial(_judged, context)).plus(compared).kept()


def _sliced(cluster: Cluster, keyed: Rows[Keyed]) -> tuple[Rows[tuple[Address, list[Said]]], Lent[dict[str, int]]]:
    """Return the uses of each name, in slices by paper, and the numbers of slices of names that have several."""
    counts = keyed.each(lambda row: [(row[0], 1)]).reduced(add)
    found = counts.each(partial(_wide, SLICE)).few(MOST_WIDE, f"names in more than {SLICE:,} papers")
    wide = cluster.lent(dict(found))
    return keyed.each(partial(_addressed, wide)).grouped().kept(), wide


def _wide(size: int, row: tuple[str, int]) -> list[tuple[str, int]]:
    key, count = row
    return [(key, count // size + 1)] if count > size else []


def _addressed(wide: Lent[dict[str, int]], row: Keyed) -> list[tuple[Address, Said]]:
    key, (_, one) = row
    slices = wide.value.get(key, 1)
    return [((key, crc32(one.paper.id.encode()) % slices if slices > 1 else 0), one)]


# ---------------------------------------------------------------- heads


def _gist(judgements: Judgements, row: tuple[Address, list[Said]]) -> list[tuple[str, Gist]]:
    (key, _), uses = row
    return [(key, gist(uses, judgements))]


def _at_root(row: tuple[str, tuple[list[Gist], list[tuple[str, Link]]]]) -> Iterator[tuple[str, Any]]:
    key, (gists, links) = row
    if gists:
        root, link = links[0] if links else (key, None)
        yield root, (key, gists[0], link)


def _head(
    context: Context, wide: Lent[dict[str, int]], row: tuple[str, list[tuple[str, Gist, Link | None]]]
) -> list[tuple[str, Head]]:
    root, members = row
    members.sort(key=lambda member: member[0])
    joins = {key: link for key, _, link in members if link}
    group = gathered(root, [(key, said) for key, said, _ in members], joins, vocabulary(context.extra))
    slices = tuple((key, number) for key, _, _ in members for number in range(wide.value.get(key, 1)))
    compared = is_compared(group, context.judgements)
    # an uncertain introduction founds a sense where a judgement says so
    founding = {s.paper.id for s in group.gist.outstanding if s.introduced}
    likened = compared and len(group.introducing) <= MANY
    return [(root, Head(group, slices, compared, tuple(sorted(founding)) if likened else ()))]


def _briefs(judgements: Judgements, row: tuple[str, Head]) -> Iterator[tuple[Address, Brief]]:
    root, head = row
    involved = is_involved(head.group.gist.introduced)
    found = None if head.compared else _small(founded(head.group, judgements, Likeness()), told=False)
    brief = Brief(root, involved, head.founders, found)
    return ((address, brief) for address in head.slices)


def _beside(row: tuple[Address, tuple[list[list[Said]], list[Brief]]]) -> list[Beside]:
    address, (uses, briefs) = row
    return [(address, (uses[0], briefs[0]))] if uses else []


# ---------------------------------------------------------------- likeness


def _involved(row: Beside) -> set[str]:
    _, (uses, brief) = row
    return {use.paper.id for use in uses} if brief.involved else set()


def _asked(row: Beside) -> Iterator[tuple[str, Comparison]]:
    """Yield the papers of a slice, each with the names in it for which it is to be compared."""
    address, (uses, brief) = row
    names: dict[str, list[str]] = {}
    for use in uses if brief.founders else ():
        names.setdefault(use.paper.id, []).append(use.name)
    for paper, found in names.items():
        root = brief.root if paper in brief.founders else ""
        yield paper, Comparison((address,), False, tuple(found), root)


def _founding(row: tuple[str, Head]) -> Iterator[tuple[str, Comparison]]:
    _, head = row
    return ((paper, Comparison(head.slices, True)) for paper in head.founders)


def _of_founders(row: tuple[Address, Scored]) -> list[tuple[str, Scored]]:
    return [(row[1].root, row[1])] if row[1].root else []


def _of_uses(row: tuple[Address, Scored]) -> list[tuple[Address, Any]]:
    return [row]


# ---------------------------------------------------------------- senses and verdicts


def _founded(context: Context, row: tuple[str, tuple[list[Head], list[Scored]]]) -> list[tuple[str, Found]]:
    root, ((head,), scored) = row
    found = founded(head.group, context.judgements, Likeness.of(head.founders, scored))
    return [(root, (replace(head.group, gist=Gist()), _small(found, told=True), head.slices))]


def _small(found: Senses, *, told: bool) -> Senses:
    """Return senses without their members; what is `told` of these only one place has to know."""
    senses = [replace(sense, members=[], why=sense.why if told else []) for sense in found.senses]
    return replace(found, senses=senses)


def _to_slices(row: tuple[str, Found]) -> Iterator[tuple[Address, Any]]:
    _, (_, found, slices) = row
    if found.compared:
        small = _small(found, told=False)
        for address in slices:
            yield address, small


def _if_compared(row: Beside) -> list[Beside]:
    return [row] if row[1][1].found is None else []


def _judged(context: Context, row: Beside) -> Iterator[Judged]:
    address, (uses, brief) = row
    if brief.found is not None:
        yield _verdicts(context, address, uses, brief.root, brief.found, Likeness())


def _judged_by_likeness(
    context: Context, row: tuple[Address, tuple[list[tuple[list[Said], Brief]], list[Senses | Scored]]]
) -> Iterator[Judged]:
    address, (beside, told) = row
    scored = [one for one in told if isinstance(one, Scored)]
    for uses, brief in beside:
        (found,) = (one for one in told if isinstance(one, Senses))
        yield _verdicts(context, address, uses, brief.root, found, Likeness.of(brief.founders, scored))


def _verdicts(
    context: Context, address: Address, uses: Iterable[Said], root: str, found: Senses, alike: Likeness
) -> Judged:
    said = list(uses)
    verdicts, tallies = judged(said, found, vocabulary(context.extra), alike, context.least)
    rows = [(use.paper.id, use.name, verdict) for use, verdict in zip(said, verdicts, strict=True)]
    return address, (root, rows, tallies)
