"""Comparisons that go on without a new cue: "outperforms A by 3 points and B by 8", "13.6% for A and 5% for B"."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kgraph.extract.relations.clauses import Token
from kgraph.extract.relations.cues import Cue
from kgraph.extract.relations.phrases import Named, is_name, names_after
from kgraph.extract.relations.tallies import is_number, past_number
from kgraph.model import Kind, Mention

_ENDS = frozenset((";", ".", ":", "we", "it", "our", "while", "which", "that", "whereas", "but"))
REACH = 14


def further(tokens: tuple[Token, ...], cue: Cue, named: Named, skip: Collection[str]) -> Iterator[tuple[Cue, Named]]:
    """Yield what a comparison goes on with, each under a cue of its own that begins where the last one ended."""
    rule = _told_by(tokens, cue, named)
    while rule:
        start = _next(tokens, named, rule, skip)
        if not start:
            return
        cue = Cue(start, start + 1, cue.rule, cue.polarity)
        named = names_after(tokens, start + 1, skip)
        if not named.at:
            return
        yield cue, named


def _told_by(tokens: tuple[Token, ...], cue: Cue, named: Named) -> str:
    """Return the word that stands between each thing and its number, "by" or "for", or "" where none does."""
    if named.end < len(tokens) and tokens[named.end].low == "by" and _number_near(tokens, named.end + 1):
        return "by"
    if cue.end < named.at[0] and is_number(tokens[cue.end]):
        return "for"
    return ""


def _number_near(tokens: tuple[Token, ...], i: int) -> bool:
    return any(is_number(t) for t in tokens[i : i + 4])


def _next(tokens: tuple[Token, ...], named: Named, rule: str, skip: Collection[str]) -> int:
    """Return the position of the "and" or comma that the next thing with its number follows, or 0."""
    last = tokens[named.at[-1]].mention
    for j in range(named.end, min(len(tokens) - 1, named.end + REACH)):
        if tokens[j].low in _ENDS or (tokens[j].mention is not None and tokens[j].thing):
            return 0
        if tokens[j].low not in ("and", ",") or tokens[j + 1].low in ("and", ","):
            continue
        if rule == "for":
            return j if is_number(tokens[j + 1]) and past_number(tokens, j + 1, found=False) > j + 2 else 0
        k = next((k for k in range(j + 1, min(len(tokens) - 1, j + 8)) if is_name(tokens[k])), 0)
        if k and tokens[k].name not in skip and tokens[k + 1].low == "by" and _number_near(tokens, k + 2):
            following = tokens[k].mention
            alike = last is not None and following is not None and _is_hardware(last) == _is_hardware(following)
            return j if alike else 0
    return 0


def _is_hardware(mention: Mention) -> bool:
    return mention.kind is Kind.HARDWARE
