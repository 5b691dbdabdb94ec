"""Likeness that is no result: bounds that are met, outputs that agree, parts that are shared."""

from __future__ import annotations

from kgraph.extract.clauses import Token
from kgraph.extract.cues import Cue
from kgraph.extract.phrases import Named
from kgraph.extract.wordlists import words

_CHECKED = words(
    """
    bound bounds complexity complexities guarantee guarantees output outputs reference references semantics definition
    format formats interface bitwise bit-exact bit-exactly bit-for-bit token-for-token exactly numerically formula
    architecture input inputs distribution distributions theory prediction predictions
    """
)


def checks(tokens: tuple[Token, ...], cue: Cue, named: Named) -> bool:
    """Return whether what matches is no result: "matches the bound of X", "outputs match X bit for bit"."""
    if tokens[cue.start].low == "matching" and cue.start and tokens[cue.start - 1].low == "and":
        after = tokens[cue.end]
        if after.mention is None and after.low not in ("the", "a", "an", "or", "even", "that", "those", "prior"):
            return True  # "noise and matching encoder outputs"
    ahead = [t.low for t in tokens[cue.start : named.end + 6]]
    for k, word in enumerate(ahead):
        if k > named.end - cue.start and word in (",", ";", "while", "and", "with", "on", "in"):
            break
        if k >= named.end - cue.start and word in ("upper", "bound", "bounds"):
            break  # "matches the X upper bound": X itself bounds what can be reached
        if word in _CHECKED or (word == "for" and 0 < k < len(ahead) - 1 and ahead[k - 1] == ahead[k + 1]):
            return True
    return any(
        t.low in ("output", "outputs", "semantics", "bound", "complexity")
        for t in tokens[max(0, cue.start - 2) : cue.start]
    )
