"""Every command that the pages on sources show, run as it stands against servers that play the services."""

import json
import re
import shlex
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from kgraph.cli import main
from kgraph.graph.citations import co_citation, coupling, pagerank
from kgraph.graph.tables import load
from tests.fetch.replay import Server
from tests.fetch.services import PLAY, world

PAGES = Path(__file__).parents[2] / "docs" / "sources"
_SHOWN = re.compile(r"`(kgraph [a-z][^`]*)`|^ {4}(kgraph [a-z].*)$", re.MULTILINE)


def shown(path: Path) -> list[str]:
    """Return the commands of a page, each once; those cut short with dots are no commands."""
    text = path.read_text(encoding="utf-8")
    found = [" ".join((a or b).partition("  #")[0].split()) for a, b in _SHOWN.findall(text)]
    found = [c for c in found if "…" not in c and not re.search(r"\b[A-Z]{4,}\b", c)]
    return [c for c in dict.fromkeys(found) if len(c.split()) > 2 or c.split()[1] in ("cite", "rebuild")]


ALL = [(path.name, command) for path in sorted(PAGES.glob("*.md")) for command in shown(path)]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with an export and the files that commands name, and every service on a server of its own."""
    folder = tmp_path_factory.mktemp("docs")
    made = world(60)
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        config = ""
        for name, play in PLAY.items():
            server = stack.enter_context(Server())
            play(server, made)
            config += f'[{name}]\nurl = "{server.url}"\ninterval = 0\n'
        (folder / "config.toml").write_text(config, encoding="utf-8")
        patch.setenv("KGRAPH_CONFIG", str(folder / "config.toml"))
        patch.setenv("KGRAPH_CACHE", str(folder / "http.sqlite"))
        patch.chdir(folder)
        (folder / "ids.txt").write_text("".join(f"{m.arxiv}\n" for m in made[:20]), encoding="utf-8")
        (folder / "dois.txt").write_text("".join(f"{m.doi}\n" for m in made[:20] if m.doi), encoding="utf-8")
        rows = "".join(f'"{m.title}","{m.abstract}"\n' for m in made[:9])
        (folder / "my.csv").write_text(f"Name,Notes\n{rows}", encoding="utf-8")
        assert main(["build", "my.csv", "--map", "title=Name", "--map", "abstract=Notes", "-q"]) == 0
        assert main(["cite", "-q"]) == 0
        assert main(["rebuild", "-q"]) == 0
        yield folder


def test_the_pages_show_commands() -> None:
    kinds = {command.split()[1] for _, command in ALL}
    assert {"fetch", "cite", "build", "rebuild"} <= kinds
    fetched = {command.split()[2] for _, command in ALL if command.split()[1] == "fetch"}
    assert fetched == set(PLAY)


@pytest.mark.parametrize(("name", "command"), ALL, ids=[f"{n}: {c}" for n, c in ALL])
def test_a_command_runs_as_shown(place: Path, name: str, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(shlex.split(command)[1:]) == 0, capsys.readouterr().err


@pytest.mark.parametrize("kind", ["pagerank", "co-citation", "coupling"])
def test_ranks_are_those_of_the_library(place: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rank", kind, "--json", "--limit", "5"]) == 0
    found = [tuple(json.loads(line).values()) for line in capsys.readouterr().out.splitlines()]
    known = load(place / "exports")
    if kind == "pagerank":
        assert found == [(p, round(r, 9)) for p, r in pagerank(known).items()][:5]
    else:
        assert found == (co_citation if kind == "co-citation" else coupling)(known)[:5]
    assert len(found) == 5
    assert main(["rank", kind]) == 0
    assert "System" in capsys.readouterr().out


def test_ranks_without_citations_say_what_to_do(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "my.csv", "--map", "title=Name", "-o", "bare", "-q"]) == 0
    assert main(["rank", "--graph", "bare"]) == 1
    assert "kgraph cite --graph bare" in capsys.readouterr().err


def test_the_python_of_the_citations_page(place: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (PAGES / "citations.md").read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, object] = {}
    exec(code, names)
    graph = names["graph"]
    assert graph.citation_graph().number_of_edges() > 5  # type: ignore[attr-defined]
    assert sum(graph.pagerank().values()) == pytest.approx(1)  # type: ignore[attr-defined]
