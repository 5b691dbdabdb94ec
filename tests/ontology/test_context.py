"""ontology/context.jsonld: every term of the export has one plain word there, of the right type, and none is idle."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from rdflib import OWL, RDF, RDFS, Graph, URIRef

from kgraph.export.rdf_jsonld import write_jsonld
from kgraph.export.registry import Build
from kgraph.graph.iris import PREFIXES
from kgraph.graph.triples import triples
from kgraph.ontology import ontology_folder
from tests.ontology.rich import rich
from tests.ontology.test_ontology import RANGE, allowed
from tests.ontology.test_ontology import terms as terms_of

WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*")
OF_RDF = {str(OWL.sameAs), str(RDFS.seeAlso)}
XSD = PREFIXES["xsd"]
TYPE_ONLY = {"fabio", "schema", "mls", "oa", "prov", "void", "dcat", "skos"}
"""Prefixes under which classes of others appear as `prefix:Name` in "type"."""


@pytest.fixture(scope="module")
def context() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ontology_folder() / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    return found


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph().parse(ontology_folder() / "kgraph.ttl", format="turtle")


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    path: Path = tmp_path_factory.mktemp("jsonld") / "graph.jsonld"
    write_jsonld(Build(rich()), path)
    things: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["@graph"]
    return things


def full(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local if prefix in PREFIXES else name


def entries(context: dict[str, Any]) -> dict[str, tuple[str, str, bool]]:
    """(IRI, type, whether always a list) of each word that is no prefix and no keyword."""
    found = {}
    for word, value in context.items():
        if word in PREFIXES or value in ("@id", "@type"):
            continue
        parts = value if isinstance(value, dict) else {"@id": value}
        found[word] = (full(parts["@id"]), full(parts.get("@type", "")), parts.get("@container") == "@set")
    return found


def test_prefixes_are_those_of_the_other_files(context: dict[str, Any]) -> None:
    declared = {word: iri for word, iri in context.items() if isinstance(iri, str) and iri[-1] in "#/"}
    assert declared == {prefix: iri for prefix, iri in PREFIXES.items() if prefix != "rdf"}


def test_every_word_stands_for_a_term_that_exists(context: dict[str, Any], ontology: Graph) -> None:
    declared = {str(s) for s in ontology.subjects(RDF.type)} | OF_RDF
    assert {word: iri for word, (iri, _, _) in entries(context).items() if iri not in declared} == {}
    assert all(WORD.fullmatch(word) for word in entries(context))
    iris = [iri for iri, _, _ in entries(context).values()]
    assert len(iris) == len(set(iris))


def test_every_term_of_the_export_has_its_word(context: dict[str, Any]) -> None:
    found = list(triples(rich(), abstracts=True))
    known = {iri for iri, _, _ in entries(context).values()}
    properties = {t.predicate.value for t in found} - {str(RDF.type)}
    assert properties <= known
    own = {term for term in terms_of(found) if term.startswith(PREFIXES["kg"])}
    assert own <= known


def test_no_word_is_idle(context: dict[str, Any]) -> None:
    """Each occurs in a graph that has everything, or is a class or value of ours that another graph may have."""
    found = list(triples(rich(), abstracts=True))
    used = terms_of(found) | {t.predicate.value for t in found}
    own = PREFIXES["kg"]
    idle = {word: iri for word, (iri, _, _) in entries(context).items() if iri not in used}
    assert {word for word, iri in idle.items() if not iri.startswith(own)} == set()
    assert set(idle) <= {"percent", "ratio", "points", "absolute", "worse", "similar", "better", "unspecified"}


def test_types_are_those_that_the_ontology_declares(context: dict[str, Any], ontology: Graph) -> None:
    wrong = {}
    for word, (iri, type_, _) in entries(context).items():
        kinds = set(ontology.objects(URIRef(iri), RDF.type))
        ranges = allowed(ontology, iri, RANGE)
        if OWL.Class in kinds or OWL.NamedIndividual in kinds:
            good = not type_
        elif type_ in ("@id", "@vocab"):
            good = OWL.DatatypeProperty not in kinds and not any(r.startswith(XSD) for r in ranges)
        elif type_:
            good = type_ in ranges
        else:  # JSON's own texts, whole numbers and truth values
            good = bool(ranges & {f"{XSD}{name}" for name in ("string", "integer", "boolean")})
        if not good:
            wrong[word] = (type_, sorted(ranges))
    assert wrong == {}


def test_a_property_with_one_value_is_no_list_and_others_are_used_as_declared(
    context: dict[str, Any], ontology: Graph, document: list[dict[str, Any]]
) -> None:
    for word, (iri, _, many) in entries(context).items():
        if (URIRef(iri), RDF.type, OWL.FunctionalProperty) in ontology:
            assert not many, word
        values = [thing[word] for thing in document if word in thing]
        assert all(isinstance(value, list) for value in values) if many else True, word


def test_the_export_reads_as_plain_json(document: list[dict[str, Any]]) -> None:
    assert all(WORD.fullmatch(key) for thing in document for key in thing)
    for thing in document:
        assert isinstance(thing["id"], str)
        for name in thing.get("type", []):
            assert WORD.fullmatch(name) or name.partition(":")[0] in TYPE_ONLY, name
    comparison = next(t for t in document if t.get("valueText") == "2-4x")
    assert comparison["type"] == ["Comparison"]
    assert (comparison["polarity"], comparison["valueKind"], comparison["upTo"]) == ("better", "ratio", False)
    outcomes = [t["polarity"] for t in document if "polarity" in t]
    assert outcomes
    assert all(WORD.fullmatch(outcome) for outcome in outcomes)
