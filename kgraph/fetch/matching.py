"""Whether a paper that a service found by its title is the one that was meant."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from kgraph.references import YEARS
from kgraph.text import fold

LIKENESS = 95.0
"""Least likeness of two titles, in per cent of the characters of both that stay under the cheapest edit (Indel ratio).

Measured on 816 pairs of records of one paper from two sources, and on the most similar other titles among 100,000 for
1,500 of them: at 95 it takes 99.9 % of the pairs and none of the 547 neighbours (the most similar reaches 94).
"""
_WORD = re.compile(r"[^\W_]+")
_LATEX = re.compile(r"\\[a-zA-Z]+|[${}]")


def title_words(title: str) -> list[str]:
    """Return the words of a title, folded, without LaTeX commands and punctuation."""
    return _WORD.findall(fold(_LATEX.sub(" ", title)))


def same_paper(title: str, year: int | None, other: str, other_year: int | None) -> bool:
    """Return whether two titles with years (None: unknown) name one paper.

    The titles must be near-equal, with equal numbers in them ("FlashAttention-2" is not "FlashAttention-3"), and the
    years, where both are known, at most two apart.
    """
    a, b = title_words(title), title_words(other)
    if not a or not b or _numbers(a) != _numbers(b):
        return False
    if year is not None and other_year is not None and abs(year - other_year) > YEARS:
        return False
    return "".join(a) == "".join(b) or fuzz.ratio(" ".join(a), " ".join(b)) >= LIKENESS


def _numbers(words: list[str]) -> list[str]:
    return sorted(word for word in words if any(c.isdigit() for c in word))
