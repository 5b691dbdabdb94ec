"""Where the numbers of a sentence stand, and which of them are lists: "97x and 46x"."""

from __future__ import annotations

from collections.abc import Sequence

from kgraph.extract.relations.clauses import Token
from kgraph.extract.wordlists import words

LINKS = words(", and or / & over up to about around by more than nearly approximately roughly ~ an average of")
"""What may stand between the numbers of a list."""


def numbers(tokens: tuple[Token, ...], start: int, end: int) -> list[int]:
    """Return the positions of the numbers in [start, end)."""
    return [i for i in range(max(0, start), min(end, len(tokens))) if tokens[i].quantity is not None]


def runs(tokens: tuple[Token, ...], at: Sequence[int]) -> list[list[int]]:
    """Group number positions into lists, "97x and 46x" being one; asides in brackets are left out."""
    out: list[list[int]] = []
    depth_free = [i for i in at if not _in_brackets(tokens, i)]
    for i in depth_free:
        if (
            out
            and len(out[-1])
            and i - out[-1][-1] <= 12
            and all(t.low in LINKS or t.quantity is not None for t in _outside_brackets(tokens, out[-1][-1] + 1, i))
        ):
            out[-1].append(i)
        else:
            out.append([i])
    return out


def _in_brackets(tokens: tuple[Token, ...], i: int) -> bool:
    for j in range(i - 1, max(-1, i - 10), -1):
        if tokens[j].low == ")":
            return False
        if tokens[j].low == "(":
            return True
    return False


def _outside_brackets(tokens: tuple[Token, ...], start: int, end: int) -> list[Token]:
    out: list[Token] = []
    depth = 0
    for t in tokens[start:end]:
        if t.low == "(":
            depth += 1
        elif t.low == ")":
            depth = max(0, depth - 1)
        elif not depth:
            out.append(t)
    return out
