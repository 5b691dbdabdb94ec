"""A graph broken in each way is caught, and a sound one is not."""

from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from kgraph.check.links import check_iris
from kgraph.check.outcome import Finding
from kgraph.check.shapes import check_shapes, sparql_violations
from kgraph.graph.iris import DATA
from kgraph.graph.rdf import empty_graph, rdflib_term
from kgraph.graph.terms import TYPE, term
from kgraph.graph.triples import triples
from kgraph.ontology import ontology_folder
from tests.toy import toy

SHAPES = ontology_folder() / "shapes.ttl"
XSD_STRING = term("xsd:string")
Triples = set[Triple]


def id_(name: str) -> NamedNode:
    return NamedNode(DATA + name)


def of(graph: Triples, predicate: str, *, class_: str = "", value: str = "") -> Triple:
    """The first triple with that predicate, whose subject is of that class or whose object has that value."""
    nodes = {t.subject for t in graph if t.predicate == TYPE and t.object == term(class_)} if class_ else None
    found = [t for t in graph if t.predicate == term(predicate) and (nodes is None or t.subject in nodes)]
    return min((t for t in found if not value or value in str(t.object)), key=str)


def without(predicate: str, **where: str) -> Callable[[Triples], Triples]:
    return lambda graph: graph - {of(graph, predicate, **where)}


def instead(predicate: str, other: Literal | NamedNode, **where: str) -> Callable[[Triples], Triples]:
    def change(graph: Triples) -> Triples:
        old = of(graph, predicate, **where)
        return graph - {old} | {Triple(old.subject, old.predicate, other)}

    return change


def also(subject: str, predicate: str, other: Literal | NamedNode) -> Callable[[Triples], Triples]:
    return lambda graph: graph | {Triple(id_(subject), term(predicate), other)}


def without_node(class_: str, value: str = "") -> Callable[[Triples], Triples]:
    """Without one relation, while its plain triples stay."""

    def change(graph: Triples) -> Triples:
        node = of(graph, "rdf:type", class_=class_, value=class_.split(":")[1]).subject
        if value:
            node = next(t.subject for t in graph if t.predicate == term("kg:valueText") and t.object == Literal(value))
        return {t for t in graph if t.subject != node}

    return change


def long_mention(graph: Triples) -> Triples:
    end = of(graph, "oa:end")
    return graph - {end} | {Triple(end.subject, end.predicate, Literal(100_000))}


def itself(graph: Triples) -> Triples:
    node = of(graph, "kg:subject", class_="kg:BuildsOn")
    old = next(t for t in graph if t.subject == node.subject and t.predicate == term("kg:object"))
    return graph - {old} | {Triple(node.subject, old.predicate, node.object)}


BREAKS: dict[str, tuple[Callable[[Triples], Triples], str]] = {
    "no evidence": (without("kg:evidence", class_="kg:Comparison"), "the words that state it"),
    "empty evidence": (instead("kg:evidence", Literal(""), class_="kg:Comparison"), "the words that state it"),
    "other evidence": (
        instead("kg:evidence", Literal("Tidal flies"), class_="kg:Comparison"),
        "what stands at its place",
    ),
    "no paper": (without("prov:wasDerivedFrom", class_="kg:Comparison"), "the paper that states it"),
    "another paper": (
        instead("prov:wasDerivedFrom", id_("paper/driftkv-888888"), class_="kg:Comparison"),
        "stands in the paper that states",
    ),
    "no subject": (without("kg:subject", class_="kg:RunsOn"), "one subject"),
    "two objects": (
        lambda graph: (
            graph
            | {
                Triple(
                    of(graph, "kg:object", class_="kg:BuildsOn").subject, term("kg:object"), id_("system/apex-3d4e5f")
                )
            }
        ),
        "one object",
    ),
    "itself": (itself, "not its subject"),
    "polarity": (instead("kg:polarity", term("kg:wonderful")), "one polarity"),
    "no polarity": (without("kg:polarity"), "one polarity"),
    "number as text": (instead("kg:factorLow", Literal("2", datatype=XSD_STRING)), "lower bound is an xsd:decimal"),
    "number as float": (instead("kg:factorHigh", Literal(2.5)), "upper bound is an xsd:decimal"),
    "bounds swapped": (instead("kg:factorLow", Literal("1000", datatype=term("xsd:decimal"))), "not above the upper"),
    "amount as float": (instead("kg:amountHigh", Literal(2.5)), "upper bound is an xsd:decimal"),
    "percent as ratio": (instead("kg:valueKind", term("kg:ratio"), value="percent"), "factors for a ratio"),
    "ratio as percent": (instead("kg:valueKind", term("kg:percent"), value="ratio"), "factors for a ratio"),
    "number without text": (without("kg:valueText"), "a number comes with its text"),
    "kind of number": (instead("kg:valueKind", term("kg:better")), "ratio, percent, points or absolute"),
    "confidence": (instead("kg:confidence", Literal("1.5", datatype=term("xsd:decimal"))), "from 0 to 1"),
    "runs on software": (instead("kg:object", id_("system/orca"), class_="kg:RunsOn"), "things run on hardware"),
    "introduced by another": (
        instead("kg:subject", id_("paper/unnamed-666666"), class_="kg:Introduction"),
        "the paper that says so",
    ),
    "plain without node": (also("system/orca", "kg:comparesAgainst", id_("system/tidal-2")), "has no relation"),
    "plain polarity without node": (also("system/orca", "kg:outperforms", id_("system/tidal-2")), "that polarity"),
    "plain run without node": (without_node("kg:RunsOn"), "has no relation that states it"),
    "plain claim without node": (without_node("kg:Comparison", "36.9x"), "has no comparison of that polarity"),
    "node without plain": (without("kg:runsOn"), "there is no plain triple kg:runsOn"),
    "node without plain polarity": (without("kg:outperforms"), "no plain triple kg:outperforms"),
    "introduction without plain": (without("kg:introduces"), "no plain triple kg:introduces"),
    "pair of one": (without("kg:member"), "two members"),
    "pair not linked": (without("kg:coMentionedWith"), "not linked with each other"),
    "link without pair": (also("system/tidal-2", "kg:coMentionedWith", id_("hardware/a100")), "no co-mention of them"),
    "count below one": (instead("kg:paperCount", Literal(0)), "whole number from 1"),
    "npmi": (instead("kg:npmi", Literal("1.2", datatype=term("xsd:decimal"))), "NPMI"),
    "mention outside its text": (long_mention, "outside its text"),
    "mention of other length": (instead("oa:exact", Literal("x" * 300)), "not as long as the words"),
    "mention backwards": (instead("oa:start", Literal(999_999)), "before the end"),
    "mention of nothing": (without("oa:hasBody"), "a mention names a thing"),
    "mention of what is not there": (instead("oa:hasBody", id_("system/ghost")), "a mention names a thing"),
    "mention without place": (without("oa:hasTarget"), "the place where it stands"),
    "passage of no text": (without("oa:hasSource"), "of a text that the graph knows"),
    "paper without title": (without("dcterms:title", class_="kg:Paper"), "one title"),
    "year as number": (instead("fabio:hasPublicationYear", Literal(2024)), "xsd:gYear"),
    "kind": (
        lambda g: {t for t in g if not (t.predicate == TYPE and t.object == term("kg:Dataset"))},
        "a thing is a system, hardware, a model or a dataset",
    ),
    "no label": (without("skos:prefLabel"), "one preferred label"),
    "label as alias": (also("system/tidal", "skos:altLabel", Literal("Tidal")), "not the preferred label"),
    "variant of nothing": (instead("skos:broader", id_("system/ghost"), class_="kg:System"), "below one other"),
    "hardware below software": (
        instead("skos:broader", id_("system/orca"), class_="kg:Hardware"),
        "hardware is below hardware",
    ),
    "maker unknown": (instead("schema:manufacturer", id_("organization/acme")), "an organization that the graph knows"),
    "digest": (instead("kg:sha256", Literal("abc")), "SHA-256"),
    "higher is text": (instead("kg:higherIsBetter", Literal("yes")), "'higher is better' is true or false"),
    "up to is text": (instead("kg:upTo", Literal("yes")), "'up to' is true or false"),
    "own claim": (without("kg:ownClaim"), "its authors' own claim"),
    "value": (instead("kg:valueText", Literal("")), "a value is given as written"),
    "metric": (instead("kg:metric", Literal(7)), "a metric is text"),
    "extractor of a relation": (without("prov:wasAttributedTo", class_="kg:RunsOn"), "a relation has the extractor"),
    "place of a relation": (without("kg:passage"), "the place where its words stand"),
    "extractor of a mention": (without("prov:wasAttributedTo", class_="kg:Mention"), "a mention has the extractor"),
    "sentence": (without("kg:sentence"), "a mention has its sentence"),
    "position": (without("oa:hasSelector"), "a passage has its position"),
    "words": (without("oa:exact"), "a selector holds the words"),
    "end": (instead("oa:end", Literal("end")), "an end is a whole number"),
    "text of no paper": (without("dcterms:isPartOf"), "part of a paper that the graph knows"),
    "sentences": (instead("kg:sentenceCount", Literal(-1)), "a number of sentences is a whole number"),
    "introduces what is not there": (
        instead("kg:introduces", id_("system/ghost")),
        "introduces a thing that the graph",
    ),
    "mentions what is not there": (instead("schema:mentions", id_("system/ghost")), "mentions a thing that the graph"),
    "cites what is no paper": (instead("cito:cites", id_("system/orca")), "a paper cites papers"),
    "citing": (without("cito:hasCitingEntity"), "one citing paper"),
    "cited": (without("cito:hasCitedEntity"), "one cited paper"),
    "id of a paper": (without("dcterms:identifier", class_="kg:Paper"), "a paper has one id"),
    "id of a thing": (without("dcterms:identifier", class_="kg:System"), "a thing has one id"),
    "digest of a paper": (without("kg:textDigest"), "a paper has the digest"),
    "digest of a build": (without("kg:inputDigest"), "a build has the digest"),
    "extractors of a build": (instead("prov:wasAssociatedWith", id_("x")), "by extractors that the graph knows"),
    "count of triples": (lambda g: {t for t in g if t.predicate != term("void:triples")}, "counts the triples"),
    "made by no build": (without("prov:wasGeneratedBy"), "the graph was made by a build"),
    "authors": (also("paper/tidal-333333", "kg:authorCount", Literal(0)), "a number of authors"),
    "length": (instead("kg:length", Literal("long")), "a length is a whole number"),
    "build of nothing": (instead("prov:used", id_("source/ghost")), "sources that the graph knows"),
}


def stored(graph: Triples) -> Store:
    store = Store()
    store.extend(Quad(t.subject, t.predicate, t.object) for t in graph)
    return store


@pytest.fixture(scope="module")
def plain() -> Triples:
    return set(triples(toy()))


@pytest.mark.parametrize("hostile", [False, True])
def test_a_sound_graph_conforms(hostile: bool) -> None:
    outcome = check_shapes(stored(set(triples(toy(hostile=hostile)))), SHAPES)
    assert outcome.findings == ()


@pytest.mark.parametrize("name", BREAKS)
def test_each_fault_is_caught(plain: Triples, name: str) -> None:
    change, message = BREAKS[name]
    broken = change(set(plain))
    assert broken != plain
    findings = check_shapes(stored(broken), SHAPES).findings
    assert [f for f in findings if message in f.what], findings


def test_every_shape_has_a_break() -> None:
    """No constraint stands in the file unproven."""
    rules = rdflib.Graph()
    rules.parse(data=SHAPES.read_text(encoding="utf-8"), format="turtle")
    messages = {str(m) for m in rules.objects(None, rdflib.URIRef("http://www.w3.org/ns/shacl#message"))}
    parts = {part.split("kg:")[0].strip() for _, part in BREAKS.values()}
    assert not [m for m in messages if not any(part in m for part in parts)]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_constraints_in_sparql_mean_what_pyshacl_takes_them_to_mean(plain: Triples) -> None:
    from pyshacl import validate

    broken = set(plain)
    for name in (
        "plain without node", "plain run without node", "node without plain", "node without plain polarity",
        "link without pair", "pair not linked", "mention outside its text",
    ):  # fmt: skip
        broken = BREAKS[name][0](broken)
    rules = rdflib.Graph()
    rules.parse(data=SHAPES.read_text(encoding="utf-8"), format="turtle")
    data = empty_graph()
    for t in broken:
        data.add((rdflib_term(t.subject), rdflib_term(t.predicate), rdflib_term(t.object)))  # type: ignore[arg-type]
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    _, report, _ = validate(data, shacl_graph=rules)
    assert isinstance(report, rdflib.Graph)
    by_pyshacl = {
        str(report.value(result, sh.focusNode)).removeprefix(DATA)
        for result in report.subjects(sh.sourceConstraintComponent, sh.SPARQLConstraintComponent)
    }
    assert by_pyshacl == {finding.where for finding in sparql_violations(stored(broken), SHAPES)}
    assert len(by_pyshacl) >= 7


def test_iris_that_lead_nowhere_and_blank_nodes(plain: Triples) -> None:
    assert check_iris(stored(plain)).ok
    broken = plain | {Triple(id_("system/orca"), term("rdfs:seeAlso"), id_("system/ghost"))}
    assert check_iris(stored(broken)).findings == (Finding("system/orca", "rdfs:seeAlso system/ghost leads nowhere"),)
    blank = plain | {Triple(BlankNode(), term("rdfs:seeAlso"), id_("system/orca"))}
    assert "blank node" in check_iris(stored(blank)).findings[0].what


def test_the_shapes_file_is_where_it_should_be() -> None:
    assert Path(SHAPES).is_file()
