"""The embedded sample: enough papers, facts that agree with one another, and sentences of our own."""

import csv
import gzip
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from importlib import resources
from pathlib import Path

import pytest

ARXIV = re.compile(r"\d{4}\.\d{4,5}")
DOI = re.compile(r"10\.\d{4,9}/\S+")
ENTRY = re.compile(r"\n\n([^\n]+)\n\n([^\n]+)\n\n  • (\d+) authors\n·\n([A-Z][a-z]{2} \d{1,2}, \d{4})(?=\n)")
NOT_WORDS = str.maketrans({chr(i): " " for i in range(128) if not chr(i).isalnum()})

Entry = tuple[str, str, int, date]


def sample(name: str) -> str:
    return (resources.files("kgraph") / "sample" / name).read_text(encoding="utf-8")


def entries() -> list[Entry]:
    return [
        (title, body, int(count), datetime.strptime(day, "%b %d, %Y").date())
        for title, body, count, day in ENTRY.findall(sample("page.txt"))
    ]


def identifiers() -> list[dict[str, str]]:
    return list(csv.DictReader(sample("identifiers.csv").splitlines()))


def words(text: str) -> list[str]:
    return text.casefold().translate(NOT_WORDS).split()


def grams(text: list[str], n: int, step: int = 1) -> Iterator[str]:
    return (" ".join(text[i : i + n]) for i in range(0, len(text) - n + 1, step))


def test_it_has_enough_papers_and_no_line_is_left_over() -> None:
    page = sample("page.txt")
    assert len(entries()) >= 100
    assert page.count(" authors\n") == len(entries())
    rest = ENTRY.sub("", page).split()
    assert rest[0] == "new"
    assert " ".join(rest[-7:]) == "byAK and the research community Apr 20"
    assert len(rest) == 18


def test_titles_are_unique_and_facts_are_plausible() -> None:
    titles = [title for title, *_ in entries()]
    assert len({t.casefold() for t in titles}) == len(titles)
    for title, body, count, day in entries():
        assert date(2012, 1, 1) < day < date(2026, 1, 1), title
        assert 1 <= count <= 100, title
        assert 30 <= len(body.split()) <= 120, title
        assert 2 <= len(re.findall(r"[.!?](?=\s|$)", body)) <= 9, title
        assert "  " not in body, title


def test_identifiers_belong_to_papers_of_the_page_and_agree_with_their_dates() -> None:
    day_of = {title: day for title, _, _, day in entries()}
    seen: dict[str, str] = {}
    for row in identifiers():
        day = day_of[row["title"]]
        for field, pattern in (("arxiv", ARXIV), ("doi", DOI)):
            if row[field]:
                assert pattern.fullmatch(row[field]), row
                assert seen.setdefault(row[field], row["title"]) == row["title"], row
        if row["arxiv"]:
            # arXiv numbers by the month of announcement, which may come after a while on hold
            number = (2000 + int(row["arxiv"][:2])) * 12 + int(row["arxiv"][2:4])
            assert number - (day.year * 12 + day.month) in (0, 1, 2), row
    assert sum(bool(row["arxiv"]) for row in identifiers()) >= 90


def test_names_that_users_look_for_are_there() -> None:
    text = sample("page.txt")
    for name in ("vLLM", "ZeRO-3", "FlashAttention-3", "Megatron-LM", "DistServe", "A100", "H100", "TPU v4", "FPGA"):
        assert name in text


@pytest.mark.shared
def test_the_sentences_are_our_own(shared: Path) -> None:
    bodies = {title: words(body) for title, body, *_ in entries()}
    ours = {gram: title for title, body in bodies.items() for gram in grams(body, 8)}
    # a shared stretch of eight words holds four that start at a multiple of four in the other text
    probes = {gram for body in bodies.values() for gram in grams(body, 4)}
    copied: set[tuple[str, str]] = set()

    def compare(text: str) -> None:
        said = words(text)
        if not probes.isdisjoint(grams(said, 4, 4)):
            copied.update((ours[gram], gram) for gram in grams(said, 8) if gram in ours)

    for page in sorted((shared / "seeds").glob("*.txt")):
        compare(page.read_text(encoding="utf-8"))
    for name in ("hf-daily-10k.jsonl.gz", "abstracts-100k.jsonl.gz"):
        with gzip.open(shared / "corpora" / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                compare(str(json.loads(line).get("abstract") or ""))
    assert not copied
