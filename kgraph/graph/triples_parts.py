"""The triples of a graph that no machine holds whole: blocks of single papers, entities and pairs.

Each function gives what one thing contributes to the graph that `kgraph.graph.triples` makes of everything; together
they give the same triples. Only the plain triples between two entities can come from several papers, so `between` has
to be counted once whoever says it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import NamedNode

from kgraph.graph import triples_build, triples_entities, triples_mentions, triples_papers, triples_relations
from kgraph.graph.naming import Naming
from kgraph.graph.terms import Block, Pair
from kgraph.model import Citation, CoMention, Entity, Knowledge, Paper, Relation, RelationType, ResolvedMention

Link = tuple[str, Pair]
"""The id of a subject, and one more predicate and object of it."""


def of_paper(
    paper: Paper, mentions: Sequence[ResolvedMention], relations: Sequence[Relation], naming: Naming
) -> Iterator[Block]:
    """Yield the blocks of a paper, what it mentions and what it states, but for plain triples between entities."""
    part = Knowledge(papers=(paper,), mentions=tuple(mentions), relations=tuple(relations))
    own = [pair for r in relations if r.subject == paper.id for pair in triples_relations.plain(r, naming)]
    passages = triples_mentions.Passages(part, naming)
    yield from triples_mentions.mentions(part, naming)
    yield from triples_papers.papers(part, naming, {paper.id: own}, abstracts=False)
    yield from passages.passages()
    yield from passages.selectors()
    yield from triples_mentions.texts(part, naming)
    for kind in RelationType:
        yield from triples_relations.relations(part, naming, kind)


def between(paper: str, relations: Iterable[Relation], naming: Naming) -> Iterator[Link]:
    """Yield the plain triples between entities that a paper states."""
    for relation in relations:
        if relation.subject != paper:
            for pair in triples_relations.plain(relation, naming):
                yield relation.subject, pair


def of_entity(entity: Entity, naming: Naming) -> Iterator[Block]:
    """Yield the block of an entity without its plain triples."""
    return triples_entities.entities(Knowledge(entities=(entity,)), naming, entity.kind, {})


def makers(entities: Iterable[Entity]) -> set[str]:
    """Return the manufacturers of entities."""
    return {entity.manufacturer for entity in entities if entity.manufacturer}


def of_comention(pair: CoMention, naming: Naming) -> Iterator[Block]:
    """Yield the block of a pair."""
    return triples_entities.comentions(Knowledge(comentions=(pair,)), naming)


def together(pair: CoMention, naming: Naming) -> Iterator[Link]:
    """Yield the plain triples of a pair, which no other pair gives."""
    return triples_entities.together(Knowledge(comentions=(pair,)), naming)


def of_citation(citation: Citation, naming: Naming) -> Iterator[Block]:
    """Yield the block of a citation of which more is known than that it exists."""
    return triples_papers.citations(Knowledge(citations=(citation,)), naming)


def cites(citation: Citation, naming: Naming) -> Link:
    """Return the plain triple of a citation, which no other citation gives."""
    return citation.citing, (triples_papers.CITES, naming.node(citation.cited))


def of_placeholder(id_: str, naming: Naming) -> Block:
    """Return the block of a paper of which is known only that it is cited."""
    return naming.node(id_), list(triples_papers.OUTSIDE)


def of_whole(whole: triples_build.Whole, makers: Iterable[Entity], naming: Naming) -> Iterator[Block]:
    """Yield the blocks of the build, its sources and extractors, and of manufacturers (`makers` has one entity of
    each)."""
    yield from triples_build.builds(whole, naming)
    yield from triples_build.sources(whole, naming)
    yield from triples_build.extractors(whole, naming)
    yield from triples_entities.organizations(Knowledge(entities=tuple(makers)), naming)


def linked(link: Link, naming: Naming) -> Block:
    """Return a plain triple as a block, one more of its subject."""
    id_, pair = link
    subject: NamedNode = naming.node(id_)
    return subject, [pair]
