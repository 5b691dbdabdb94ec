"""Keys of services, looked for in everything that commands write and say."""

import sqlite3
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

from kgraph.cli import main
from tests.fetch.replay import Asked, Reply, Server, say
from tests.fetch.services import PLAY, play_openalex, play_s2, world

VARIABLES = {
    "hf": "HF_TOKEN", "openalex": "OPENALEX_API_KEY", "s2": "S2_API_KEY", "crossref": "CROSSREF_PLUS_TOKEN",
}  # fmt: skip
SEARCH = {name: ["--query", "serving"] for name in PLAY} | {"hf": ["--since", "2024-01-01", "--until", "2024-01-03"]}


def key(name: str) -> str:
    return f"k3y+of/{name}=="


def forms() -> set[str]:
    keys = [key(name) for name in VARIABLES]
    return {form for k in keys for form in (k, quote(k), quote(k, safe=""), quote_plus(k))}


@pytest.fixture
def folder(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    config = "".join(f'[{name}]\nurl = "{server.url}"\ninterval = 0\n' for name in PLAY)
    (tmp_path / "config.toml").write_text(config, encoding="utf-8")
    for name, variable in VARIABLES.items():
        monkeypatch.setenv(variable, key(name))
    monkeypatch.setenv("KGRAPH_EMAIL", "me@example.org")
    monkeypatch.setenv("KGRAPH_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("KGRAPH_CACHE", str(tmp_path / "http.sqlite"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def leaks(folder: Path, said: str) -> list[str]:
    """Return where a key shows: in what was said, in any file, in any cell of the cache."""
    texts = {"what was said": said}
    for path in folder.rglob("*"):
        if path.is_file():
            texts[str(path.relative_to(folder))] = path.read_bytes().decode("latin-1")
    with sqlite3.connect(folder / "http.sqlite") as cache:
        for (table,) in cache.execute("select name from sqlite_master where type = 'table'").fetchall():
            for row in cache.execute(f"select * from {table}"):
                texts[f"cache, {table}"] = texts.get(f"cache, {table}", "") + repr(row)
    assert any("System1" in text for text in texts.values())
    return [place for place, text in texts.items() if any(form in text for form in forms())]


def carried(asked: Asked, name: str) -> bool:
    return key(name) in "".join(asked.headers.values()) or key(name) == asked.params.get("api_key")


@pytest.mark.parametrize("name", PLAY)
def test_fetching(server: Server, folder: Path, capfd: pytest.CaptureFixture[str], name: str) -> None:
    """A fetch that is limited, gone on with, and refused with words that hold the key."""
    limits = iter([say({"error": f"slow down, {key('openalex')}"}, 429, Retry_After="90000")])
    server.rules.append(lambda asked: next(limits, None) if server.count == 2 else None)
    if name == "s2":
        play_s2(server, world(300), page=100)
    else:
        PLAY[name](server, world(300))
    command = ["-v", "--debug", "fetch", name, *SEARCH[name], "-o", "out.jsonl", "--json"]
    assert main(command) == 1
    assert leaks(folder, "") == []  # the unfinished part and its journal among them
    assert main(command) == 0
    echo = " ".join(sorted(forms()))
    server.rules.insert(0, lambda asked: say({"error": echo}, 400))
    assert main(["-v", "--debug", "fetch", name, "--query", "other", "-o", "other.jsonl"]) == 1
    server.rules[0] = lambda asked: Reply(302, headers={"Location": f"https://evil.test/?api_key={quote(key(name))}"})
    assert main(["-v", "fetch", name, "--query", "another", "-o", "another.jsonl"]) == 1
    captured = capfd.readouterr()
    assert "***" in captured.err
    assert leaks(folder, captured.out + captured.err) == []
    if name in VARIABLES:
        assert all(carried(asked, name) for asked in server.asked)
    others = [n for n in VARIABLES if n != name]
    assert not [asked for asked in server.asked for other in others if carried(asked, other)]


def test_citing_and_building(server: Server, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    made = world(12)
    play_openalex(server, made)
    play_s2(server, made)
    assert main(["fetch", "openalex", "--query", "serving", "-o", "papers.jsonl"]) == 0
    assert main(["build", "papers.jsonl"]) == 0
    assert main(["-v", "--debug", "cite"]) == 0
    assert main(["rebuild"]) == 0
    captured = capfd.readouterr()
    assert (folder / "exports" / "graph.html").exists()
    assert leaks(folder, captured.out + captured.err) == []
    assert all(carried(asked, "openalex") or carried(asked, "s2") for asked in server.asked)
