"""Which surfaces are one entity, on many machines: `resolve.entities`, one slice of a name's uses at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from kgraph.engine.rows import Cluster, Rows
from kgraph.model import Decision, Entity
from kgraph.pipeline.cluster.context import Address, Context, Pair
from kgraph.pipeline.cluster.hierarchy import broader
from kgraph.pipeline.cluster.keys import MOST_JUDGED, keyed, said
from kgraph.pipeline.cluster.slices import Found, Judged, judge
from kgraph.resolve.entities.choosing import Tag
from kgraph.resolve.entities.drafts import Draft, as_entity, drafts_of, named, wish
from kgraph.resolve.entities.explain import explain
from kgraph.resolve.entities.hierarchy import Outline, outline
from kgraph.resolve.entities.judgements import Side, fitted, unused
from kgraph.resolve.entities.judging import Settled, Tallies, Verdict, added, settled, told


@dataclass(frozen=True, slots=True)
class Used:
    """That a paper means an entity by a name of its text: `founding` where this use is believed to introduce it,
    `founder` (with an empty name) that the paper does.

    `thing` is the entity, without what other papers say of it, where that was asked for.
    """

    name: str
    entity: str
    founding: bool = False
    founder: bool = False
    thing: tuple[Entity, ...] = ()


Named = tuple[str, Used]
"""The id of a paper, and what it means by a name."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What is believed of names; `decisions` may name one thing more than once."""

    entities: Rows[Entity]
    uses: Rows[Named]
    decisions: Rows[Decision]
    notes: tuple[str, ...]


def resolve(cluster: Cluster, pairs: Rows[Pair], count: int, context: Context) -> Resolved:
    """Return the entities of all papers, `count` in number: those of `resolve_entities`."""
    judgements = context.judgements
    uses = pairs.each(partial(said, bool(judgements.rows))).kept()
    under_keys, links = keyed(cluster, uses, judgements, context.extra)
    found, slices = judge(cluster, pairs, count, under_keys, links, context)
    drafts = found.joined(slices.each(_tallies).reduced(added)).each(_drafts).kept()
    crowded = drafts.each(_wishes).grouped().each(_crowded)
    groups = drafts.joined(crowded).each(_identified).kept()
    meant = slices.joined(groups.each(_ends)).each(_told).kept()
    above, placed = broader(groups.each(_outlines).kept(), meant.each(_speaking), groups.each(_parts), context.extra)
    finished = groups.joined(above).each(_finished).kept()
    things = finished.each(_things) if context.things else None
    spoken_of = uses.each(lambda one: set(fitted(judgements, one))) if judgements.rows else None
    sides: list[Side] = spoken_of.distinct().few(MOST_JUDGED, "sides of judgements") if spoken_of else []
    notes = unused(judgements, set(sides))
    here = meant.joined(things).each(_used_with_things) if things else meant.each(_used)
    founders = finished.each(partial(_introducing, context.things))
    decisions = meant.each(lambda row: row[1][1]).plus(placed, finished.each(lambda row: row[2]))
    return Resolved(finished.each(lambda row: [row[0]]), here.plus(founders), decisions.distinct(), notes)


# ---------------------------------------------------------------- drafts


@dataclass(frozen=True, slots=True)
class Drafted:
    """The drafts of a group, what its uses have to know, and where these are; `ids` are those of the drafts, once they
    are known."""

    drafts: tuple[Draft, ...]
    settled: Settled
    slices: tuple[Address, ...]
    ids: Mapping[Tag, str] = field(default_factory=dict)


DraftRow = tuple[str, Drafted]


def _tallies(row: Judged) -> list[tuple[str, Tallies]]:
    _, (root, _, tallies) = row
    return [(root, tallies)]


def _drafts(row: tuple[str, tuple[list[Found], list[Tallies]]]) -> list[DraftRow]:
    root, (((group, found, slices),), (tallies,)) = row
    after = settled(found, tallies)
    return [(root, Drafted(tuple(drafts_of(group, found, tallies, after)), after, slices))]


def _wishes(row: DraftRow) -> Iterator[tuple[str, tuple[str, int]]]:
    key, one = row
    return ((wish(draft), (key, i)) for i, draft in enumerate(one.drafts))


def _crowded(row: tuple[str, list[tuple[str, int]]]) -> list[tuple[str, int]]:
    return row[1] if len(row[1]) > 1 else []


def _identified(row: tuple[str, tuple[list[Drafted], list[int]]]) -> list[DraftRow]:
    key, ((one,), crowded) = row
    ids = {draft.tag: named(draft, wish(draft), i not in crowded) for i, draft in enumerate(one.drafts)}
    return [(key, replace(one, ids=ids))]


def _outlines(row: DraftRow) -> Iterator[Outline]:
    key, one = row
    return (outline(draft, one.ids[draft.tag], (key, i)) for i, draft in enumerate(one.drafts))


# ---------------------------------------------------------------- what each use means

Use = tuple[str, str, str, bool]
"""A paper, a name in it, the id of the entity that it means, and whether it founds that."""

Told = tuple[Address, tuple[list[Use], list[Decision]]]


def _ends(row: DraftRow) -> Iterator[tuple[Address, tuple[Settled, Mapping[Tag, str]]]]:
    _, one = row
    return ((address, (one.settled, one.ids)) for address in one.slices)


def _told(
    row: tuple[
        Address,
        tuple[list[tuple[str, list[tuple[str, str, Verdict]], Tallies]], list[tuple[Settled, Mapping[Tag, str]]]],
    ],
) -> Iterator[Told]:
    address, (slices, ends) = row
    for _, verdicts, _ in slices:
        after, ids = ends[0]
        uses: list[Use] = []
        decisions: list[Decision] = []
        for paper, name, verdict in verdicts:
            entity, why = told(paper, name, verdict, after, ids)
            decisions += why
            if entity:
                uses.append((paper, name, entity, verdict.meant.founding))
        yield address, (uses, decisions)


def _parts(row: DraftRow) -> Iterator[tuple[str, Address]]:
    """Yield (id of an entity, a slice in which uses may mean it)."""
    _, one = row
    return ((id_, address) for id_ in one.ids.values() for address in one.slices)


def _speaking(row: Told) -> Iterator[tuple[tuple[str, Address], tuple[str, ...]]]:
    """Yield ((id of an entity, slice), papers in which it is meant)."""
    address, (uses, _) = row
    papers: dict[str, set[str]] = {}
    for paper, _, entity, _ in uses:
        papers.setdefault(entity, set()).add(paper)
    return (((entity, address), tuple(sorted(found))) for entity, found in papers.items())


def _used(row: Told) -> Iterator[Named]:
    _, (uses, _) = row
    return ((paper, Used(name, entity, founding)) for paper, name, entity, founding in uses)


# ---------------------------------------------------------------- entities

Finished = tuple[Entity, tuple[Address, ...], list[Decision]]


def _finished(row: tuple[str, tuple[list[Drafted], list[tuple[int, str]]]]) -> Iterator[Finished]:
    (one,), placed = row[1]
    above, count = dict(placed), len(one.drafts)
    for i, draft in enumerate(one.drafts):
        id_ = one.ids[draft.tag]
        yield as_entity(draft, id_, above.get(i, ""), count), one.slices, list(explain(draft, id_, count))


def _bare(made: Entity) -> Entity:
    """Return an entity without what other papers say of it."""
    return replace(made, aliases=(), exact_match=(), introduced_by=())


def _introducing(things: bool, row: Finished) -> Iterator[Named]:
    made = row[0]
    thing = (_bare(made),) if things else ()
    return ((paper, Used("", made.id, founder=True, thing=thing)) for paper in made.introduced_by)


def _things(row: Finished) -> Iterator[tuple[Address, Entity]]:
    made, slices, _ = row
    return ((address, _bare(made)) for address in slices)


def _used_with_things(
    row: tuple[Address, tuple[list[tuple[list[Use], list[Decision]]], list[Entity]]],
) -> Iterator[Named]:
    _, (told_here, things) = row
    by_id = {thing.id: thing for thing in things}
    for uses, _ in told_here:
        for paper, name, entity, founding in uses:
            yield paper, Used(name, entity, founding, thing=(by_id[entity],))
