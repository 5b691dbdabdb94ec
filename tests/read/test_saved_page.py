"""Saved pages: what stands on them is found, whatever the titles look like."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kgraph.model import Record, Skip
from kgraph.read import read, saved_page
from kgraph.read.source import Source
from kgraph.resolve.papers.titles import title_key

SAMPLES = Path(__file__).parent / "samples"
HEADER = "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nbyAK and the research community\n\nMar 12\n\n"


def page(text: str) -> list[Record | Skip]:
    data = text.encode()
    return list(saved_page.records(Source("page", len(data), lambda: io.BytesIO(data))))


def test_page_with_dates() -> None:
    reading = read(SAMPLES / "page-with-dates.txt", shown="page")
    records = list(reading)
    assert reading.format == saved_page.NAME
    assert reading.skipped == []
    assert [(r.title[:20], r.date, r.author_count, r.locator) for r in records] == [
        ("LANTERN", "--02-28", 1, "line 13"),
        ("Is $O(n \\log n)$ Eno", "2023-12-18", None, "line 21"),
        ('"We\'ll See": What 20', "2023-12-31", 12, "line 33"),
        ("M\\'elange & <b>Frien", "", 4, "line 41"),
        ("A Paper Without Its ", "", None, "line 48"),
        ("1984", "--01-03", 2, "line 52"),
    ]
    assert records[1].abstract.count("\n\n") == 2
    assert records[1].abstract.endswith("https://example.org/quarry.")
    assert records[5].abstract.endswith("follows at once.")
    assert {r.service for r in records} == {"huggingface"}


def test_page_without_dates() -> None:
    records = list(read(SAMPLES / "page-bare.txt"))
    assert [r.title.split()[0] for r in records] == ["GRANITE:", "a", "Towards", "Title", "THE"]
    assert records[2].abstract == "Learning from one example is hard."
    assert records[3].abstract.startswith("An abstract that follows")
    assert records[4].abstract.count("\n\n") == 1
    assert not any(r.date or r.author_count for r in records)


def test_header_may_hold_more_of_the_site() -> None:
    site = "Hugging Face\n\nModels\n\nA line of the site that looks like a title\n\n"
    (record,) = page(site + HEADER + "A Title of a Paper\n\nAn abstract of it. We say what it is.\n")
    assert isinstance(record, Record)
    assert record.title == "A Title of a Paper"


@pytest.mark.parametrize(
    "short", ["Code: https://example.org/x", "Project page: https://x.org.", "Code is at github.com/x."]
)
def test_short_last_paragraph_is_no_title(short: str) -> None:
    abstract = "We study graphs in depth. They are large, and our system is 3x faster on them than others are."
    one, two = page(HEADER + f"First Title\n\n{abstract}\n\n{short}\n\nSecond Title\n\n{abstract}\n")
    assert isinstance(one, Record)
    assert one.abstract == f"{abstract}\n\n{short}"
    assert isinstance(two, Record)


def test_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes((SAMPLES / "page-with-dates.txt").read_bytes().replace(b"\n", b"\r\n"))
    assert [r.id for r in read(path)] == [r.id for r in read(SAMPLES / "page-with-dates.txt")]


def test_lost_title_is_named() -> None:
    lost = "This paragraph has lost its title. It is an abstract, as we can tell from its sentences. " * 3
    skip, record = page(
        HEADER + lost.strip() + "\n\n  • 3 authors\n·\nMay 5\n\nA Title\n\nIts abstract is here. We end.\n"
    )
    assert skip == Skip("page: line 11", "a paragraph without a title above it")
    assert isinstance(record, Record)


def test_page_cut_off_in_the_middle_keeps_the_last_title() -> None:
    records = page(HEADER + "First Title\n\nFirst abstract. We say so here.\n\nSecond Title Without Anything\n")
    assert [r.title for r in records if isinstance(r, Record)] == ["First Title", "Second Title Without Anything"]


words = st.lists(
    st.sampled_from(["graph", "fast", "serving", "of", "the", "kernel", "sparse", "on", "GPU", "A100", "3x"]),
    min_size=3,
)
titles = words.filter(lambda w: len(w) < 16).map(lambda w: " ".join(w).title())
abstracts = words.filter(lambda w: len(w) > 4).map(
    lambda w: f"We study {' '.join(w)} in depth. {' '.join(w)} is what we do."
)
metas = st.sampled_from(["", "  • 7 authors\n·\nApr 17 3\n\n", "Some Org\n·\nDec 1, 2024\n\n"])


@settings(max_examples=60)
@given(st.lists(st.tuples(titles, abstracts, metas), min_size=1, max_size=12))
def test_every_paper_of_a_page_comes_back(papers: list[tuple[str, str, str]]) -> None:
    text = HEADER + "".join(f"{title}\n\n{abstract}\n\n{meta}" for title, abstract, meta in papers)
    found = [(r.title, r.abstract, bool(r.date)) for r in page(text) if isinstance(r, Record)]
    assert found == [(title, abstract, bool(meta)) for title, abstract, meta in papers]


def test_seeds(shared: Path) -> None:
    records, per_page = [], []
    for path in sorted((shared / "seeds").iterdir()):
        reading = read(path)
        found = list(reading)
        assert reading.skipped == []
        assert reading.notes == ()
        per_page.append(len(found))
        records += found
    assert per_page == [78, 91, 23, 62, 102]
    assert len({title_key(r.title) for r in records}) == 272
    assert all(len(r.abstract) > 900 and len(r.title) < 200 for r in records)
    assert sum(bool(r.date) for r in records) == 135


@pytest.mark.parametrize("text", ["{}", "title,abstract\na,b\n", "<html></html>", "Just a line of text\n"])
def test_others_are_not_taken_for_a_page(text: str) -> None:
    data = text.encode()
    assert not saved_page.recognise(Source("x", len(data), lambda: io.BytesIO(data)))
