"""What a user means by a name: the things so called, found in SPARQL by their SKOS labels."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from kgraph.errors import QueryError
from kgraph.graph.iris import PREFIXES
from kgraph.graph.lookup import alike, id_in, listed
from kgraph.graph.terms import TYPE, clean
from kgraph.identifiers import arxiv_id, publisher_doi
from kgraph.text import fold

WORDS = {"System": "a system", "Hardware": "hardware", "Model": "a model", "Dataset": "a data set", "Paper": "a paper"}
"""Classes of things, as messages call them."""
_ID = re.compile(r"[a-z]+/[a-z0-9-]+")
DOI = NamedNode(PREFIXES["prism"] + "doi")
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


def resolve(store: Store, name: str, index: Path | None = None, classes: Sequence[str] = ()) -> Sequence[NamedNode]:
    """Return the things called `name`, which may also be a DOI, an address of a paper or an IRI of the graph.

    Of several things those of one of `classes` ("Hardware") are returned. Raises QueryError with the nearest names if
    nothing is called so, or with what the thing is if it is none of these.
    """
    found = things(store, name, index)
    for other in () if found else (arxiv_id(name), id_in(name)):
        found = found or (things(store, other, index) if other else [])
    if not found and (written := publisher_doi(name)):
        quads = store.quads_for_pattern(None, DOI, Literal(written))
        found = [quad.subject for quad in quads if isinstance(quad.subject, NamedNode)]
    if not found:
        near = listed(nearest(store, name, index=index))
        raise QueryError(
            f"nothing is called {name.strip()!r}", remedy=f"nearest: {near}" if near else "nothing has a name like it"
        )
    kinds = {thing: _classes(store, thing) for thing in found}
    fitting = [thing for thing in found if not classes or not kinds[thing] or kinds[thing] & set(classes)]
    if not fitting:
        what = ", ".join(sorted(WORDS[kind] for kind in kinds[found[0]]))
        wanted = " or ".join(WORDS[kind] for kind in classes)
        raise QueryError(f"{name.strip()!r} is {what}, and {wanted} is asked for")
    return fitting


def _classes(store: Store, thing: NamedNode) -> set[str]:
    """Return which of the classes in `WORDS` a thing has; none where the graph doesn't say."""
    return {name for name in WORDS if Quad(thing, TYPE, NamedNode(PREFIXES["kg"] + name)) in store}


def nearest(store: Store, name: str, limit: int = 5, index: Path | None = None) -> list[str]:
    """Return up to `limit` names that are nearest to `name`, the nearest first; of names that differ in case, one."""
    if index is not None:
        names = sorted(_indexed(index, "SELECT DISTINCT name FROM names"))
    else:
        rows = store.query(f"{NAMED} }}")
        assert isinstance(rows, QuerySolutions)
        names = sorted({row["name"].value for row in rows if isinstance(row["name"], Literal)})
    labels = [one for one in names if not _ID.fullmatch(one)]
    found: dict[str, str] = {}
    for one in alike(name, labels, 3 * limit):
        found.setdefault(fold(one), one)
    return list(found.values())[:limit]
