"""The ontology in tools of the OWL world: owlready2 reads it, and HermiT (OWL API, OWL 2 DL) reasons over it.

owlready2 carries HermiT as a jar, which needs Java. Without either, the tests skip and say so.
"""

import io
import os
import shutil
from collections.abc import Iterator
from typing import Any, NoReturn

import pytest
from rdflib import OWL, RDF, Graph, URIRef

from kgraph.graph.iris import PREFIXES
from kgraph.graph.rdf import to_rdflib
from kgraph.ontology import KG, ontology_folder
from tests.ontology.rich import rich

IRI = KG.rstrip("#")
# their values are xsd:date and its kin, which are no datatypes of OWL 2
LEFT_OUT = {f"{PREFIXES['dcterms']}issued", f"{PREFIXES['fabio']}hasPublicationYear"}


def missing(why: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)


@pytest.fixture(scope="module")
def owl() -> Any:
    try:
        import owlready2
    except ImportError:
        missing("NO OWL TOOL HERE (pip install owlready2): the ontology is not read as OWL")
    return owlready2


@pytest.fixture(scope="module")
def java(owl: Any) -> Any:
    if shutil.which("java") is None:
        missing("NO JAVA HERE (apt-get install default-jre-headless): HermiT does not reason over the ontology")
    return owl


@pytest.fixture(autouse=True)
def quiet(recwarn: pytest.WarningsRecorder) -> Iterator[None]:
    yield
    assert [str(w.message) for w in recwarn if "owlready" in str(w.message).lower()] == []


def ontology() -> Graph:
    return Graph().parse(ontology_folder() / "kgraph.ttl", format="turtle")


def world(owl: Any, graph: Graph) -> tuple[Any, Any]:
    """A world of its own with `graph` in it, and the ontology there."""
    made = owl.World()
    return made, made.get_ontology(IRI).load(
        fileobj=io.BytesIO(graph.serialize(format="nt").encode()), format="ntriples"
    )


def contradictions(owl: Any, graph: Graph) -> list[str]:
    """What HermiT finds: classes that can have no members, or that nothing at all can be so."""
    made, _ = world(owl, graph)
    try:
        owl.sync_reasoner_hermit(made, infer_property_values=False, debug=0)
    except owl.OwlReadyInconsistentOntologyError:
        return ["inconsistent"]
    return sorted(str(one) for one in made.inconsistent_classes())


def test_an_owl_tool_reads_every_term(owl: Any) -> None:
    graph = ontology()
    made, found = world(owl, graph)
    for kind, listed in (
        ("Class", made.classes()),
        ("ObjectProperty", made.object_properties()),
        ("DatatypeProperty", made.data_properties()),
        ("AnnotationProperty", made.annotation_properties()),
    ):
        wanted = {str(s) for s in graph.subjects(RDF.type, URIRef(f"{PREFIXES['owl']}{kind}")) if isinstance(s, URIRef)}
        assert {term.iri for term in listed} == wanted, kind
    assert found.base_iri.rstrip("#") == IRI


def test_no_term_is_two_sorts_of_property(owl: Any) -> None:
    """OWL 2 DL forbids that one IRI is a property of objects, of data, of annotation at once."""
    graph = ontology()
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    for term in set(graph.subjects(RDF.type)):
        assert sum((term, RDF.type, kind) in graph for kind in kinds) <= 1, term


def test_hermit_finds_the_ontology_coherent(java: Any) -> None:
    assert contradictions(java, ontology()) == []


def test_hermit_finds_a_graph_consistent_with_it(java: Any) -> None:
    graph = ontology()
    for triple in to_rdflib(rich()):
        if str(triple[1]) not in LEFT_OUT:
            graph.add(triple)
    assert contradictions(java, graph) == []


@pytest.mark.parametrize(
    "wrong",
    [
        "<x:a> a kg:System , kg:Dataset .",
        "<x:a> a kg:Comparison ; kg:polarity <x:b> , <x:c> . <x:b> owl:differentFrom <x:c> .",
        "<x:a> kg:paperCount 2.5 .",
        "<x:a> a kg:Paper . <x:c> kg:object <x:a> .",
    ],
)
def test_hermit_would_see_a_contradiction(java: Any, wrong: str) -> None:
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    graph = ontology().parse(data=f"{prefixes}<x:a> a owl:NamedIndividual .\n{wrong}", format="turtle")
    assert contradictions(java, graph)
