"""The SPARQL 1.1 protocol: what a request asks for, and the service's description of itself.

https://www.w3.org/TR/sparql11-protocol/ and https://www.w3.org/TR/sparql11-service-description/
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from pyoxigraph import Literal, NamedNode, Triple

from kgraph.graph.terms import TYPE, term

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
FORM = "application/x-www-form-urlencoded"
QUERY, UPDATE = "application/sparql-query", "application/sparql-update"


class ProtocolError(Exception):
    """A request that is not as the protocol has it: HTTP status and what to say."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status, self.text = status, text


@dataclass(frozen=True)
class Asked:
    """A query, or None where a GET names none and so asks what the service is."""

    query: str | None


def asked(method: str, query_string: str, content_type: str, body: bytes) -> Asked:
    """Return what a request asks. Raises ProtocolError."""
    url = _pairs(query_string)
    kind = content_type.split(";")[0].strip().lower()
    if method in ("GET", "HEAD"):
        return Asked(_only_query(url))
    if kind == FORM:
        return Asked(_needed(_only_query(url + _pairs(_text(body)))))
    if kind == QUERY:
        _only_query(url)
        if any(name == "query" for name, _ in url):
            raise ProtocolError(400, "the query is in the body: there must be none in the address")
        return Asked(_needed(_text(body)))
    if kind == UPDATE:
        raise ProtocolError(403, "the graph is only read: there are no updates")
    raise ProtocolError(415, f"POST a query as {QUERY} or {FORM}")


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=100)
    except (ValueError, UnicodeDecodeError):
        raise ProtocolError(400, "the parameters can't be read") from None


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise ProtocolError(400, "the request is not UTF-8") from None


def _only_query(pairs: Sequence[tuple[str, str]]) -> str | None:
    names = [name for name, _ in pairs]
    if "update" in names:
        raise ProtocolError(403, "the graph is only read: there are no updates")
    if {"default-graph-uri", "named-graph-uri"} & set(names):
        raise ProtocolError(400, "there is one graph, and no other can be chosen")
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) > 1:
        raise ProtocolError(400, "more than one query")
    return queries[0] if queries else None


def _needed(query: str | None) -> str:
    if query is None or not query.strip():
        raise ProtocolError(400, "no query: send it as the parameter `query`")
    return query


def description(endpoint: str, dataset: str, triples: int) -> list[Triple]:
    """Return what the service is, as triples."""
    service, graph = NamedNode(endpoint), NamedNode(dataset)

    def sd(name: str) -> NamedNode:
        return NamedNode(SD + name)

    formats = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
    syntaxes = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")
    return [
        Triple(service, TYPE, sd("Service")),
        Triple(service, sd("endpoint"), service),
        Triple(service, sd("supportedLanguage"), sd("SPARQL11Query")),
        *(Triple(service, sd("resultFormat"), NamedNode(FORMATS + name)) for name in (*formats, *syntaxes)),
        Triple(service, sd("defaultDataset"), graph),
        Triple(graph, TYPE, sd("Dataset")),
        Triple(graph, sd("defaultGraph"), graph),
        Triple(graph, TYPE, sd("Graph")),
        Triple(graph, term("void:triples"), Literal(triples)),
        Triple(graph, term("void:sparqlEndpoint"), service),
    ]
