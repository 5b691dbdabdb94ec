"""The shortest stretch of a sentence that states a relation: from who it is about to the end of its clause."""

from __future__ import annotations

from kgraph.extract.relations.actors import clause_start
from kgraph.extract.relations.clauses import Sentence
from kgraph.extract.relations.particles import OWN_WORDS

_BREAKS = frozenset([";", ":", "while", "whereas", "but", "although", "which"])
_LEADING = frozenset((",", ".", ")", "and", "or", "]", "'s", "’s"))
_LEFT, _RIGHT = 28, 14


def span(sentence: Sentence, subject: str, first: int, last: int) -> tuple[int, int]:
    """Return the (start, end) offsets of the words that state a relation with cue, names and numbers in first..last.

    The stretch begins with the name or pronoun of its subject if that stands near before, else with the clause.
    """
    tokens = sentence.tokens
    floor = max(clause_start(tokens, first), first - _LEFT)
    begin = -1
    if any(t.name == subject for t in tokens[first : last + 1]):
        begin = first
    for j in range(first - 1, floor - 1, -1):
        if begin < 0 and (tokens[j].name == subject or tokens[j].low in OWN_WORDS):
            begin = j
    if begin < 0:
        comma = next((j for j in range(first - 1, floor - 1, -1) if tokens[j].low in (",", "(", ":")), floor - 1)
        begin = min(comma + 1, first)
    while begin > floor and tokens[begin].low.startswith("-"):
        begin -= 1
    while begin < first and (tokens[begin].low in _BREAKS or tokens[begin].low in _LEADING):
        begin += 1
    stop = _stop(sentence, begin, last)
    begin = _opened(sentence, begin, stop, floor)
    return tokens[begin].start, tokens[stop].end


def _stop(sentence: Sentence, begin: int, last: int) -> int:
    """Return the position where the clause ends that the token at `last` stands in, brackets closed."""
    tokens = sentence.tokens
    depth = 0
    for t in tokens[begin : last + 1]:
        depth = max(0, depth + (t.low == "(") - (t.low == ")"))
    stop = last
    for j in range(last + 1, min(len(tokens), last + 1 + _RIGHT)):
        low = tokens[j].low
        if not depth and (low in _BREAKS or low in (",", "and", ".", ")", "(")):
            if low == "," and j + 1 < len(tokens) and tokens[j + 1].low == "respectively":
                stop = j + 1
            break
        depth = max(0, depth + (low == "(") - (low == ")"))
        stop = j
    return stop


def _opened(sentence: Sentence, begin: int, stop: int, floor: int) -> int:
    """Return `begin`, moved before the bracket that a ")" in the stretch closes."""
    tokens = sentence.tokens
    depth = lowest = 0
    for t in tokens[begin : stop + 1]:
        depth += (t.low == "(") - (t.low == ")")
        lowest = min(lowest, depth)
    while lowest < 0 and begin > floor:
        begin -= 1
        lowest += tokens[begin].low == "("
        if lowest == 0:
            return max(floor, begin - 1)
    return begin
