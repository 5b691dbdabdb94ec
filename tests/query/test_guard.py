"""Queries read; nothing else gets through, however it is written."""

import contextlib
import socket
import threading
from collections.abc import Iterator

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kgraph.errors import QueryError
from kgraph.query.guard import check, form

FINE = [
    "SELECT * { ?s ?p 'SERVICE <http://evil/> {}' }",
    'SELECT * { ?s ?p """LOAD\n<http://evil/> FROM""" }',
    "SELECT * { ?s ?p ?o } # SERVICE <http://evil/>",
    "SELECT ?service ?from ?load { ?service ?from ?load }",
    "PREFIX service: <http://x/service/> SELECT * { ?s service:load service:from }",
    "SELECT * { ?s <http://x/SERVICE#FROM> <http://x/LOAD> }",
    "SELECT * { ?s ?p ?o FILTER(?o<?p) }",
    "SELECT * { ?s ?p 'chat'@from }",
    "ASK { <urn:load> ?p ?o }",
    "CONSTRUCT WHERE { ?s ?p ?o }",
    "DESCRIBE <http://x/drop>",
]
REFUSED = [
    "SELECT * { SERVICE <http://evil/> { ?s ?p ?o } }",
    "SELECT * { sErViCe SILENT ?x { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <http://evil/> { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE <http://evil/> { ?s ?p ?o } } } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <http://evil/> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p 1SERVICE <http://evil/> { } }",
    "SELECT * { ?s ?p trueSERVICE <http://evil/> { } }",
    "SELECT * { ?s ?p ?o#\nSERVICE <http://evil/> { } }",
    # "<" as less than, which swallows a comment and then a long string if it is taken for an IRI
    'SELECT * { ?a ?p ?b FILTER(?a<?b#>"""\n) SERVICE <http://evil/> { } #"""\n }',
    'SELECT * { ?a ?p ?b FILTER(?a<?b#>"""\n) ?x <http://x#y> ?z . SERVICE <http://evil/> { } #"""\n }',
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "SELECT * FROM NAMED <http://evil/> { ?s ?p ?o }",
    "DESCRIBE <http://x/> FROM <http://evil/>",
    "LOAD <http://evil/>",
    "PREFIX a: <b:> INSERT DATA { <a:a> <a:b> <a:c> }",
    "DELETE WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "DROP GRAPH <a:b>",
    "WITH <a:b> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "",
    "# nothing",
    "{}",
]


@pytest.mark.parametrize("text", FINE)
def test_words_that_only_look_dangerous_pass(text: str) -> None:
    check(text)
    pyoxigraph.Store().query(text)


@pytest.mark.parametrize("text", REFUSED)
def test_what_reaches_beyond_the_graph_is_refused(text: str) -> None:
    with pytest.raises(QueryError):
        check(text)


def test_a_refusal_says_where() -> None:
    with pytest.raises(QueryError, match=r"line 2, column 3: SERVICE asks other machines and is refused \(be bold\)"):
        check("SELECT * {\n  SERVICE <http://evil/> { ?s ?p ?o } }", remedy="be bold")


def test_remote_parts_can_be_allowed_but_updates_cannot() -> None:
    check("SELECT * { SERVICE <http://other/> { ?s ?p ?o } }", allow_remote=True)
    with pytest.raises(QueryError, match="update"):
        check("LOAD <http://other/>", allow_remote=True)


@pytest.mark.parametrize(("text", "expected"), [("PREFIX select: <a:> ask {}", "ASK"), ("delete where {}", "DELETE")])
def test_form(text: str, expected: str) -> None:
    assert form(text) == expected


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[int, list[int]]]:
    """A server that counts who calls and hangs up at once."""
    calls: list[int] = []
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, (_, port) = server.accept()
            except OSError:
                return
            calls.append(port)
            connection.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield server.getsockname()[1], calls
    server.close()


PIECES = st.sampled_from(  # what fools a lexer
    ["service", "SERVICE", "?x", "{", "}", "}", "(", ")", "<", ">", "#", "\n", " ", " ", '"""', "'", '"', "\\",
     ".", ";", "true", "1", "1.", "a", "ex:a", "ex:", "_:b", "@en", "^^", "FILTER(?a<?b", ")", "<URL>", "{ }", "VALUES",
     "\\u0053ERVICE", "<?b#>", "/* */", "OPTIONAL", "UNION", "BIND(1 AS ?q)", "?s ?p ", "<http://x#y>", "-- ", "|", "!"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14), st.booleans())
@settings(max_examples=600, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_the_guard_lets_through_never_calls_out(
    listener: tuple[int, list[int]], pieces: list[str], planted: bool
) -> None:
    port, calls = listener
    if planted:
        pieces = [*pieces, "SERVICE <URL> { ?q ?w ?e }"]
    body = "".join(pieces).replace("<URL>", f"<http://127.0.0.1:{port}/>")
    text = f"PREFIX ex: <http://ex/> SELECT * {{ {body} }}"
    try:
        check(text)
    except QueryError:
        return
    node = pyoxigraph.NamedNode("http://a/")
    store = pyoxigraph.Store()
    store.add(pyoxigraph.Quad(node, node, node))
    with contextlib.suppress(SyntaxError, OSError, RuntimeError):
        list(store.query(text))  # type: ignore[arg-type]
    assert not calls, text


def test_the_listener_would_hear(listener: tuple[int, list[int]]) -> None:
    port, calls = listener
    with pytest.raises((OSError, RuntimeError)):
        list(pyoxigraph.Store().query(f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"))  # type: ignore[arg-type]
    assert calls
    calls.clear()
