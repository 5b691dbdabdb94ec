"""Whatever a service does in the middle of a run, fetching and citing end with all papers or say where they stand."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from kgraph.errors import SourceStateError
from kgraph.fetch.cite import Cited, cite
from kgraph.fetch.run import SOURCES, fetch
from kgraph.fetch.source import Wanted
from kgraph.http import Limits
from kgraph.model import Paper
from tests.fetch.replay import Asked, FakeClock, Reply, Server, opened, say
from tests.fetch.services import PLAY, play_openalex, play_s2, world

LIMITS = Limits(connect=5, silence=10, whole=20, most=400_000, tries=3, limited_tries=3)
IMPATIENT = replace(LIMITS, silence=0.4)  # only where silence is meant: a busy machine is silent now and then
SOON = format_datetime(FakeClock().time + timedelta(seconds=20), usegmt=True)
LATER = format_datetime(FakeClock().time + timedelta(hours=20), usegmt=True)
PAGE = b"<!DOCTYPE html><html>Please sign in</html>"
# reply: whether asking again may help
TROUBLE: dict[str, tuple[Reply, bool]] = {
    "400": (say({"error": "Bad request"}, 400), False),
    "403": (say({"error": "Forbidden"}, 403), False),
    "404": (Reply(404, b"Not here", "text/plain"), False),
    "429 for seconds": (say({"error": "Limit"}, 429, Retry_After="20"), True),
    "429 until a time": (say({"error": "Limit"}, 429, Retry_After=SOON), True),
    "429 for hours": (say({"error": "Limit"}, 429, Retry_After="72000"), False),
    "429 until tomorrow": (say({"error": "Limit"}, 429, Retry_After=LATER), False),
    "429 without a time": (say({"error": "Limit"}, 429), True),
    "500": (Reply(500, b"oops", "text/plain"), True),
    "503": (Reply(503, PAGE, "text/html"), True),
    "reset": (Reply(reset=True), True),
    "truncated": (Reply(200, b'{"results": [], "data": []}', cut=9), True),
    "a page instead of data": (Reply(200, PAGE, "text/html"), True),
    "another shape": (say({"hello": "world"}), True),
    "silence": (Reply(200, b'{"a": "0123456789"}', pause=0.7), True),
    "elsewhere": (Reply(302, headers={"Location": "https://evil.test/"}), False),
    "round and round": (Reply(302, headers={"Location": "/graph/v1/paper/batch"}), False),
    "huge": (Reply(200, b'{"a": "' + b"0" * 500_000 + b'"}'), False),
}
Run = Callable[[Server, Path], Any]


def fetched(name: str) -> Run:
    """Return a run that fetches by days or words and gives the lines of the file."""
    wanted = Wanted(since="2024-01-01", until="2024-01-09") if name == "hf" else Wanted(query="serving")

    def run(server: Server, folder: Path) -> bytes:
        folder.mkdir(exist_ok=True)
        with opened(server, folder, name, limits=LIMITS) as client:
            fetch(SOURCES[name], client, wanted, folder / "out.jsonl", resume=f"kgraph fetch {name}")
        return (folder / "out.jsonl").read_bytes()

    return run


def cited(*names: str) -> Run:
    """Return a run that gathers the citations of fourteen papers."""
    made = world(20)[4:18]
    papers = [
        Paper(f"paper/{m.n:04d}", m.title, m.abstract, "", records=("r",), year=m.year,
              arxiv=m.arxiv if m.n % 3 else "", doi=m.doi if m.n % 3 else "")
        for m in made
    ]  # fmt: skip

    def run(server: Server, folder: Path) -> Cited:
        folder.mkdir(exist_ok=True)
        with ExitStack() as stack:
            clients = {name: stack.enter_context(opened(server, folder, name, limits=LIMITS)) for name in names}
            return cite(papers, clients, citing=10, outside=5, resume="kgraph cite")

    return run


RUNS: dict[str, Run] = {
    **{f"fetch {name}": fetched(name) for name in PLAY},
    "cite from OpenAlex": cited("openalex"),
    "cite from Semantic Scholar": cited("s2"),
}


def play(server: Server, what: str) -> None:
    if what.startswith("cite"):
        play_openalex(server, world(20))
        play_s2(server, world(20))
    elif what == "fetch s2":
        play_s2(server, world(230), page=60)
    else:
        PLAY[what.split()[1]](server, world(230))


def question(asked: Asked) -> tuple[object, ...]:
    return asked.method, asked.path, tuple(sorted(asked.params.items())), asked.body


@pytest.mark.parametrize("what", RUNS)
@pytest.mark.parametrize("trouble", TROUBLE)
def test_trouble_in_the_middle(
    server: Server, tmp_path: Path, what: str, trouble: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once: it is overcome where that can be. For good: it is told, what came is kept, and the same run goes on."""
    if trouble == "silence":
        monkeypatch.setitem(globals(), "LIMITS", IMPATIENT)
    play(server, what)
    run = RUNS[what]
    expected = run(server, tmp_path / "smooth")
    whole = {question(a) for a in server.asked}
    assert len(whole) >= 3
    reply, mends = TROUBLE[trouble]
    if trouble == "404" and what == "cite from Semantic Scholar":
        return  # there a 404 is an answer: it knows no such paper
    if mends:
        server.asked.clear()
        server.rules.insert(0, lambda asked: reply if server.count == 3 else None)
        assert run(server, tmp_path / "once") == expected
        server.rules.pop(0)
        assert server.count == len(whole) + 1
    server.asked.clear()
    good: list[Asked] = []

    def breaks(asked: Asked) -> Reply | None:
        if server.count >= 3:
            return reply
        good.append(asked)
        return None

    server.rules.insert(0, breaks)
    with pytest.raises(SourceStateError) as caught:
        run(server, tmp_path / "broken")
    said = str(caught.value)
    assert " of " in said or "the days before 2024-01-03 are done" in said
    assert f"resume with: kgraph {what.split()[0]}" in said
    assert len(server.asked) <= 8  # it doesn't go on asking for ever
    server.rules.pop(0)
    server.asked.clear()
    assert run(server, tmp_path / "broken") == expected
    again = {question(a) for a in server.asked}
    assert len(again) == len(server.asked)
    assert not again & {question(a) for a in good}  # nothing is asked twice
    assert again | {question(a) for a in good} == whole
