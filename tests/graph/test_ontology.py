"""The ontology: every term that is used is declared, and nothing in it contradicts the graph."""

from pathlib import Path

import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics
from pyoxigraph import NamedNode, RdfFormat, Triple, parse
from rdflib import OWL, RDF, Graph, URIRef

from kgraph.graph.iris import KG, PREFIXES
from kgraph.graph.rdf import to_rdflib
from kgraph.graph.triples import triples
from kgraph.ontology import ontology_folder
from kgraph.query.named import named
from kgraph.query.tokens import tokens
from tests.toy import toy

ONTOLOGY = ontology_folder() / "kgraph.ttl"
META = tuple(PREFIXES[prefix] for prefix in ("rdf", "rdfs", "owl", "xsd"))
CONTRADICTION = URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")


def read(path: Path) -> list[Triple]:
    with path.open("rb") as source:
        return [quad.triple for quad in parse(source, format=RdfFormat.TURTLE)]


def own(found: list[Triple]) -> set[str]:
    nodes = (node for t in found for node in (t.subject, t.predicate, t.object))
    return {
        node.value for node in nodes if isinstance(node, NamedNode) and node.value.startswith(KG) and node.value != KG
    }


@pytest.fixture(scope="module")
def declared() -> set[str]:
    return {t.subject.value for t in read(ONTOLOGY) if isinstance(t.subject, NamedNode) and t.predicate == RDF_TYPE}


RDF_TYPE = NamedNode(str(RDF.type))


def test_every_term_of_the_vocabularies_is_declared(declared: set[str]) -> None:
    files = sorted((ontology_folder() / "vocab").glob("*.ttl"))
    assert files
    assert set().union(*(own(read(path)) for path in files)) <= declared


def test_every_term_of_the_shapes_is_declared(declared: set[str]) -> None:
    shapes = read(ontology_folder() / "shapes.ttl")
    about = {t.subject.value for t in shapes if isinstance(t.subject, NamedNode)}
    assert own(shapes) - about <= declared


def test_every_term_of_the_graph_is_declared(declared: set[str]) -> None:
    found = list(triples(toy()))
    used = {t.predicate.value for t in found} | own(found)
    used |= {t.object.value for t in found if t.predicate == RDF_TYPE and isinstance(t.object, NamedNode)}
    assert {term for term in used if not term.startswith(META)} <= declared


def test_every_term_of_the_named_queries_is_declared(declared: set[str]) -> None:
    names = (token.text for query in named().values() for token in tokens(query.text) if token.kind == "name")
    split = (name.partition(":") for name in names)
    used = {PREFIXES[prefix] + local for prefix, _, local in split if local and prefix in PREFIXES}
    assert len(used) > 20
    assert {term for term in used if not term.startswith(META)} <= declared


def closure(graph: Graph) -> list[str]:
    """Return what the OWL RL rules find contradictory in `graph`, and every member of owl:Nothing."""
    DeductiveClosure(OWLRL_Semantics).expand(graph)
    complaints = [str(o) for s in graph.subjects(RDF.type, CONTRADICTION) for o in graph.objects(s)]
    return complaints + [f"nothing: {s}" for s in graph.subjects(RDF.type, OWL.Nothing) if s != OWL.Nothing]


def test_ontology_and_graph_contradict_nothing() -> None:
    whole = to_rdflib(toy())
    whole.parse(ONTOLOGY, format="turtle")
    assert closure(whole) == []


def test_a_contradiction_would_be_seen() -> None:
    graph = Graph().parse(ONTOLOGY, format="turtle")
    thing = URIRef("https://example.org/thing")
    graph.add((thing, RDF.type, URIRef(f"{KG}System")))
    graph.add((thing, RDF.type, URIRef(f"{KG}Dataset")))
    assert closure(graph)
