"""Names on a cluster: no task holds more than a slice of what uses one name, and what comes out is what one machine
finds."""

from __future__ import annotations

import gzip
import json
import pickle
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kgraph.model import Extraction, Kind, Mention, Paper, Where, text_id
from kgraph.pipeline.cluster import slices
from kgraph.pipeline.cluster.context import Context
from kgraph.pipeline.cluster.names import resolve
from kgraph.pipeline.extraction import extract_texts, vocabulary
from kgraph.resolve.entities import resolve_entities
from kgraph.resolve.entities.judgements import Judgement, Judgements, Side, judgements
from kgraph.resolve.entities.said import Said
from tests.engine.in_process import InProcess, ListRows

Corpus = tuple[list[Paper], dict[str, Extraction]]


def parts(corpus: Corpus) -> ListRows:
    papers, said = corpus
    return ListRows([[(paper, said[paper.text]) for paper in papers[i::4]] for i in range(4)])


def assert_equal(corpus: Corpus, rules: Judgements, least: float) -> list[str]:
    """Assert that a cluster finds what one machine finds, row by row; return the rules by which it was decided."""
    here = resolve_entities(*corpus, vocabulary(()), rules, least)
    there = resolve(InProcess(), parts(corpus), len(corpus[0]), Context((), rules, least, things=True))
    assert tuple(sorted(there.entities.stream(), key=lambda one: one.id)) == here.entities
    uses = list(there.uses.stream())
    assert {(paper, use.name): use.entity for paper, use in uses if use.name} == here.names
    assert all(use.thing[0].id == use.entity for _, use in uses)
    founded = {(paper, use.entity) for paper, use in uses if use.founder}
    assert founded == {(paper, one.id) for one in here.entities for paper in one.introduced_by}
    introduced = {(m.paper, m.entity) for m in here.mentions if m.introduced}
    assert introduced <= {(paper, use.entity) for paper, use in uses if use.founding}
    assert tuple(sorted(there.decisions.stream())) == here.decisions
    assert there.notes == here.notes
    return [decision.rule for decision in here.decisions]


# ---------------------------------------------------------------- how much one task holds


def paper(number: int, text: str, year: int, *mentions: tuple[str, Kind, bool, bool]) -> tuple[Paper, Extraction]:
    """Return a paper that says names: (name, kind, whether it introduces it, whether it surely is a name)."""
    title = f"Paper {number}"
    key = text_id(title, text)
    found = tuple(
        Mention(Where.ABSTRACT, at, at + len(name), name, kind, name, 0, len(text), introduced=new, certain=sure)
        for name, kind, new, sure in mentions
        for at in (text.index(name),)
    )
    return Paper(f"paper/{number:05}", title, text, key, year=year), Extraction(key, found)


def popular(count: int) -> Corpus:
    """Return papers of which all use two names: one that means one thing, one that means several; some uses of that are
    doubtful, some written otherwise, and a variant of it stands only beside one of the things."""
    found = []
    for i in range(count):
        text = f"Paper {i} runs on a GPU what plans and sorts for vPlan, and VPLAN or vPlan-2 as said in words."
        words = [("GPU", Kind.HARDWARE, False, True), ("vPlan", Kind.SYSTEM, False, i % 7 > 0)]
        words += [("VPLAN", Kind.SYSTEM, False, True)] if i % 11 == 0 else []
        words += [("vPlan-2", Kind.SYSTEM, False, True)] if i % 15 < 4 else []
        found.append(paper(i, text, 2010 + i % 15, *words))
    for i, what in enumerate(("plans routes", "sorts numbers in memory")):
        found.append(
            paper(90_000 + i, f"We present vPlan, which {what}.", 2018 + i, ("vPlan", Kind.SYSTEM, True, True))
        )
    return [one for one, _ in found], {one.text: said for one, said in found}


class Weighed(ListRows):
    """Rows of which each that a function is given is weighed before."""

    heaviest: dict[str, int]

    def _of(self, rows: ListRows) -> Weighed:
        made = Weighed(rows.lists)
        made.heaviest = self.heaviest
        return made

    def each(self, function: Callable[[Any], Iterable[Any]]) -> ListRows:
        for part in self.lists:
            for row in part:
                self.heaviest["bytes"] = max(self.heaviest["bytes"], len(pickle.dumps(row)))
                self.heaviest["uses"] = max(self.heaviest["uses"], len(uses_in(row)))
        return self._of(super().each(function))

    def parts(self, function: Any) -> ListRows:
        raise AssertionError("a partition may hold anything")

    def plus(self, *others: Any) -> ListRows:
        return self._of(super().plus(*others))

    def distinct(self) -> ListRows:
        return self._of(super().distinct())

    def grouped(self) -> ListRows:
        return self._of(super().grouped())

    def reduced(self, function: Any) -> ListRows:
        return self._of(super().reduced(function))

    def joined(self, other: Any) -> ListRows:
        return self._of(super().joined(other))


def uses_in(value: Any) -> list[Said]:
    """Return all uses of names within a row."""
    if isinstance(value, Said):
        return [value]
    if isinstance(value, (list, tuple)):
        return [one for part in value for one in uses_in(part)]
    return []


SMALL = 20


def heaviest(count: int) -> dict[str, int]:
    rows = Weighed(parts(popular(count)).lists)
    rows.heaviest = {"bytes": 0, "uses": 0}
    found = resolve(InProcess(), rows, count, Context((), judgements(), 0.0, things=True))
    assert len({use.entity for _, use in found.uses.stream()}) > 4  # and so all is computed
    assert found.decisions.count() > count / 10
    return rows.heaviest


def test_a_task_holds_a_slice_of_a_name_however_many_papers_use_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "SLICE", SMALL)
    some, many = heaviest(10 * SMALL), heaviest(30 * SMALL)
    assert SMALL / 2 < many["uses"] < 2 * SMALL  # papers fall into slices by chance
    assert many["bytes"] < 1.5 * some["bytes"], "something grows with the number of papers"
    monkeypatch.setattr(slices, "SLICE", 100 * SMALL)
    assert heaviest(10 * SMALL)["uses"] > 10 * SMALL, "nothing was weighed"


@pytest.mark.parametrize("size", [3, SMALL, 10_000])
def test_slices_of_any_size_give_what_one_machine_gives(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slices, "SLICE", size)
    rules = assert_equal(popular(300), judgements(), 0.0)
    assert {"homonym", "neither", "broader", "confirmed"} <= {*rules}


# ---------------------------------------------------------------- real abstracts


@pytest.fixture(scope="module")
def real(shared: Path) -> Corpus:
    with gzip.open(shared / "corpora" / "abstracts-100k.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(next(lines)) for _ in range(300)]
    texts = {text_id(row["title"], row["abstract"]): (row["title"], row["abstract"]) for row in rows}
    said = {one.text: one for one in extract_texts((), list(texts.values()))}
    papers = [
        Paper(f"paper/{key}", title, text, key, year=2015 + i % 10, authors=(f"Ada {'abcdefghij'[i % 10]}lin",))
        for i, (key, (title, text)) in enumerate(texts.items())
    ]
    return papers, said


def confused(corpus: Corpus, seed: int) -> Corpus:
    """Return a corpus in which papers use far fewer names, that many introduce, and many are doubtful."""
    papers, said = corpus
    chance = random.Random(seed)
    names = sorted({mention.name for one in said.values() for mention in one.mentions})
    few = chance.sample(names, 12)
    instead = {name: chance.choice(few) for name in names}

    def changed(one: Mention) -> Mention:
        name = instead[one.name] if chance.random() < 0.8 else one.name
        name = chance.choice([name, name, name, name.upper(), f"{name}s"])
        return replace(
            one,
            name=name,
            introduced=chance.random() < 0.06,
            certain=chance.random() < 0.8,
            confidence=round(chance.random(), 3),
            concept=one.concept if name == one.name else "",
        )

    mixed = {
        paper.text: replace(said[paper.text], mentions=tuple(changed(m) for m in said[paper.text].mentions))
        for paper in papers
    }
    return papers, mixed


def judged(corpus: Corpus, seed: int, count: int) -> Judgements:
    """Return judgements of all sorts on names that papers use."""
    papers, said = corpus
    chance = random.Random(seed)
    using: dict[str, list[Paper]] = {}
    for one in papers:
        for name in sorted({mention.name for mention in said[one.text].mentions}):
            using.setdefault(name, []).append(one)
    often = sorted(name for name in using if len(using[name]) > 1)

    def side(name: str) -> Side:
        one = chance.choice(using[name])
        return Side(name, chance.choice(["", one.id, one.id, one.title]))

    rows = []
    for i in range(count):
        name = chance.choice(often)
        left, right = side(name), side(chance.choice([name, name, chance.choice(often)]))
        if left != right:
            rows.append(Judgement(chance.random() < 0.5, left, right, "", f"line {i}"))
    return judgements(*rows, Judgement(True, Side("Nothing Like It"), Side("vLLM"), "", "the last line"))


@pytest.mark.parametrize(("seed", "count", "least"), [(0, 0, 0.0), (1, 40, 0.0), (2, 40, 0.5)])
def test_homonyms_doubt_and_judgements_in_real_abstracts(
    real: Corpus, seed: int, count: int, least: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "SLICE", 5)
    expected: Sequence[str] = [
        "homonym",
        "same-work",
        "neither",
        "evidence",
        "confirmed",
        "unconfirmed",
        "kind",
        "spelling",
    ]
    for corpus in (real, confused(real, seed)):
        rules = assert_equal(corpus, judged(corpus, seed, count), least)
        if corpus is not real:
            assert {*expected} <= {*rules}
            assert ("judgement" in rules) is (count > 0)
            assert ("doubtful" in rules) is (least > 0)
