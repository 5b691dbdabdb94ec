"""`kgraph fetch` and `kgraph cite` as a user runs them."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from kgraph.cli import main
from tests.fetch.replay import Asked, Reply, Server, say
from tests.fetch.services import PLAY, Made, play_openalex, play_s2, world

SAMPLE = "title,abstract,arxiv,doi,year\n"


@pytest.fixture
def folder(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with every service played by the server at no pace."""
    config = "".join(f'[{name}]\nurl = "{server.url}"\ninterval = 0\n' for name in PLAY)
    (tmp_path / "config.toml").write_text(config, encoding="utf-8")
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setenv("KGRAPH_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("KGRAPH_CACHE", str(tmp_path / "cache" / "http.sqlite"))
    return work


def papers_csv(made: list[Made], path: Path) -> None:
    rows = [f'"{m.title}","{m.abstract}",{m.arxiv},{m.doi},{m.year}\n' for m in made]
    path.write_text(SAMPLE + "".join(rows), encoding="utf-8")


def test_fetch_build_cite_rebuild(server: Server, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = world(40)
    play_openalex(server, made)
    play_s2(server, made)
    assert main(["fetch", "openalex", "--query", "serving", "-o", "papers.jsonl"]) == 0
    assert "40 papers in papers.jsonl" in capsys.readouterr().out
    assert main(["build", "papers.jsonl", "-q"]) == 0
    before = json.loads((folder / "exports" / "build.json").read_text(encoding="utf-8"))["counts"]
    assert before["papers"] == 40
    assert before["relations"]["cites"] == 0
    assert main(["cite", "--json", "-q"]) == 0
    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert said["papers"] == said["sources"]["openalex"]["found"] == said["sources"]["s2"]["found"] == 40
    assert main(["rebuild", "-q"]) == 0
    after = json.loads((folder / "exports" / "build.json").read_text(encoding="utf-8"))["counts"]
    pairs = {(m.n, r) for m in made for r in m.refs if r != m.n}
    assert after["relations"]["cites"] == len(pairs) + 40  # each also cites a report that nobody has
    assert after["papers"] - after["papers_outside"] == 40
    # rebuilding again keeps them, byte for byte
    first = {p.name: p.read_bytes() for p in (folder / "exports").glob("graph.*")}
    assert main(["rebuild", "-q"]) == 0
    assert first == {p.name: p.read_bytes() for p in (folder / "exports").glob("graph.*")}
    assert (folder / "exports" / "citations.jsonl").exists()
    assert "Unlike System" in (folder / "exports" / "graph.ttl").read_text(encoding="utf-8")
    assert main(["check", "-q"]) == 0, capsys.readouterr().out
    questions_of_text_and_citations(made, folder / "exports", capsys)


def questions_of_text_and_citations(made: list[Made], exports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the named queries say of text and citations together is what the tables of the export say."""

    def ask(*arguments: str) -> list[dict[str, str]]:
        capsys.readouterr()
        assert main(["query", *arguments, "--format", "csv"]) == 0
        return list(csv.DictReader(capsys.readouterr().out.splitlines()))

    with (exports / "relations.csv").open(encoding="utf-8", newline="") as lines:
        relations = list(csv.DictReader(lines))
    with (exports / "papers.csv").open(encoding="utf-8", newline="") as lines:
        number = {row["id"]: int(row["title"].split(":")[0][6:]) for row in csv.DictReader(lines) if row["records"]}
    origin = {r["object"]: number[r["paper"]] for r in relations if r["type"] == "introduces"}
    compared = {(number[r["paper"]], r["object"]) for r in relations if r["type"] == "compares_against"}
    citing = {n: {m.n for m in made if n in m.refs and n != m.n} for n in range(len(made))}
    silent = {t: sum((c, t) not in compared for c in citing[n]) for t, n in origin.items()}
    expected = {t.split("/")[1]: (len(citing[n]), silent[t]) for t, n in origin.items() if silent[t]}
    rows = ask("cited-not-compared")
    found = {r["thing"].split("/")[-1]: (int(r["citing"]), int(r["silent"])) for r in rows}
    assert found == expected
    fewer = ask("cited-not-compared", "-p", "min=2")
    assert {r["thing"].split("/")[-1] for r in fewer} == {t for t, (_, n) in expected.items() if n >= 2}
    thing, n = next((t, n) for t, n in sorted(origin.items()) if len(citing[n]) >= 3)
    years = Counter(made[c].year for c in citing[n])
    by_year = ask("cited-by-year", "-p", f"system={thing}")
    assert {int(r["year"]): int(r["papers"]) for r in by_year} == years


def test_a_limit_ends_with_exit_code_1_and_how_to_go_on(
    server: Server, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    play_openalex(server, world(900))
    limited = [True]

    def limit(asked: Asked) -> Reply | None:
        stop = limited[0] and asked.params.get("cursor") == "c400"
        return say({"error": "Rate limit exceeded"}, 429, Retry_After="40000") if stop else None

    server.rules.insert(0, limit)
    command = ["fetch", "openalex", "--query", "serving", "--since", "2019", "--limit", "900", "-o", "my papers.jsonl"]
    assert main(command) == 1
    said = capsys.readouterr().err
    assert "400 of 900 papers fetched; OpenAlex: limited until " in said
    resume = "kgraph fetch openalex --query serving --since 2019-01-01 --limit 900 -o 'my papers.jsonl'"
    assert resume in said
    assert "Traceback" not in said
    limited[0] = False
    asked = server.count
    assert main(command) == 0
    assert server.count == asked + 5
    assert len((folder / "my papers.jsonl").read_text(encoding="utf-8").splitlines()) == 900


def test_a_killed_process_loses_nothing_and_asks_nothing_twice(server: Server, folder: Path) -> None:
    """A real process, really killed while it talks."""
    made = world(300)
    PLAY["crossref"](server, made)
    (folder / "dois.txt").write_text("".join(f"{m.doi}  # a comment\n" for m in made if m.doi), encoding="utf-8")
    command = [sys.executable, "-m", "kgraph", "fetch", "crossref", "--ids", "dois.txt", "-o", "out.jsonl", "--json"]
    for least in (20, 60, 100):
        process = subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 30
        while server.count < least and process.poll() is None and time.monotonic() < end:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert not (folder / "out.jsonl").exists()
    done = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["papers"] == 150
    rows = [json.loads(line) for line in (folder / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert sorted(r["doi"] for r in rows) == sorted(m.doi for m in made if m.doi)
    # a kill may fall between an answer and its being kept: then, and only then, is one question asked again
    assert server.count - len({a.path for a in server.asked}) <= 3


def test_a_thousand_papers(server: Server, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The account of a run over 1,000 papers: few questions, none of them twice, and none at all offline."""
    made = world(1000)
    play_openalex(server, made)
    papers_csv(made, folder / "papers.csv")
    ids = "".join(f"{m.doi or m.arxiv}\n" for m in made)
    (folder / "ids.txt").write_text(ids, encoding="utf-8")
    fetch = ["fetch", "openalex", "--ids", "ids.txt", "-o", "papers.jsonl", "--json", "-q"]
    assert main(fetch) == 0
    first = json.loads(capsys.readouterr().out)
    assert (first["papers"], first["of"], first["requests"], first["cache_hits"]) == (1000, 1000, 10, 0)
    assert first["cost_usd"] == pytest.approx(0.001)
    assert main([*fetch, "--offline"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert (again["papers"], again["requests"], again["cache_hits"]) == (1000, 0, 10)


def test_a_budget_is_kept_and_the_rest_is_got_with_more(
    server: Server, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    play_openalex(server, world(500))
    command = ["fetch", "openalex", "--query", "serving", "-o", "out.jsonl"]
    assert main([*command, "--budget", "0.00025"]) == 1
    said = capsys.readouterr().err
    assert "200 of 500 papers fetched; OpenAlex: $0.0002 of the budget of $0.0003 are spent" in said
    assert "resume with a larger --budget" in said
    assert "resume with: kgraph fetch openalex" in said
    assert server.count == 2
    assert main([*command, "--budget", "0.001"]) == 0
    assert "3 requests, 0 answers from the cache, $0.0003 spent" in capsys.readouterr().out
    assert server.count == 5


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["fetch", "arxiv"], "Say what to fetch"),
        (["fetch", "arxiv", "--query", "x", "--id", "2309.06180"], "not both"),
        (["fetch", "hf", "--since", "2024-02", "--until", "2024-01"], "--since is after --until"),
        (["fetch", "hf", "--since", "2024-02-30"], "there is no 2024-02-30"),
        (["fetch", "hf", "--since", "soon"], "no date such as"),
        (["fetch", "arxiv", "--ids", "nothing.txt"], ""),
        (["fetch", "nature", "--query", "x"], "nature"),
        (["cite", "--from", "crossref"], "crossref"),
    ],
)
def test_wrong_usage(folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str) -> None:
    assert main(arguments) in (1, 2)
    said = capsys.readouterr().err
    assert says in said
    assert "Traceback" not in said
    assert "internal error" not in said


def test_cite_needs_an_export(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cite"]) == 1
    assert "exports" in capsys.readouterr().err


def test_a_stopped_cite_says_where_it_was(server: Server, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = world(30)
    play_openalex(server, made)
    papers_csv(made, folder / "papers.csv")
    assert main(["build", "papers.csv", "-q"]) == 0
    server.rules.insert(0, lambda asked: Reply(429, headers={"Retry-After": "9999"}) if server.count == 9 else None)
    assert main(["cite", "--from", "openalex"]) == 1
    said = capsys.readouterr().err
    assert " of 30 papers; OpenAlex: limited until " in said
    assert "resume with: kgraph cite --graph exports --citing 100 --outside 1000 --from openalex" in said
    assert not (folder / "exports" / "citations.jsonl").exists()
    assert main(["cite", "--from", "openalex", "--json", "-q"]) == 0
    assert json.loads(capsys.readouterr().out)["cache_hits"] >= 7


def test_a_fetch_that_got_nothing_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KGRAPH_CACHE", str(tmp_path / "cache" / "http.sqlite"))
    assert main(["fetch", "arxiv", "--id", "2309.06180", "--offline", "-o", "out.jsonl"]) == 1
    assert {path.name for path in tmp_path.iterdir()} <= {"cache"}
