"""Looking up what a user calls something."""

from __future__ import annotations

from pyoxigraph import Literal, QuerySolutions, Store

NAMES = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX fabio: <http://purl.org/spar/fabio/>
SELECT DISTINCT ?name { ?thing skos:prefLabel|skos:altLabel|dcterms:identifier|dcterms:title|fabio:hasArXivId ?name }
"""


def all_names(store: Store) -> list[str]:
    """Return every label, alias, title and id of the graph, in order."""
    found = store.query(NAMES)
    assert isinstance(found, QuerySolutions)
    return sorted(row["name"].value for row in found if isinstance(row["name"], Literal))


def resolves(store: Store, name: str) -> bool:
    """Whether a thing is called `name`, in any case."""
    wanted = name.strip().lower()
    return any(known.lower() == wanted for known in all_names(store))


def nearest(store: Store, name: str, limit: int = 3) -> list[str]:
    """Return up to `limit` names that are nearest to `name`, the nearest first."""
    from rapidfuzz.process import extract
    from rapidfuzz.utils import default_process

    return [
        str(match[0])
        for match in extract(name, all_names(store), limit=limit, processor=default_process, score_cutoff=60)
    ]
