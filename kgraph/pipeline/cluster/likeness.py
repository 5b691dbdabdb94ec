"""How like papers are that use one name, on many machines: the uses of a name in slices, each by itself.

Likeness is asked of a paper that uses a name and one that introduces it, of which there are few. So what comes
together for a slice is a number for each of these, and nowhere the words of all papers that use the name.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import add
from typing import Any

from kgraph.engine.rows import Cluster, Rows
from kgraph.model import Paper
from kgraph.pipeline.cluster.context import Address, Pair
from kgraph.resolve.entities.similarity import SMALL_CORPUS, Similarity, floor, words

MOST_WORDS = 5_000_000
"""Words that are counted: `resolve.entities.similarity` keeps them to those of one paper in a million."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """That a paper is to be compared in some slices of a name: it `founds` a sense, or it is compared with such for its
    `names`; `root` is the key of the group where it does both."""

    slices: tuple[Address, ...]
    founds: bool
    names: tuple[str, ...] = ()
    root: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """How like a paper, for a name in it, is to each paper that founds a sense, in the order of their ids.

    `root` is the key of the group where it founds one itself.
    """

    place: tuple[str, str]
    numbers: bytes
    root: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like papers are, as far as it is asked for."""

    founders: Mapping[str, int] = field(default_factory=dict)
    scores: Mapping[tuple[str, str], array[float]] = field(default_factory=dict)

    @classmethod
    def of(cls, founders: Sequence[str], scored: Iterable[Scored]) -> Likeness:
        """Return what `scores` gave, where the papers that found senses are these."""
        numbers = {one.place: array("d", one.numbers) for one in scored}
        return cls({id_: number for number, id_ in enumerate(founders)}, numbers)

    def __call__(self, one: Paper, other: Paper, but: str = "") -> float:
        """Return the likeness of a paper and one that introduces the name `but`; see `Similarity`."""
        return self.scores[one.id, but][self.founders[other.id]]


def scores(
    cluster: Cluster,
    pairs: Rows[Pair],
    count: int,
    involved: Rows[str],
    asked: Rows[tuple[str, Comparison]],
) -> Rows[tuple[Address, Scored]]:
    """Return (slice, likeness of a use) of every use of names for which papers are to be compared.

    `count` is the number of papers; words weigh what `resolve.entities` has them weigh, by the papers `involved`.
    """
    spoken = pairs.each(lambda pair: [(pair[0].id, words(pair[0]))])
    counted = spoken
    if count > SMALL_CORPUS:
        counted = spoken.joined(involved.distinct().each(lambda id_: [(id_, True)])).each(_if_there)
    counted = counted.kept()
    total = counted.count()
    low = floor(total)
    counts = counted.each(lambda row: [(word, 1) for word in row[1]]).reduced(add)
    table = dict(counts.each(lambda row: [row] if row[1] > low else []).few(MOST_WORDS, "words"))
    compared = asked.joined(spoken).each(_in_slices)
    return compared.grouped().each(partial(_scored, cluster.lent((table, total))))


def _if_there(row: tuple[str, tuple[list[Any], list[Any]]]) -> Iterator[tuple[str, Any]]:
    id_, (found, there) = row
    return ((id_, one) for one in (found if there else ()))


Compared = tuple[str, frozenset[str], Comparison]
"""A paper, its words, and what it is compared for."""


def _in_slices(row: tuple[str, tuple[list[Comparison], list[frozenset[str]]]]) -> Iterator[tuple[Address, Compared]]:
    paper, (asked, found) = row
    for one in asked:
        for address in one.slices:
            yield address, (paper, found[0], Comparison((), one.founds, one.names, one.root))


def _scored(lent: Any, row: tuple[Address, list[Compared]]) -> Iterator[tuple[Address, Scored]]:
    address, papers = row
    counts, total = lent.value
    alike = Similarity(counts, total, {paper: found for paper, found, _ in papers})
    founders = [_only_id(paper) for paper in sorted(paper for paper, _, one in papers if one.founds)]
    for paper, _, one in papers:
        for name in one.names:
            found = array("d", [alike(_only_id(paper), other, name) for other in founders])
            yield address, Scored((paper, name), found.tobytes(), one.root)


def _only_id(paper: str) -> Paper:
    return Paper(paper, "", "", "")
