"""What is no result, or another than it looks: shared parts and forms, mere size, concessions, denials."""

from __future__ import annotations

from kgraph.extract.relations.clauses import Token
from kgraph.extract.relations.cues import Cue
from kgraph.extract.relations.directions import higher_is_better
from kgraph.extract.relations.phrases import Named
from kgraph.extract.relations.tallies import is_number
from kgraph.extract.wordlists import words
from kgraph.model import ValueKind

_CHECKED = words(
    "semantics definition format formats interface formula architecture input inputs distribution distributions theory"
)
_SIZES = words("larger bigger deeper wider")


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


def is_size(tokens: tuple[Token, ...], cue: Cue) -> bool:
    """Return whether it is told how large a thing is, which is no result: "a network that is 8x deeper than X"."""
    k = cue.start - 1
    if cue.rule != "than" or tokens[k].low not in _SIZES:
        return False
    while k > 0 and (is_number(tokens[k - 1]) or tokens[k - 1].low in ("times", "up", "to", "much", "even", "far")):
        k -= 1
    subject = " ".join(t.low for t in tokens[max(0, k - 6) : max(0, k - 1)]).rpartition(",")[2]
    return k > 0 and tokens[k - 1].low in ("is", "are", "was", "were") and higher_is_better(subject) is None


def conceded(tokens: tuple[Token, ...], cue: Cue) -> bool:
    """Return whether a small disadvantage is owned up to: "only 18% lower than", "a mere 2% more energy than"."""
    for k in range(max(1, cue.start - 5), cue.start):
        quantity = tokens[k].quantity
        share = quantity is not None and quantity.kind in (ValueKind.PERCENT, ValueKind.POINTS)
        if share and {t.low for t in tokens[max(0, k - 2) : k]} & {"only", "just", "mere", "merely"}:
            return True
    return False


def denied(tokens: tuple[Token, ...], i: int) -> bool:
    """Return whether the words before position `i` deny what is said: "does not offer better performance than"."""
    near = [t.low for t in tokens[max(0, i - 7) : i]]
    for k, word in enumerate(near):
        if word in ("not", "never", "cannot", "hardly") and not {",", "only", "but", ";"} & set(near[k:]):
            return True
    return False
