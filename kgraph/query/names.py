"""What a user means by a name: the things so called, found in SPARQL by their SKOS labels."""

from __future__ import annotations

from collections.abc import Sequence

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


def things(store: Store, name: str) -> list[NamedNode]:
    """Return the things whose label, alias, title, arXiv id or id is `name` in any case, in order of IRI."""
    wanted = Literal(clean(name.strip()))
    found = store.query(f"{NAMED} FILTER (LCASE(STR(?name)) = LCASE({wanted})) }}")
    assert isinstance(found, QuerySolutions)
    return sorted({row["thing"] for row in found if isinstance(row["thing"], NamedNode)}, key=str)


def resolve(store: Store, name: str) -> Sequence[NamedNode]:
    """Return the things called `name`. Raises QueryError with the nearest names if nothing is."""
    found = things(store, name)
    if not found:
        near = ", ".join(nearest(store, name))
        raise QueryError(f"nothing is called {name.strip()!r}", remedy=f"near it: {near}" if near else "")
    return found


def nearest(store: Store, name: str, limit: int = 3) -> list[str]:
    """Return up to `limit` names that are nearest to `name`, the nearest first."""
    from rapidfuzz.process import extract
    from rapidfuzz.utils import default_process

    rows = store.query(f"{NAMED} }}")
    assert isinstance(rows, QuerySolutions)
    names = sorted({row["name"].value for row in rows if isinstance(row["name"], Literal)})
    found = extract(name, names, limit=limit, processor=default_process, score_cutoff=60)
    return [str(match[0]) for match in found]
