"""A date without a year is of the year in which its page was saved, which other sources tell, or a hint, or nobody."""

import pytest

from kgraph.errors import InputError
from kgraph.model import Record
from kgraph.resolve.papers import ResolvedPapers, resolve_papers

TOPICS = ["caches of stone", "robots on gravel", "kernels for rivers", "graphs of mist"]


def rec(topic: int, date: str, source: str, arxiv: str = "") -> Record:
    title = f"A Long Study about {TOPICS[topic]} and What They Mean"
    return Record(
        title, f"We study {TOPICS[topic]} at length and in depth, {topic} times.", source, date=date, arxiv=arxiv
    )


def dates(found: ResolvedPapers) -> dict[str, str]:
    return {next(t for t in TOPICS if t in p.title): p.date for p in found.papers}


def test_learned_from_the_same_paper_on_another_page() -> None:
    found = resolve_papers([rec(0, "--08-18", "old"), rec(0, "2025-08-18", "new"), rec(1, "--02-03", "old")])
    assert dates(found) == {TOPICS[0]: "2025-08-18", TOPICS[1]: "2025-02-03"}
    assert found.papers[0].year == 2025
    assert found.notes == ()


def test_learned_from_an_arxiv_id() -> None:
    found = resolve_papers(
        [rec(0, "--08-18", "page"), rec(0, "", "own rows", arxiv="2408.01234"), rec(1, "--02-03", "page")]
    )
    assert dates(found)[TOPICS[1]] == "2024-02-03"


def test_unknown_stays_unknown_and_is_said_with_the_remedy() -> None:
    found = resolve_papers(
        [rec(0, "--08-18", "page.txt"), rec(1, "--08-19", "page.txt"), rec(2, "2024-01-01", "page.txt")]
    )
    assert dates(found) == {TOPICS[0]: "", TOPICS[1]: "", TOPICS[2]: "2024-01-01"}
    (note,) = found.notes
    assert note.startswith("page.txt: 2 dates without a year")
    assert "after 2024" in note
    assert "--saved DATE" in note


def test_a_page_is_never_of_a_year_that_it_prints() -> None:
    found = resolve_papers([rec(0, "--08-18", "p"), rec(1, "2025-01-01", "p"), rec(0, "2024-08-18", "other")])
    assert dates(found)[TOPICS[0]] == "2024-08-18"  # as the other source says, of the page itself nothing is learned
    assert len(found.notes) == 1


def test_majority_decides_and_a_tie_does_not() -> None:
    page = [rec(n, "--08-18", "p") for n in range(4)]
    found = resolve_papers([*page, *(rec(n, "2025-08-18", "o") for n in range(2)), rec(2, "2023-04-01", "o")])
    assert dates(found)[TOPICS[3]] == "2025-08-18"
    tied = resolve_papers([*page, rec(0, "2025-08-18", "o"), rec(1, "2024-08-18", "o")])
    assert dates(tied)[TOPICS[3]] == ""
    assert "disagree" in tied.notes[0]


def test_hint_counts_where_nothing_is_learned() -> None:
    records = [rec(0, "--08-18", "a"), rec(0, "2025-08-18", "b"), rec(1, "--03-10", "b")]
    found = resolve_papers(records, "2026-04-20")
    assert dates(found) == {TOPICS[0]: "2025-08-18", TOPICS[1]: "2026-03-10"}
    assert found.notes == ()
    assert dates(resolve_papers(records, "2026"))[TOPICS[1]] == "2026-03-10"


@pytest.mark.parametrize(
    ("saved", "why"), [("2025-10-01", "prints the year 2025"), ("2026-02-01", "later than the given day")]
)
def test_hint_that_cannot_be_is_refused_with_a_note(saved: str, why: str) -> None:
    found = resolve_papers([rec(0, "2025-08-18", "b"), rec(1, "--03-10", "b")], saved)
    assert dates(found)[TOPICS[1]] == ""
    assert why in found.notes[0]


def test_hint_against_what_the_papers_say_is_noted() -> None:
    found = resolve_papers([rec(0, "--08-18", "a"), rec(0, "2025-08-18", "b")], "2024-12-01")
    assert dates(found) == {TOPICS[0]: "2025-08-18"}
    assert "no page was saved in 2024" in found.notes[0]


def test_hint_must_be_a_date() -> None:
    with pytest.raises(InputError, match="no date"):
        resolve_papers([], "yesterday")


def test_seeds(shared: object) -> None:
    from pathlib import Path

    from kgraph.read import expand, read

    assert isinstance(shared, Path)
    records = [r for path in expand([shared / "seeds"]).files for r in read(path, shown=path.name)]
    found = resolve_papers(records)
    assert len(found.papers) == 272
    assert [note.split(":")[0][:4] for note in found.notes] == ["003_"]
    assert sum(p.year == 2025 for p in found.papers) == 39
    hinted = resolve_papers(records, "2026-04-20")
    assert hinted.notes == ()
    assert sum(p.year == 2026 for p in hinted.papers) == 7
    assert sum(p.year == 2025 for p in hinted.papers) == 39
