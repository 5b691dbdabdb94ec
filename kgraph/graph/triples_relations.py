"""Relations as RDF: a node that carries everything known, and plain triples between the two things it links."""

from __future__ import annotations

from collections.abc import Iterator

from kgraph.graph.naming import Naming
from kgraph.graph.terms import TYPE, Block, Pair, boolean, decimal, string, term
from kgraph.model import Knowledge, Polarity, Quantity, Relation, RelationType, ValueKind

CLASS = {
    RelationType.COMPARES_AGAINST: (TYPE, term("kg:Comparison")),
    RelationType.RUNS_ON: (TYPE, term("kg:RunsOn")),
    RelationType.BUILDS_ON: (TYPE, term("kg:BuildsOn")),
    RelationType.INTRODUCES: (TYPE, term("kg:Introduction")),
}
PLAIN = {
    RelationType.COMPARES_AGAINST: term("kg:comparesAgainst"),
    RelationType.RUNS_ON: term("kg:runsOn"),
    RelationType.BUILDS_ON: term("kg:buildsOn"),
    RelationType.INTRODUCES: term("kg:introduces"),
}
PLAIN_POLARITY = {
    Polarity.BETTER: term("kg:outperforms"),
    Polarity.WORSE: term("kg:outperformedBy"),
    Polarity.SIMILAR: term("kg:onParWith"),
}
POLARITY_VALUE = {polarity: term(f"kg:{polarity}") for polarity in Polarity}
KIND_VALUE = {kind: term(f"kg:{kind}") for kind in ValueKind}
SUBJECT, OBJECT, POLARITY, METRIC = term("kg:subject"), term("kg:object"), term("kg:polarity"), term("kg:metric")
FACTOR = term("kg:factorLow"), term("kg:factorHigh")  # how many times
AMOUNT = term("kg:amountLow"), term("kg:amountHigh")  # any other number, which must not be taken for a factor
VALUE_TEXT = term("kg:valueText")
VALUE_KIND, UP_TO, UNIT = term("kg:valueKind"), term("kg:upTo"), term("schema:unitText")
HIGHER, OWN, CONFIDENCE = term("kg:higherIsBetter"), term("kg:ownClaim"), term("kg:confidence")
EVIDENCE, PASSAGE = term("kg:evidence"), term("kg:passage")
DERIVED, ATTRIBUTED = term("prov:wasDerivedFrom"), term("prov:wasAttributedTo")


def plain(relation: Relation, naming: Naming) -> Iterator[Pair]:
    """Yield the plain triples of a relation, without their subject."""
    target = naming.node(relation.object)
    yield PLAIN[relation.type], target
    if relation.type is RelationType.COMPARES_AGAINST and relation.polarity in PLAIN_POLARITY:
        yield PLAIN_POLARITY[relation.polarity], target


def relations(knowledge: Knowledge, naming: Naming, kind: RelationType) -> Iterator[Block]:
    """Yield one block per relation of one type, in order of IRI."""
    for relation in sorted((r for r in knowledge.relations if r.type is kind), key=lambda r: f"{r.id}>"):
        yield naming.relation(relation), list(_facts(relation, naming))


def _facts(relation: Relation, naming: Naming) -> Iterator[Pair]:
    yield CLASS[relation.type]
    yield SUBJECT, naming.node(relation.subject)
    yield OBJECT, naming.node(relation.object)
    if relation.polarity is not None:
        yield POLARITY, POLARITY_VALUE[relation.polarity]
    if relation.metric:
        yield METRIC, string(relation.metric)
    if relation.value is not None:
        yield from quantity(relation.value)
    if relation.higher_is_better is not None:
        yield HIGHER, boolean(relation.higher_is_better)
    yield OWN, boolean(relation.own_claim)
    yield CONFIDENCE, decimal(relation.confidence)
    where = relation.evidence
    yield EVIDENCE, string(where.quote)
    yield PASSAGE, naming.passage(where.paper, where.where, where.start, where.end)
    yield DERIVED, naming.node(where.paper)
    yield ATTRIBUTED, naming.extractor(relation.rule)


def quantity(value: Quantity) -> Iterator[Pair]:
    """Yield what is known of a number: its bounds, what sort it is, and how it was written."""
    low, high = FACTOR if value.kind is ValueKind.RATIO else AMOUNT
    yield low, decimal(value.low)
    yield high, decimal(value.high)
    yield VALUE_TEXT, string(value.text)
    yield VALUE_KIND, KIND_VALUE[value.kind]
    yield UP_TO, boolean(value.up_to)
    if value.unit:
        yield UNIT, string(value.unit)
