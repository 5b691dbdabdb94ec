"""Relations as reifiers in the sense of RDF 1.2: the node of a relation, and the plain triple that it is about.

In RDF 1.1 a relation's node and the plain triple between two things (`A kg:outperforms B`) stand side by side, joined
by kg:subject and kg:object. RDF 1.2 says it directly: the node reifies the triple, `node rdf:reifies
<<( A kg:outperforms B )>>`. Node and triple are those of `kgraph.graph.triples`, so whatever is asked of that graph has
the same answer here, and all that the node carries annotates the triple.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Triple

from kgraph.graph.terms import TYPE, Block, Term, integer, term
from kgraph.graph.triples_build import PROPERTY, PROPERTY_PARTITION, TRIPLES
from kgraph.graph.triples_relations import (
    CLASS,
    OBJECT,
    PLAIN,
    PLAIN_POLARITY,
    POLARITY,
    POLARITY_VALUE,
    SUBJECT,
)

REIFIES = term("rdf:reifies")

_PLAIN = {CLASS[type_][1]: predicate for type_, predicate in PLAIN.items()}
_OUTCOME = {POLARITY_VALUE[polarity]: predicate for polarity, predicate in PLAIN_POLARITY.items()}

Reified = tuple[NamedNode, list[tuple[NamedNode, Term | Triple]]]
"""A block whose objects may be triples."""


def about(block: Block) -> list[Triple]:
    """Return the plain triples that a relation's node reifies, as the graph asserts them; none for other blocks."""
    facts = dict(block[1])  # of these predicates a relation has one object each
    class_, subject, target = facts.get(TYPE), facts.get(SUBJECT), facts.get(OBJECT)
    if not isinstance(class_, NamedNode) or not isinstance(subject, NamedNode) or not isinstance(target, NamedNode):
        return []
    outcome = facts.get(POLARITY)
    predicates = [_PLAIN.get(class_), _OUTCOME.get(outcome) if isinstance(outcome, NamedNode) else None]
    return [Triple(subject, predicate, target) for predicate in predicates if predicate is not None]


def reified(blocks: Iterable[Block], base: str, added: int = 0) -> Iterator[Reified]:
    """Yield `blocks` in their order, the nodes of relations with what they reify.

    The description of the whole, which comes last, counts these triples, too, and `added` ones that other blocks have.
    Nothing is kept, so memory does not grow with the number of blocks.
    """
    whole = NamedNode(f"{base}void")
    for subject, pairs in blocks:
        if subject == whole:
            part = NamedNode(f"{base}void/property/rdf-reifies")
            yield part, [(PROPERTY, REIFIES), (TRIPLES, integer(added))]
            more = added + 3  # the part's two and the link to it
            yield whole, [*(_counted(pair, more) for pair in pairs), (PROPERTY_PARTITION, part)]
            continue
        triples = about((subject, pairs))
        added += len(triples)
        yield subject, [*pairs, *((REIFIES, triple) for triple in triples)]


def _counted(pair: tuple[NamedNode, Term], more: int) -> tuple[NamedNode, Term]:
    predicate, value = pair
    return (predicate, integer(int(value.value) + more)) if predicate == TRIPLES else pair
