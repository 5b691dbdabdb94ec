"""Which surfaces are one entity, on many machines: `resolve.entities`, one key and one group of names at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from kgraph.engine.rows import Cluster, Rows
from kgraph.model import Decision, Entity, Extraction, Paper
from kgraph.pipeline.cluster.components import components
from kgraph.pipeline.cluster.hierarchy import broader
from kgraph.pipeline.cluster.likeness import Scored, likeness, scores
from kgraph.pipeline.extraction import vocabulary
from kgraph.resolve import entities, grouping
from kgraph.resolve.aliases import singular
from kgraph.resolve.drafts import Draft, named, wish
from kgraph.resolve.explain import explain
from kgraph.resolve.grouping import Group, Links, Proposal
from kgraph.resolve.hierarchy import outline
from kgraph.resolve.judgements import Judgements, Side
from kgraph.resolve.said import Said, collect

MOST_JUDGED = 1_000_000

Pair = tuple[Paper, Extraction]


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


@dataclass(frozen=True, slots=True)
class Context:
    """What every machine needs to judge names: vocabulary files, by which each loads the vocabulary, and judgements.

    `least` is the confidence below which nothing is believed; `things` asks for entities beside their uses.
    """

    extra: tuple[Path, ...]
    judgements: Judgements
    least: float = 0.0
    things: bool = False


def resolve(cluster: Cluster, pairs: Rows[Pair], count: int, context: Context) -> Resolved:
    """Return the entities of all papers, `count` in number: those of `resolve_entities`."""
    said = pairs.each(partial(_said, bool(context.judgements.rows))).kept()
    groups = _groups(cluster, said, context).kept()
    alike = scores(cluster, pairs, count, groups, context.judgements)
    drafts = groups.each(lambda one: [(one.key, one)]).joined(alike).each(partial(_drafts, context)).kept()
    crowded = drafts.each(_wishes).grouped().each(_crowded)
    found = drafts.joined(crowded).each(_identified).kept()
    above, placed = broader(found.each(_outlines).kept(), found, context.extra)
    finished = found.joined(above).each(partial(_finished, context)).kept()
    decisions = drafts.each(lambda row: row[1][1]).plus(placed, finished.each(lambda row: row[2]))
    fitted = said.each(lambda one: set(entities.fitted(context.judgements, one))) if context.judgements.rows else None
    sides: list[Side] = fitted.distinct().few(MOST_JUDGED, "sides of judgements") if fitted else []
    notes = entities.unused(context.judgements, set(sides))
    found_uses = finished.each(lambda row: row[1])
    return Resolved(finished.each(lambda row: [row[0]]), found_uses, decisions.distinct(), notes)


def _said(judged: bool, pair: Pair) -> Iterator[Said]:
    """Yield what a paper says, all of it only where the paper introduces the name.

    Of other uses nothing asks for more than the year of the paper and the surest mention; only judgements (`judged`)
    ask for what else the paper is known by.
    """
    paper, extraction = pair
    rest = replace(paper, abstract="", authors=(), records=(), conflicts=())
    light = rest if judged else Paper(paper.id, "", "", "", paper.year)
    for one in collect([paper], {paper.text: extraction}):
        surest = max(one.mentions, key=entities.sureness)
        yield one if one.introduced else replace(one, paper=light, mentions=(surest,))


# ---------------------------------------------------------------- groups of names


def _groups(cluster: Cluster, said: Rows[Said], context: Context) -> Rows[Group]:
    rows = context.judgements
    apart = grouping.set_apart(rows)
    at_home = said.each(lambda one: [(grouping.key_of(one, vocabulary(context.extra), apart), one)]).kept()
    keys = _judged_keys(at_home, rows)

    def late(row: tuple[str, Said]) -> list[tuple[str, tuple[bool, Said]]]:
        key = grouping.moved(row[1], row[0], keys, rows) if rows.rows else row[0]
        return [(key, (key != row[0], row[1]))]

    keyed = at_home.each(late).kept()
    links = _links(cluster, keyed, cluster.rows(grouping.judged_links(rows, keys), 1)).kept()

    def gathered(row: tuple[str, list[Any]]) -> list[Group]:
        root, members = row
        members.sort(key=lambda member: str(member[0]))
        joins: Links = {key: link for key, _, link in members if link}
        parts = [(key, said) for key, said, _ in members]
        return [grouping.gathered(root, parts, joins, vocabulary(context.extra))]

    return keyed.joined(links).each(_at_root).grouped().each(gathered)


def _judged_keys(at_home: Rows[tuple[str, Said]], judgements: Judgements) -> grouping.Named:
    """Return the keys of the names that judgements speak of."""
    if not judgements.rows:
        return {}

    def spoken_of(row: tuple[str, Said]) -> Iterator[tuple[Any, Any]]:
        key, one = row
        if one.name in judgements.by_name:
            yield (one.name, one.kind), (one.place, key)

    found = at_home.each(spoken_of).reduced(max).few(MOST_JUDGED, "names that judgements speak of")
    return {name: key for name, (_, key) in found}


def _links(
    cluster: Cluster, keyed: Rows[tuple[str, tuple[bool, Said]]], judged: Rows[Proposal]
) -> Rows[tuple[str, Any]]:
    """Return (key, (root, what it joins, rule, reason)) of each key that joins another."""
    firsts = keyed.each(_first).reduced(min).kept()
    owned = keyed.each(_forms).distinct().grouped().each(_only)
    spelled = keyed.each(lambda row: [(row[0], row[1][1].name)]).distinct()
    plurals = firsts.each(_plural).joined(spelled).each(_with_singular)
    full = owned.joined(firsts).each(_with_owner).joined(firsts).each(_full_form)
    proposals = plurals.plus(full, judged).kept()
    roots = components(cluster, proposals.each(lambda one: [(one.key, one.other)]))
    at_root = proposals.each(lambda one: [(one.key, one)]).joined(roots).each(_proposal_at_root)
    return at_root.grouped().each(_linked)


def _first(row: tuple[str, tuple[bool, Said]]) -> list[tuple[str, Any]]:
    key, (late, one) = row
    return [(key, (late, one.place, one.name, one.kind))]


def _forms(row: tuple[str, tuple[bool, Said]]) -> Iterator[tuple[str, str]]:
    key, (_, one) = row
    return ((form, key) for form in grouping.forms(one))


def _only(row: tuple[str, list[str]]) -> list[tuple[str, str]]:
    form, owners = row
    return [(form, owners[0])] if len(owners) == 1 else []


def _plural(row: tuple[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    key, (_, _, name, kind) = row
    if short := grouping.plural_of(key, name, kind):
        yield short, (key, name)


def _with_singular(row: tuple[str, tuple[list[Any], list[str]]]) -> Iterator[Proposal]:
    short, (asked, spelled) = row
    known = set(spelled)
    return (grouping.plural(key, name, short) for key, name in asked if singular(name) in known)


def _with_owner(row: tuple[str, tuple[list[str], list[Any]]]) -> Iterator[tuple[str, tuple[str, str]]]:
    form, (owners, firsts) = row
    for owner in owners if firsts else ():
        yield owner, (form, firsts[0][2])


def _full_form(row: tuple[str, tuple[list[Any], list[Any]]]) -> Iterator[Proposal]:
    owner, (asked, firsts) = row
    return (grouping.full_form(key, name, owner, firsts[0][2]) for key, name in asked)


def _proposal_at_root(row: tuple[str, tuple[list[Proposal], list[str]]]) -> Iterator[tuple[str, Proposal]]:
    key, (proposals, roots) = row
    return ((roots[0] if roots else key, one) for one in proposals)


def _linked(row: tuple[str, list[Proposal]]) -> Iterator[tuple[str, Any]]:
    links = grouping.linked(sorted(row[1], key=lambda one: one.order))
    for key in links:
        yield key, (grouping.root_of(key, links), links[key])


def _at_root(row: tuple[str, tuple[list[tuple[bool, Said]], list[Any]]]) -> Iterator[tuple[str, Any]]:
    key, (said, links) = row
    if said:
        root, link = links[0] if links else (key, None)
        yield root, (key, [one for _, one in said], link)


# ---------------------------------------------------------------- drafts


DraftRow = tuple[str, tuple[list[Draft], list[Decision]]]


def _drafts(context: Context, row: tuple[str, tuple[list[Group], list[Scored]]]) -> list[DraftRow]:
    key, ((one,), scored) = row
    alike = likeness(one, context.judgements, scored)
    return [(key, entities.drafts_of(one, vocabulary(context.extra), context.judgements, alike, context.least))]


def _wishes(row: DraftRow) -> Iterator[tuple[str, tuple[str, int]]]:
    key, (drafts, _) = row
    return ((wish(one), (key, i)) for i, one in enumerate(drafts))


def _crowded(row: tuple[str, list[tuple[str, int]]]) -> list[tuple[str, int]]:
    return row[1] if len(row[1]) > 1 else []


Identified = tuple[str, list[tuple[Draft, str]]]
"""Key of a group, and its drafts with their ids."""


def _identified(row: tuple[str, tuple[list[Any], list[int]]]) -> list[Identified]:
    key, (((drafts, _),), crowded) = row
    return [(key, [(one, named(one, wish(one), i not in crowded)) for i, one in enumerate(drafts)])]


def _outlines(row: Identified) -> Iterator[Any]:
    key, drafts = row
    return (outline(one, id_, (key, i)) for i, (one, id_) in enumerate(drafts))


def _finished(
    context: Context, row: tuple[str, tuple[list[list[tuple[Draft, str]]], list[tuple[int, str]]]]
) -> Iterator[tuple[Entity, list[Named], list[Decision]]]:
    (drafts,), placed = row[1]
    above = dict(placed)
    for i, (one, id_) in enumerate(drafts):
        made = entities.entity(one, id_, above.get(i, ""), len(drafts))
        yield (
            made,
            list(_used(one, made, context.things)),
            list(explain(one, id_, len(drafts), vocabulary(context.extra))),
        )


def _used(one: Draft, made: Entity, things: bool) -> Iterator[Named]:
    thing = (replace(made, aliases=(), exact_match=(), introduced_by=()),) if things else ()
    founding = {use.place for use in one.founders}
    for use in one.said:
        yield use.paper.id, Used(use.name, made.id, founding=use.place in founding, thing=thing)
    for paper in made.introduced_by:
        yield paper, Used("", made.id, founder=True, thing=thing)


__all__ = ["Context", "Named", "Resolved", "Used", "resolve"]
