"""Pairs of names that are one thing, family, or only look alike: precision and recall of merging and of linking.

`pairs.csv` was written by hand: what a careful reader of such papers would say. Each pair stands in a corpus of its
own, with the vocabulary that is shipped.
"""

import csv
from pathlib import Path

import pytest

from kgraph.extract.hardware import hardware
from kgraph.model import Entity, Extraction, Kind, Mention, Paper, Where, text_id
from kgraph.resolve.entities import resolve_entities
from kgraph.vocab import Vocabulary, load

ROWS = list(csv.DictReader((Path(__file__).parent / "pairs.csv").read_text(encoding="utf-8").splitlines()))


def paper(name: str, kind: Kind, vocabulary: Vocabulary) -> tuple[Paper, Extraction]:
    """Return a paper that names one thing; hardware as the grammar finds it, if it does."""
    abstract = f"It was measured on {name}, an NVIDIA, AMD, FPGA, Apple or Jetson GPU accelerator."
    start = abstract.index(name)
    text = text_id("", abstract)
    found = [m for m in hardware("", abstract, vocabulary) if m.start == start and m.end == start + len(name)]
    said = Mention(Where.ABSTRACT, start, start + len(name), name, kind, name, 0, len(abstract))
    mention = found[0] if found and kind is Kind.HARDWARE else said
    return Paper(f"paper/{text}", "", abstract, text), Extraction(text, (mention,))


def relation(left: str, right: str, kind: Kind, vocabulary: Vocabulary) -> str:
    """Return what resolution says of two names: same, broader (right is above left) or different."""
    both = [paper(left, kind, vocabulary), paper(right, kind, vocabulary)]
    resolved = resolve_entities([p for p, _ in both], {p.text: e for p, e in both}, vocabulary)
    entities: dict[str, Entity] = {e.id: e for e in resolved.entities}
    found = {p: e for (p, _), e in resolved.names.items()}
    a, b = found[both[0][0].id], found[both[1][0].id]
    if a == b:
        return "same"
    at = entities[a].broader
    while at and at != b:
        at = entities[at].broader
    return "broader" if at == b else "different"


@pytest.fixture(scope="module")
def answers() -> list[tuple[dict[str, str], str]]:
    vocabulary = load()
    return [(row, relation(row["left"], row["right"], Kind(row["kind"]), vocabulary)) for row in ROWS]


def test_there_are_enough_cases_of_each_sort() -> None:
    assert len(ROWS) >= 150
    assert {row["relation"] for row in ROWS} == {"same", "broader", "different"}


def test_merging_is_right(answers: list[tuple[dict[str, str], str]]) -> None:
    merged = [row for row, said in answers if said == "same"]
    wrong = [row for row in merged if row["relation"] != "same"]
    missed = [row for row, said in answers if row["relation"] == "same" and said != "same"]
    precision = 1 - len(wrong) / len(merged)
    recall = 1 - len(missed) / sum(row["relation"] == "same" for row in ROWS)
    show = [(r["left"], r["right"]) for r in (*wrong, *missed)]
    assert precision >= 0.97, show
    assert recall >= 0.97, show


def test_families_are_linked(answers: list[tuple[dict[str, str], str]]) -> None:
    wanted = [(row, said) for row, said in answers if row["relation"] == "broader"]
    missed = [(row["left"], row["right"], said) for row, said in wanted if said != "broader"]
    assert 1 - len(missed) / len(wanted) >= 0.95, missed
