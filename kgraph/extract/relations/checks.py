"""Likeness that is no result: parts and forms that are shared, and outputs that merely agree."""

from __future__ import annotations

from kgraph.extract.relations.clauses import Token
from kgraph.extract.relations.cues import Cue
from kgraph.extract.relations.phrases import Named
from kgraph.extract.wordlists import words

_CHECKED = words(
    "semantics definition format formats interface formula architecture input inputs distribution distributions theory"
)


def checks(tokens: tuple[Token, ...], cue: Cue, named: Named) -> bool:
    """Return whether what matches is no result: "the same architecture as X", "matches the input format of X"."""
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
        if word in _CHECKED:
            return True
    return cue.start > 0 and tokens[cue.start - 1].low in ("output", "outputs", "semantics")
