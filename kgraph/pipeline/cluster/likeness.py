"""How like papers are that use one name, on many machines: the uses of a name in slices, each by itself.

Likeness is asked of a paper that uses a name and one that introduces it, of which there are few. So what comes
together for one name is a number for each of these, and nowhere the words of all papers that use it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from zlib import crc32

from kgraph.engine.rows import Cluster, Rows
from kgraph.model import Extraction, Paper
from kgraph.resolve import entities
from kgraph.resolve.grouping import Group
from kgraph.resolve.judgements import Judgements
from kgraph.resolve.senses import MANY, introducing, is_compared
from kgraph.resolve.similarity import Similarity, floor, words

MOST_WORDS = 5_000_000
"""Words that are counted: `resolve.similarity` keeps them to those of one paper in a million."""

SLICE = 10_000
"""Papers that use one name and are compared in one task."""

Scored = tuple[tuple[str, str], bytes]
"""(Paper, name in it), and how like it is to each paper that introduces the name, in the order of their ids."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like the papers of a group are, as far as it is asked for."""

    founders: dict[str, int]
    scores: dict[tuple[str, str], bytes]

    def __call__(self, one: Paper, other: Paper, but: str = "") -> float:
        """Return the likeness of a paper and one that introduces the name `but`; see `Similarity`."""
        return array("d", self.scores[one.id, but])[self.founders[other.id]]


def likeness(group: Group, judgements: Judgements, scored: list[Scored]) -> Likeness:
    """Return what `scores` gave for a group."""
    return Likeness({id_: number for number, id_ in enumerate(_founders(group, judgements))}, dict(scored))


def scores(
    cluster: Cluster,
    pairs: Rows[tuple[Paper, Extraction]],
    count: int,
    groups: Rows[Group],
    judgements: Judgements,
) -> Rows[tuple[str, Scored]]:
    """Return (key of a group, likeness of a use) of every use of names that may mean several things.

    `count` is the number of papers; words weigh what `resolve.entities` has them weigh.
    """
    spoken = pairs.each(lambda pair: [(pair[0].id, words(pair[0]))])
    involved = groups.each(_involved).distinct()
    counted = spoken
    if count > entities.SMALL_CORPUS:
        counted = spoken.joined(involved.each(lambda id_: [(id_, True)])).each(_if_there)
    counted = counted.kept()
    total = counted.count()
    low = floor(total)
    counts = counted.each(lambda row: [(word, 1) for word in row[1]]).reduced(_sum)
    table = dict(counts.each(lambda row: [row] if row[1] > low else []).few(MOST_WORDS, "words"))
    asked = groups.each(partial(_asked, judgements)).joined(spoken).each(_in_slices)
    return asked.grouped().each(partial(_scored, cluster.lent((table, total))))


def _founders(group: Group, judgements: Judgements) -> list[str]:
    """Return the papers that found senses: those that surely introduce the name; or, as judgements may say, do."""
    found = [one for one in group.said if one.introduced] if judgements.rows else introducing(group)
    return sorted({one.paper.id for one in found})


def _involved(one: Group) -> set[str]:
    return {s.paper.id for s in one.said} if entities.is_involved(one) else set()


def _if_there(row: tuple[str, tuple[list[Any], list[Any]]]) -> Iterator[tuple[str, Any]]:
    id_, (found, there) = row
    return ((id_, one) for one in (found if there else ()))


def _sum(one: int, other: int) -> int:
    return one + other


def _asked(judgements: Judgements, one: Group) -> Iterator[tuple[str, tuple[str, int, bool, tuple[str, ...]]]]:
    """Yield (paper, (key, number of slices, whether it introduces the name, names in it)) where papers are compared."""
    founders = set(_founders(one, judgements))
    if not is_compared(one, judgements) or len(introducing(one)) > MANY:
        return
    names: dict[str, list[str]] = {}
    for said in one.said:
        names.setdefault(said.paper.id, []).append(said.name)
    slices = len(names) // SLICE + 1
    for paper, said_there in names.items():
        yield paper, (one.key, slices, paper in founders, tuple(said_there))


Compared = tuple[str, frozenset[str], bool, tuple[str, ...]]
"""A paper, its words, whether it introduces the name, and the names for which it is to be compared."""


def _in_slices(row: tuple[str, tuple[list[Any], list[frozenset[str]]]]) -> Iterator[tuple[tuple[str, int], Compared]]:
    """Yield a paper for its own slice, and one that introduces the name for all."""
    paper, (asked, found) = row
    for key, slices, founds, names in asked:
        own = crc32(paper.encode()) % slices
        for number in range(slices) if founds else (own,):
            yield (key, number), (paper, found[0], founds, names if number == own else ())


def _scored(lent: Any, row: tuple[tuple[str, int], list[Compared]]) -> Iterator[tuple[str, Scored]]:
    (key, _), papers = row
    counts, total = lent.value
    alike = Similarity.of(counts, total, {paper: found for paper, found, _, _ in papers})
    founders = [_only_id(paper) for paper in sorted(paper for paper, _, founds, _ in papers if founds)]
    for paper, _, _, names in papers:
        for name in names:
            found = array("d", [alike(_only_id(paper), other, name) for other in founders])
            yield key, ((paper, name), found.tobytes())


def _only_id(paper: str) -> Paper:
    return Paper(paper, "", "", "")
