"""What is believed, as one networkx graph.

Nodes are papers and entities, by id. Every node has `kind` ("paper", "system", "hardware", "model", "dataset") and
`label`; papers also `year`, `date`, `arxiv`, `doi`, `url`, `venue`, `authors`; entities also `aliases`, `level`,
`manufacturer`, `qualifier`, `concept`, and `papers` (how many papers mention them).

Edges have a key that is unique in the whole graph, and `type`:

    mentions          paper → entity    count, introduced
    introduces        paper → entity    as a relation
    compares_against  subject → object  as a relation; subject is an entity, or the paper if its work has no name
    runs_on           subject → object  as a relation
    builds_on         subject → object  as a relation
    broader           entity → entity   what the first is a variant, version or product of
    co_mention        a → b (a < b)     weight (papers that name both), sentences, npmi; symmetric in meaning
    cites             paper → paper     contexts

A relation has `paper`, `quote`, `quote_in` ("title", "abstract"), `quote_start`, `quote_end`, `own_claim`,
`confidence`, `rule`, and where known `polarity`, `metric`, `higher_is_better`, `value`, `value_low`, `value_high`,
`value_kind`, `value_unit`, `up_to`.
What is not known is left out: no attribute is None or empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import networkx as nx

from kgraph.model import Entity, Knowledge, Paper, Relation

NODE_ATTRIBUTES: dict[str, type] = {
    "kind": str,
    "label": str,
    "year": int,
    "date": str,
    "arxiv": str,
    "doi": str,
    "url": str,
    "venue": str,
    "authors": tuple,
    "level": str,
    "aliases": tuple,
    "manufacturer": str,
    "qualifier": str,
    "concept": str,
    "papers": int,
}
"""Every attribute of nodes; tuples hold strings."""

EDGE_ATTRIBUTES: dict[str, type] = {
    "type": str,
    "count": int,
    "introduced": bool,
    "paper": str,
    "quote": str,
    "quote_in": str,
    "quote_start": int,
    "quote_end": int,
    "polarity": str,
    "metric": str,
    "higher_is_better": bool,
    "value": str,
    "value_low": float,
    "value_high": float,
    "value_kind": str,
    "value_unit": str,
    "up_to": bool,
    "own_claim": bool,
    "confidence": float,
    "rule": str,
    "weight": int,
    "sentences": int,
    "npmi": float,
    "contexts": tuple,
}
"""Every attribute of edges; tuples hold strings."""

Node = tuple[str, dict[str, Any]]
Edge = tuple[str, str, str, dict[str, Any]]


def to_networkx(knowledge: Knowledge) -> nx.MultiDiGraph:
    """Return the graph of `knowledge`, with nodes and edges in a fixed order; the module says what they carry."""
    graph = nx.MultiDiGraph(name="kgraph")
    graph.add_nodes_from(nodes(knowledge))
    graph.add_edges_from(edges(knowledge))
    return graph


def nodes(knowledge: Knowledge) -> Iterator[Node]:
    """Yield (id, attributes) of all papers, then of all entities."""
    for paper in knowledge.papers:
        yield paper.id, _known(_of_paper(paper))
    known = {paper.id for paper in knowledge.papers}
    cited = {end for citation in knowledge.citations for end in (citation.citing, citation.cited)}
    for id_ in sorted(cited - known):  # all that is known of these is that they are cited
        yield id_, {"kind": "paper", "label": id_}
    papers: dict[str, set[str]] = {}
    for mention in knowledge.mentions:
        papers.setdefault(mention.entity, set()).add(mention.paper)
    for entity in knowledge.entities:
        yield entity.id, _known(_of_entity(entity)) | {"papers": len(papers.get(entity.id, ()))}


def _known(attributes: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if value is not None and value not in ("", ())}


def _of_paper(paper: Paper) -> dict[str, Any]:
    names = ("year", "date", "arxiv", "doi", "url", "venue", "authors")
    return {"kind": "paper", "label": paper.title} | {name: getattr(paper, name) for name in names}


def _of_entity(entity: Entity) -> dict[str, Any]:
    names = ("aliases", "manufacturer", "qualifier", "concept")
    level = entity.level.value if entity.level else ""
    attributes = {"kind": entity.kind.value, "label": entity.label, "level": level}
    return attributes | {name: getattr(entity, name) for name in names}


def edges(knowledge: Knowledge) -> Iterator[Edge]:
    """Yield (from, to, key, attributes) of every edge, type by type."""
    yield from _mentions(knowledge)
    for relation in knowledge.relations:
        yield relation.subject, relation.object, f"{relation.type}/{relation.id}", _known(_of_relation(relation))
    for entity in knowledge.entities:
        if entity.broader:
            yield entity.id, entity.broader, f"broader/{entity.id}", {"type": "broader"}
    for pair in knowledge.comentions:
        numbers = {"weight": pair.paper_count, "sentences": pair.sentence_count, "npmi": pair.npmi}
        yield pair.a, pair.b, f"co_mention/{pair.a}/{pair.b}", {"type": "co_mention"} | numbers
    for citation in knowledge.citations:
        attributes = _known({"type": "cites", "contexts": citation.contexts})
        yield citation.citing, citation.cited, f"cites/{citation.citing}/{citation.cited}/{citation.source}", attributes


def _mentions(knowledge: Knowledge) -> Iterator[Edge]:
    found: dict[tuple[str, str], list[bool]] = {}
    for mention in knowledge.mentions:
        found.setdefault((mention.paper, mention.entity), []).append(mention.introduced)
    for (paper, entity), introduced in found.items():
        attributes = {"type": "mentions", "count": len(introduced), "introduced": any(introduced)}
        yield paper, entity, f"mentions/{paper}/{entity}", attributes


def _of_relation(relation: Relation) -> dict[str, Any]:
    evidence, value = relation.evidence, relation.value
    attributes: dict[str, Any] = {
        "type": relation.type.value,
        "paper": evidence.paper,
        "quote": evidence.quote,
        "quote_in": evidence.where.value,
        "quote_start": evidence.start,
        "quote_end": evidence.end,
        "polarity": relation.polarity.value if relation.polarity else "",
        "metric": relation.metric,
        "higher_is_better": relation.higher_is_better,
        "own_claim": relation.own_claim,
        "confidence": relation.confidence,
        "rule": relation.rule,
    }
    if value is not None:
        attributes |= {
            "value": value.text,
            "value_low": float(value.low),
            "value_high": float(value.high),
            "value_kind": value.kind.value,
            "value_unit": value.unit,
            "up_to": value.up_to,
        }
    return attributes
