"""Answers as CSV, SPARQL JSON, Turtle, and as plain rows for tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)

from kgraph.errors import QueryError
from kgraph.graph.iris import PREFIXES, prefixed
from kgraph.graph.terms import clean
from kgraph.graph.turtle import dump
from kgraph.query.engine import Answer
from kgraph.text import guarded

Term = NamedNode | BlankNode | Literal | Triple
_NUMERIC = {PREFIXES["xsd"] + name for name in ("integer", "decimal", "double", "float")}


@dataclass(frozen=True)
class Rows:
    """An answer as a table: columns, and rows of terms or None."""

    columns: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]


def rows(answer: Answer) -> Rows:
    """Return any answer as rows: a yes or no as one cell, triples as subject, predicate and object."""
    try:
        if isinstance(answer, QueryBoolean):
            return Rows(("answer",), [(Literal(bool(answer)),)])
        if isinstance(answer, QueryTriples):
            return Rows(
                ("subject", "predicate", "object"), [(t.subject, t.predicate, t.object) for t in _sorted(answer)]
            )
        columns = tuple(variable.value for variable in answer.variables)
        return Rows(columns, [tuple(solution[i] for i in range(len(columns))) for solution in answer])
    except (OSError, RuntimeError) as error:
        raise QueryError(f"the query failed: {error}") from None


def _sorted(answer: QueryTriples) -> list[Triple]:
    """Return triples grouped and in an order that is always the same, types first."""
    return sorted(set(answer), key=lambda t: (str(t.subject), str(t.predicate) != f"<{PREFIXES['rdf']}type>", str(t)))


def text_of(term: Term | None) -> str:
    """Return a term as its plain text, as SPARQL's CSV has it."""
    if term is None:
        return ""
    return str(term) if isinstance(term, Triple) else term.value


def short(term: Term | None, base: str) -> str:
    """Return a term for people: data IRIs without their base, terms with their prefix, literals bare."""
    if not isinstance(term, NamedNode):
        return text_of(term)
    if term.value.startswith(base) and len(term.value) > len(base):
        return term.value.removeprefix(base)
    found = prefixed(term.value)
    return ":".join(found) if found else term.value


def to_csv(answer: Answer) -> str:
    """Return SPARQL 1.1 CSV, but safe to open in a spreadsheet.

    A literal that is no number and begins with `=`, `+`, `-`, `@`, tab or carriage return gets a leading apostrophe,
    as in the other CSV files of a build. The JSON format and the endpoint's CSV keep every value exact.
    """
    table = rows(answer)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows([_cell(term) for term in row] for row in table.rows)
    return out.getvalue()


def _cell(term: Term | None) -> str:
    text = clean(text_of(term))
    risky = isinstance(term, Literal) and term.datatype.value not in _NUMERIC
    return guarded(text) if risky else text


def to_json(answer: Answer) -> bytes:
    """Return SPARQL 1.1 JSON results; triples as JSON-LD."""
    if isinstance(answer, QueryTriples):
        return (serialize(_sorted(answer), format=RdfFormat.JSON_LD) or b"") + b"\n"
    return (answer.serialize(format=QueryResultsFormat.JSON) or b"") + b"\n"


def to_tsv(answer: Answer) -> bytes:
    """Return SPARQL 1.1 TSV: terms in Turtle's syntax, every value exact; triples as rows of three."""
    if isinstance(answer, QueryTriples):
        lines = ["?subject\t?predicate\t?object"]
        lines += ["\t".join(_in_a_line(part) for part in (t.subject, t.predicate, t.object)) for t in _sorted(answer)]
        return ("\n".join(lines) + "\n").encode()
    try:
        found = answer.serialize(format=QueryResultsFormat.TSV) or b""
    except (OSError, RuntimeError) as error:
        raise QueryError(f"the query failed: {error}") from None
    return found if found.endswith(b"\n") else found + b"\n"


def _in_a_line(term: Term) -> str:
    return str(term).replace("\t", "\\t")  # N-Triples leaves a tab as it is


def to_turtle(answer: Answer, base: str) -> bytes:
    """Return the triples of a CONSTRUCT or DESCRIBE as Turtle. Raises QueryError for other answers."""
    if not isinstance(answer, QueryTriples):
        kind = "rows" if isinstance(answer, QuerySolutions) else "yes or no"
        raise QueryError(f"Turtle holds triples, and this query gives {kind}", remedy="use --format table, csv or json")
    out = io.BytesIO()
    dump(_sorted(answer), out, base)
    return out.getvalue()


def shown(table: Rows, base: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the columns of `table` for people, each with its cells.

    Where a column `x` has its `xLabel`, only the label is shown; columns without any value are left out.
    """
    for i, column in enumerate(table.columns):
        if f"{column}Label" in table.columns:
            continue
        cells = [short(row[i], base) for row in table.rows]
        if any(cells) or not table.rows:
            yield column.removesuffix("Label") if column.removesuffix("Label") in table.columns else column, cells
