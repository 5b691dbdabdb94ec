"""Every command that a document shows is run, and prints what the document says."""

import json
import re
import shutil
import sys
from pathlib import Path

import pytest

from benchmarks.scoreboard import HEAD
from kgraph.export.csv import COMENTIONS, ENTITIES, PAPERS, RELATIONS
from kgraph.graph.tables import tables as named_tables
from kgraph.model import Knowledge
from tests.documents import ROOT, commands, mentioned, run, scripts, shown, tidy, wrong_with

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
ALL_PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]
CHECKOUT = (
    "README.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "pyproject.toml",
    "exports",
    "ontology",
    "docs",
    "kgraph",
)


def checkout(place: Path) -> Path:
    """Copy what a reader has after cloning, without anything built."""
    built = shutil.ignore_patterns("graph.*", "tables", "*.csv.new", "build.json", "__pycache__")
    place.mkdir(parents=True)
    for name in CHECKOUT:
        if (ROOT / name).is_dir():
            skip = built if name == "exports" else shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, place / name, ignore=skip)
        else:
            shutil.copy(ROOT / name, place / name)
    return place


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reader's checkout, with the reader's own papers under the names that the documents use."""
    place = checkout(tmp_path_factory.mktemp("reader") / "kgraph")
    (place / "saved-pages").mkdir()
    shutil.copy(ROOT / "kgraph" / "sample" / "page.txt", place / "saved-pages")
    row = {"title": "Zorbl: Fast Serving", "abstract": "We present Zorbl, a server. Zorbl outperforms vLLM by 3x."}
    (place / "papers.jsonl").write_text(json.dumps(row) + "\n")
    bib = (
        "@article{a, title={Quux: A Compiler}, abstract={We propose Quux, a compiler faster than TVM.}, year={2024}}\n"
    )
    (place / "library.bib").write_text(bib)
    (place / "mine.ttl").write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix kg: <https://w3id.org/kgraph/ns#> .\n"
        '<https://example.org/zorblet> a skos:Concept, kg:System ; skos:prefLabel "Zorblet"@en .\n'
    )
    return place


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_commands_print_what_is_shown(page: Path, folder: Path) -> None:
    for item in shown(page.read_text(encoding="utf-8")):
        done = run(item.command, folder)
        where = f"{page.name}:{item.line}: $ {item.command}"
        assert done.returncode == 0, f"{where}\n{done.stdout}{done.stderr}"
        assert tidy(done.stdout) == item.output, where


def test_readme_commands_work_on_a_readers_papers(folder: Path) -> None:
    assert run("kgraph build --quiet -o old", folder).returncode == 0
    for command in commands((ROOT / "README.md").read_text(encoding="utf-8")):
        if not command.startswith("make "):
            done = run(command, folder)
            assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("page", ["README.md", "docs/python.md", "docs/files.md"])
def test_scripts_work(page: str, folder: Path) -> None:
    assert run("kgraph build --quiet", folder).returncode == 0
    for script in scripts((ROOT / page).read_text(encoding="utf-8")):
        (folder / "notebook.py").write_text(script)
        done = run(f"{sys.executable} notebook.py", folder)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", ALL_PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_commands_in_the_text_exist(page: Path) -> None:
    """Those between backticks, or indented: their command, options and parameters."""
    for line, command in mentioned(page.read_text(encoding="utf-8")):
        assert not wrong_with(command), f"{page.relative_to(ROOT)}:{line}: {command}: {wrong_with(command)}"


@pytest.mark.parametrize(
    ("command", "wrong"),
    [
        ("kgraph query cited-by-year -p name=vLLM", "no parameter name"),
        ("cited-by-year -p name=vLLM", "no parameter name"),
        ("kgraph biuld", "no command"),
        ("kgraph build --nonsense x", "no option"),
        ("kgraph build --vocab mine.ttl", ""),
        ("kgraph query beats -p loser=vLLM --format csv", ""),
    ],
)
def test_a_command_that_does_not_exist_is_seen(command: str, wrong: str) -> None:
    assert (wrong in wrong_with(command)) if wrong else not wrong_with(command)


def test_every_column_and_table_is_explained() -> None:
    text = (ROOT / "docs" / "files.md").read_text(encoding="utf-8")
    for name, columns in (
        ("papers", PAPERS),
        ("entities", ENTITIES),
        ("relations", RELATIONS),
        ("comentions", COMENTIONS),
    ):
        part = text.split(f"### {name}.csv")[1].split("\n#")[0]
        cells = [row.split(" | ")[0] for row in part.splitlines() if row.startswith("| `")]
        assert {c for cell in cells for c in re.findall(r"`(\w+)`", cell)} == set(columns), name
    tables = text.split("## tables/*.parquet")[1].split("\n#")[0]
    made = {name for name, _ in named_tables(Knowledge(), (), {})}
    assert made <= set(re.findall(r"`(\w+)`", tables))


def test_every_page_is_in_the_list_of_pages() -> None:
    text = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    for path in (ROOT / "docs").glob("*.*"):
        assert path.name in text or path.suffix == ".png" or path.name == "README.md", path.name


def test_readme_shows_the_two_set_up_commands_first() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    head = text[: text.index("\n## ")]
    assert commands(head) == ["make run", "make test"]
    assert run("make --dry-run test", ROOT).returncode == 0
    assert ".venv/bin/kgraph" in head  # what they make is not on anybody's path
    assert ". .venv/bin/activate" in head


def test_readme_and_scoreboard_agree_on_what_was_learnt_from() -> None:
    assert (ROOT / "docs" / "scoreboard.md").read_text(encoding="utf-8").startswith(HEAD)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for said in ("nothing was learnt", "while the first rules were written"):
        assert said in " ".join(HEAD.lower().split())
        assert said in " ".join(readme.split())


def test_make_run_from_a_fresh_checkout(tmp_path: Path) -> None:
    """The first command of the README, with an environment of its own from the package index."""
    place = checkout(tmp_path / "kgraph")
    done = run("make run", place)
    if done.returncode and "No matching distribution" in done.stderr + done.stdout:
        pytest.skip("NO PACKAGE INDEX HERE: make run is not tested")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "exports/graph.html" in done.stdout
    for name in ("graph.html", "graph.ttl", "graph.nq", "papers.csv", "build.json"):
        assert (place / "exports" / name).stat().st_size
    parts = run(".venv/bin/python -c 'import starlette, uvicorn, pypdfium2'", place)  # for `serve`, and to read PDF
    assert parts.returncode == 0, parts.stderr
