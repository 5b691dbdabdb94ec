"""Fetching from five services: every paper once, whatever happens on the way."""

import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kgraph.errors import InputError
from kgraph.fetch.run import SOURCES, Fetched, UnfinishedError, fetch
from kgraph.fetch.source import Wanted, normal_ids
from kgraph.model import Record
from kgraph.read import read
from tests.fetch.replay import Asked, FakeClock, Reply, Server, opened, say
from tests.fetch.services import PLAY, Made, atom, openalex_work, play_arxiv, play_openalex, play_s2, world

IDS: dict[str, Callable[[Made], str]] = {
    "openalex": lambda p: p.openalex,
    "s2": lambda p: p.s2,
    "arxiv": lambda p: f"https://arxiv.org/abs/{p.arxiv}v3",
    "crossref": lambda p: f"https://doi.org/{p.doi.upper()}",
    "hf": lambda p: p.arxiv,
}
QUERY = Wanted(query="serving")
SEARCH = {"hf": Wanted(since="2024-01-01", until="2024-01-09")}


def run(server: Server, folder: Path, name: str, wanted: Wanted, limit: int = 10_000, **options: Any) -> Fetched:
    more = {key: options.pop(key) for key in ("restart", "resume") if key in options}
    with opened(server, folder, name, **options) as client:
        return fetch(SOURCES[name], client, wanted, folder / "out.jsonl", limit=limit, **more)


def rows(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "out.jsonl").read_text(encoding="utf-8").splitlines()]


def held(name: str, papers: list[Made]) -> list[Made]:
    """What a service knows of the world: Crossref what has a DOI."""
    return [p for p in papers if p.doi] if name == "crossref" else papers


def found(name: str, papers: list[Made]) -> list[Made]:
    """What a search brings: Hugging Face's the papers of nine days."""
    return [p for p in papers if p.n % 28 < 9] if name == "hf" else held(name, papers)


@pytest.mark.parametrize("name", PLAY)
def test_a_search_brings_every_paper_once(server: Server, tmp_path: Path, name: str) -> None:
    papers = world(230)
    PLAY[name](server, papers)
    done = run(server, tmp_path, name, SEARCH.get(name, QUERY))
    expected = found(name, papers)
    assert done.rows == len(expected) == len(rows(tmp_path))
    assert {r["title"] for r in rows(tmp_path)} == {p.title for p in expected}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache.sqlite", "config.toml", "out.jsonl"]


@pytest.mark.parametrize("name", PLAY)
def test_what_is_fetched_is_what_build_reads(server: Server, tmp_path: Path, name: str) -> None:
    papers = world(12)
    PLAY[name](server, papers)
    wanted = held(name, papers)
    ids = normal_ids(SOURCES[name], [IDS[name](p) for p in wanted])
    done = run(server, tmp_path, name, Wanted(ids=ids))
    assert (done.rows, done.missing, done.unusable) == (len(wanted), (), 0)
    records = {r.title: r for r in read(tmp_path / "out.jsonl") if isinstance(r, Record)}
    for paper in wanted:
        record = records[paper.title]
        assert record.abstract == paper.abstract
        assert record.date[:4] == str(paper.year)
        assert record.authors[0] == f"Ada Author{paper.n}"
        assert record.service == ("huggingface" if name == "hf" else name)
        if name != "crossref":
            assert record.arxiv == paper.arxiv
        if name not in ("hf",):
            assert record.doi == paper.doi
        assert record.openalex == (paper.openalex if name == "openalex" else "")
        assert record.s2 == (paper.s2 if name == "s2" else "")


@pytest.mark.parametrize("name", PLAY)
def test_ids_that_a_service_lacks_are_named(server: Server, tmp_path: Path, name: str) -> None:
    papers = world(6)
    PLAY[name](server, papers)
    strangers = Made(901)
    ids = normal_ids(SOURCES[name], [IDS[name](p) for p in (*held(name, papers)[:3], strangers)])
    done = run(server, tmp_path, name, Wanted(ids=ids))
    assert done.rows == 3
    assert done.missing == (ids[-1],)


@pytest.mark.parametrize("name", ["arxiv", "openalex", "s2"])
def test_an_id_that_spoils_a_batch_is_found_and_named(server: Server, tmp_path: Path, name: str) -> None:
    papers = world(40)
    ids = [*normal_ids(SOURCES[name], [IDS[name](p) for p in papers])]
    bad = normal_ids(SOURCES[name], [IDS[name](Made(777))])[0]
    ids.insert(17, bad)
    spoils = bad.partition(":")[2] or bad

    def refuse(asked: Asked) -> Reply | None:
        said = asked.body.decode() + "|".join(asked.params.values())
        return say({"error": "bad id"}, 400) if spoils in said else None

    server.rules.append(refuse)
    PLAY[name](server, papers)
    done = run(server, tmp_path, name, Wanted(ids=tuple(ids)))
    assert done.rows == 40
    assert done.missing == (bad,)
    server.rules.insert(0, lambda asked: say({"error": "bad everything"}, 400))
    with pytest.raises(UnfinishedError, match=r"0 of 41 papers fetched.*bad everything"):
        run(server, tmp_path, name, Wanted(ids=tuple(ids)), refresh=True)
    assert server.count < 60  # neither here nor there is every id tried


def test_the_limit_holds_and_pages_stop_there(server: Server, tmp_path: Path) -> None:
    play_openalex(server, world(500))
    done = run(server, tmp_path, "openalex", QUERY, limit=150)
    assert (done.rows, done.total) == (150, 500)
    assert server.count == 2


def test_a_limit_is_a_state_from_which_the_same_command_goes_on(server: Server, tmp_path: Path) -> None:
    papers = world(450)
    open_until = itertools.count()
    play_openalex(server, papers)
    server.rules.insert(
        0, lambda asked: say({"error": "Limit"}, 429, Retry_After="9999") if next(open_until) == 3 else None
    )
    with pytest.raises(UnfinishedError) as caught:
        run(server, tmp_path, "openalex", QUERY, limit=400, resume="kgraph fetch openalex --query serving")
    assert str(caught.value).startswith("300 of 400 papers fetched; OpenAlex: limited until ")
    assert "resume with: kgraph fetch openalex --query serving" in str(caught.value)
    assert not (tmp_path / "out.jsonl").exists()
    assert server.count == 4
    assert run(server, tmp_path, "openalex", QUERY, limit=400).rows == 400
    assert server.count == 5  # the fourth page alone
    assert [r["title"] for r in rows(tmp_path)] == [p.title for p in papers[:400]]


class Killed(BaseException):
    """What a kill would be."""


@pytest.mark.parametrize("name", ["openalex", "s2", "arxiv", "crossref", "hf"])
@pytest.mark.parametrize("by", ["search", "ids"])
def test_killed_anywhere_nothing_is_lost_and_nothing_asked_twice(
    server: Server, tmp_path: Path, name: str, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Die at every write and every wait in turn: before the rows, between rows and journal, after both."""
    papers = world(330)
    if name == "s2":
        play_s2(server, papers, page=100)
    else:
        PLAY[name](server, papers)
    wanted = SEARCH.get(name, QUERY)
    few = held(name, papers)[: {"s2": 330, "hf": 9, "crossref": 9}.get(name, 250)]
    if by == "ids":
        wanted = Wanted(ids=normal_ids(SOURCES[name], [IDS[name](p) for p in few]))
    import os as real

    steps = itertools.count()
    deaths = iter(range(1, 40, 2))
    death = next(deaths)

    def dying(number: int) -> None:
        if next(steps) == death:
            raise Killed
        real.fsync(number)

    class Doomed:
        replace = staticmethod(real.replace)
        fsync = staticmethod(dying)

    monkeypatch.setattr("kgraph.fetch.journal.os", Doomed)
    while True:
        try:
            run(server, tmp_path, name, wanted)
            break
        except Killed:
            death = next(deaths, -1)
    expected = few if by == "ids" else found(name, papers)
    titles = [r["title"] for r in rows(tmp_path)]
    assert sorted(titles) == sorted(p.title for p in expected)
    questions = [(a.method, a.path, tuple(sorted(a.params.items())), a.body) for a in server.asked]
    assert len(questions) == len(set(questions))


def test_a_torn_write_is_cut_off(server: Server, tmp_path: Path) -> None:
    papers = world(250)
    play_openalex(server, papers)
    stop = itertools.count()
    server.rules.insert(0, lambda asked: Reply(400, b"{}") if next(stop) == 2 else None)
    with pytest.raises(UnfinishedError):
        run(server, tmp_path, "openalex", QUERY)
    with (tmp_path / ".out.jsonl.part").open("ab") as part:
        part.write(b'{"id": "W1", "title": "half a li')
    with (tmp_path / ".out.jsonl.journal").open("ab") as log:
        log.write(b'{"cursor": "c300", "si')
    assert run(server, tmp_path, "openalex", QUERY).rows == 250
    assert [r["title"] for r in rows(tmp_path)] == [p.title for p in papers]


@pytest.mark.parametrize("reply", [say({"error": "Invalid cursor"}, 400), Reply(404, b"unknown", "text/plain")])
def test_a_cursor_that_the_service_forgot_means_from_the_start_without_repeats(
    server: Server, tmp_path: Path, reply: Reply
) -> None:
    papers = world(250)
    play_openalex(server, papers)
    broken = [True]

    def forgets(asked: Asked) -> Reply | None:
        if asked.params.get("cursor") == "c200":
            return Reply(500) if broken[0] else reply
        if asked.params.get("cursor") == "c100" and not broken[0]:
            return say({"meta": {"count": 250, "next_cursor": None}, "results": json.loads(rest)["results"]})
        return None

    server.rules.insert(0, forgets)
    with pytest.raises(UnfinishedError, match="200 of 250"):
        run(server, tmp_path, "openalex", QUERY)
    broken[0] = False
    rest = json.dumps({"results": [openalex_work(p, papers) for p in papers[100:]]})
    assert run(server, tmp_path, "openalex", QUERY, refresh=True).rows == 250
    assert sorted(r["title"] for r in rows(tmp_path)) == sorted(p.title for p in papers)


def test_another_unfinished_fetch_into_the_file_is_not_thrown_away(server: Server, tmp_path: Path) -> None:
    play_openalex(server, world(150))
    stop = itertools.count()
    server.rules.insert(0, lambda asked: Reply(400, b"{}") if next(stop) == 1 else None)
    with pytest.raises(UnfinishedError):
        run(server, tmp_path, "openalex", QUERY)
    other = Wanted(query="models")
    with pytest.raises(InputError, match="another fetch into this file is unfinished"):
        run(server, tmp_path, "openalex", other)
    assert run(server, tmp_path, "openalex", other, restart=True).rows == 150


def test_arxiv_pages_that_come_empty_are_asked_again(server: Server, tmp_path: Path) -> None:
    papers = world(150)
    empty = itertools.count()

    def hole(asked: Asked) -> Reply | None:
        return atom([], 150, 100, 100) if asked.params["start"] == "100" and not next(empty) else None

    server.when("/", hole)
    play_arxiv(server, papers)
    assert run(server, tmp_path, "arxiv", QUERY).rows == 150


def test_a_bomb_in_a_feed_is_refused(server: Server, tmp_path: Path) -> None:
    bomb = (
        b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]>"
        b"<feed xmlns='http://www.w3.org/2005/Atom'><title>&b;</title></feed>"
    )
    server.then(Reply(200, bomb, "application/atom+xml"))
    with pytest.raises(UnfinishedError, match="broken XML"):
        run(server, tmp_path, "arxiv", QUERY)


STRANGE: list[Any] = [{}, {"results": None}, {"data": 3}, {"message": {"items": {}}}, [[[]], 1], "text", 12, None]


@pytest.mark.parametrize("name", ["openalex", "s2", "crossref", "hf"])
@pytest.mark.parametrize("value", STRANGE, ids=json.dumps)
def test_an_answer_of_another_shape_is_no_empty_answer(server: Server, tmp_path: Path, name: str, value: Any) -> None:
    server.then(say(value))
    ids = normal_ids(SOURCES[name], [IDS[name](Made(3))])
    for wanted in (SEARCH.get(name, QUERY), Wanted(ids=ids)):
        if name == "hf" and isinstance(value, list) and not wanted.ids:
            continue  # a list is what it should be
        with pytest.raises(UnfinishedError, match="another shape"):
            run(server, tmp_path, name, wanted, restart=True)


def test_items_that_are_no_papers_are_counted(server: Server, tmp_path: Path) -> None:
    junk = [None, 3, "x", {}, {"title": None, "id": 7}, {"id": "https://openalex.org/W5", "title": " "}]
    good = openalex_work(Made(1), [Made(0), Made(1)])
    server.then(say({"meta": {"count": 7}, "results": [*junk, good]}))
    done = run(server, tmp_path, "openalex", QUERY)
    assert (done.rows, done.unusable) == (1, 6)


def test_offline_says_what_is_not_there(server: Server, tmp_path: Path) -> None:
    play_openalex(server, world(150))
    run(server, tmp_path, "openalex", QUERY)
    asked = server.count
    run(server, tmp_path, "openalex", QUERY, offline=True, clock=FakeClock())
    assert server.count == asked
    with pytest.raises(UnfinishedError, match="not in the cache"):
        run(server, tmp_path, "openalex", Wanted(query="unheard"), offline=True)


WRONG = [("arxiv", "10.1/x"), ("crossref", "2301.00001"), ("openalex", "W12x"), ("s2", "")]


@pytest.mark.parametrize(("name", "text"), WRONG)
def test_ids_of_another_kind_are_refused(name: str, text: str) -> None:
    with pytest.raises(InputError, match=rf"is no id that {name} knows"):
        normal_ids(SOURCES[name], [text])
