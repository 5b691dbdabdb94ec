"""Records of one paper become one paper, and those of two stay two."""

import gzip
import json
import random
from collections import Counter
from itertools import combinations, islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.duplicates import measure, rows
from kgraph.model import Conflict, Paper, Record
from kgraph.resolve.papers import resolve_papers
from kgraph.resolve.papers.same_paper import clusters
from kgraph.resolve.papers.titles import abstract_words, likeness, paper_slug, title_key

CACHE = (
    "Caches keep data near the processor, and their replacement policy decides which lines leave when space is short. "
    "We present LANTERN, a replacement policy that learns from the addresses of earlier misses and needs two kilobytes."
)
ROBOT = (
    "Walking machines stumble on gravel because their controllers assume rigid ground beneath every foot. This article "
    "describes an estimator of soil stiffness from motor currents and evaluates a quadruped on three kinds of terrain."
)


def papers(*records: Record) -> tuple[Paper, ...]:
    found = resolve_papers(records).papers
    for _ in range(3):
        assert resolve_papers(random.sample(records, len(records))).papers == found
    return found


def rec(title: str, abstract: str = CACHE, **fields: object) -> Record:
    return Record(title=title, abstract=abstract, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Lantern: A Learned Cache", "LANTERN - a learned cache."),
        ("The Schrödinger Cache", r"The Schr\"odinger Cache"),
        ("The Schrödinger Cache", "The Schrodinger cache"),
        ("Caches & Robots of Today", "Caches &amp; Robots of Today"),
        (r"I$^2$C: A Bus for Caches", "I2C: A Bus for Caches"),
        (r"\texttt{lantern}: a Learned Cache", "Lantern: A Learned Cache"),
        ("An <i>Efficient</i> Cache for Graphs", "An Efficient Cache for Graphs"),
        ("An Eﬃcient Cache for Graphs", "An Efficient Cache for Graphs"),
        ("An Efficient Cache for Graphs (Extended Abstract)", "An Efficient Cache for Graphs"),
        ("An Eficient Cache for Graphs in Memory", "An Efficient Cache for Graphs in Memory"),
    ],
)
def test_title_variants_are_one_paper(a: str, b: str) -> None:
    (paper,) = papers(rec(a, doi="10.1145/1"), rec(b, arxiv="2309.06180"))
    assert (paper.doi, paper.arxiv) == ("10.1145/1", "2309.06180")
    assert len(paper.records) == 2


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (rec("A Learned Cache"), rec("A Learned Cache", ROBOT)),
        (rec("A Study of Learned Caches, Part I"), rec("A Study of Learned Caches, Part II")),
        (
            rec("Lantern-2 Technical Report of the Team"),
            rec("Lantern-2.5 Technical Report of the Team", CACHE + " More."),
        ),
        (rec("Introduction", ""), rec("Introduction", "", date="2001")),
        (
            rec("A Learned Cache for Graphs", arxiv="2309.06180"),
            rec("A Learned Cache for Graphs", ROBOT, arxiv="2401.00001"),
        ),
        (
            rec("A Learned Cache for Graphs", "", arxiv="2309.06180"),
            rec("A Learned Cache for Graphs", "", arxiv="2401.00001"),
        ),
        (rec("A Learned Cache for Graphs", "", doi="10.1/a"), rec("A Learned Cache for Graphs", "", doi="10.1/b")),
        (rec("Proceedings A", CACHE, doi="10.1/volume"), rec("Stiff Soil and Feet", ROBOT, doi="10.1/volume")),
        (
            rec("A Cache for Learned Graphs", authors=("A Xu",)),
            rec("A Learned Cache for Feet", ROBOT, authors=("B Yi",)),
        ),
    ],
)
def test_different_papers_stay_apart(a: Record, b: Record) -> None:
    first, second = papers(a, b)
    assert first.id != second.id


def test_retitled_versions_meet_by_arxiv_id() -> None:
    (paper,) = papers(
        rec("Lantern: A Learned Cache", arxiv="2309.06180", date="2023-09-12"),
        rec("Learning What to Evict", CACHE + " It was accepted.", arxiv="2309.06180", date="2023-09-12"),
    )
    assert paper.conflicts == (Conflict("title", "Learning What to Evict", ("Lantern: A Learned Cache",)),)


LONG = CACHE + " " + ROBOT + " Both are measured on the same four machines over a year of work by three students."


def test_retitled_versions_meet_by_their_abstract() -> None:
    (paper,) = papers(
        rec("WebWalker: Unlocking Pages through Sequential Exploration", LONG, date="2024"),
        rec("WebWalker: Page Control and Sequential Exploration of Machines", LONG + " Now.", date="2023"),
    )
    assert paper.conflicts[0].field == "title"


def test_one_abstract_under_two_unlike_titles_is_a_slip_of_the_source() -> None:
    assert len(papers(rec("Boosting Decision Trees", LONG), rec("From Isolation to Cooperation of Experts", LONG))) == 2


def test_conference_and_journal_version_are_one_with_both_dois_kept() -> None:
    (paper,) = papers(rec("A Learned Cache for Graphs", doi="10.1/a"), rec("A Learned Cache for Graphs", doi="10.1/b"))
    assert Conflict("doi", "10.1/a", ("10.1/b",)) in paper.conflicts


def test_a_chain_may_not_do_what_a_pair_may_not() -> None:
    one = rec("A Learned Cache for Graphs", CACHE, arxiv="2309.06180")
    between = rec("A Learned Cache for Graphs", CACHE + " " + ROBOT)
    two = rec("A Learned Cache for Graphs", ROBOT, arxiv="2401.00001")
    assert likeness(*(frozenset(r.abstract.split()) for r in (one, between)))  # the middle one could go with either
    found = papers(one, between, two)
    assert sorted(p.arxiv for p in found) == ["2309.06180", "2401.00001"]


def test_every_field_comes_from_the_source_most_trusted_for_it() -> None:
    (paper,) = papers(
        rec("A LEARNED CACHE FOR GRAPHS", doi="10.1145/1", date="2024-03", venue="Proc. ASPLOS '24", service="crossref",
            authors=("Ada Xu", "Ben Yi", "Cy Ze")),
        rec("A Learned Cache for Graphs", CACHE + " More.", arxiv="2309.06180", date="2023-09-12", service="arxiv",
            authors=("Ada Xu", "Ben Yi", "Cy Ze"), url="https://arxiv.org/abs/2309.06180"),
        rec("A learned cache for graphs", "", s2="a" * 40, doi="10.1145/1", date="2024", venue="ASPLOS", service="s2"),
        rec("A learned cache for graphs.", openalex="W1", date="2024-03-02", venue="arXiv (C.)", service="openalex"),
        rec("A Learned Cache for Graphs", "Caches keep data near ...", author_count=3, service="huggingface"),
    )  # fmt: skip
    assert (paper.title, paper.abstract) == ("A Learned Cache for Graphs", CACHE + " More.")
    assert (paper.doi, paper.arxiv, paper.openalex, paper.s2) == ("10.1145/1", "2309.06180", "W1", "a" * 40)
    assert (paper.date, paper.year, paper.venue) == ("2023-09-12", 2023, "Proc. ASPLOS '24")
    assert (paper.author_count, paper.authors[0], paper.url) == (3, "Ada Xu", "https://arxiv.org/abs/2309.06180")
    assert [(c.field, c.others) for c in paper.conflicts] == [("venue", ("ASPLOS",)), ("year", ("2024",))]
    assert len(paper.records) == 5


def test_text_comes_from_one_record() -> None:
    records = [rec("A Learned Cache for Graphs", ""), rec("A learned cache for graphs", CACHE)]
    (paper,) = papers(*records)
    assert paper.text == records[1].text_id


def test_same_record_twice_counts_once() -> None:
    (paper,) = papers(rec("A Learned Cache", source="a"), rec("A Learned Cache", source="b"))
    assert len(paper.records) == 1


def test_ids_are_readable_and_keep_when_other_papers_come() -> None:
    (alone,) = papers(rec("Lantern: A Learned Cache of Great Length for Graphs, Robots and Everything"))
    assert alone.id.startswith("paper/lantern-a-learned-cache-of-great-length-for-")
    assert alone.id.rsplit("-", 1)[1] == alone.id[-6:]
    found = papers(
        rec("Lantern: A Learned Cache of Great Length for Graphs, Robots and Everything"), rec("Soil", ROBOT)
    )
    assert alone in found


@pytest.mark.parametrize(
    "title", ["", " ", "深度学习", "$$", "\\", "{", "🦙" * 50, "<script>alert(1)</script>", "a" * 5000]
)
def test_odd_titles_are_harmless(title: str) -> None:
    (paper,) = papers(rec(title))
    assert paper.id.startswith("paper/")
    assert len(paper.id) < 80
    assert paper.id.removeprefix("paper/").replace("-", "").isalnum()


words = st.sampled_from("cache graph learned fast deep soil robot memory serving for of with 2 II".split())  # noqa: SIM905
record = st.builds(
    Record,
    title=st.lists(words, min_size=1, max_size=6).map(" ".join),
    abstract=st.sampled_from(["", CACHE, ROBOT, CACHE + ROBOT, CACHE[:150]]),
    source=st.sampled_from(["a", "b"]),
    date=st.sampled_from(["", "2021", "2023-05-01", "--05-01", "--08-18"]),
    arxiv=st.sampled_from(["", "", "2309.06180", "2401.00001"]),
    doi=st.sampled_from(["", "", "10.1/a", "10.1/b"]),
    authors=st.sampled_from([(), ("Ada Xu",), ("Ada Xu", "Ben Yi"), ("Cy Ze",)]),
    service=st.sampled_from(["", "arxiv", "crossref"]),
)


@settings(max_examples=150)
@given(st.lists(record, max_size=14), st.randoms(use_true_random=False))
def test_order_changes_nothing_and_nothing_is_lost(records: list[Record], chance: random.Random) -> None:
    found = resolve_papers(records)
    shuffled = records[:]
    chance.shuffle(shuffled)
    assert resolve_papers(shuffled) == found
    assert {i for p in found.papers for i in p.records} == {r.id for r in records}
    assert len({p.id for p in found.papers}) == len(found.papers)
    texts = {(r.title, r.abstract) for r in records}
    assert all((p.title, p.abstract) in texts for p in found.papers)


def test_slug_ends_at_a_word() -> None:
    assert paper_slug("An Extraordinarily Long Title That Never Seems to Reach Its End") == (
        "an-extraordinarily-long-title-that-never-seems"
    )
    assert title_key("Flash-Attention 2 ") == title_key("FlashAttention-2")


@pytest.mark.parametrize("others", [0, 10_000])
def test_labelled_duplicates(shared: Path, others: int) -> None:
    """Pairwise precision and recall over all groups in one pool, unrelated papers among them or not."""
    groups = [row["records"] for row in rows(shared / "corpora" / "duplicates-dev.jsonl.gz")]
    among = islice(rows(shared / "corpora" / "abstracts-100k.jsonl.gz"), 0, None, 100_000 // others) if others else ()
    found = measure(groups, list(among))
    assert found.seconds < 15
    assert found.wanted >= 800
    assert found.precision >= 0.995
    assert found.recall >= 0.97


def test_hidden_identifiers_tell_how_well_titles_do(shared: Path) -> None:
    """Papers that two sources give with their arXiv ids, merged without the ids of one: the ids are the oracle."""
    with gzip.open(shared / "corpora" / "hf-daily-10k.jsonl.gz", "rt") as lines:
        listed = {row["id"]: row for row in map(json.loads, lines)}
    records: list[Record] = []
    truth: dict[str, str] = {}
    with gzip.open(shared / "corpora" / "abstracts-100k.jsonl.gz", "rt") as lines:
        for row in map(json.loads, lines):
            if row["id"] in listed and len(records) < 3000:
                other = listed[row["id"]]
                for n, said in enumerate((row, other)):
                    source = f"{row['id']} {n}"
                    arxiv = row["id"].removeprefix("arXiv:") if n else ""
                    records.append(Record(said["title"], said["abstract"], source=source, arxiv=arxiv))
                    truth[source] = row["id"]
    records.sort(key=lambda r: (r.id, r.source))
    merged = [(truth[records[a].source], truth[records[b].source])
              for cluster in clusters(records) for a, b in combinations(cluster, 2)]  # fmt: skip
    right = sum(a == b for a, b in merged)
    wanted = sum(n * (n - 1) // 2 for n in Counter(truth[r.source] for r in records).values())
    assert right / len(merged) > 0.999
    assert right / wanted > 0.995


def test_words_that_compare_abstracts_have_four_letters_and_a_meaning() -> None:
    assert abstract_words("The node runs one LLaMA on fast GPUs, and using these it is 2x.") == {
        "node", "runs", "llama", "fast", "gpus"}  # fmt: skip


@pytest.mark.parametrize(
    ("title", "authors", "count"),
    [
        ("Learned Caches", ("Ada Xu", "Ben Yi"), 1),  # a short title convinces if the authors are the same
        ("Learned Caches", ("Xu, Ada",), 1),
        ("Learned Caches", ("Cy Ze", "Di Wu"), 2),
        ("Learned Caches", (), 2),
        ("Learned Caches for Large Graphs", (), 1),
        ("Learned Caches for Large Graphs", ("Cy Ze", "Di Wu"), 2),  # a long one not if they are others
    ],
)
def test_authors_decide_where_an_abstract_is_missing(title: str, authors: tuple[str, ...], count: int) -> None:
    one = rec(title, authors=("Ada Xu", "Ben Yi"), date="2024")
    assert len(papers(one, rec(title, "", authors=authors, date="2024", source="other"))) == count
