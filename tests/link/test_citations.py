"""Works that services know become papers of the collection, light papers and placeholders."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.link.citations import link_citations
from kgraph.model import Citation, Paper
from kgraph.references import Cites, Work, write
from kgraph.references import read as read_citations
from tests.fetch.services import world


def test_sources_that_agree_make_one_citation_with_all_they_say(tmp_path: Path) -> None:
    papers = [
        Paper("paper/a", "FlashAttention", "", "", arxiv="2205.14135", year=2022),
        Paper("paper/b", "FlashAttention-2", "", "", doi="10.1/b", year=2023),
    ]
    works = [
        Work("openalex:W1", "whatever", arxiv="2205.14135"),
        Work("s2:" + "a" * 40, "FlashAttention", 2022),
        Work("openalex:W2", doi="10.1/B"),
        Work("s2:" + "b" * 40, "Flash Attention 2", 2024),
    ]
    edges = [
        Cites("openalex:W2", "openalex:W1", "openalex"),
        Cites("s2:" + "b" * 40, "s2:" + "a" * 40, "s2", ("Unlike FlashAttention [1], ours.",), ("background",)),
        Cites("s2:" + "b" * 40, "openalex:W1", "s2", ("As in [1].",), ("methodology",)),
        Cites("openalex:W1", "s2:" + "a" * 40, "s2"),
    ]
    write(tmp_path / "c", works, edges)
    found = link_citations(papers, read_citations(tmp_path / "c"))
    contexts = ("As in [1].", "Unlike FlashAttention [1], ours.")
    assert found.citations == (Citation("paper/b", "paper/a", contexts, ("background", "methodology"), "openalex, s2"),)
    assert found.outside == ()
    assert found.dangling == {}


def test_namesakes_of_other_years_and_doubtful_titles_stay_apart(tmp_path: Path) -> None:
    papers = [Paper("paper/a", "Survey", "", "", year=2015), Paper("paper/b", "APEX", "", "", year=2024),
              Paper("paper/c", "Apex", "", "", year=2025)]  # fmt: skip
    works = [Work("openalex:W1", "Survey", 2023), Work("openalex:W2", "APEX", 2024)]
    write(tmp_path / "c", works, [Cites("openalex:W1", "openalex:W2", "openalex")])
    found = link_citations(papers, read_citations(tmp_path / "c"))
    assert {p.title for p in found.outside} == {"Survey", "APEX"}
    assert not {c.cited for c in found.citations} & {p.id for p in papers}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30), st.randoms())
def test_linking_does_not_depend_on_order(tmp_path_factory: pytest.TempPathFactory, pairs: Any, chance: Any) -> None:
    made = world(10)
    papers = [
        Paper(f"paper/{m.n:04d}", m.title, m.abstract, "", m.year, arxiv=m.arxiv, doi=m.doi, records=("r",))
        for m in made[:4]
    ]
    works = [Work(f"openalex:{m.openalex}", m.title, m.year, m.arxiv, m.doi, m.openalex) for m in made[:7]]
    edges = [Cites(f"openalex:{made[a].openalex}", f"openalex:{made[b].openalex}", "openalex") for a, b in pairs]
    folder = tmp_path_factory.mktemp("link")
    found = []
    for _ in range(2):
        chance.shuffle(works)
        chance.shuffle(edges)
        chance.shuffle(papers)
        lines = [work.line() for work in works] + [edge.line() for edge in edges]
        (folder / "c").write_text("".join(lines), encoding="utf-8")
        got = link_citations(sorted(papers, key=lambda p: p.id), read_citations(folder / "c"))
        found.append(got)
    assert found[0] == found[1]
    assert {(c.citing, c.cited) for c in found[0].citations if c.citing < "paper/1" and c.cited < "paper/1"} == {
        (f"paper/{a:04d}", f"paper/{b:04d}") for a, b in pairs if a != b and a < 4 and b < 4
    }
