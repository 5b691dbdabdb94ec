"""The part of a large graph that one file carries: a page of a hundred megabytes helps nobody."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from kgraph.model import Knowledge, RelationType

CARRIED = 20_000
"""How many papers a page carries, with all that they say. Twice as many as a year of daily papers holds."""


def important(knowledge: Knowledge, limit: int = CARRIED) -> Knowledge:
    """Return what the `limit` papers with most to say tell: all of `knowledge` where it has no more papers than that.

    Papers rank by their claims other than introductions, then by how often they are cited, then by how much they name.
    Entities are kept that one of these papers names, or that one kept is a variant of; their counts of papers are then
    those of the part, while co-mentions keep the weights of the whole.
    """
    if len(knowledge.papers) <= limit:
        return knowledge
    claims = Counter(r.paper for r in knowledge.relations if r.type is not RelationType.INTRODUCES)
    cited = Counter(c.cited for c in knowledge.citations)
    named = Counter(paper for paper, _ in {(m.paper, m.entity) for m in knowledge.mentions})
    order = sorted(knowledge.papers, key=lambda p: (-claims[p.id], -cited[p.id], -named[p.id], p.id))
    papers = {paper.id for paper in order[:limit]}
    mentions = tuple(m for m in knowledge.mentions if m.paper in papers)
    relations = tuple(r for r in knowledge.relations if r.paper in papers)
    above = {e.id: e.broader for e in knowledge.entities}
    entities: set[str] = set()
    for entity in [m.entity for m in mentions] + [end for r in relations for end in (r.subject, r.object)]:
        while entity in above and entity not in entities:
            entities.add(entity)
            entity = above[entity]
    return replace(
        knowledge,
        papers=tuple(p for p in knowledge.papers if p.id in papers),
        entities=tuple(e for e in knowledge.entities if e.id in entities),
        mentions=mentions,
        relations=relations,
        comentions=tuple(c for c in knowledge.comentions if c.a in entities and c.b in entities),
        citations=tuple(c for c in knowledge.citations if c.citing in papers and c.cited in papers),
    )
