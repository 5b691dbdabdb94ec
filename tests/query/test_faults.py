"""What is said of a text that is no SPARQL, and where its caret stands."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from kgraph.cli import main
from kgraph.errors import QueryError
from kgraph.query.engine import ask
from kgraph.query.faults import not_sparql

STORE = Store()


def fault(text: str) -> QueryError:
    with pytest.raises(QueryError) as caught:
        ask(STORE, text, {"kg": "https://w3id.org/kgraph/ns#"})
    return caught.value


@pytest.mark.parametrize(
    ("text", "said", "under"),
    [
        ("SELECT * { ?s a kg:System", "} is missing, for the { of line 1, column 10", ""),
        ("SELECT * {\n ?s (kg:runsOn ?o\n}", ") is missing, for the ( of line 2, column 5", "}"),
        ("SELECT * { ?s ?p ?o }}", "this } closes nothing", "}"),
        ("SELECT * {\n ?s foaf:name ?o }", "nobody declared the prefix foaf: (begin with PREFIX foaf:", "foaf:name"),
        ("PREFIX kg: <x:> SELECT * { ?s kgg:name ?o }", "the prefix kgg:", "kgg:name"),
        ("SELECT * { ?s ?p 'abc }", "never ends", "'abc"),
        ("SELECT * { ?s ?p ?o } LIMTI 5", "LIMTI is no word of SPARQL (did you mean LIMIT?)", "LIMTI"),
        ("SELECT (FOOBAR(?x) AS ?y) {}", "FOOBAR is no word of SPARQL", "FOOBAR"),
        ("SELECT ?x { ?s ?p ?o } GROUP BY ?s", "a variable that is unbound", ""),
        ("SELECT ?s { ?s a kg:System } ORDER ?s", "expected, among others: BY", ""),
        ("SELECT * { ?s ?p '漢字' ; \t 漢 }", "漢 is no word of SPARQL", "漢"),
        ("SELECT * { " + "?s ?p ?o . " * 90 + "LIMTI }", "LIMTI is no word", "LIMTI"),
    ],
)
def test_a_fault_is_named_and_pointed_at(text: str, said: str, under: str) -> None:
    from rich.cells import cell_len, set_cell_size

    error = fault(text)
    assert said in str(error)
    line, caret = error.shown
    assert cell_len(line) <= 110
    assert line[len(set_cell_size(line, cell_len(caret) - 1).rstrip("\0")) :].startswith(under)


def test_the_command_line_shows_the_place(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path_factory.mktemp("fault")
    (folder / "graph.nq").write_text("<x:a> <x:b> <x:c> .\n")
    (folder / "mine.rq").write_text("SELECT * {\n  ?s a \x1b nowhere:Thing\n}")
    assert main(["query", str(folder / "mine.rq"), "--graph", str(folder)]) == 1
    first, line, caret = capsys.readouterr().err.splitlines()
    assert first.startswith(f"kgraph: {folder / 'mine.rq'}, line 2, column")
    assert line.startswith("    ?s a ")
    assert "\x1b" not in line
    assert caret.strip() == "^"


PIECES = [
    "SELECT",
    " * ",
    "{",
    "}",
    "(",
    ")",
    "'",
    '"',
    "?s",
    " kg:a ",
    "x:y",
    "<",
    ">",
    "\n",
    "\r\n",
    "漢",
    "\t",
    "BIND",
    "#",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_whatever_is_typed_gets_an_answer_or_a_place(text: str) -> None:
    with suppress(QueryError):
        ask(STORE, text, {"kg": "x:"})
    error = not_sparql("error at 1:1: expected one of [_]", text)
    assert str(error)
    assert len(error.shown) == 2
