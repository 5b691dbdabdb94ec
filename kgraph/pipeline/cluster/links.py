"""What each paper is believed to say, and which entities papers name together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from kgraph.engine.rows import Cluster, Rows
from kgraph.link.citations import identified
from kgraph.link.comentions import LIMITS, STATEMENTS, sentence
from kgraph.link.relations import stated_by
from kgraph.model import CoMention, Entity, Mention, Paper, Relation, ResolvedMention
from kgraph.pipeline.cluster.context import Pair
from kgraph.pipeline.cluster.names import Named, Used
from kgraph.references import Work
from kgraph.resolve.entities.mentions import believed


@dataclass(frozen=True, slots=True)
class Belief:
    """One paper with what it is believed to mention and state.

    Where they were asked for, `things` are the entities that it names (those that it introduces say so, and nothing of
    other papers), and `names` the id of the entity of each name within its text.
    """

    paper: Paper
    mentions: tuple[ResolvedMention, ...] = ()
    relations: tuple[Relation, ...] = ()
    things: tuple[Entity, ...] = ()
    names: tuple[tuple[str, str], ...] = ()


def beliefs(
    pairs: Rows[Pair], uses: Rows[Named], least: float = 0.0, own: Rows[tuple[str, Work]] | None = None
) -> Rows[Belief]:
    """Return what each paper is believed to say, with a confidence of `least` or more.

    `own` are works, by the id of the paper that they are, that tell it its ids at other services.
    """
    known = uses.plus(own) if own else uses
    return pairs.each(lambda pair: [(pair[0].id, pair)]).joined(known).each(partial(_belief, least))


def _belief(least: float, row: tuple[str, tuple[list[Pair], list[Used | Work]]]) -> list[Belief]:
    id_, (((paper, extraction),), known) = row
    # in the order of entities' names, as everywhere: of two uses of one place the first stands first
    said = sorted((one for one in known if not isinstance(one, Work)), key=lambda one: (one.name, one.entity))
    works = sorted((one for one in known if isinstance(one, Work)), key=lambda work: work.key)
    of_name: dict[str, list[Mention]] = {}
    for mention in extraction.mentions:
        of_name.setdefault(mention.name, []).append(mention)
    uses = [(m, one.entity, m.introduced and one.founding) for one in said for m in of_name.get(one.name, ())]
    names = {(id_, one.name): one.entity for one in said if one.name}
    mentions = tuple(believed(id_, uses))
    founded = {one.entity for one in said if one.founder}
    own = {mention.entity for mention in mentions} & founded
    relations = tuple(stated_by(paper, extraction, names, mentions, own, least))
    things = {thing.id: thing for one in said for thing in one.thing}
    told = [replace(things[i], introduced_by=(id_,) if i in founded else ()) for i in sorted(things)]
    local = tuple((name, entity) for (_, name), entity in names.items()) if things else ()
    return [Belief(identified(paper, works), mentions, relations, tuple(told), local)]


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
