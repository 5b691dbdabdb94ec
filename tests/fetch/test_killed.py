"""Real processes, killed for good at every few requests: nothing is lost, nothing that was answered is asked again."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kgraph.cli import main
from tests.fetch.replay import Asked, Reply, Server
from tests.fetch.services import PLAY, play_openalex, play_s2, world

COMMANDS = {
    "openalex": ["fetch", "openalex", "--query", "serving", "-o", "out.jsonl"],
    "s2": ["fetch", "s2", "--query", "serving", "-o", "out.jsonl"],
    "arxiv": ["fetch", "arxiv", "--query", "serving", "-o", "out.jsonl"],
    "hf": ["fetch", "hf", "--since", "2024-01-01", "--until", "2024-01-09", "-o", "out.jsonl"],
    "crossref": ["fetch", "crossref", "--query", "serving", "-o", "out.jsonl"],
    "cite": ["cite", "--citing", "10"],
}


@pytest.fixture
def environ(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    config = "".join(f'[{name}]\nurl = "{server.url}"\ninterval = 0\n' for name in PLAY)
    (tmp_path / "config.toml").write_text(config, encoding="utf-8")
    monkeypatch.setenv("KGRAPH_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("KGRAPH_CACHE", str(tmp_path / "smooth.sqlite"))
    monkeypatch.chdir(tmp_path)
    return {**os.environ, "KGRAPH_CACHE": str(tmp_path / "http.sqlite")}


def play(server: Server, what: str) -> None:
    made = world(700 if what != "cite" else 14)
    if what == "cite":
        play_openalex(server, made)
        play_s2(server, made)
    elif what == "s2":
        play_s2(server, made, page=100)
    else:
        PLAY[what](server, made)


@pytest.mark.parametrize("what", COMMANDS)
def test_killed_at_a_request(server: Server, tmp_path: Path, environ: dict[str, str], what: str) -> None:
    play(server, what)
    result = tmp_path / ("exports/citations.jsonl" if what == "cite" else "out.jsonl")
    if what == "cite":
        rows = [f'"{m.title}","{m.abstract}",{m.arxiv},{m.doi},{m.year}\n' for m in world(14)[2:12]]
        (tmp_path / "p.csv").write_text("title,abstract,arxiv,doi,year\n" + "".join(rows), encoding="utf-8")
        assert main(["build", "p.csv", "-q"]) == 0
    assert main([*COMMANDS[what], "-q"]) == 0
    whole, questions = result.read_bytes(), len(server.asked)
    result.unlink()
    server.asked.clear()

    running: list[subprocess.Popen[bytes]] = []
    fatal = iter(range(2, 10_000, max(2, questions // 5)))
    state = {"death": next(fatal), "answered": 0, "kills": 0}
    unanswered: list[Asked] = []

    def kill(asked: Asked) -> Reply | None:
        if len(server.asked) == state["death"]:
            running[-1].send_signal(signal.SIGKILL)
            running[-1].wait()
            unanswered.append(asked)
            return Reply(reset=True)
        return None

    server.rules.insert(0, kill)
    command = [sys.executable, "-m", "kgraph", *COMMANDS[what], "-q"]
    for _ in range(12):
        running.append(subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE))
        _, said = running[-1].communicate(timeout=60)
        if running[-1].returncode != -signal.SIGKILL:
            break
        assert not result.exists()
        state["death"] = next(fatal)
    assert running[-1].returncode == 0, said.decode()
    assert len(running) > 3
    assert result.read_bytes() == whole
    assert len(server.asked) == questions + len(unanswered)  # each question was answered once
