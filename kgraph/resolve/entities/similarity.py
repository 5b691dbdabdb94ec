"""How alike two papers are by their words: cosine of inverse document frequencies (Sparck Jones 1972)."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from kgraph.model import Paper

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9-]{2,}")
_ENDING = re.compile(r"(?:ing|ed|es|s|ly|ion|ions)\Z")
_FEWEST = 3
"""Fewer words in common than this may be chance, however rare they are."""

SMALL_CORPUS = 3000
"""Papers up to which the words of all of them are counted."""

MOST_COUNTED = 1_000_000
"""Words that fewer than one in so many papers use count as if that many did, so that counts can be sent round."""


def words(paper: Paper) -> frozenset[str]:
    """Return the words of title and abstract, in lower case and without common endings."""
    text = f"{paper.title} {paper.abstract}".lower()
    return frozenset(_ENDING.sub("", w) for w in _WORD.findall(text))


class Similarity:
    """Compares papers; `count` says how many of `total` papers use a word, `known` the words of papers by their ids."""

    def __init__(self, count: Mapping[str, int], total: int, known: Mapping[str, frozenset[str]]) -> None:
        self._count, self._total, self._words = count, total, dict(known)

    @classmethod
    def among(cls, papers: Iterable[Paper]) -> Similarity:
        """Return the comparison in which words weigh what these papers make them weigh."""
        known = {paper.id: words(paper) for paper in papers}
        count: Counter[str] = Counter()
        for found in known.values():
            count.update(found)
        return cls(count, len(known), known)

    def words(self, paper: Paper) -> frozenset[str]:
        """Return the words of a paper, found once."""
        found = self._words.get(paper.id)
        if found is None:
            found = self._words[paper.id] = words(paper)
        return found

    def __call__(self, one: Paper, other: Paper, but: str = "") -> float:
        """Return the cosine of two papers, in [0, 1], leaving out words that contain `but` (the name in question)."""
        a, b = self.words(one), self.words(other)
        name = but.lower()
        common = [w for w in sorted(a & b) if not (name and name in w)]
        if len(common) < _FEWEST:
            return 0.0
        shared = sum(self._weight(w) ** 2 for w in common)
        size = math.sqrt(self._size(a, name) * self._size(b, name))
        return shared / size if size else 0.0

    def _size(self, words: frozenset[str], name: str) -> float:
        return sum(self._weight(w) ** 2 for w in sorted(words) if not (name and name in w))

    def _weight(self, word: str) -> float:
        count = max(self._count.get(word, 0), floor(self._total))
        return math.log((self._total + 1) / (count + 1)) + 0.01


def floor(total: int) -> int:
    """Return the number of papers that every word counts for at least."""
    return total // MOST_COUNTED
