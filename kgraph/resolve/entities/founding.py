"""How plainly a paper introduces a name (in its title, in words of introduction, or hardly), and who introduces it."""

from __future__ import annotations

import re

from kgraph.model import Mention, Paper, Where
from kgraph.resolve.entities.said import Said
from kgraph.text import slug

TITLE, WORDS, WEAK = 3, 2, 1
"""Grades of introduction: the title leads with the name, the abstract says "we present X", neither."""

_AFTER_NAME = re.compile(r"\s*(?:[:,(]|--|[-–—]\s|\Z)")
_PRESENTS = re.compile(
    r"\b(?:introduc\w*|propos\w*|present(?:s|ed|ing)?|develop\w*|design(?:s|ed)?|buil[dt]s?|call(?:ed)?|name[ds]?|dubbed|term(?:ed)?|coined|"
    r"releas\w*|describ\w*|creat\w*)\b[\s,:]*(?:(?:the|a|an|our|it|them|this|named|called|of|method|framework|system|approach)\b[\s,:]*){0,3}"
    r"[\"'“‘`\\({]*\Z",
    re.IGNORECASE,
)
_APPOSITION = re.compile(r"\s*(?:\([^)]*\))?,\s(?:a|an|the|our|which|is)\b")
_DEFINED = re.compile(r"[\w)]\s*\(\s*\Z")
_COMPOUND = re.compile(r"-[A-Za-z]")


def grade(said: Said) -> int:
    """Return how plainly the paper introduces this name: TITLE, WORDS or WEAK."""
    best = WEAK
    for mention in said.mentions:
        text = said.paper.said_in(mention.where)
        if mention.where is Where.TITLE:
            if mention.start <= 2 and _AFTER_NAME.match(text, mention.end):
                return TITLE
        elif _introduces(text, mention, said):
            best = WORDS
    return best


def _introduces(text: str, mention: Mention, said: Said) -> bool:
    if _COMPOUND.match(text, mention.end):
        return False
    before = text[max(0, mention.start - 80) : mention.start]
    if _PRESENTS.search(before):
        return True
    if mention.introduced and _APPOSITION.match(text, mention.end) and re.search(r"\b[Ww]e\b|\b[Tt]his\b", before):
        return True
    return bool(said.full) and _DEFINED.search(before) is not None


def authors(paper: Paper) -> frozenset[frozenset[str]]:
    """Return the authors whose names are written out, each as its words: "Min, Seung Won" is Seung Won Min.

    "S. W. Min" may be anybody, and is left out; so are names of one word.
    """
    names = (frozenset(w for w in slug(name).split("-") if len(w) > 1) for name in paper.authors)
    return frozenset(name for name in names if len(name) > 1)
