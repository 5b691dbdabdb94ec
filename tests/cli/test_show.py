"""`kgraph show` and `kgraph diff` on the toy graph, plain and hostile."""

import io
import json
import os
import pty
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from kgraph.cli import main
from kgraph.cli.card import Card
from kgraph.export.build_json import write_build_json
from kgraph.export.parquet import write_tables
from kgraph.export.registry import Build
from kgraph.graph.tables import load
from kgraph.graph.view import Views
from kgraph.model import Knowledge, Polarity
from tests.toy import NASTY, toy

GOLDEN = Path(__file__).parent


def put(knowledge: Knowledge, folder: Path) -> Path:
    folder.mkdir()
    write_tables(Build(knowledge), folder / "tables")
    write_build_json(Build(knowledge), folder / "build.json")
    return folder


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put(toy(hostile=True), tmp_path_factory.mktemp("graph") / "out")


@pytest.mark.parametrize(
    ("name", "golden"), [("tidal", "show-system.txt"), ("A100", "show-hardware.txt"), ("2309.00002", "show-paper.txt")]
)
def test_reads_well(graph: Path, capsys: pytest.CaptureFixture[str], name: str, golden: str) -> None:
    assert main(["show", name, "--graph", str(graph)]) == 0
    assert capsys.readouterr().out == (GOLDEN / golden).read_text(encoding="utf-8")


def test_a_part_says_how_many_more_there_are(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "tidal", "--graph", str(graph), "--limit", "1"]) == 0
    found = {}
    for part in capsys.readouterr().out.split("\n\n")[1:]:
        heading, count = part.splitlines()[0].rsplit(" ", 1)
        found[heading] = int(count), re.findall(r"and (\d+) more \(--all\)", part)
    assert found["Compared"] == (6, ["5"])
    assert found["What builds on it"] == (2, ["1"])
    assert found["Runs on"] == (1, [])
    assert found["Named together with (papers)"] == (9, ["6"])  # names share a line, of which three times as many fit
    assert main(["show", "tidal", "--graph", str(graph), "--all"]) == 0
    assert "(--all)" not in capsys.readouterr().out


def test_one_name_of_two_things_shows_both(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "Apex", "--graph", str(graph)]) == 0
    out = capsys.readouterr().out
    assert "2 things go by this name" in out
    assert "Apex (2021)" in out
    assert "Apex (2024)" in out


def test_unknown_name_gives_the_nearest(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "Tydal", "--graph", str(graph)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "nothing is called 'Tydal' (nearest: Tidal" in err
    assert err.count("\n") == 1


def test_no_graph_is_a_clear_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "x", "--graph", str(tmp_path / "none")]) == 1
    assert "make one: kgraph build" in capsys.readouterr().err


def test_json_turns_the_polarity_with_the_side(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "orca", "--graph", str(graph), "--json"]) == 0
    (view,) = json.loads(capsys.readouterr().out)
    sides = {
        (link["other"]["label"], link["outgoing"]): link["polarity"] for link in view["links"] if "polarity" in link
    }
    assert sides["Apex", True] == "better"
    lost = [k for k in view["links"] if k["other"]["label"] == "Tidal" and k.get("value", {}).get("text") == "2-4x"]
    assert [link["polarity"] for link in lost] == ["worse"]
    assert lost[0]["value"]["low"] == 2.0
    marks = [lost[0]["quote"]["text"][a:b] for a, b in lost[0]["quote"]["marks"]]
    assert marks == ["TIDAL", "Orca"]


@pytest.mark.parametrize("number", range(len(NASTY)))
def test_no_text_steers_the_terminal(graph: Path, capsys: pytest.CaptureFixture[str], number: int) -> None:
    assert main(["show", f"system/nasty-{number}", "--graph", str(graph), "--all"]) == 0
    out = capsys.readouterr().out
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", out)


def test_an_unknown_nasty_name_is_escaped_too(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "\x1b[31mred", "--graph", str(graph)]) == 1
    assert "\x1b" not in capsys.readouterr().err


def test_colour_only_on_a_terminal(graph: Path) -> None:
    """On a terminal names are coloured; in a pipe there is not one escape."""
    command = [sys.executable, "-m", "kgraph", "show", "tidal", "--graph", str(graph)]
    assert b"\x1b" not in subprocess.run(command, capture_output=True, check=True).stdout
    parent, child = pty.openpty()
    with subprocess.Popen(command, stdout=child, env={"TERM": "xterm-256color", "PATH": "/usr/bin:/bin"}) as run:
        run.wait()
    assert b"\x1b[" in os.read(parent, 100_000)


def test_diff_of_equal_builds(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(graph), str(graph)]) == 0
    assert capsys.readouterr().out == "no difference\n"


def test_diff(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = toy()
    (claim,) = [r for r in old.relations if r.metric == "speed"]
    new = replace(
        old,
        papers=old.papers[1:],
        entities=tuple(replace(e, aliases=()) if e.id == "system/orca" else e for e in old.entities),
        relations=tuple(replace(r, polarity=Polarity.WORSE) if r is claim else r for r in old.relations[:-1]),
    )
    folders = [str(put(old, tmp_path / "old")), str(put(new, tmp_path / "new"))]
    assert main(["diff", *folders]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:5] == [
        "papers: 0 added, 1 removed, 0 changed",
        f"  - {old.papers[0].title}",
        "entities: 0 added, 0 removed, 1 changed",
        "  ~ Orca  [aliases -Orca]",
        "relations: 0 added, 1 removed, 1 changed",
    ]
    assert lines[6].endswith("  [polarity better → worse]")
    assert main(["diff", *folders, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["papers"]["removed"] == [{"id": old.papers[0].id, "label": old.papers[0].title}]
    (changed,) = found["relations"]["changed"]
    assert changed["fields"] == {"polarity": {"old": "better", "new": "worse"}}


def test_diff_tells_what_came_and_went_and_steers_no_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = toy()
    nasty = ("a, b", "\x1b[31mred", "c" * 90, *(f"n{i}" for i in range(9)))
    new = replace(old, entities=tuple(replace(e, aliases=nasty) if e.id == "system/orca" else e for e in old.entities))
    assert main(["diff", str(put(old, tmp_path / "old")), str(put(new, tmp_path / "new"))]) == 0
    out = capsys.readouterr().out
    assert "[aliases +“a, b” +\\x1b[31mred +ccc" in out
    assert "…” +n0 and 9 more]" in out
    assert "\x1b" not in out


def test_diff_of_what_nobody_knows_gives_the_nearest(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(graph), str(graph), "--beats", "Tydal"]) == 1
    assert "nothing is called 'Tydal' (nearest: Tidal" in capsys.readouterr().err


def test_diff_beats_is_text_and_a_feed_where_one_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = replace(toy(), papers=toy().papers[:2], relations=())
    folders = [str(put(old, tmp_path / "old")), str(put(toy(hostile=True), tmp_path / "new"))]
    assert main(["diff", *folders, "--beats", "tidal"]) == 0
    said = capsys.readouterr().out
    assert said.splitlines()[:4] == [
        "3 new papers claim to beat Tidal",
        "  + Tidal-2 (2025)",
        "      Tidal-2 beats Tidal by up to 30% in latency",
        "      “Tidal-2 extends Tidal and cuts its latency by up to 30%”",
    ]
    assert not set(said) & set("\x00\x07\x1b\u202e")
    assert main(["diff", *folders, "--beats", "tidal", "--limit", "1"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "  + and 2 more (--all)"
    assert main(["diff", *folders, "--beats", "tidal", "--json"]) == 0
    assert [row["date"] for row in json.loads(capsys.readouterr().out)] == ["2025", "2024-11-20", ""]
    assert main(["diff", *folders, "--beats", "tidal", "--feed", "atom"]) == 0
    assert capsys.readouterr().out.startswith("<feed")


@pytest.mark.parametrize("width", [20, 40, 100, 10_000])
def test_lines_on_a_terminal_fit_and_have_no_blanks_at_their_ends(graph: Path, width: int) -> None:
    file = io.StringIO()
    console = Console(file=file, width=width, force_terminal=True, color_system=None, highlight=False, markup=False)
    knowledge = load(graph)
    for thing in knowledge.entities[:5]:
        Card(console).show(Views(knowledge).of(thing))
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in file.getvalue().splitlines()]
    assert len(lines) > 30
    assert all(line == line.rstrip() and cell_len(line) <= width for line in lines)


@pytest.mark.parametrize(
    "name",
    [
        "https://arxiv.org/abs/2309.00002v2",
        "arXiv:2309.00002v1",
        "https://huggingface.co/papers/2309.00002",
        "https://w3id.org/kgraph/id/system/tidal",
    ],
)
def test_addresses_are_names(graph: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", name, "--graph", str(graph)]) == 0
    assert "Tidal" in capsys.readouterr().out.splitlines()[0]


def test_what_is_like_nothing_gets_no_names(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "Qqqqxxxxzzzz", "--graph", str(graph)]) == 1
    assert "(nothing has a name like it)" in capsys.readouterr().err
