"""Parameters become terms, whatever they contain."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from kgraph.errors import QueryError
from kgraph.graph.terms import clean
from kgraph.query.bind import bind as bind_with
from kgraph.query.bind import term
from kgraph.query.guard import check
from kgraph.query.named import ParameterType, Query, assignments, parse
from tests.toy import NASTY

ECHO = parse(
    "echo",
    "# title: Echo\n# param: text (text) what to say\n# param: n (number, optional) n\nSELECT ?text ?n WHERE { }",
)
ATTACKS = [
    '"} SERVICE <http://evil/> { ?s ?p ?o } #',
    'x") } } INSERT DATA { <a:a> <a:b> <a:c> } #',
    '\\" } SERVICE <http://evil/> {',
    "'''\"\"\"\\",
    "\\u0022 } SERVICE <http://evil/> { } #",
    "?text",
    "\n} #",
]


def nobody(name: str, classes: Sequence[str]) -> list[NamedNode]:
    raise AssertionError(f"looked up {name}")


def bind(query: Query, values: dict[str, str]) -> str:
    return bind_with(query, values, nobody)


def said(text: str) -> object:
    """What a bound query makes of ?text: one row, one column."""
    found = Store().query(bind(ECHO, {"text": text}))
    assert isinstance(found, QuerySolutions)
    [row] = list(found)
    return row["text"]


@pytest.mark.parametrize("text", [*ATTACKS, *NASTY])
def test_a_value_comes_back_as_it_went_in(text: str) -> None:
    bound = bind(ECHO, {"text": text})
    check(bound)  # the guard sees a literal, not what it says
    assert said(text) == Literal(clean(text.strip()))


@given(st.text().filter(lambda text: text.strip()))
def test_no_text_breaks_out(text: str) -> None:
    assert said(text) == Literal(clean(text.strip()))


def test_unset_parameters_stay_unbound() -> None:
    found = Store().query(bind(ECHO, {"text": "a", "n": " "}))
    assert isinstance(found, QuerySolutions)
    assert [row["n"] for row in found] == [None]


@pytest.mark.parametrize(
    ("value", "type_", "expected"),
    [
        ("2.50", ParameterType.NUMBER, "2.50"),
        ("1e3", ParameterType.NUMBER, "1000"),
        ("-7", ParameterType.INTEGER, "-7"),
        ("https://x.org/a", ParameterType.IRI, "https://x.org/a"),
        ("NaN", ParameterType.NUMBER, None),
        ("1e99", ParameterType.NUMBER, None),
        ("2 } #", ParameterType.NUMBER, None),
        ("1.5", ParameterType.INTEGER, None),
        ("1_0", ParameterType.INTEGER, None),
        ("a> } #", ParameterType.IRI, None),
        ("not an iri", ParameterType.IRI, None),
    ],
)
def test_values_have_types(value: str, type_: ParameterType, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(QueryError):
            term(value, type_)
    else:
        made = term(value, type_)
        assert isinstance(made, Literal | NamedNode)
        assert made.value == expected


def test_what_is_wrong_with_parameters_is_said() -> None:
    with pytest.raises(QueryError, match=r"no parameter tex \(it takes: text, n\)"):
        bind(ECHO, {"tex": "a"})
    with pytest.raises(QueryError, match=r"needs the parameter text: what to say \(add -p text=...\)"):
        bind(ECHO, {})
    with pytest.raises(QueryError, match="write -p name=value"):
        assignments(["text"])
    with pytest.raises(QueryError, match="twice"):
        assignments(["a=1", "a=2"])


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x WHERE { ?s ?p ?x }",
        "SELECT ?x { ?s ?p ?x }",
        "ASK { ?s ?p ?x }",
        "CONSTRUCT { ?s ?p ?x . } WHERE { ?s ?p ?x }",
        "CONSTRUCT { ?s ?p ?x . } { ?s ?p ?x }",
        "PREFIX where: <a:b> # {\nSELECT ?x { ?s ?p ?x { SELECT ?s WHERE { ?s ?p ?o } } FILTER(?x != '{') }",
        "DESCRIBE ?x WHERE { ?s ?p ?x }",
    ],
)
def test_any_query_can_be_bound(text: str) -> None:
    node = NamedNode("a:a")
    store = Store()
    bound = bind(parse("mine.rq", text), {"x": "5"})
    assert 'VALUES ?x { "5"^^<http://www.w3.org/2001/XMLSchema#integer> }' in bound
    store.query(bound)
    assert node.value not in bound


def test_a_query_without_a_header_takes_text_and_numbers() -> None:
    text = "SELECT ?a ?b ?c {}"
    found = Store().query(bind(parse("mine.rq", text), {"a": "5", "b": "2.5", "c": "vLLM"}))
    assert isinstance(found, QuerySolutions)
    [row] = list(found)
    assert [t.datatype.value.split("#")[1] for t in row if isinstance(t, Literal)] == ["integer", "decimal", "string"]


def test_a_bad_header_is_named() -> None:
    with pytest.raises(QueryError, match=r"mine.rq, line 1: can't read the parameter"):
        parse("mine.rq", "# param: x (thing) what\nSELECT * {}")


def test_a_parameter_means_the_same_in_a_subquery() -> None:
    node = NamedNode("a:a")
    store = Store()
    store.extend(Quad(node, NamedNode(f"a:p{i % 2}"), Literal(i)) for i in range(4))
    query = parse("q", "SELECT ?n { { SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o . FILTER (?o < ?most) } } }")
    found = store.query(bind(query, {"most": "3"}))
    assert isinstance(found, QuerySolutions)
    assert [row["n"] for row in found] == [Literal(3)]


def test_a_header_says_what_alone_is_taken() -> None:
    text = "# param: a (entity: Hardware|System) a\n# param: b (text: one|Two, optional) b\nSELECT ?a ?b {}"
    query = parse("q", text)
    assert [(p.name, p.required, p.of) for p in query.parameters] == [
        ("a", True, ("Hardware", "System")),
        ("b", False, ("one", "Two")),
    ]
    asked: list[tuple[str, tuple[str, ...]]] = []

    def found(name: str, classes: Sequence[str]) -> list[NamedNode]:
        asked.append((name, tuple(classes)))
        return [NamedNode("a:b")]

    assert "two" in bind_with(query, {"a": "X", "b": "two"}, found)
    assert asked == [("X", ("Hardware", "System"))]
    with pytest.raises(QueryError, match="'three' is none of one, Two"):
        bind_with(query, {"a": "X", "b": "three"}, found)
