"""What each paper says, as plain rows: the form in which extractions are compared with annotations.

`{"id", "title", "entities": [{"id", "name", "type", "surfaces", "introduced", "level" (of hardware),
"confidence", "mentions": [{"where", "start", "end", "text"}]}], "relations": [{"type", "subject", "object", "polarity",
"metric", "value", "evidence", "confidence"}]}`. Evidence and surfaces are exact pieces of title or abstract.
The whole corpus has been seen: a name that one paper introduces is known in the others. Of several relations of one
type between the same two things only the headline is given; `kgraph build` keeps all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kgraph.model import PAPER, Entity, Extraction, Kind, Paper, Relation, RelationType, ResolvedMention
from kgraph.pipeline.build import Result

Row = dict[str, Any]


def rows(result: Result) -> Iterator[Row]:
    """Yield one row a paper, in order of their ids."""
    known = result.build.knowledge
    entities = {entity.id: entity for entity in known.entities}
    mentions: dict[str, list[ResolvedMention]] = {}
    for mention in known.mentions:
        mentions.setdefault(mention.paper, []).append(mention)
    relations: dict[str, list[Relation]] = {}
    for relation in known.relations:
        relations.setdefault(relation.paper, []).append(relation)
    given = {record.id: record.source_id for record in result.build.records}
    for paper in known.papers:
        if paper.records:
            said, own = result.build.extractions[paper.text], mentions.get(paper.id, [])
            local = {mention.name: result.names.get((paper.id, mention.name)) for mention in said.mentions}
            yield row(paper, said, own, relations.get(paper.id, []), local, entities, given)


def row(
    paper: Paper,
    said: Extraction,
    mentions: Sequence[ResolvedMention],
    relations: Sequence[Relation],
    local: Mapping[str, str | None],
    entities: Mapping[str, Entity],
    given: Mapping[str, str],
) -> Row:
    """Return the row of one paper.

    `local` gives the entity of each name within its text, `given` the id in its source of each record that has one.
    """
    names = _names(said, mentions, local, entities)
    stated = [relation for relation in relations if relation.type is not RelationType.INTRODUCES]
    return {
        "id": next((given[record] for record in paper.records if given.get(record)), paper.id),
        "paper": paper.id,
        "records": [given.get(record) or record for record in paper.records],
        "title": paper.title,
        "entities": [_entity(entities[id_], name, mentions) for id_, name in names.items()],
        "relations": [_relation(one, names) for one in _headlines(said, stated)],
    }


def _names(
    said: Extraction,
    mentions: Sequence[ResolvedMention],
    local: Mapping[str, str | None],
    entities: Mapping[str, Entity],
) -> dict[str, str]:
    """Return a name for each entity of a paper, in order of appearance: as the paper calls it, each name once."""
    named = {mention.entity for mention in mentions}
    found: dict[str, str] = {}
    for name in dict.fromkeys(mention.name for mention in said.mentions):
        entity = local.get(name)
        if entity in named:
            found.setdefault(str(entity), name)
    for mention in mentions:
        if mention.entity not in found:
            label = entities[mention.entity].label
            found[mention.entity] = label if label not in found.values() else mention.entity
    return found


def _entity(entity: Entity, name: str, mentions: Sequence[ResolvedMention]) -> Row:
    own = [mention for mention in mentions if mention.entity == entity.id]
    row: Row = {
        "id": entity.id,
        "name": name,
        "type": entity.kind.value,
        "surfaces": list(dict.fromkeys(mention.surface for mention in own)),
        "introduced": any(mention.paper in entity.introduced_by for mention in own),
    }
    if entity.kind is Kind.HARDWARE:
        row["level"] = entity.level.value if entity.level else "product"
    row["confidence"] = max((mention.confidence for mention in own), default=0.0)
    row["mentions"] = [{"where": m.where.value, "start": m.start, "end": m.end, "text": m.surface} for m in own]
    return row


def _headlines(said: Extraction, relations: Sequence[Relation]) -> list[Relation]:
    """Return the first stated relation of each (type, subject, object), in the order in which the text was read."""
    place = {
        (r.type, r.where, r.start, r.end, r.metric): number for number, r in reversed([*enumerate(said.relations)])
    }

    def order(relation: Relation) -> tuple[int, str]:
        e = relation.evidence
        return place.get((relation.type, e.where, e.start, e.end, relation.metric), len(place)), relation.id

    found: dict[tuple[str, str, str], Relation] = {}
    for relation in sorted(relations, key=order):
        found.setdefault((relation.type, relation.subject, relation.object), relation)
    return list(found.values())


def _relation(relation: Relation, names: dict[str, str]) -> Row:
    return {
        "type": relation.type.value,
        "subject": names.get(relation.subject, PAPER),
        "object": names[relation.object],
        "polarity": relation.polarity.value if relation.polarity else None,
        "metric": relation.metric or None,
        "value": relation.value.text if relation.value else None,
        "evidence": relation.evidence.quote,
        "confidence": relation.confidence,
    }
