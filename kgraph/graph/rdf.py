"""Knowledge as an rdflib Graph, for notebooks and for SHACL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph

from kgraph.graph.iris import DATA, PREFIXES
from kgraph.graph.triples import blocks
from kgraph.model import Knowledge

if TYPE_CHECKING:
    import rdflib


def empty_graph() -> rdflib.Graph:
    """Return an rdflib Graph without triples that knows our prefixes."""
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri)
    return graph


def to_rdflib(knowledge: Knowledge, base_iri: str = DATA, *, abstracts: bool = False) -> rdflib.Graph:
    """Return the same triples as graph.ttl holds, in memory as an rdflib Graph (about 1 KB a triple)."""
    graph = empty_graph()
    for subject, pairs in blocks(knowledge, base_iri, abstracts=abstracts):
        node = rdflib_term(subject)
        for predicate, target in pairs:
            graph.add((node, rdflib_term(predicate), rdflib_term(target)))
    return graph


def rdflib_term(term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal) -> rdflib.term.Node:
    """Return rdflib's counterpart of a pyoxigraph term."""
    import rdflib

    if isinstance(term, pyoxigraph.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    plain = term.datatype.value == PREFIXES["xsd"] + "string"
    return rdflib.Literal(term.value, datatype=None if plain else rdflib.URIRef(term.datatype.value))
