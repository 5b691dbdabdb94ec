"""How often words stand in lower case in papers: facts that tell names from ordinary words.

The table is counted by tools/build_lexicon.py from about 110,000 abstracts of all fields of machine learning.
"""

from __future__ import annotations

import gzip
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent / "data"


class Commonness(NamedTuple):
    """`papers`: binary logarithm of the number of papers with a word; `lower`: tenths in lower case, -1 if unknown."""

    papers: int
    lower: int


UNKNOWN = Commonness(0, -1)


@cache
def _words() -> dict[str, Commonness]:
    table: dict[str, Commonness] = {}
    with gzip.open(DATA / "words.tsv.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            word, papers, lower = line.rstrip("\n").split("\t")
            table[word] = Commonness(int(papers), int(lower))
    return table


@lru_cache(maxsize=1 << 16)
def commonness(word: str) -> Commonness:
    """Return how common `word` (any case; plural or not) is."""
    lower = word.lower()
    table = _words()
    found = table.get(lower)
    if found is None and lower.endswith("s"):
        found = table.get(lower[:-1])
    return found or UNKNOWN


class Notion(StrEnum):
    """What a reader of the field takes a surface for that many papers write like a name."""

    GENERIC = "notion"  # a concept, a metric, an institution or a scrap: "RL", "Top-1", "Monte Carlo"
    OPEN = "open"  # a name in some papers, something else in others


@cache
def _notions() -> dict[str, Notion]:
    """Return the surfaces of data/notions.txt and data/open.txt (one a line, sorted)."""
    table: dict[str, Notion] = {}
    for notion, file in ((Notion.OPEN, "open.txt"), (Notion.GENERIC, "notions.txt")):
        table |= dict.fromkeys((DATA / file).read_text(encoding="utf-8").splitlines(), notion)
    return table


def notion(surface: str) -> Notion | None:
    """Return what readers take `surface` (as it is written, or its singular) for, or None if none was asked."""
    table = _notions()
    found = table.get(surface)
    return table.get(surface[:-1]) if found is None and surface.endswith("s") else found
