"""papers.csv, entities.csv, relations.csv, comentions.csv: RFC 4180 (UTF-8, CRLF, quotes doubled), for spreadsheets.

Several values in one cell are separated by `|`. Text from sources may begin like a formula, which a spreadsheet would
run: a text cell that begins with `=`, `+`, `-`, `@`, tab or carriage return, and is no plain number, gets a leading
apostrophe. Programs that need the exact text read `tables/*.parquet` or graph.json.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from kgraph.export.registry import Build
from kgraph.graph.terms import clean
from kgraph.model import Citation, Knowledge, Relation, RelationType
from kgraph.text import guarded

Cell = str | int | float | Decimal | bool | None

_NUMBER = re.compile(r"[+-]?[\d.,]+\s*[%x×]?")


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        text = clean(value)
        return text if _NUMBER.fullmatch(text) else guarded(text)
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _joined(values: Iterable[str]) -> str:
    return "|".join(values)


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([_cell(value) for value in row] for row in rows)


PAPERS = (
    "id", "title", "year", "date", "arxiv", "doi", "openalex", "s2", "url", "venue", "authors", "author_count",
    "introduces", "mentions", "records", "sources",
)  # fmt: skip


def write_papers(build: Build, path: Path) -> None:
    """Write one row a paper. `records` are the ids of its source records as the source gives them, or kgraph's own
    where it gives none; `introduces` are entity ids, `mentions` the number of entities named, `sources` files."""
    _write(path, PAPERS, _papers(build))


def _papers(build: Build) -> Iterator[Sequence[Cell]]:
    named: dict[str, set[str]] = defaultdict(set)
    for mention in build.knowledge.mentions:
        named[mention.paper].add(mention.entity)
    introduced: dict[str, list[str]] = defaultdict(list)
    for entity in build.knowledge.entities:
        for paper_id in entity.introduced_by:
            introduced[paper_id].append(entity.id)
    given: dict[str, str] = {}
    sources: dict[str, set[str]] = defaultdict(set)
    for record in build.records:
        given[record.id] = record.source_id or record.id
        sources[record.id].add(record.source)
    for paper in build.knowledge.papers:
        files = sorted(set().union(*(sources[record] for record in paper.records)))
        yield (
            paper.id, paper.title, paper.year, paper.date, paper.arxiv, paper.doi, paper.openalex, paper.s2, paper.url,
            paper.venue, _joined(paper.authors), paper.author_count, _joined(introduced[paper.id]),
            len(named[paper.id]), _joined(given.get(record, record) for record in paper.records), _joined(files),
        )  # fmt: skip


ENTITIES = (
    "id", "kind", "label", "aliases", "level", "broader", "manufacturer", "qualifier", "introduced_by", "concept",
    "exact_match", "papers", "mentions", "compares", "compared_with", "first_year", "last_year",
)  # fmt: skip


def write_entities(build: Build, path: Path) -> None:
    """Write one row an entity, with the numbers of papers and mentions, of comparisons with it as subject (`compares`)
    and as object (`compared_with`), and the first and last year of the papers that name it."""
    _write(path, ENTITIES, _entities(build.knowledge))


def _entities(knowledge: Knowledge) -> Iterator[Sequence[Cell]]:
    papers: dict[str, set[str]] = defaultdict(set)
    mentions: Counter[str] = Counter()
    for mention in knowledge.mentions:
        papers[mention.entity].add(mention.paper)
        mentions[mention.entity] += 1
    compared = [r for r in knowledge.relations if r.type is RelationType.COMPARES_AGAINST]
    subjects, objects = Counter(r.subject for r in compared), Counter(r.object for r in compared)
    year = {paper.id: paper.year for paper in knowledge.papers if paper.year is not None}
    for entity in knowledge.entities:
        years = [year[paper] for paper in papers[entity.id] if paper in year]
        yield (
            entity.id, entity.kind.value, entity.label, _joined(entity.aliases),
            entity.level.value if entity.level else None, entity.broader, entity.manufacturer, entity.qualifier,
            _joined(entity.introduced_by), entity.concept, _joined(entity.exact_match), len(papers[entity.id]),
            mentions[entity.id], subjects[entity.id], objects[entity.id], min(years, default=None),
            max(years, default=None),
        )  # fmt: skip


RELATIONS = (
    "type", "subject", "subject_label", "object", "object_label", "polarity", "metric", "value", "value_kind",
    "value_low", "value_high", "value_unit", "up_to", "higher_is_better", "evidence", "evidence_in", "evidence_start",
    "evidence_end", "paper", "paper_title", "year", "own_claim", "confidence", "rule", "id",
)  # fmt: skip


def write_relations(build: Build, path: Path) -> None:
    """Write one row a relation, and after them one a citation (type `cites`, evidence its first context)."""
    _write(path, RELATIONS, _relations(build.knowledge))


def _relations(knowledge: Knowledge) -> Iterator[Sequence[Cell]]:
    labels = {paper.id: paper.title for paper in knowledge.papers} | {e.id: e.label for e in knowledge.entities}
    years = {paper.id: paper.year for paper in knowledge.papers}
    for relation in knowledge.relations:
        yield _relation(relation, labels, years)
    for citation in knowledge.citations:
        yield _citation(citation, labels, years)


def _relation(relation: Relation, labels: dict[str, str], years: dict[str, int | None]) -> Sequence[Cell]:
    value, evidence = relation.value, relation.evidence
    return (
        relation.type.value, relation.subject, labels.get(relation.subject), relation.object,
        labels.get(relation.object), relation.polarity.value if relation.polarity else None, relation.metric,
        value.text if value else None, value.kind.value if value else None, value.low if value else None,
        value.high if value else None, value.unit if value else None, value.up_to if value else None,
        relation.higher_is_better, evidence.quote, evidence.where.value, evidence.start, evidence.end, evidence.paper,
        labels.get(evidence.paper), years.get(evidence.paper), relation.own_claim, relation.confidence, relation.rule,
        relation.id,
    )  # fmt: skip


def _citation(citation: Citation, labels: dict[str, str], years: dict[str, int | None]) -> Sequence[Cell]:
    known = {
        "type": "cites",
        "subject": citation.citing,
        "subject_label": labels.get(citation.citing),
        "object": citation.cited,
        "object_label": labels.get(citation.cited),
        "evidence": citation.contexts[0] if citation.contexts else None,
        "paper": citation.citing,
        "paper_title": labels.get(citation.citing),
        "year": years.get(citation.citing),
        "rule": citation.source,
    }
    return [known.get(column) for column in RELATIONS]


COMENTIONS = ("a", "a_label", "b", "b_label", "paper_count", "sentence_count", "npmi")


def write_comentions(build: Build, path: Path) -> None:
    """Write one row a pair of entities that papers name together."""
    labels = {entity.id: entity.label for entity in build.knowledge.entities}
    rows = (
        (pair.a, labels.get(pair.a), pair.b, labels.get(pair.b), pair.paper_count, pair.sentence_count, pair.npmi)
        for pair in build.knowledge.comentions
    )
    _write(path, COMENTIONS, rows)
