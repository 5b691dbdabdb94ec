"""Names of people as sources write them, in reading order."""

from __future__ import annotations

import re

_NOTE = re.compile(r"\s*\([^()]*\)")
_AND = re.compile(r",?\s+(?:and|&)\s+")
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_BETWEEN = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+")


def turned(name: str) -> str:
    """Return "Ben Yi Jr." for "Yi, Ben, Jr." and "Ben Yi" for "Ben Yi"."""
    last, comma, rest = name.partition(",")
    first, _, suffix = rest.partition(",")
    return " ".join(f"{first} {last} {suffix}".split()) if comma else " ".join(name.split())


def listed(authors: str) -> tuple[str, ...]:
    """Return the names of the arXiv's one text: "Ada Xu (1), Ben Yi (2) and Cy Ze ((1) A, (2) B)"."""
    text = " ".join(authors.split())
    while (shorter := _NOTE.sub("", text)) != text:
        text = shorter
    return tuple(name for name in _BETWEEN.split(text.strip(" ,")) if name and name.lower() != "et al.")


def from_text(authors: str) -> tuple[str, ...]:
    """Return the names of one text: with ";", "|", "and" or "," between them, or as a list that a spreadsheet kept.

    "Xu, Ada" is one name; "Ada Xu, Ben Yi" are two, because what stands between commas has several words.
    """
    whole = " ".join(authors.split())
    if not whole:
        return ()
    if whole.startswith("[") and whole.endswith("]") and (quoted := _QUOTED.findall(whole)):
        return tuple(turned(a or b) for a, b in quoted if a or b)
    for mark in (";", "|"):
        if mark in whole:
            return tuple(name for name in map(turned, whole.split(mark)) if name)
    names: list[str] = []
    for part in _AND.split(whole):
        pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
        several = sum(" " in piece for piece in pieces) * 2 > len(pieces)
        names += pieces if several else [turned(", ".join(pieces))]
    return tuple(filter(None, names))
