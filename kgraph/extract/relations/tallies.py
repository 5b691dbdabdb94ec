"""Numbers within the phrase that names things: how big they are, and what they reach."""

from __future__ import annotations

from kgraph.extract.relations.clauses import Token
from kgraph.extract.relations.particles import JOIN, STOP
from kgraph.extract.wordlists import words
from kgraph.model import ValueKind

_BIGGER = words("larger smaller bigger heavier longer")
_HOLDERS = words("for by with from in")


def is_number(token: Token) -> bool:
    """Return whether the token is a number, understood as a quantity or not ("0.475")."""
    return token.quantity is not None or token.low[:1].isdigit()


def past_number(tokens: tuple[Token, ...], i: int, found: bool) -> int:
    """Return where a phrase goes on that holds the number at `i`, or 0 where the number ends it.

    It goes on behind a size ("the 671B X", "72B models such as X", "10 times larger models such as X") and behind what
    a thing reaches ("compared to 13.6% for X"); `found` says that a name came before, so that only an item of a list
    is looked for.
    """
    quantity = tokens[i].quantity
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None:
        return 0
    if quantity is None:
        return (0 if found else _reached(tokens, i)) or i + 1
    if quantity.kind is ValueKind.ABSOLUTE and after.mention is not None:
        return i + 1
    if found:
        return 0
    if quantity.kind is ValueKind.RATIO:
        return i + 1 if after.low in _BIGGER else 0
    reached = _reached(tokens, i)
    if reached:
        return reached
    plain = after.low.isalpha() and after.low not in STOP and after.low not in JOIN
    return i + 1 if quantity.kind is ValueKind.ABSOLUTE and plain else 0


def _reached(tokens: tuple[Token, ...], i: int) -> int:
    """Return where the thing is named that reaches the numbers at `i`: X in "13.6% for X", "64% identified by X"."""
    j = i + 1
    while j < min(len(tokens) - 1, i + 5) and (is_number(tokens[j]) or tokens[j].low in JOIN):
        j += 1
    if tokens[j].low.endswith("ed") and j + 1 < len(tokens) and tokens[j + 1].low == "by":
        j += 1
    return j + 1 if tokens[j].low in _HOLDERS and j + 1 < len(tokens) else 0
