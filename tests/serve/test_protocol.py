"""The SPARQL 1.1 protocol, answer by answer."""

import json
import shutil
import subprocess
from typing import Any

import pytest
import rdflib
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results

from tests.serve.conftest import Server

LABELS = "SELECT ?l { ?s a <https://w3id.org/kgraph/ns#Hardware> ; <http://www.w3.org/2004/02/skos/core#prefLabel> ?l }"
EVERY = """PREFIX kg: <https://w3id.org/kgraph/ns#>
SELECT ?s ?p ?o { ?s ?p ?o ; a ?c . FILTER (isLiteral(?o) && ?c IN (kg:System, kg:CoMention)) }"""
BUILD = "CONSTRUCT WHERE { ?s a <https://w3id.org/kgraph/ns#System> ; ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
GREEDY = """SELECT DISTINCT (CONCAT(STR(?a), STR(?b), STR(?c), STR(?d), STR(?e), STR(?f)) AS ?x)
{ ?a ?b ?c . ?d ?e ?f } ORDER BY ?x"""
FORM = "application/x-www-form-urlencoded"


def test_three_ways_to_ask(server: Server) -> None:
    answers = [
        server.get("sparql", query=LABELS),
        server.post(f"query={LABELS.replace(' ', '+').replace('#', '%23')}", FORM),
        server.post(LABELS, "application/sparql-query"),
        server.post(LABELS, "application/sparql-query; charset=utf-8"),
    ]
    assert {answer.status for answer in answers} == {200}
    assert len({answer.body for answer in answers}) == 1
    found = json.loads(answers[0].body)["results"]["bindings"]
    assert sorted(row["l"]["value"] for row in found) == ["A100", "A100-80GB", "GPU", "H100"]


@pytest.mark.parametrize(
    ("accept", "media_type", "syntax"),
    [
        ("application/sparql-results+json", "application/sparql-results+json", QueryResultsFormat.JSON),
        ("application/json", "application/sparql-results+json", QueryResultsFormat.JSON),
        ("*/*", "application/sparql-results+json", QueryResultsFormat.JSON),
        ("application/sparql-results+xml", "application/sparql-results+xml", QueryResultsFormat.XML),
        ("text/html,application/xml;q=0.9,*/*;q=0.8", "application/sparql-results+xml", QueryResultsFormat.XML),
        ("text/tab-separated-values", "text/tab-separated-values", QueryResultsFormat.TSV),
    ],
)  # fmt: skip
def test_rows_as_asked(server: Server, accept: str, media_type: str, syntax: QueryResultsFormat) -> None:
    answer = server.ask(EVERY, accept)
    assert (answer.status, answer.media_type) == (200, media_type)
    back = parse_query_results(answer.body, format=syntax)
    reference = parse_query_results(server.ask(EVERY).body, format=QueryResultsFormat.JSON)
    assert isinstance(back, QuerySolutions)
    assert isinstance(reference, QuerySolutions)
    assert sorted(map(str, map(list, back))) == sorted(map(str, map(list, reference)))


def test_the_usual_prefixes_need_no_declaration_as_in_kgraph_query(server: Server) -> None:
    short = server.ask("SELECT ?l { ?s a kg:Hardware ; skos:prefLabel ?l }", "text/csv")
    assert (short.status, sorted(short.text.split())) == (200, sorted(server.ask(LABELS, "text/csv").text.split()))
    own = server.ask("PREFIX kg: <https://example.org/> ASK { ?s a kg:Hardware }", "text/csv")
    assert own.text.strip() == "false"
    unknown = server.ask("ASK { ?s a nobody:Hardware }")
    assert (unknown.status, "nobody declared the prefix nobody:" in unknown.text) == (400, True)


def test_csv(server: Server) -> None:
    answer = server.ask(LABELS, "text/csv")
    assert answer.media_type == "text/csv"
    assert sorted(answer.text.split("\r\n")) == ["", "A100", "A100-80GB", "GPU", "H100", "l"]


@pytest.mark.parametrize(
    ("accept", "syntax"),
    [
        ("text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", RdfFormat.N_TRIPLES),
        ("application/rdf+xml", RdfFormat.RDF_XML),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("", RdfFormat.TURTLE),
    ],
)
def test_graphs_as_asked(server: Server, accept: str, syntax: RdfFormat) -> None:
    answer = server.ask(BUILD, accept)
    assert answer.status == 200
    assert not accept or answer.media_type == accept
    reference = set(parse(server.ask(BUILD, "application/n-triples").body, format=RdfFormat.N_TRIPLES))
    assert set(parse(answer.body, format=syntax)) == reference
    assert len(reference) > 50


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "application/sparql-results+xml"])
def test_yes_or_no(server: Server, accept: str) -> None:
    answer = server.ask("ASK { ?s ?p ?o }", accept)
    assert answer.media_type == accept
    assert "true" in answer.text


@pytest.mark.parametrize(
    ("status", "said", "kind", "body"),
    [
        (400, "not SPARQL", "application/sparql-query", "SELECT * {"),
        (400, "no query", "application/sparql-query", " "),
        (400, "no query", FORM, "x=y"),
        (400, "more than one", FORM, "query=ASK{}&query=ASK{}"),
        (400, "one graph", FORM, "query=ASK{}&default-graph-uri=http%3A%2F%2Fx%2F"),
        (400, "one graph", FORM, "query=ASK{}&named-graph-uri=file%3A%2F%2F%2Fetc%2Fpasswd"),
        (400, "not UTF-8", "application/sparql-query", b"ASK { ?s ?p '\xff' }"),
        (403, "only read", "application/sparql-update", "DROP ALL"),
        (403, "only read", FORM, "update=DROP+ALL"),
        (403, "update", "application/sparql-query", "INSERT DATA { <a:a> <a:b> <a:c> }"),
        (403, "other machines", "application/sparql-query", "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }"),
        (403, "elsewhere", "application/sparql-query", "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"),
        (403, "elsewhere", "application/sparql-query", "LOAD <http://x/>"),
        (406, "can be had as", "application/sparql-query", "ASK {}"),
        (413, "rows: add a LIMIT", "application/sparql-query", "SELECT * { ?s ?p ?o }"),
        (413, "triples: add a LIMIT", "application/sparql-query", "CONSTRUCT WHERE { ?s ?p ?o }"),
        (413, "at most", "application/sparql-query", "ASK {} #" + "x" * 200_000),
        (413, "at most", "application/sparql-query", "ASK {} #" + "x" * 2_000_000),
        (415, "POST a query as", "text/plain", "ASK {}"),
        (504, "longer than 1.5 s", "application/sparql-query", ENDLESS),
    ],
)  # fmt: skip
def test_errors_are_said_in_one_line(server: Server, status: int, said: str, kind: str, body: str | bytes) -> None:
    answer = server.post(body, kind, "image/png" if status == 406 else "")
    if status == 403 and said == "elsewhere" and b"LOAD" in (body if isinstance(body, bytes) else body.encode()):
        said = "update"
    assert (answer.status, answer.media_type) == (status, "text/plain")
    assert said in answer.text
    assert answer.text.count("\n") == 1
    assert "Traceback" not in answer.text
    assert 'File "' not in answer.text


def test_a_query_that_eats_memory_ends_alone(server: Server) -> None:
    answer = server.ask(GREEDY)
    assert answer.status in (500, 504)
    assert server.ask("ASK {}").status == 200


def test_too_many_methods(server: Server) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        done = subprocess.run(
            ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "-X", method, f"{server.address}sparql"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stdout == "405"


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl(server: Server) -> None:
    done = subprocess.run(
        ["curl", "-sfG", f"{server.address}sparql", "-H", "Accept: text/csv",
         "--data-urlencode", f"query={LABELS} ORDER BY ?l"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["l", "A100", "A100-80GB", "GPU", "H100"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_sparqlwrapper(server: Server) -> None:
    import SPARQLWrapper

    client = SPARQLWrapper.SPARQLWrapper(f"{server.address}sparql")
    client.setQuery(LABELS)
    for method in (SPARQLWrapper.GET, SPARQLWrapper.POST):
        for way in (SPARQLWrapper.URLENCODED, SPARQLWrapper.POSTDIRECTLY)[: 1 if method == SPARQLWrapper.GET else 2]:
            client.setMethod(method)
            client.setRequestMethod(way)
            client.setReturnFormat(SPARQLWrapper.JSON)
            found: Any = client.queryAndConvert()
            assert {row["l"]["value"] for row in found["results"]["bindings"]} == {"A100", "A100-80GB", "GPU", "H100"}
    client.setQuery(BUILD)
    client.setReturnFormat(SPARQLWrapper.TURTLE)
    turtle: Any = client.queryAndConvert()
    assert len(rdflib.Graph().parse(data=turtle, format="turtle")) > 50
    client.setQuery("SELECT * {")
    client.setReturnFormat(SPARQLWrapper.JSON)
    with pytest.raises(SPARQLWrapper.SPARQLExceptions.QueryBadFormed):
        client.query()


def test_rdflib_as_a_client(server: Server) -> None:
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    for method in ("GET", "POST", "POST_FORM"):
        graph = rdflib.Graph(SPARQLStore(f"{server.address}sparql", method=method))
        assert {str(row[0]) for row in graph.query(LABELS)} == {"A100", "A100-80GB", "GPU", "H100"}  # type: ignore[index]
        orca = rdflib.URIRef("https://w3id.org/kgraph/id/system/orca")
        assert str(graph.value(orca, rdflib.SKOS.prefLabel)) == "Orca"


def test_the_service_describes_itself(server: Server) -> None:
    answer = server.get("sparql", {"accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=answer.body, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    [service] = graph.subjects(rdflib.RDF.type, sd.Service)
    assert str(graph.value(service, sd.endpoint)) == f"{server.address}sparql"
    [count] = graph.objects(None, rdflib.VOID.triples)
    assert int(count) == int(server.bindings("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0]["n"]["value"])  # type: ignore[call-overload]
