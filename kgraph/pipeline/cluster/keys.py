"""Which names meet, on many machines: `resolve.entities.grouping`, by the key of each name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from kgraph.engine.rows import Cluster, Rows
from kgraph.model import Paper, Rule
from kgraph.pipeline.cluster.components import components
from kgraph.pipeline.cluster.context import Pair
from kgraph.pipeline.extraction import vocabulary
from kgraph.resolve.entities import grouping
from kgraph.resolve.entities.aliases import singular
from kgraph.resolve.entities.belief import sureness
from kgraph.resolve.entities.founding import grade
from kgraph.resolve.entities.grouping import Proposal
from kgraph.resolve.entities.judgements import Judgements
from kgraph.resolve.entities.said import Said, collect

MOST_JUDGED = 1_000_000

Keyed = tuple[str, tuple[bool, Said]]
"""The key of a name, whether a judgement moved this use there, and the use."""

Link = tuple[str, Rule, str]
"""What a key joins, by which rule and why."""


def said(judged: bool, pair: Pair) -> Iterator[Said]:
    """Yield what a paper says, without its text: with the surest mention of each name, and how plainly it introduces
    it.

    Only of a paper that introduces a name, or that judgements (`judged`) may speak of, anything asks for more than the
    year.
    """
    paper, extraction = pair
    known, rest = (
        replace(paper, abstract="", records=(), conflicts=()),
        Paper(paper.id, "", "", "", paper.year),
    )
    for one in collect([paper], {paper.text: extraction}):
        founds = one.introduced and one.certain
        surest = max(one.mentions, key=sureness)
        own = known if founds or judged else rest
        yield replace(one, paper=own, mentions=(surest,), grade=grade(one) if founds else 0)


def keyed(
    cluster: Cluster, uses: Rows[Said], judgements: Judgements, extra: tuple[Path, ...]
) -> tuple[Rows[Keyed], Rows[tuple[str, tuple[str, Link]]]]:
    """Return all uses under their keys; and (key, (the key that it ends up with, what it joins)) of keys that join
    others."""
    apart = grouping.set_apart(judgements)
    at_home = uses.each(lambda one: [(grouping.key_of(one, vocabulary(extra), apart), one)]).kept()
    keys = _judged_keys(at_home, judgements)

    def late(row: tuple[str, Said]) -> list[Keyed]:
        key = grouping.moved(row[1], row[0], keys, judgements) if judgements.rows else row[0]
        return [(key, (key != row[0], row[1]))]

    found = at_home.each(late).kept()
    judged = cluster.rows(grouping.judged_links(judgements, keys), 1)
    return found, _links(cluster, found, judged).kept()


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


def _links(cluster: Cluster, keyed: Rows[Keyed], judged: Rows[Proposal]) -> Rows[tuple[str, tuple[str, Link]]]:
    firsts = keyed.each(_first).reduced(min).kept()
    owned = keyed.each(_forms).distinct().grouped().each(_only)
    spelled = keyed.each(lambda row: [(row[0], row[1][1].name)]).distinct()
    plurals = firsts.each(_plural).joined(spelled).each(_with_singular)
    full = owned.joined(firsts).each(_with_owner).joined(firsts).each(_full_form)
    proposals = plurals.plus(full, judged).kept()
    roots = components(cluster, proposals.each(lambda one: [(one.key, one.other)]))
    at_root = proposals.each(lambda one: [(one.key, one)]).joined(roots).each(_proposal_at_root)
    return at_root.grouped().each(_linked)


def _first(row: Keyed) -> list[tuple[str, Any]]:
    key, (late, one) = row
    return [(key, (late, one.place, one.name, one.kind))]


def _forms(row: Keyed) -> Iterator[tuple[str, str]]:
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
