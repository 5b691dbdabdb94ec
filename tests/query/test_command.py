"""`kgraph query` as users run it: formats, errors, and nothing that steers a terminal or a spreadsheet."""

import csv
import io
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Store

from kgraph.cli import main
from kgraph.cli.tables import lay_out
from kgraph.export.rdf import write_nquads
from kgraph.export.registry import Build
from kgraph.graph.iris import PREFIXES
from kgraph.query.hints import hints
from kgraph.query.named import named
from tests.toy import toy

LABELS = "SELECT ?l { ?s a <https://w3id.org/kgraph/ns#System> ; <http://www.w3.org/2004/02/skos/core#prefLabel> ?l }"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("query") / "graph.nq"
    write_nquads(Build(toy(hostile=True)), path)
    return str(path)


@pytest.fixture
def labels(tmp_path: Path) -> str:
    (tmp_path / "mine.rq").write_text(LABELS, encoding="utf-8")
    return str(tmp_path / "mine.rq")


def test_tables_never_steer_a_terminal(graph: str, labels: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", labels, "--graph", graph]) == 0
    out = capsys.readouterr().out
    assert not set(out) & set("\x00\x07\x1b\u202e\u2066\r")
    assert "\\u202e" in out


def test_csv_never_runs_in_a_spreadsheet(graph: str, labels: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", labels, "--graph", graph, "--format", "csv"]) == 0
    cells = [row[0] for row in csv.reader(io.StringIO(capsys.readouterr().out, newline=""))]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


def test_json_is_exact(graph: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "builds-on", "-p", "system=Tidal", "--graph", graph, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)["results"]["bindings"]
    assert [row["thingLabel"]["value"] for row in rows] == ["DriftKV", "Tidal-2"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["query", "beets"], 1, "did you mean beats?"),
        (["query", "builds-on"], 2, "needs the parameter system"),
        (["query", "builds-on", "-p", "system"], 2, "write -p name=value"),
        (["query", "builds-on", "-p", "nix=1"], 2, "has no parameter nix"),
        (["query", "beats", "-p", "min=abc"], 2, "the parameter min: 'abc' is no number"),
        (["query", "builds-on", "-p", "system=Tidel"], 1, "nothing is called 'Tidel' (nearest: TIDAL; "),
        (["query", "builds-on", "-p", "system=  "], 2, "needs the parameter system"),
        (["query", "introductions", "-p", "kind=foo"], 2, "'foo' is none of System, Model, Dataset, Hardware"),
        (["query", "runs-on", "-p", "hardware=Orca"], 1, "'Orca' is a system, and hardware is asked for"),
        (["query", "paper", "-p", "paper=A100"], 1, "'A100' is hardware, and a paper is asked for"),
        (["query", "beats", "vLLM"], 2, "Write it as -p winner=... or -p loser=..."),
        (["query", "overview", "--format", "ttl"], 1, "Turtle holds triples"),
        (["query", "nowhere.rq"], 1, "can't be read"),
        (["query"], 2, "name a query"),
    ],
)
def test_errors_say_what_to_do(
    graph: str, arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--graph", graph]) == code
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("width", [30, 60, 100, 400])
def test_tables_fit(width: int) -> None:
    columns = [("name", ["vLLM", "漢字漢字"]), ("n", ["1", "22"]), ("evidence", ["a long sentence " * 9, "short"])]
    lines = list(lay_out(columns, width))
    from rich.cells import cell_len

    assert max(map(cell_len, lines)) <= width
    assert "short" in "".join(lines)


def test_the_usual_prefixes_need_no_declaration(graph: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query = tmp_path / "mine.rq"
    query.write_text("SELECT (COUNT(*) AS ?n) { ?s a kg:System ; skos:prefLabel ?l }", encoding="utf-8")
    assert main(["query", str(query), "--graph", graph, "--format", "csv"]) == 0
    assert int(capsys.readouterr().out.split()[1]) > 0


def test_a_query_s_own_prefix_wins(graph: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query = tmp_path / "mine.rq"
    query.write_text("PREFIX kg: <https://example.org/> SELECT (STR(kg:a) AS ?iri) {}", encoding="utf-8")
    assert main(["query", str(query), "--graph", graph, "--format", "csv"]) == 0
    assert "https://example.org/a" in capsys.readouterr().out


def test_an_unknown_prefix_is_said(graph: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query = tmp_path / "mine.rq"
    query.write_text("SELECT * { ?s a nowhere:Thing }", encoding="utf-8")
    assert main(["query", str(query), "--graph", graph]) == 1
    assert "line 1" in capsys.readouterr().err


def test_help_names_every_prefix(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "--help"]) == 0
    said = set(capsys.readouterr().out.replace(",", " ").split())
    assert set(PREFIXES) <= said


ENDLESS = {
    "rows": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "yes or no": "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONCAT(STR(?a), STR(?d), STR(?g)) = '') }",
    "triples": "CONSTRUCT { ?a kg:n ?n } { SELECT ?a (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } GROUP BY ?a }",
}


def asked(graph: str, query: str, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "kgraph", "query", "-", "--graph", graph, *options]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    process.stdin.write(query)
    process.stdin.close()
    process.stdin = None
    return process


@pytest.mark.parametrize("query", ENDLESS.values(), ids=ENDLESS)
def test_ctrl_c_ends_a_query_at_once(graph: str, query: str) -> None:
    """The engine is busy in native code, where Python doesn't look for signals."""
    process = asked(graph, query)
    time.sleep(2)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=5)
    assert (process.returncode, out, err) == (130, "", "kgraph: interrupted\n")


def test_a_query_ends_when_its_time_is_over(graph: str) -> None:
    out, err = (process := asked(graph, ENDLESS["rows"], "--timeout", "0.5")).communicate(timeout=20)
    said = "kgraph: the query took longer than 0.5 s (--timeout gives it more)\n"
    assert (process.returncode, out, err) == (1, "", said)
    out, err = (process := asked(graph, "ASK {}", "--timeout", "20")).communicate(timeout=20)
    assert (process.returncode, out.split()[-1], err) == (0, "true", "1 row\n")


def test_the_prefixes_can_be_pasted_elsewhere(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "--prefixes"]) == 0
    block = capsys.readouterr().out
    graph = rdflib.Graph().parse(data="<x:a> a <https://w3id.org/kgraph/ns#System> .", format="turtle")
    (row,) = graph.query(block + "SELECT ?s { ?s a kg:System }")
    assert str(row[0]) == "x:a"  # type: ignore[index]
    assert block.count("PREFIX") == len(PREFIXES)


def test_all_that_beats_a_thing_is_one_path(graph: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As docs/rdf.md says: who is said to win, and who is said to lose to it by its own paper."""
    query = tmp_path / "mine.rq"
    query.write_text(
        'SELECT DISTINCT ?l { ?x skos:prefLabel "Tidal" . ?w kg:outperforms|^kg:outperformedBy ?x . '
        "?w skos:prefLabel|dcterms:title ?l } ORDER BY ?l",
        "utf-8",
    )
    assert main(["query", str(query), "--graph", graph, "--format", "csv"]) == 0
    ours = capsys.readouterr().out.split("\r\n")[1:-1]
    assert main(["query", "beats", "-p", "loser=Tidal", "--graph", graph, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)["results"]["bindings"]
    assert ours == sorted({row["winnerLabel"]["value"] for row in rows})
    assert "Orca" in ours  # which only a paper that sees Tidal lose says


def ask(text: str, graph: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str]:
    (tmp_path / "q.rq").write_text(text, encoding="utf-8")
    code = main(["query", str(tmp_path / "q.rq"), "--graph", graph, *more])
    return code, capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("SELECT ?a { ?a kg:outperfroms ?b }", "kg:outperfroms is no term of kgraph (did you mean kg:outperforms?)"),
        ("PREFIX k: <https://w3id.org/kgraph/ns#> SELECT ?a { ?a k:sytem ?b }", "kg:sytem is no term of kgraph"),
        ("SELECT ?a { ?a <https://w3id.org/kgraph/ns#xyzzy> ?b }", "kg:xyzzy is no term of kgraph\n"),
        ("SELECT ?a { ?a kg:outperforms ?b . FILTER (STR(?a) != 'kg:nonsense') } # kg:more", ""),
        ("PREFIX kg: <https://example.org/> SELECT ?a { ?a kg:outperfroms ?b }", ""),
    ],
)
def test_a_term_that_nobody_has_is_told(
    graph: str, text: str, note: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, err = ask(text, graph, tmp_path, capsys)
    assert code == 0
    assert (note in err) if note else "note" not in err
    assert "note" not in ask(text, graph, tmp_path, capsys, "-q")[1]


def test_every_named_query_uses_known_terms() -> None:
    for query in named().values():
        assert not list(hints(Store(), query.text.replace("cito:cites", ""), empty=True)), query.name


def test_a_parameter_that_a_query_of_ones_own_lacks_is_an_error(
    graph: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "SELECT ?a { ?a kg:outperforms ?b . FILTER (!BOUND(?yearParam)) }"
    code, err = ask(text, graph, tmp_path, capsys, "-p", "foo=1")
    assert (code, "has no variable ?foo" in err) == (2, True)
    assert ask(text, graph, tmp_path, capsys, "-p", "year=2024")[0] == 0


def test_that_no_citations_are_known_is_told_where_they_are_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = tmp_path / "bare.ttl"
    bare.write_text("<a:b> a <a:c> .", encoding="utf-8")
    assert main(["query", "most-cited", "--graph", str(bare)]) == 0
    assert "note: no citations are known in this graph" in capsys.readouterr().err
    assert main(["query", "top-baselines", "--graph", str(bare)]) == 0
    assert "note" not in capsys.readouterr().err


@pytest.mark.parametrize("given", ["https://arxiv.org/abs/2309.00002v3", "arXiv:2309.00002", "2309.00002"])
def test_papers_are_found_by_what_stands_in_the_clipboard(
    graph: str, given: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["query", "paper", "-p", f"paper={given}", "--graph", graph, "--format", "csv"]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 2
