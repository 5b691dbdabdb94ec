"""Nothing points nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kgraph.check.outcome import Finding, Outcome
from kgraph.model import Knowledge, Record
from kgraph.query.engine import base_of
from kgraph.query.formats import short
from kgraph.words import count

DANGLING = """
SELECT DISTINCT ?s ?p ?o WHERE {
  ?s ?p ?o .
  FILTER (isIRI(?o) && STRSTARTS(STR(?o), "%s"))
  FILTER NOT EXISTS { ?o ?q ?r }
}"""


def check_iris(store: Store) -> Outcome:
    """Return every data IRI that is referred to and not described."""
    base = base_of(store)
    # the base is the graph's own word, so it becomes a literal like any other text
    quoted = str(Literal(base))[1:-1]
    found = store.query(DANGLING % quoted)
    assert isinstance(found, QuerySolutions)
    findings = {
        Finding(short(row["s"], base), f"{short(row['p'], base)} {short(row['o'], base)} leads nowhere")
        for row in found
    }
    blank = sum(1 for quad in store if not isinstance(quad.subject, NamedNode))
    if blank:
        findings.add(Finding("graph", f"{count(blank, 'triple')} with a blank node"))
    return Outcome("IRIs", count(len(store), "triple"), tuple(sorted(findings)))


def check_ids(knowledge: Knowledge, records: tuple[Record, ...]) -> Outcome:
    """Return every id in the tables that no row has."""
    findings = sorted(_missing(knowledge, {record.id for record in records}))
    rows = sum(map(len, (knowledge.mentions, knowledge.relations, knowledge.comentions, knowledge.citations)))
    return Outcome("ids", count(rows, "row"), tuple(findings))


def _missing(knowledge: Knowledge, records: set[str]) -> Iterator[Finding]:
    papers = {paper.id for paper in knowledge.papers}
    entities = {entity.id for entity in knowledge.entities}

    def need(where: str, what: str, id_: str, known: set[str]) -> Iterator[Finding]:
        if id_ not in known:
            yield Finding(where, f"{what} {id_} is not in the graph")

    for paper in knowledge.papers:
        for record in paper.records:
            yield from need(paper.id, "record", record, records)
    for entity in knowledge.entities:
        if entity.broader:
            yield from need(entity.id, "broader", entity.broader, entities)
        for paper_id in entity.introduced_by:
            yield from need(entity.id, "introducing paper", paper_id, papers)
    for m in knowledge.mentions:
        yield from need(f"mention of {m.surface!r}", "paper", m.paper, papers)
        yield from need(f"mention of {m.surface!r}", "entity", m.entity, entities)
    things = entities | papers
    for relation in knowledge.relations:
        yield from need(relation.id, "subject", relation.subject, things)
        yield from need(relation.id, "object", relation.object, entities)
        yield from need(relation.id, "paper", relation.paper, papers)
    for pair in knowledge.comentions:
        yield from need("co-mention", "entity", pair.a, entities)
        yield from need("co-mention", "entity", pair.b, entities)
