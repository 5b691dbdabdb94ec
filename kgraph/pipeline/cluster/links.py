"""What each paper is believed to say, and which entities papers name together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from kgraph.engine.rows import Cluster, Rows
from kgraph.link.comentions import LIMITS, STATEMENTS, sentence
from kgraph.link.relations import stated_by
from kgraph.model import CoMention, Extraction, Paper, Relation, ResolvedMention
from kgraph.pipeline.cluster.names import Named, Pair
from kgraph.resolve.entities import Use, believed


@dataclass(frozen=True, slots=True)
class Belief:
    """One paper with what it is believed to mention and state."""

    paper: Paper
    mentions: tuple[ResolvedMention, ...]
    relations: tuple[Relation, ...]


def beliefs(pairs: Rows[Pair], entities: Rows[Named], least: float = 0.0) -> Rows[Belief]:
    """Return what each paper is believed to say, with a confidence of `least` or more."""
    said = entities.each(_by_paper)
    return pairs.each(lambda pair: [(pair[0].id, pair)]).joined(said).each(partial(_belief, least))


def _by_paper(one: Named) -> Iterator[tuple[str, tuple[str, str, tuple[Use, ...]]]]:
    """Yield (paper, (local name, entity, uses)), and the name "" where a paper introduces the entity."""
    for paper, name, uses in one.uses:
        yield paper, (name, one.entity.id, uses)
    for paper in one.founded:
        yield paper, ("", one.entity.id, ())


def _belief(least: float, row: tuple[str, tuple[list[tuple[Paper, Extraction]], list[Any]]]) -> list[Belief]:
    id_, (((paper, extraction),), said) = row
    names = {(id_, name): entity for name, entity, _ in said if name}
    founded = {entity for name, entity, _ in said if not name}
    # in the order of entities' names, as everywhere: of two uses of one place the first stands first
    uses = [use for _, _, found in sorted(said, key=lambda one: one[:2]) for use in found]
    mentions = tuple(believed(id_, uses))
    own = {mention.entity for mention in mentions} & founded
    return [Belief(paper, mentions, tuple(stated_by(paper, extraction, names, mentions, own, least)))]


def comentions(cluster: Cluster, found: Rows[Belief], papers: int) -> Rows[CoMention]:
    """Return the pairs of entities that papers name together: the same statements as everywhere."""
    columns: dict[str, type] = {"paper": str, "entity": str, "sentence": str}
    cluster.table("named", found.each(_named), columns)
    numbers = {"papers": papers} | LIMITS
    whole: dict[str, type] = dict.fromkeys(numbers, int)
    cluster.table("corpus", cluster.rows([tuple(numbers.values())], 1), whole)
    for name, statement in STATEMENTS.items():
        cluster.sql(name, statement)
    return cluster.selected("comentions").each(lambda row: [CoMention(*row)])


def _named(belief: Belief) -> Iterator[tuple[str, str, str]]:
    return ((mention.paper, mention.entity, sentence(mention)) for mention in belief.mentions)
