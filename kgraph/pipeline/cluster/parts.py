"""A graph written by many machines: tables as parts in Parquet, triples as parts in N-Triples.

A part is a pure function of its rows in their order, so a machine that takes over from a dead one writes the same
bytes under the same name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from kgraph.engine.rows import Rows
from kgraph.export.rdf import NQuads
from kgraph.graph import triples_parts
from kgraph.graph.naming import Naming
from kgraph.graph.rows import schema, to_table
from kgraph.graph.tables import SAID, of_records
from kgraph.graph.terms import Block
from kgraph.graph.triples_build import Census
from kgraph.model import (
    Citation,
    CoMention,
    Decision,
    Entity,
    Extraction,
    Paper,
    Record,
    Relation,
    ResolvedMention,
)
from kgraph.pipeline.cluster.files import packed, written
from kgraph.pipeline.cluster.links import Belief

GROUP = 20_000
"""Rows that are turned into columns at a time."""

TRIPLES = "triples"

Make = Callable[[list[Any]], Any]


def table(
    folder: Path, name: str, rows: Rows[Any], key: Callable[[Any], Any], make: Make, columns: Any
) -> Rows[tuple[str, int]]:
    """Write the rows as `folder`/NAME.parquet/part-N.parquet; return (name, number of rows) of each part.

    `make` gives the table of a list of rows, `columns` the schema of all of them.
    """
    return rows.saved(key, partial(_table_part, folder / f"{name}.parquet", name, make, columns))


def _table_part(
    folder: Path, name: str, make: Make, columns: Any, number: int, rows: Iterator[Any]
) -> list[tuple[str, int]]:
    import pyarrow.parquet as pq

    count = 0

    def write(path: Path) -> None:
        nonlocal count
        with pq.ParquetWriter(path, columns, compression="zstd") as out:
            while group := list(islice(rows, GROUP)):
                found = make(group)
                count += found.num_rows
                out.write_table(found)

    written(folder / f"part-{number:05}.parquet", write)
    return [(name, count)]


Texts = tuple[str, Extraction]


@dataclass(frozen=True, slots=True)
class Known:
    """What is believed, as rows: papers (those outside say nothing), entities, pairs of them, and who cites whom;
    `placeholders` stand in citations alone."""

    believed: Rows[Belief]
    entities: Rows[Entity]
    pairs: Rows[CoMention]
    citations: Rows[Citation]
    placeholders: Rows[str]


def tables(
    folder: Path,
    records: Rows[Record],
    said: Rows[Texts],
    known: Known,
    decisions: Rows[Decision],
) -> list[Rows[tuple[str, int]]]:
    """Return what writes all tables but that of sources; each part is in the order of its table of one file.

    The partitions of `records` are the files that were read."""
    id_, columns = _by_id, of_records([]).schema
    return [
        records.in_place(partial(_table_part, folder / "records.parquet", "records", of_records, columns)),
        *(table(folder, name, said, _text, partial(_of_said, make), make([]).schema) for name, make in SAID.items()),
        table(folder, "papers", known.believed, _paper, _papers, schema(Paper)),
        table(folder, "resolved_mentions", known.believed, _paper, _mentions, schema(ResolvedMention)),
        table(folder, "relations", known.believed.each(_relations), id_, partial(to_table, Relation), schema(Relation)),
        table(folder, "entities", known.entities, id_, partial(to_table, Entity), schema(Entity)),
        table(folder, "comentions", known.pairs, _ends, partial(to_table, CoMention), schema(CoMention)),
        table(folder, "citations", known.citations, _cited, partial(to_table, Citation), schema(Citation)),
        table(folder, "decisions", decisions, _whole, partial(to_table, Decision), schema(Decision)),
    ]


def _by_id(row: Any) -> str:
    return str(row.id)


def _text(row: Texts) -> str:
    return row[0]


def _paper(row: Belief) -> str:
    return row.paper.id


def _ends(row: CoMention) -> tuple[str, str]:
    return row.a, row.b


def _cited(row: Citation) -> tuple[str, str]:
    return row.citing, row.cited


def _whole(row: Decision) -> tuple[str, ...]:
    return row.entity, row.subject, row.rule, row.reason, row.paper


def _relations(row: Belief) -> tuple[Relation, ...]:
    return row.relations


def _papers(rows: list[Belief]) -> Any:
    return to_table(Paper, [row.paper for row in rows])


def _mentions(rows: list[Belief]) -> Any:
    return to_table(ResolvedMention, [mention for row in rows for mention in row.mentions])


def _of_said(make: Make, rows: list[Texts]) -> Any:
    return make([extraction for _, extraction in rows])


# ---------------------------------------------------------------- triples


def triples(folder: Path, base: str, known: Known) -> list[Rows[tuple[str, Census]]]:
    """Return what writes all triples but those of the whole, as `folder`/triples/FAMILY/part-N.nt.gz."""

    def between(belief: Belief) -> Iterator[tuple[str, str, str]]:
        # as text, which can be compared wherever it is
        for id_, (predicate, target) in triples_parts.between(belief.paper.id, belief.relations, Naming(base)):
            yield id_, predicate.value, target.value

    families: list[tuple[str, Rows[Any], Callable[[Any], Any], Callable[[Any, Naming], Iterable[Block]], bool]] = [
        ("papers", known.believed, _paper, _of_belief, True),
        ("entities", known.entities, _by_id, triples_parts.of_entity, True),
        ("links", known.believed.each(between).distinct(), tuple, _of_link, False),
        ("co-mentions", known.pairs, _ends, triples_parts.of_comention, True),
        ("together", known.pairs, _ends, _of_ends, False),
        ("citations", known.citations, _cited, triples_parts.of_citation, True),
        ("cites", known.citations, _cited, _of_cites, False),
        ("cited", known.placeholders, str, _of_placeholder, True),
    ]
    return [
        rows.saved(key, partial(_triples_part, folder / TRIPLES / name, base, blocks, new))
        for name, rows, key, blocks, new in families
    ]


def _of_belief(belief: Belief, naming: Naming) -> Iterator[Block]:
    return triples_parts.of_paper(belief.paper, belief.mentions, belief.relations, naming)


def _of_link(link: tuple[str, str, str], naming: Naming) -> list[Block]:
    from pyoxigraph import NamedNode

    id_, predicate, target = link
    return [triples_parts.linked((id_, (NamedNode(predicate), NamedNode(target))), naming)]


def _of_ends(pair: CoMention, naming: Naming) -> Iterator[Block]:
    return (triples_parts.linked(link, naming) for link in triples_parts.together(pair, naming))


def _of_cites(citation: Citation, naming: Naming) -> list[Block]:
    return [triples_parts.linked(triples_parts.cites(citation, naming), naming)]


def _of_placeholder(id_: str, naming: Naming) -> list[Block]:
    return [triples_parts.of_placeholder(id_, naming)]


def _triples_part(
    folder: Path,
    base: str,
    blocks: Callable[[Any, Naming], Iterable[Block]],
    new: bool,
    number: int,
    rows: Iterator[Any],
) -> list[tuple[str, Census]]:
    census = Census()
    found = (block for row in rows for block in blocks(row, Naming(base)))
    packed(folder / f"part-{number:05}.nt.gz", _lines(found, census, new))
    return [(TRIPLES, census)]


def whole_part(folder: Path, blocks: Iterable[Block], census: Census) -> None:
    """Write the blocks of the whole as one part, and count them."""
    packed(folder / TRIPLES / "whole" / "part-00000.nt.gz", _lines(blocks, census, True))


def _lines(blocks: Iterable[Block], census: Census, new: bool) -> Iterator[str]:
    """Yield the lines of blocks, each of which is counted as it passes."""
    lines = NQuads()
    for subject, pairs in blocks:
        block = subject, list(dict.fromkeys(pairs))
        census.see(block, new=new)
        yield lines.piece(block)
