"""Citations: papers found, references and citing papers taken, stopped and gone on, and linked to the papers again."""

import gzip
import json
import random
import re
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from kgraph.fetch.cite import Cited, StoppedError, cite
from kgraph.fetch.matching import same_paper, title_words
from kgraph.link.citations import Linked, link_citations
from kgraph.model import Paper
from kgraph.references import read as read_citations
from kgraph.references import write
from tests.fetch.replay import Asked, Reply, Server, opened, say
from tests.fetch.services import Made, play_openalex, play_s2, world


def paper(made: Made, **changes: Any) -> Paper:
    facts = {"arxiv": made.arxiv, "doi": made.doi, "year": made.year, **changes}
    return Paper(f"paper/{made.n:04d}", made.title, made.abstract, "", records=("r",), **facts)


def run(
    server: Server,
    folder: Path,
    papers: list[Paper],
    *names: str,
    citing: int = 100,
    outside: int = 1000,
    **options: Any,
) -> Cited:

    with ExitStack() as stack:
        clients = {}
        for name in names or ("openalex", "s2"):
            clients[name] = stack.enter_context(opened(server, folder, name, **options))
        return cite(papers, clients, citing=citing, outside=outside, resume="kgraph cite")


def linked(folder: Path, papers: list[Paper], cited: Cited) -> Linked:
    write(folder / "citations.jsonl", cited.works, cited.edges)
    return link_citations(papers, read_citations(folder / "citations.jsonl"))


def both(server: Server, made: list[Made]) -> None:
    play_openalex(server, made)
    play_s2(server, made)


@pytest.mark.parametrize("names", [("openalex",), ("s2",), ("openalex", "s2")])
def test_the_citations_of_a_collection_are_those_of_the_world(
    server: Server, tmp_path: Path, names: tuple[str, ...]
) -> None:
    made = world(60)
    both(server, made)
    papers = [paper(m) for m in made[10:40]]
    cited = run(server, tmp_path, papers, *names)
    found = linked(tmp_path, papers, cited)
    inside = {p.id for p in papers}
    got = {(c.citing, c.cited) for c in found.citations if c.citing in inside and c.cited in inside}
    assert got == {
        (f"paper/{m.n:04d}", f"paper/{r:04d}") for m in made[10:40] for r in m.refs if 10 <= r < 40 and r != m.n
    }
    # outside: what they cite and what cites them, each once, whichever services know it
    near = {r for m in made[10:40] for r in m.refs if not 10 <= r < 40}
    near |= {m.n for m in made if not 10 <= m.n < 40 and any(10 <= r < 40 for r in m.refs)}
    titles = [p.title for p in found.outside if p.title != "A technical report that nobody has"]
    assert sorted(titles) == sorted(made[n].title for n in near)
    assert all(not p.records and not p.abstract for p in found.outside)
    assert {p.openalex for p in found.papers} == ({m.openalex for m in made[10:40]} if "openalex" in names else {""})
    assert {p.s2 for p in found.papers} == ({m.s2 for m in made[10:40]} if "s2" in names else {""})
    if "s2" in names:
        assert {c for e in found.citations for c in e.contexts}
        assert {i for e in found.citations for i in e.intents} == {"methodology"}
    assert {a.missing for a in cited.accounts} == {()}


def test_papers_without_identifiers_are_found_by_title_and_year(server: Server, tmp_path: Path) -> None:
    made = world(8)
    both(server, made)
    papers = [paper(m, arxiv="", doi="") for m in made[:6]]
    papers[3] = paper(made[3], arxiv="", doi="", year=1999)  # a namesake of another time
    cited = run(server, tmp_path, papers)
    assert [a.missing for a in cited.accounts] == [("paper/0003",), ("paper/0003",)]
    found = linked(tmp_path, papers, cited)
    assert ("paper/0004", "paper/0002") in {(c.citing, c.cited) for c in found.citations}


def test_what_is_beyond_the_limit_stays_as_typed_placeholders(server: Server, tmp_path: Path) -> None:
    made = world(60)
    both(server, made)
    papers = [paper(m) for m in made[10:40]]
    cited = run(server, tmp_path, papers, outside=5)
    found = linked(tmp_path, papers, cited)
    assert [a.described for a in cited.accounts] == [5, 5]
    assert len(found.outside) <= 10
    assert set(found.dangling) == {"openalex", "s2"}
    known = {p.id for p in (*papers, *found.outside)}
    placeholders = {end for c in found.citations for end in (c.citing, c.cited)} - known
    assert len(placeholders) == sum(found.dangling.values())
    assert all(p.startswith(("paper/openalex-w4", "paper/s2-")) for p in placeholders)
    links = [sum(p in (c.citing, c.cited) for c in found.citations) for p in sorted(placeholders)]
    kept = [sum(p.id in (c.citing, c.cited) for c in found.citations) for p in found.outside]
    assert max(links) <= min(k for k in kept)


def test_a_stopped_run_goes_on_without_asking_twice(server: Server, tmp_path: Path) -> None:
    made = world(40)
    both(server, made)
    papers = [paper(m) for m in made[:30]]
    (tmp_path / "whole").mkdir()
    whole = run(server, tmp_path / "whole", papers)
    expected = server.count
    server.asked.clear()
    said: list[str] = []
    for stop in range(1, 3 * expected, 7):

        def limit(asked: Asked, stop: int = stop) -> Reply | None:
            return say({"error": "Limit"}, 429, Retry_After="86400") if server.count == stop else None

        server.rules.insert(0, limit)
        try:
            done = run(server, tmp_path, papers)
            server.rules.pop(0)
            break
        except StoppedError as error:
            said.append(str(error))
            server.rules.pop(0)
    assert all(
        re.match(r"(papers found|citations): \d+ of 30 papers; ", text) and "resume with: kgraph cite" in text
        for text in said
    )
    assert done == whole
    refused = server.count - expected
    assert 0 < refused <= 40  # each stop cost one question, and nothing else was asked again


def test_what_is_known_to_be_uncited_is_not_asked_about(server: Server, tmp_path: Path) -> None:
    made = world(20)
    both(server, made)
    run(server, tmp_path, [paper(m) for m in made])
    cited = {r for m in made for r in m.refs if r != m.n}
    assert len(cited) < 20
    asked = {a.params["filter"] for a in server.asked if a.params.get("filter", "").startswith("cites:")}
    assert asked == {f"cites:{made[n].openalex}" for n in cited}
    assert {a.path.split("/")[4] for a in server.asked if a.path.endswith("/citations")} == {made[n].s2 for n in cited}


def test_offline_all_comes_from_the_cache(server: Server, tmp_path: Path) -> None:
    made = world(20)
    both(server, made)
    papers = [paper(m) for m in made]
    first = run(server, tmp_path, papers)
    asked = server.count
    assert run(server, tmp_path, papers, offline=True) == first
    assert server.count == asked


def test_the_file_is_the_same_whatever_the_order(server: Server, tmp_path: Path) -> None:
    made = world(30)
    both(server, made)
    papers = [paper(m) for m in made[5:25]]
    one = run(server, tmp_path, papers)
    write(tmp_path / "a", one.works, one.edges)
    random.Random(3).shuffle(papers)
    two = run(server, tmp_path, papers)
    write(tmp_path / "b", tuple(reversed(two.works)), tuple(reversed(two.edges)))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


# ---------------------------------------------------------------- linking


# ---------------------------------------------------------------- matching


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("M\\'elange: Cost Efficient", 2024), ("M'elange: cost-efficient", 2024), True),
        (("FlashAttention-2: Faster Attention", 2023), ("FlashAttention-3: Faster Attention", 2023), False),
        (
            ("Efficient Memory Management for LLM Serving", 2023),
            ("Efficient memory management for LLM serving.", 2024),
            True,
        ),
        (("Survey", 2015), ("Survey", 2023), False),
        (("Survey", None), ("survey", 2023), True),
        (("", None), ("", None), False),
        (("One-Shot Video Object Segmentation", 2017), ("Two-Shot Video Object Segmentation", 2018), False),
    ],
)
def test_titles(one: tuple[str, int | None], other: tuple[str, int | None], same: bool) -> None:
    assert same_paper(*one, *other) is same
    assert same_paper(*other, *one) is same


@pytest.mark.shared
def test_matching_measured(shared: Path) -> None:
    """Pairs of records of one paper from two sources are taken; the most similar other titles are not."""
    from rapidfuzz import fuzz, process

    with gzip.open(shared / "corpora" / "duplicates-dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        groups = [json.loads(line)["records"] for line in lines]
    pairs = [(a, b) for group in groups for i, a in enumerate(group) for b in group[:i]]
    taken = [same_paper(a["title"], a.get("year"), b["title"], b.get("year")) for a, b in pairs]
    assert sum(taken) >= 0.98 * len(pairs)
    with gzip.open(shared / "corpora" / "abstracts-100k.jsonl.gz", "rt", encoding="utf-8") as lines:
        titles = [json.loads(line)["title"] for line in lines][:40_000]
    plain = [" ".join(title_words(t)) for t in titles]
    wrong = 0
    for at in random.Random(5).sample(range(len(titles)), 150):
        for _, _, near in process.extract(plain[at], plain, scorer=fuzz.ratio, limit=4, score_cutoff=70):
            wrong += "".join(plain[near].split()) != "".join(plain[at].split()) and same_paper(
                titles[at], None, titles[near], None
            )
    assert wrong == 0
