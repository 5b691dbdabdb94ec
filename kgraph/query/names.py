"""What a user means by a name: the things so called, found in SPARQL by their SKOS labels."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kgraph.errors import QueryError
from kgraph.graph.terms import clean

NAMED = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX fabio: <http://purl.org/spar/fabio/>
SELECT DISTINCT ?thing ?name {
  ?thing skos:prefLabel|skos:altLabel|dcterms:identifier|dcterms:title|fabio:hasArXivId ?name
"""


def write_index(store: Store, path: Path) -> None:
    """Write what `things` looks up: an SQLite table of things by their names in lower case, as SPARQL has it."""
    rows = store.query(f"{NAMED} BIND (LCASE(STR(?name)) AS ?lower) }}".replace("?name {", "?name ?lower {"))
    assert isinstance(rows, QuerySolutions)
    with closing(sqlite3.connect(path)) as table, table:
        table.execute("CREATE TABLE names (lower TEXT, name TEXT, thing TEXT)")
        table.executemany(
            "INSERT INTO names VALUES (?, ?, ?)",
            ((row["lower"].value, row["name"].value, row["thing"].value) for row in rows
             if isinstance(row["thing"], NamedNode)),
        )  # fmt: skip
        table.execute("CREATE INDEX by_lower ON names (lower)")


def _indexed(index: Path, text: str, *values: str) -> list[str]:
    with closing(sqlite3.connect(f"{index.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as table:
        return [str(row[0]) for row in table.execute(text, values)]


def things(store: Store, name: str, index: Path | None = None) -> list[NamedNode]:
    """Return the things whose label, alias, title, arXiv id or id is `name` in any case, in order of IRI.

    Without an `index` every name is looked at.
    """
    wanted = Literal(clean(name.strip()))
    if index is not None:
        lowered = Store().query(f"SELECT (LCASE({wanted}) AS ?lower) {{}}")
        assert isinstance(lowered, QuerySolutions)
        (row,) = lowered
        text = "SELECT DISTINCT thing FROM names WHERE lower = ?"
        return sorted(map(NamedNode, _indexed(index, text, row["lower"].value)), key=str)
    found = store.query(f"{NAMED} FILTER (LCASE(STR(?name)) = LCASE({wanted})) }}")
    assert isinstance(found, QuerySolutions)
    return sorted({row["thing"] for row in found if isinstance(row["thing"], NamedNode)}, key=str)


def resolve(store: Store, name: str, index: Path | None = None) -> Sequence[NamedNode]:
    """Return the things called `name`. Raises QueryError with the nearest names if nothing is."""
    found = things(store, name, index)
    if not found:
        near = ", ".join(nearest(store, name, index=index))
        raise QueryError(f"nothing is called {name.strip()!r}", remedy=f"near it: {near}" if near else "")
    return found


def nearest(store: Store, name: str, limit: int = 3, index: Path | None = None) -> list[str]:
    """Return up to `limit` names that are nearest to `name`, the nearest first."""
    from rapidfuzz.process import extract
    from rapidfuzz.utils import default_process

    if index is not None:
        names = sorted(_indexed(index, "SELECT DISTINCT name FROM names"))
    else:
        rows = store.query(f"{NAMED} }}")
        assert isinstance(rows, QuerySolutions)
        names = sorted({row["name"].value for row in rows if isinstance(row["name"], Literal)})
    found = extract(name, names, limit=limit, processor=default_process, score_cutoff=60)
    return [str(match[0]) for match in found]
