"""Entities, their makers and the pairs that papers name together, as RDF."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pyoxigraph import Literal, NamedNode

from kgraph.graph.iris import web_iri
from kgraph.graph.naming import Naming
from kgraph.graph.terms import IDENTIFIER, TYPE, Block, Pair, decimal, integer, string, term
from kgraph.model import Entity, Kind, Knowledge, Level

# what stands below another and matches others elsewhere is a concept to SKOS; saying so spares everyone the inference
ENTITY = [(TYPE, term("kg:Entity")), (TYPE, term("skos:Concept"))]
TYPES = {
    Kind.SYSTEM: [(TYPE, term("kg:System")), *ENTITY, (TYPE, term("schema:SoftwareApplication"))],
    Kind.HARDWARE: [(TYPE, term("kg:Hardware")), *ENTITY, (TYPE, term("schema:ProductModel"))],
    Kind.MODEL: [(TYPE, term("kg:Model")), *ENTITY, (TYPE, term("mls:Model"))],
    Kind.DATASET: [(TYPE, term("kg:Dataset")), *ENTITY, (TYPE, term("schema:Dataset"))],
}
HARDWARE_CLASS = [(TYPE, term("kg:Hardware")), *ENTITY, (TYPE, term("kg:HardwareClass"))]
PREF, ALT = term("skos:prefLabel"), term("skos:altLabel")
BROADER = term("skos:broader")
EXACT, CONCEPT, QUALIFIER = term("skos:exactMatch"), term("kg:concept"), term("kg:qualifier")
MAKER, NAME = term("schema:manufacturer"), term("schema:name")
ORGANIZATION = (TYPE, term("schema:Organization"))
COMENTION = (TYPE, term("kg:CoMention"))
MEMBER, TOGETHER = term("kg:member"), term("kg:coMentionedWith")
PAPER_COUNT, SENTENCE_COUNT, NPMI = term("kg:paperCount"), term("kg:sentenceCount"), term("kg:npmi")


def entities(knowledge: Knowledge, naming: Naming, kind: Kind, links: dict[str, list[Pair]]) -> Iterator[Block]:
    """Yield one block per entity of `kind`, in order of IRI; `links` are its relations' plain triples."""
    for entity in sorted((e for e in knowledge.entities if e.kind is kind), key=lambda e: f"{e.id}>"):
        yield naming.node(entity.id), [*_facts(entity, naming), *links.get(entity.id, [])]


def _facts(entity: Entity, naming: Naming) -> Iterator[Pair]:
    yield from HARDWARE_CLASS if entity.level is Level.CLASS else TYPES[entity.kind]
    yield IDENTIFIER, string(entity.id)
    label = string(entity.label)
    yield PREF, label
    for alias in entity.aliases:
        other: Literal = string(alias)
        if other != label:
            yield ALT, other
    if entity.qualifier:
        yield QUALIFIER, string(entity.qualifier)
    if entity.broader:
        yield BROADER, naming.node(entity.broader)
    if entity.manufacturer:
        yield MAKER, naming.organization(entity.manufacturer)
    if entity.concept:
        yield CONCEPT, naming.concept(entity.concept)
    for match in entity.exact_match:
        if iri := web_iri(match):
            yield EXACT, NamedNode(iri)


def organizations(knowledge: Knowledge, naming: Naming) -> Iterator[Block]:
    """Yield one block per manufacturer."""
    made = sorted(
        ((naming.organization(e.manufacturer), e.manufacturer) for e in knowledge.entities if e.manufacturer),
        key=lambda pair: (f"{pair[0].value}>", pair[1]),
    )
    for node, group in groupby(made, key=lambda pair: pair[0]):
        # Spellings of one maker share an IRI; the first in order names it.
        yield node, [ORGANIZATION, (NAME, string(next(group)[1]))]


def comentions(knowledge: Knowledge, naming: Naming) -> Iterator[Block]:
    """Yield one block per pair that papers name together."""
    for node, pair in sorted(((naming.comention(c), c) for c in knowledge.comentions), key=lambda row: row[0].value):
        yield (
            node,
            [
                COMENTION,
                (MEMBER, naming.node(pair.a)),
                (MEMBER, naming.node(pair.b)),
                (PAPER_COUNT, integer(pair.paper_count)),
                (SENTENCE_COUNT, integer(pair.sentence_count)),
                (NPMI, decimal(pair.npmi)),
            ],
        )


def together(knowledge: Knowledge, naming: Naming) -> Iterator[tuple[str, Pair]]:
    """Yield (entity id, plain triple) for each pair, in both directions."""
    for pair in knowledge.comentions:
        yield pair.a, (TOGETHER, naming.node(pair.b))
        yield pair.b, (TOGETHER, naming.node(pair.a))
