"""Which paragraphs are titles and which are abstracts, decided for a whole stretch of paragraphs at once.

A saved page doesn't mark its titles, and no single length tells a long title from a short abstract. So every paragraph
gets log-odds of being a title from several weak signs, and the best sequence "title, abstract paragraph, more of it,
title, ..." is found by dynamic programming (Viterbi 1967): the regular alternation outweighs one odd paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from math import inf

_SENTENCE_BREAK = re.compile(r"[a-z0-9)\]]{2}[.!?]\s+[A-Z]")
_ADDRESS = re.compile(r"https?://|www\.|github\.com", re.I)
_LEAD = re.compile(
    r"\s*(?:code|our code|source code|project page|keywords|data|demo|website|index terms)\b.{0,20}[:.]", re.I
)
_VOICE = re.compile(
    r"\b(?:we|our|this paper|this work|in this (?:paper|work|study)|is|are|has been|have been|that)\b", re.I
)


LOST = -12.0


class Role(IntEnum):
    """What a paragraph is to its paper."""

    TITLE = 0
    ABSTRACT = 1
    MORE = 2


# cost of the next role after a role; a title that follows a title is a paper without abstract
_STEP = {
    Role.TITLE: {Role.TITLE: -7.0, Role.ABSTRACT: 0.0, Role.MORE: -inf},
    Role.ABSTRACT: {Role.TITLE: 0.0, Role.ABSTRACT: -inf, Role.MORE: -3.0},
    Role.MORE: {Role.TITLE: 0.0, Role.ABSTRACT: -inf, Role.MORE: -1.0},
}


def title_odds(text: str) -> float:
    """Return log-odds that the paragraph is a title rather than (part of) an abstract, between about -9 and 5."""
    words = len(text.split())
    odds = max(-5.0, min(3.5, (30 - words) / 6))
    stripped = text.rstrip()
    if stripped.endswith((".", ";", ":")) and not stripped.endswith("..."):
        odds -= 1.5
    odds -= min(3.0, 1.5 * len(_SENTENCE_BREAK.findall(text)))
    odds -= min(2.0, 0.7 * len(_VOICE.findall(text)))
    if _ADDRESS.search(text) or _LEAD.match(text):
        odds -= 3.0
    first = next((c for c in text if c.isalpha()), "")
    return odds - (0.5 if first.islower() and " " in stripped else 0.0)


def roles(paragraphs: Sequence[str], *, alone: bool = False) -> list[Role]:
    """Return the role of each paragraph of a stretch that should begin with a title.

    `alone` says that the stretch is one paper, unless its paragraphs clearly say otherwise.
    A stretch that begins with ABSTRACT begins with a paragraph whose title is lost.
    """
    if not paragraphs:
        return []

    def step(role: Role, following: Role) -> float:
        return _STEP[role][following] - (4.0 if alone and following is Role.TITLE else 0.0)

    odds = title_odds(paragraphs[0])
    best = {Role.TITLE: odds, Role.ABSTRACT: -odds + LOST, Role.MORE: -inf}
    back: list[dict[Role, Role]] = []
    for text in paragraphs[1:]:
        odds = title_odds(text)
        came = {role: max(Role, key=lambda r, role=role: best[r] + step(r, role)) for role in Role}  # type: ignore[misc]
        best = {r: best[came[r]] + step(came[r], r) + (odds if r is Role.TITLE else -odds) for r in Role}
        back.append(came)
    best[Role.TITLE] += _STEP[Role.TITLE][Role.TITLE]  # a last title has no abstract either
    path = [max(Role, key=lambda r: best[r])]
    for came in reversed(back):
        path.append(came[path[-1]])
    return path[::-1]
