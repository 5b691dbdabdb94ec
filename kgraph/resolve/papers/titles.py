"""Titles and abstracts as keys under which the records of one paper meet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kgraph.latex import printed
from kgraph.text import fold, slug

_LATEX = re.compile(r"[\\${}]")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,40}>")
_EDITION = re.compile(
    r"\s*[(\[]\s*(?:extended|full|long|short|journal|conference|preprint|arxiv|technical|preliminary|revised)"
    r"\s+(?:version|abstract|report|paper|edition)\s*[)\]]\s*\.?$",
    re.I,
)
LONGEST = 1000  # what is longer is no title but a text in its place, and its beginning tells it apart
_WORD = re.compile(r"[^\W_]+")
_ROMAN = frozenset(("ii", "iii", "iv", "vi", "vii", "viii", "ix"))
_COMMON = frozenset((
    "about", "also", "been", "both", "each", "from", "have", "into", "more", "most", "much", "only", "other", "over",
    "show", "such", "than", "that", "their", "them", "then", "there", "these", "they", "this", "through", "using",
    "very", "well", "were", "what", "when", "where", "which", "while", "with", "within", "would", "paper", "propose",
    "based",
))  # fmt: skip


def title_words(title: str) -> tuple[str, ...]:
    """Return the words of a title without case, accents, LaTeX, markup and notes such as "(extended version)"."""
    title = title[:LONGEST]
    plain = _delatexed(title) if _LATEX.search(title) else title
    if "<" in plain:
        plain = _MARKUP.sub("", plain)
    folded = fold(_EDITION.sub("", plain))
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded)
        folded = "".join(c for c in decomposed if not unicodedata.combining(c))
    return tuple(_WORD.findall(folded))


def title_key(title: str) -> str:
    """Return the letters and digits of `title_words` run together; titles with one key differ in typography only."""
    return "".join(title_words(title))


def numbers(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return what tells parts, versions and years apart ("Part II", "Qwen2.5", "2024"), sorted."""
    return tuple(sorted(w for w in words if w in _ROMAN or any(c.isdigit() for c in w)))


def abstract_words(abstract: str) -> frozenset[str]:
    """Return the words of an abstract that carry meaning: four letters or more, no function words."""
    return frozenset(w for w in _WORD.findall(abstract.casefold()) if len(w) > 3) - _COMMON


def likeness(a: frozenset[str], b: frozenset[str]) -> float | None:
    """Return how alike two abstracts are, in [0, 1]: Jaccard's index of their words, or None where one has too few.

    An abstract that is cut short counts by how much of it the other contains.
    """
    small, large = sorted((len(a), len(b)))
    if small < 8:
        return None
    shared = len(a & b)
    whole = shared / (small + large - shared)
    return max(whole, 0.9 * shared / small) if small >= 25 and small > 0.3 * large else whole


def paper_slug(title: str, limit: int = 48) -> str:
    """Return a title's beginning as part of an id, whole words as far as they fit."""
    full = slug(" ".join(title_words(title)), limit=400) or "untitled"
    if len(full) <= limit:
        return full
    head, _, _ = full[: limit + 1].rpartition("-")
    return head or full[:limit]


@lru_cache(maxsize=4096)
def _delatexed(title: str) -> str:
    plain = printed(title)
    return _LATEX.sub(" ", title) if plain is None else plain
