"""What somebody who mistyped a command or an option may have meant."""

from __future__ import annotations

from collections.abc import Iterable


def near(typed: str, known: Iterable[str]) -> list[str]:
    """Return the names that `typed` begins, or that are one slip away from it, two in a longer word; nearest first.

    A slip is a letter too many, too few, wrong, or changed with its neighbour (optimal string alignment).
    """
    from rapidfuzz.distance import OSA

    word = typed.lstrip("-").casefold()
    slips = 1 if len(word) < 5 else 2
    found = []
    for name in known:
        other = name.lstrip("-")
        distance = OSA.distance(word, other, score_cutoff=slips)
        if distance <= slips and distance < len(word):
            found.append((distance, name))
        elif len(word) > 2 and other.startswith(word):
            found.append((slips + 1, name))
    return [name for _, name in sorted(found)]
