"""Which format a client would like best (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from kgraph.serve.results import CSV, JSON, JSONLD, NTRIPLES, RDFXML, TSV, TURTLE, XML

# what a client may ask for: what it gets; the first of each is the default
ROWS: dict[str, str] = {
    "application/sparql-results+json": JSON,
    "application/json": JSON,
    "application/sparql-results+xml": XML,
    "application/xml": XML,
    "text/xml": XML,
    "text/csv": CSV,
    "text/tab-separated-values": TSV,
}
TRIPLES: dict[str, str] = {
    "text/turtle": TURTLE,
    "application/x-turtle": TURTLE,
    "application/n-triples": NTRIPLES,
    "text/plain": NTRIPLES,
    "application/rdf+xml": RDFXML,
    "application/xml": RDFXML,
    "application/ld+json": JSONLD,
    "application/json": JSONLD,
}


def ranges(accept: str) -> list[tuple[str, float]]:
    """Return the media ranges of an Accept header with their weights, without those that can't be read."""
    found: list[tuple[str, float]] = []
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                try:
                    weight = min(max(float(value), 0.0), 1.0)
                except ValueError:
                    weight = 0.0
        if "/" in name:
            found.append((name, weight))
    return found


def best(accept: str, offered: dict[str, str]) -> str | None:
    """Return the offered type that `accept` likes best, or None if it likes none. Ties go to what is offered first."""
    wanted = ranges(accept)
    if not wanted:
        return next(iter(offered.values()))
    scores: list[tuple[float, int]] = []
    for place, name in enumerate(offered):
        weight = _weight(name, wanted)
        if weight > 0:
            scores.append((weight, -place))
    if not scores:
        return None
    _, place = max(scores)
    return list(offered.values())[-place]


def _weight(name: str, wanted: list[tuple[str, float]]) -> float:
    """Return the weight of a type by the most specific range that covers it."""
    family = name.split("/")[0]
    for pattern in (name, f"{family}/*", "*/*"):
        for given, weight in wanted:
            if given == pattern:
                return weight
    return 0.0
