"""A whole build as Parquet tables, and back: `load(folder)` gives the `Knowledge` that was written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kgraph.errors import GraphError
from kgraph.graph import provenance
from kgraph.graph.rows import from_table, schema, to_table
from kgraph.model import (
    Citation,
    CoMention,
    Decision,
    Entity,
    Extraction,
    Knowledge,
    Mention,
    Paper,
    Record,
    Relation,
    RelationMention,
    ResolvedMention,
    Source,
)

Row = TypeVar("Row")

FOLDER = "tables"

BELIEVED: dict[str, type] = {
    "papers": Paper,
    "entities": Entity,
    "resolved_mentions": ResolvedMention,
    "relations": Relation,
    "comentions": CoMention,
    "citations": Citation,
}
"""Tables of what is believed; with build.json they make a `Knowledge`."""


@dataclass(frozen=True)
class Extracted:
    """One text that was read for mentions, with the number of its rows in the tables of what is said."""

    text: str
    mentions: int
    relation_mentions: int


def tables(
    knowledge: Knowledge,
    records: Iterable[Record],
    extractions: Mapping[str, Extraction],
    decisions: Sequence[Decision] = (),
) -> Iterable[tuple[str, pa.Table]]:
    """Yield (name, table) of every table of a build, in a fixed order and with rows in a fixed order."""
    yield "sources", to_table(Source, knowledge.provenance.sources)
    yield "records", of_records(tuple(records))
    said = [extractions[text] for text in sorted(extractions)]
    for name, table in SAID.items():
        yield name, table(said)
    rows = (
        knowledge.papers,
        knowledge.entities,
        knowledge.mentions,
        knowledge.relations,
        knowledge.comentions,
        knowledge.citations,
    )
    for (name, row), values in zip(BELIEVED.items(), rows, strict=True):
        yield name, to_table(row, values)
    yield "decisions", to_table(Decision, decisions)


def of_records(rows: Sequence[Record]) -> pa.Table:
    """Return the table of records, each with its id and the digest of its text."""
    return _before(_before(to_table(Record, rows), "text", [r.text_id for r in rows]), "id", [r.id for r in rows])


def _before(table: pa.Table, name: str, values: list[str]) -> pa.Table:
    """Return the table with one more column of text before the others."""
    return table.add_column(0, pa.field(name, pa.string(), nullable=False), [pa.array(values, pa.string())])


def _of_texts(said: Sequence[Extraction]) -> pa.Table:
    return to_table(Extracted, [Extracted(e.text, len(e.mentions), len(e.relations)) for e in said])


def _of_mentions(said: Sequence[Extraction]) -> pa.Table:
    return _with_text(Mention, [(e.text, mention) for e in said for mention in e.mentions])


def _of_relation_mentions(said: Sequence[Extraction]) -> pa.Table:
    return _with_text(RelationMention, [(e.text, relation) for e in said for relation in e.relations])


def _with_text(row: type, rows: list[tuple[str, Any]]) -> pa.Table:
    return _before(to_table(row, [value for _, value in rows]), "text", [text for text, _ in rows])


SAID: dict[str, Callable[[Sequence[Extraction]], pa.Table]] = {
    "extractions": _of_texts,
    "mentions": _of_mentions,
    "relation_mentions": _of_relation_mentions,
}
"""Tables of what texts say, and what makes each; the rows of one text stand together, in the order of the first."""


def write(folder: Path, named: Iterable[tuple[str, pa.Table]]) -> None:
    """Write each table to `folder`/NAME.parquet (Zstandard; the same rows give the same bytes)."""
    folder.mkdir()
    for name, table in named:
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd")


def read(folder: Path, name: str, columns: Sequence[str], where: pc.Expression | None = None) -> pa.Table:
    """Return some columns of a table of the export in `folder`, or of its rows `where` something holds.

    GraphError if the table is missing or damaged.
    """
    path = folder / FOLDER / f"{name}.parquet"
    try:
        return pq.read_table(path, columns=list(columns), filters=where, partitioning=None)
    except FileNotFoundError:
        raise GraphError("missing", where=str(path), remedy="build again") from None
    except pa.ArrowException as error:
        raise GraphError(f"damaged: {error}", where=str(path), remedy="build again") from error


def rows(folder: Path, name: str, row: type[Row], where: pc.Expression | None = None) -> tuple[Row, ...]:
    """Return the rows of a table of the export in `folder`, or those `where` something holds; errors as in `load`."""
    try:
        return from_table(row, read(folder, name, schema(row).names, where))
    except (KeyError, ValueError, TypeError) as error:
        path = folder / FOLDER / f"{name}.parquet"
        raise GraphError(f"written by another version: {error}", where=str(path), remedy="build again") from error


def load(folder: Path) -> Knowledge:
    """Return what the export in `folder` believes; GraphError if it is missing, damaged or of another version."""
    origin = provenance.read(folder)
    return Knowledge(
        papers=rows(folder, "papers", Paper),
        entities=rows(folder, "entities", Entity),
        mentions=rows(folder, "resolved_mentions", ResolvedMention),
        relations=rows(folder, "relations", Relation),
        comentions=rows(folder, "comentions", CoMention),
        citations=rows(folder, "citations", Citation),
        provenance=origin,
    )


def load_records(folder: Path) -> tuple[Record, ...]:
    """Return the source records of the export in `folder`, in the order of the table; errors as in `load`."""
    return rows(folder, "records", Record)


def load_decisions(folder: Path) -> tuple[Decision, ...]:
    """Return why the names of the export in `folder` became its entities, sorted; errors as in `load`."""
    return rows(folder, "decisions", Decision)


def load_extractions(folder: Path) -> dict[str, Extraction]:
    """Return what the texts of the export in `folder` say, by the digest of the text; errors as in `load`."""
    mentions = iter(rows(folder, "mentions", Mention))
    relations = iter(rows(folder, "relation_mentions", RelationMention))
    return {
        row.text: Extraction(
            row.text, tuple(islice(mentions, row.mentions)), tuple(islice(relations, row.relation_mentions))
        )
        for row in rows(folder, "extractions", Extracted)
    }
