"""The ontology: every term that is used is declared and explained, the graph is of the declared shape, and nothing in
the ontology contradicts the graph."""

from collections import defaultdict
from pathlib import Path

import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef
from rdflib import Literal as Text

from kgraph.export import registry
from kgraph.graph.iris import PREFIXES
from kgraph.graph.rdf import to_rdflib
from kgraph.graph.triples import triples
from kgraph.model import Knowledge
from kgraph.ontology import KG, ontology_folder
from kgraph.query.named import named
from kgraph.query.tokens import tokens
from tests.ontology.rich import rich
from tests.toy import toy

ONTOLOGY = ontology_folder() / "kgraph.ttl"
META = tuple(PREFIXES[prefix] for prefix in ("rdf", "rdfs", "owl", "xsd"))
SCHEMA = PREFIXES["schema"]
TYPE = NamedNode(str(RDF.type))
CONTRADICTION = URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")
DOMAIN = (RDFS.domain, URIRef(f"{SCHEMA}domainIncludes"))
RANGE = (RDFS.range, URIRef(f"{SCHEMA}rangeIncludes"))
ANYTHING = str(RDFS.Resource)
SYNTAXES = {".ttl", ".nt", ".nq", ".trig", ".n3", ".jsonld", ".rdf"}


def read(path: Path) -> list[Triple]:
    return [quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE)]


def own(found: list[Triple]) -> set[str]:
    nodes = (node for t in found for node in (t.subject, t.predicate, t.object))
    return {
        node.value for node in nodes if isinstance(node, NamedNode) and node.value.startswith(KG) and node.value != KG
    }


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ONTOLOGY, format="turtle")


@pytest.fixture(scope="module")
def declared(ontology: Graph) -> set[str]:
    return {str(s) for s in ontology.subjects(RDF.type) if isinstance(s, URIRef)} | {str(OWL.sameAs)}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return rich()


@pytest.fixture(scope="module")
def exported(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Triple]]:
    """The triples of every RDF file that any export writes, optional ones included, by the file's path."""
    folder = tmp_path_factory.mktemp("exported")
    build = registry.Build(knowledge)
    for name in [*registry.EXPORTS, *(name for name, _, _ in registry.OPTIONAL.values())]:
        if Path(name).suffix in {"", *SYNTAXES}:  # a folder may hold RDF, too
            registry.writer(name)(build, folder / name)
    files = sorted(path for path in folder.rglob("*") if path.suffix in SYNTAXES)
    assert {path.name for path in files} >= {"graph.ttl", "graph.nq", "graph.jsonld"}
    return {str(path.relative_to(folder)): [t for quad in parse(path=str(path)) for t in flat(quad)] for path in files}


def flat(quad: Quad | Triple) -> list[Triple]:
    """A triple, and those that it speaks of (RDF 1.2)."""
    inner = [part for part in (quad.subject, quad.object) if isinstance(part, Triple)]
    return [Triple(quad.subject, quad.predicate, quad.object), *(t for part in inner for t in flat(part))]


def terms(found: list[Triple]) -> set[str]:
    """The classes and properties in use, and all terms of our own; not those of RDF itself."""
    used = {t.predicate.value for t in found} | own(found)
    used |= {t.object.value for t in found if t.predicate == TYPE and isinstance(t.object, NamedNode)}
    return {term for term in used if not term.startswith(META)}


def test_every_term_of_the_vocabularies_is_declared(declared: set[str]) -> None:
    files = sorted((ontology_folder() / "vocab").glob("*.ttl"))
    assert files
    assert set().union(*(own(read(path)) for path in files)) <= declared


def test_every_term_of_the_shapes_is_declared(declared: set[str]) -> None:
    shapes = read(ontology_folder() / "shapes.ttl")
    about = {t.subject.value for t in shapes if isinstance(t.subject, NamedNode)}
    assert own(shapes) - about <= declared


def test_every_term_of_every_export_is_declared(declared: set[str], exported: dict[str, list[Triple]]) -> None:
    missing = {name: sorted(terms(found) - declared) for name, found in exported.items()}
    assert {name: some for name, some in missing.items() if some} == {}


def test_every_term_of_every_export_is_explained(ontology: Graph, exported: dict[str, list[Triple]]) -> None:
    """A label, what it means (for a term of others: as what it serves here), and an example."""
    faults = []
    for term in sorted(set().union(*map(terms, exported.values()))):
        node = URIRef(term)
        meaning = SKOS.definition if term.startswith(KG) else SKOS.scopeNote
        faults += [
            f"{term}: no {name}" for name in (RDFS.label, meaning, SKOS.example) if not ontology.value(node, name)
        ]
    assert faults == []


def test_every_term_of_our_own_is_explained_whether_used_or_not(ontology: Graph) -> None:
    faults = []
    for node in sorted({URIRef(str(s)) for s in ontology.subjects(RDF.type) if str(s).startswith(KG)}):
        faults += [
            f"{node}: no {name}"
            for name in (RDFS.label, SKOS.definition, SKOS.example)
            if not isinstance(ontology.value(node, name), Text)
        ]
        kinds = set(ontology.objects(node, RDF.type))
        if kinds & {OWL.ObjectProperty, OWL.DatatypeProperty}:
            for side in (DOMAIN, RANGE):
                above = [node, *ontology.transitive_objects(node, RDFS.subPropertyOf)]
                if not any(ontology.value(one, name) for one in above for name in side):
                    faults.append(f"{node}: no {side[0]}")
    assert faults == []


def allowed(ontology: Graph, term: str, side: tuple[URIRef, URIRef]) -> set[str]:
    """What a property, or one above it, is declared for."""
    above = list(ontology.transitive_objects(URIRef(term), RDFS.subPropertyOf))
    return {str(o) for one in above for p in side for o in ontology.objects(one, p)}


def test_every_triple_has_the_declared_domain_and_range(ontology: Graph, exported: dict[str, list[Triple]]) -> None:
    """Each subject and object is of a class, or each literal of a datatype, that its property is declared for."""
    same = NamedNode(str(OWL.sameAs))
    faults = {}
    for name, found in exported.items():
        types: dict[str, set[str]] = defaultdict(set)
        for member in ("Polarity", "ValueKind"):
            for one in ontology.subjects(RDF.type, URIRef(KG + member)):
                types[str(one)].add(KG + member)
        for t in found:
            if t.predicate == TYPE and isinstance(t.subject, NamedNode) and isinstance(t.object, NamedNode):
                above = ontology.transitive_objects(URIRef(t.object.value), RDFS.subClassOf)
                types[t.subject.value].update(map(str, above))
        used = {t.predicate for t in found if t.predicate == same or not t.predicate.value.startswith(META)}
        sides = {p: [(side[0], allowed(ontology, p.value, side)) for side in (DOMAIN, RANGE)] for p in used}
        for t in found:
            for (side, wanted), value in zip(sides.get(t.predicate, ()), (t.subject, t.object), strict=False):
                if not fits(value, wanted, types):
                    faults[name, t.predicate.value, str(side)] = str(t)
    assert faults == {}


def fits(value: object, allowed: set[str], types: dict[str, set[str]]) -> bool:
    if isinstance(value, Literal):
        return value.datatype.value in allowed
    if not isinstance(value, NamedNode):
        return True  # a blank node or a triple: none of ours
    if ANYTHING in allowed or f"{OWL}Class" in allowed or f"{RDF}Property" in allowed:
        return True
    if value.value.startswith(PREFIXES["cito"]):
        return f"{OWL}ObjectProperty" in allowed
    elsewhere = value.value.startswith("https://w3id.org/kgraph/vocab/")  # described in the vocabularies
    return bool(types[value.value] & allowed) or (elsewhere and str(SKOS.Concept) in allowed)


def test_a_wrong_domain_or_range_would_be_seen() -> None:
    types = {"https://example.org/a": {f"{KG}System"}}
    assert fits(NamedNode("https://example.org/a"), {f"{KG}System"}, types)
    assert not fits(NamedNode("https://example.org/a"), {f"{KG}Paper"}, types)
    assert not fits(Literal("5"), {f"{PREFIXES['xsd']}integer"}, types)


def test_every_term_of_the_named_queries_is_declared(declared: set[str]) -> None:
    names = (token.text for query in named().values() for token in tokens(query.text) if token.kind == "name")
    split = (name.partition(":") for name in names)
    used = {PREFIXES[prefix] + local for prefix, _, local in split if local and prefix in PREFIXES}
    assert len(used) > 20
    assert {term for term in used if not term.startswith(META)} <= declared


def test_the_ontology_says_what_it_is(ontology: Graph) -> None:
    [node] = ontology.subjects(RDF.type, OWL.Ontology)
    assert str(node) == KG.rstrip("#")
    version = str(ontology.value(node, OWL.versionInfo))
    assert str(ontology.value(node, OWL.versionIRI)) == f"{node}/{version}"
    history = [str(note) for note in ontology.objects(node, SKOS.historyNote)]
    assert any(note.startswith(f"{version}: ") for note in history)
    assert f"{node}/{version}" in str(ontology.value(node, URIRef(PREFIXES["dcterms"] + "bibliographicCitation")))


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


def test_the_examples_use_the_term_that_they_explain(ontology: Graph, knowledge: Knowledge) -> None:
    """An example in Turtle parses and speaks of its term; the others are words of people."""
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    parsed = 0
    for node, example in sorted(ontology.subject_objects(SKOS.example)):
        if not str(example).startswith("<"):
            continue
        text = f"@base <https://w3id.org/kgraph/id/> .\n{prefixes}{example}"
        found = [quad.triple for quad in parse(input=text, format=RdfFormat.TURTLE)]
        assert NamedNode(str(node)) in {part for t in found for part in (t.subject, t.predicate, t.object)}, example
        parsed += 1
    assert parsed > 80
    assert len(list(triples(knowledge))) > 1000
