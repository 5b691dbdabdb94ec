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
from typing import Any

from rapidfuzz import fuzz

from kgraph.identifiers import SCHEMES
from kgraph.model import Record
from kgraph.resolve.clusters import Clusters
from kgraph.resolve.papers.titles import abstract_words, likeness, numbers, title_words

WINDOW = 6
CROWD = 24
LONG = 16
"""Letters and digits from which on a title may have a near-equal one."""
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

    @property
    def numbers(self) -> tuple[str, ...]:
        """What the title says of parts, versions and years."""
        return numbers(self.words)

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


@dataclass(frozen=True, slots=True)
class Block:
    """Pairs of records that one thing brings together; `step` is the kind of evidence, `at` the place within the step.

    Blocks are settled in the order of (step, at), so what one joins is known to those after it.
    """

    step: int
    at: tuple[Any, ...]
    pairs: Iterable[tuple[int, int]]


IDENTIFIER, TITLE, NEAR, ABSTRACT = range(4)
"""The steps, strongest evidence first. `at` of NEAR begins with the likeness of the titles, negative."""


def clusters(records: Sequence[Record]) -> list[list[int]]:
    """Return the records (by index) that are one paper, for records in order of their ids."""
    same: dict[str, list[int]] = {}  # of rows that say the same, one is compared
    for i, record in enumerate(records):
        same.setdefault(record.id, []).append(i)
    rows = list(same.values())
    faces = [Face(records[first]) for first, *_ in rows]
    return [[i for one in found for i in rows[one]] for found in settled(faces, _blocks(faces))]


def settled(faces: Sequence[Face], blocks: Iterable[Block]) -> list[list[int]]:
    """Return the clusters of records (by index) that the pairs of the blocks, in their order, bring together."""
    found = Clusters([tuple(getattr(face.record, scheme) for scheme in SCHEMES) for face in faces])
    for block in blocks:
        if block.step == IDENTIFIER:
            _identify(faces, block, found)
        elif block.step == ABSTRACT:
            _compare(faces, block, found)
        else:
            _settle(faces, block, found)
    return found.groups()


def _blocks(faces: Sequence[Face]) -> Iterator[Block]:
    """Yield all blocks in order."""
    groups: dict[tuple[int, str], list[int]] = {}
    crowds: dict[str, list[int]] = {}
    for i, face in enumerate(faces):
        for step, key in marks(face):
            groups.setdefault((step, key), []).append(i)
            if step == TITLE:
                crowds.setdefault(key, []).append(i)
    for step, key in sorted(key for key in groups if key[0] < NEAR):
        if len(groups[step, key]) > 1:
            yield Block(step, (key,), pairs(groups[step, key]))
    long = [key for key in crowds if len(key) >= LONG]
    told = {key: faces[members[0]].numbers for key, members in crowds.items()}
    near = {pair for spelled in (sorted(long), sorted(long, key=backwards)) for pair in neighbours(spelled)}
    for score, a, b in sorted(found for pair in near if (found := likely(*pair, told[pair[0]], told[pair[1]]))):
        yield Block(NEAR, (score, a, b), [(x, y) for x in crowds[a][:CROWD] for y in crowds[b][:CROWD]])
    for step, key in sorted(key for key in groups if key[0] == ABSTRACT):
        if len(groups[step, key]) > 1:
            yield Block(step, (key,), pairs(groups[step, key]))


def marks(face: Face) -> Iterator[tuple[int, str]]:
    """Yield (step, key) of the blocks that a record is in, those of near-equal titles aside."""
    for number, scheme in enumerate(SCHEMES):
        if value := getattr(face.record, scheme):
            yield IDENTIFIER, f"{number}{value}"
    if face.key:
        yield TITLE, face.key
    words = face.record.abstract.casefold().split()
    if len(words) >= 50:
        ends = (" ".join(words[:12]), " ".join(words[-12:]))
        for end in dict.fromkeys(ends):
            yield ABSTRACT, end


def neighbours(spelled: Sequence[str], following: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """Yield pairs of keys that stand near each other in an order of keys and are about as long.

    `following` are the keys after `spelled`, where that is a part of the whole order (Kolb, Thor and Rahm 2012).
    """
    whole = [*spelled, *following[:WINDOW]]
    for i, key in enumerate(spelled):
        for other in whole[i + 1 : i + 1 + WINDOW]:
            if abs(len(key) - len(other)) * 5 <= len(key):
                yield min(key, other), max(key, other)


def backwards(key: str) -> str:
    """Return a key read from its end."""
    return key[::-1]


def likely(a: str, b: str, one: tuple[str, ...], other: tuple[str, ...]) -> tuple[float, str, str] | None:
    """Return (likeness, negative; the keys) of two titles that may be one, with their numbers, or None."""
    score = fuzz.ratio(a, b, score_cutoff=NEAR_TITLE)
    return (-score, a, b) if score and one == other else None


def conceivable(a: Face, b: Face, step: int, at: tuple[Any, ...]) -> bool:
    """Return whether a pair could be joined if nothing stood in its way but what the two records say."""
    if step == IDENTIFIER:
        return _identified(a, b, at)
    if step == ABSTRACT:
        return _same_abstract(a, b)
    return _agree(a, b, likeness(a.content, b.content), (), _score(step, at))


def _score(step: int, at: tuple[Any, ...]) -> float:
    return float(-at[0]) if step == NEAR else 100.0


def _identified(a: Face, b: Face, at: tuple[Any, ...]) -> bool:
    return SCHEMES[int(at[0][0])] == "arxiv" or _one_work(a, b)


def _identify(faces: Sequence[Face], block: Block, found: Clusters) -> None:
    for a, b in block.pairs:
        if _identified(faces[a], faces[b], block.at):
            found.join(a, b)


def _one_work(a: Face, b: Face) -> bool:
    """A DOI may be that of a whole volume: its papers share neither title nor abstract."""
    alike = likeness(a.content, b.content)
    return a.key == b.key or _title_likeness(a, b) >= 60 or (alike is not None and alike >= 0.25)


def _title_likeness(a: Face, b: Face) -> float:
    return fuzz.token_set_ratio(" ".join(a.words), " ".join(b.words))


def _compare(faces: Sequence[Face], block: Block, found: Clusters) -> None:
    for a, b in block.pairs:
        if found.root(a) != found.root(b) and _same_abstract(faces[a], faces[b]) and not any(found.rivals(a, b)):
            found.join(a, b)


def _same_abstract(a: Face, b: Face) -> bool:
    if a.numbers != b.numbers or (likeness(a.content, b.content) or 0.0) < SAME_ABSTRACT:
        return False
    kin = _shared_authors(a, b)
    # one abstract under two titles is often a slip of the source
    return kin is not False and (bool(kin) or _title_likeness(a, b) >= 63)


def _settle(faces: Sequence[Face], block: Block, found: Clusters) -> None:
    """Join the pairs that nothing speaks against, the most alike first."""
    ranked = []
    for a, b in block.pairs:
        if found.root(a) != found.root(b):
            alike = likeness(faces[a].content, faces[b].content)
            ranked.append((-(alike if alike is not None else 0.0), a, b, alike))
    score = _score(block.step, block.at)
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


def pairs(block: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Return all pairs of a small block, and neighbours only in a crowded one."""
    return combinations(block, 2) if len(block) <= CROWD else pairwise(block)
