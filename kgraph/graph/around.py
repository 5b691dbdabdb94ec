"""The part of an export around one name: all that a view of it needs, without loading the rest."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pyarrow.compute as pc

from kgraph.graph import provenance
from kgraph.graph.lookup import Thing, find
from kgraph.graph.tables import read, rows
from kgraph.model import Citation, CoMention, Entity, Knowledge, Paper, Relation, ResolvedMention


def load_around(folder: Path, name: str) -> tuple[tuple[Thing, ...], Knowledge]:
    """Return what `name` means in the export in `folder` (see `lookup.find`), and what is believed about that.

    Views of those things are the same in the part as in the whole. If nothing has that name, the part holds all
    entities and the titles of all papers, to look for near names in. GraphError as in `tables.load`.
    """
    origin = provenance.read(folder)
    entities = rows(folder, "entities", Entity)
    known = Knowledge(papers=_titles(folder), entities=entities, provenance=origin)
    found = {thing.id for thing in find(known, name)}
    if not found:
        return (), known
    relations = rows(folder, "relations", Relation, _any(found, "subject", "object", "evidence_paper"))
    stating = {relation.paper for relation in relations}
    telling = _any(found, "entity") | _any(found | stating, "paper")
    mentions = rows(folder, "resolved_mentions", ResolvedMention, telling)
    origins = {paper for entity in entities if entity.id in found for paper in entity.introduced_by}
    linking = _any(found | stating, "citing") | _any(found | origins, "cited")
    citations = rows(folder, "citations", Citation, linking)
    wanted = found | stating | {relation.subject for relation in relations}
    wanted |= {mention.paper for mention in mentions if mention.entity in found}
    wanted |= origins
    wanted |= {end for citation in citations for end in (citation.citing, citation.cited)}
    part = Knowledge(
        papers=rows(folder, "papers", Paper, _any(wanted, "id")),
        entities=entities,
        mentions=mentions,
        relations=relations,
        comentions=rows(folder, "comentions", CoMention, _any(found, "a", "b")),
        citations=citations,
        provenance=origin,
    )
    return find(part, name), part


def _titles(folder: Path) -> tuple[Paper, ...]:
    """Return all papers with nothing but what they are found by."""
    columns = read(folder, "papers", ("id", "title", "arxiv", "doi")).to_pydict()
    return tuple(
        Paper(id_, title, "", "", arxiv=arxiv, doi=doi)
        for id_, title, arxiv, doi in zip(*columns.values(), strict=True)
    )


def _any(ids: Collection[str], *columns: str) -> pc.Expression:
    expression = pc.field(columns[0]).isin(sorted(ids))
    for column in columns[1:]:
        expression |= pc.field(column).isin(sorted(ids))
    return expression
