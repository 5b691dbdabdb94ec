"""Names that two papers introduce: how many later uses find the right one, and how many a wrong one."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kgraph.model import Extraction, Kind, Mention, Paper, Where, text_id
from kgraph.resolve.entities import resolve_entities
from kgraph.vocab import Vocabulary, load
from tests.resolve.made import Corpus, say

FILE = Path(__file__).parent / "homonyms.txt"


@dataclass
class Case:
    name: str
    founders: list[tuple[int, Kind, str, str]] = field(default_factory=list)
    uses: list[tuple[str, str]] = field(default_factory=list)


def cases() -> list[Case]:
    found: list[Case] = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        head, _, text = line.partition(" | ")
        word, _, rest = head.partition(" ")
        if word == "name":
            found.append(Case(rest))
        elif word in ("A", "B"):
            year, kind, title = rest.split(" ", 2)
            found[-1].founders.append((int(year), Kind(kind), title, text))
        elif word == "use":
            found[-1].uses.append((rest, text))
    return found


def answers(case: Case, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """Return (expected, found) for each use: "A", "B" or "-"."""
    papers: list[Paper] = []
    extractions: dict[str, Extraction] = {}

    def add(title: str, text: str, year: int, kind: Kind, introduced: bool) -> str:
        start = text.index(case.name)
        mention = Mention(
            Where.ABSTRACT,
            start,
            start + len(case.name),
            case.name,
            kind,
            case.name,
            0,
            len(text),
            introduced=introduced,
        )
        key = text_id(title, text)
        papers.append(Paper(f"paper/{key}", title, text, key, year=year))
        extractions[key] = Extraction(key, (mention,))
        return papers[-1].id

    founders = [add(title, text, year, kind, True) for year, kind, title, text in case.founders]
    uses = [(want, add(f"Use {i}", text, 2026, Kind.SYSTEM, False)) for i, (want, text) in enumerate(case.uses)]
    names = {paper: entity for (paper, _), entity in resolve_entities(papers, extractions, vocabulary).names.items()}
    assert names[founders[0]] != names[founders[1]]
    letters = {names[founders[0]]: "A", names[founders[1]]: "B"}
    return [(want, letters.get(names.get(paper, ""), "-")) for want, paper in uses]


@pytest.mark.parametrize("known", [False, True], ids=["no vocabulary", "with the vocabulary"])
def test_uses_find_the_right_homonym_or_none(known: bool) -> None:
    vocabulary = load() if known else Vocabulary()
    pairs = [(case.name, want, said) for case in cases() for want, said in answers(case, vocabulary)]
    given = [p for p in pairs if p[2] != "-"]
    wrong = [p for p in given if p[1] not in (p[2], "-")]
    missed = [p for p in pairs if p[1] != "-" and p[2] != p[1]]
    assert not wrong
    assert len(missed) <= 0.1 * sum(want != "-" for _, want, _ in pairs), missed
    if not known:  # the vocabulary's own sense takes what points to neither
        assert all(want != "-" for _, want, _ in given)


def test_a_full_form_of_another_name_is_not_the_known_one() -> None:
    vocabulary = load()
    texts = {
        "known": (
            "Codes",
            "We run codes with the Message Passing Interface (MPI) on a cluster.",
            "Message Passing Interface",
        ),
        "other": ("Views", "We render from multi-plane images (MPI) of a scene.", "multi-plane images"),
    }
    found = {}
    for which, (title, text, full) in texts.items():
        corpus = Corpus()
        corpus.add(title, text, say(text, "MPI", Kind.SYSTEM, full, "MPI"))
        (entity,) = corpus.resolve(vocabulary).entities
        found[which] = entity.concept
    assert found == {"known": "system/mpi", "other": ""}
