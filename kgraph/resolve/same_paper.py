"""Which records are one paper: candidate pairs by blocking, then a decision per pair, strongest evidence first.

1. an identifier in common (arXiv id, DOI, OpenAlex, Semantic Scholar), whatever the title: retitled versions meet;
2. titles equal but for typography;
3. near-equal titles, found by sorted neighbourhood (Hernández and Stolfo 1995), over keys read from both ends;
4. equal beginnings or ends of abstracts under different titles.

Titles convince only where nothing speaks against it: abstracts about other things, other authors, another arXiv id or
DOI. What a pair may not do, a chain of pairs may not do either: identifiers are compared for whole clusters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise

from rapidfuzz import fuzz

from kgraph.model import Record
from kgraph.resolve.clusters import Clusters
from kgraph.resolve.titles import abstract_words, likeness, numbers, title_words

SCHEMES = ("arxiv", "doi", "openalex", "s2")
WINDOW = 6
CROWD = 24
NEAR_TITLE = 90.0
SAME_ABSTRACT = 0.94


@dataclass
class Face:
    """A record as it is compared."""

    record: Record

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the title."""
        return title_words(self.record.title)

    @cached_property
    def key(self) -> str:
        """The title's letters and digits."""
        return "".join(self.words)

    @cached_property
    def content(self) -> frozenset[str]:
        """The words of the abstract."""
        return abstract_words(self.record.abstract)

    @cached_property
    def surnames(self) -> frozenset[str]:
        """Last names of the authors, folded."""
        found = (title_words(a.split(",")[0] if "," in a else a.split()[-1]) for a in self.record.authors if a.strip())
        return frozenset("".join(words) for words in found)

    @property
    def year(self) -> int | None:
        """The year as the record gives it."""
        return int(self.record.date[:4]) if self.record.date[:4].isdigit() else None


def clusters(records: Sequence[Record]) -> list[list[int]]:
    """Return the records (by index) that are one paper, for records in a canonical order."""
    faces = [Face(record) for record in records]
    found = Clusters([tuple(getattr(r, scheme) for scheme in SCHEMES) for r in records])
    _by_identifier(faces, found)
    groups = _by_title(faces, found)
    _by_near_title(faces, groups, found)
    _by_abstract(faces, found)
    return found.groups()


def _by_identifier(faces: Sequence[Face], found: Clusters) -> None:
    for scheme in SCHEMES:
        blocks: dict[str, list[int]] = {}
        for i, face in enumerate(faces):
            if value := getattr(face.record, scheme):
                blocks.setdefault(value, []).append(i)
        for value in sorted(blocks):
            for a, b in _pairs(blocks[value]):
                if scheme == "arxiv" or _one_work(faces[a], faces[b]):
                    found.join(a, b)


def _one_work(a: Face, b: Face) -> bool:
    """A DOI may be that of a whole volume: its papers share neither title nor abstract."""
    alike = likeness(a.content, b.content)
    return a.key == b.key or _title_likeness(a, b) >= 60 or (alike is not None and alike >= 0.25)


def _title_likeness(a: Face, b: Face) -> float:
    return fuzz.token_set_ratio(" ".join(a.words), " ".join(b.words))


def _by_title(faces: Sequence[Face], found: Clusters) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for i, face in enumerate(faces):
        if face.key:
            groups.setdefault(face.key, []).append(i)
    for key in sorted(groups):
        _settle(faces, _pairs(groups[key]), found, 100.0)
    return groups


def _by_near_title(faces: Sequence[Face], groups: dict[str, list[int]], found: Clusters) -> None:
    long = [key for key in groups if len(key) >= 16]
    pairs: set[tuple[str, str]] = set()
    for spelled in (sorted(long), sorted(long, key=lambda key: key[::-1])):
        for i, key in enumerate(spelled):
            for other in spelled[i + 1 : i + 1 + WINDOW]:
                if abs(len(key) - len(other)) * 5 <= len(key):
                    pairs.add((min(key, other), max(key, other)))
    near: list[tuple[float, str, str]] = []
    for a, b in pairs:
        score = fuzz.ratio(a, b, score_cutoff=NEAR_TITLE)
        if score and numbers(faces[groups[a][0]].words) == numbers(faces[groups[b][0]].words):
            near.append((-score, a, b))
    for score, a, b in sorted(near):
        some = [(x, y) for x in groups[a][:CROWD] for y in groups[b][:CROWD]]
        _settle(faces, some, found, -score)


def _by_abstract(faces: Sequence[Face], found: Clusters) -> None:
    blocks: dict[str, list[int]] = {}
    for i, face in enumerate(faces):
        words = face.record.abstract.casefold().split()
        if len(words) >= 50:
            blocks.setdefault(" ".join(words[:12]), []).append(i)
            blocks.setdefault(" ".join(words[-12:]), []).append(i)
    for block in sorted(blocks):
        for a, b in _pairs(blocks[block]):
            one, other = faces[a], faces[b]
            if found.root(a) == found.root(b) or numbers(one.words) != numbers(other.words):
                continue
            alike = likeness(one.content, other.content) or 0.0
            kin = _shared_authors(one, other)
            if alike < SAME_ABSTRACT or kin is False or any(found.rivals(a, b)):
                continue
            if kin or _title_likeness(one, other) >= 63:  # one abstract under two titles is often a slip of the source
                found.join(a, b)


def _settle(faces: Sequence[Face], pairs: Iterable[tuple[int, int]], found: Clusters, score: float) -> None:
    """Join the pairs that nothing speaks against, the most alike first."""
    ranked = []
    for a, b in pairs:
        if found.root(a) != found.root(b):
            alike = likeness(faces[a].content, faces[b].content)
            ranked.append((-(alike if alike is not None else 0.0), a, b, alike))
    for _, a, b, alike in sorted(ranked, key=lambda item: item[:3]):
        if found.root(a) != found.root(b) and _agree(faces[a], faces[b], alike, found.rivals(a, b), score):
            found.join(a, b)


def _agree(a: Face, b: Face, alike: float | None, rivals: tuple[bool, ...], score: float) -> bool:
    """Decide whether two records with (nearly) one title are one paper.

    `rivals` tells per scheme whether their clusters carry different identifiers. Different arXiv ids are two papers
    unless the abstracts are nearly one; a paper often has several DOIs (conference and journal, publisher and
    repository), so those ask for abstracts that clearly speak of one work.
    """
    authors = _shared_authors(a, b)
    apart = abs(a.year - b.year) if a.year and b.year else 0
    if alike is None:  # one has no abstract
        if rivals and (rivals[0] or (any(rivals) and not authors)):
            return False
        telling = authors or len(a.words) > 2
        return score >= 96 and telling and authors is not False and apart <= (5 if authors or len(a.words) > 4 else 1)
    need = 0.1 if len(a.words) > 3 else 0.25
    if authors is False:
        need = 0.45
    if score < 100:  # a word exchanged makes another paper of a series: "... for the knee", "... for the ankle"
        need = max(need, 0.45 if score >= 97 else 0.55 if score >= 95 else 0.72) - (0.1 if authors else 0.0)
    if apart > (6 if score == 100 else 3):
        need = max(need, 0.4 if score == 100 else 0.9)
    if rivals and any(rivals):
        need = max(need, 0.75 if rivals[0] else 0.4)
    return alike >= need


def _shared_authors(a: Face, b: Face) -> bool | None:
    """Return whether the lists of authors overlap by a third; None where one is missing."""
    if not a.surnames or not b.surnames:
        return None
    return 3 * len(a.surnames & b.surnames) >= min(len(a.surnames), len(b.surnames))


def _pairs(block: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Return all pairs of a small block, and neighbours only in a crowded one."""
    return combinations(block, 2) if len(block) <= CROWD else pairwise(block)
