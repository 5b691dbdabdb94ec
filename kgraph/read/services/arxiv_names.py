"""The arXiv's authors as it writes them in one text: "Ada Xu (1), Ben Yi (2) and Cy Ze ((1) A, (2) B)"."""

from __future__ import annotations

import re

_NOTE = re.compile(r"\s*\([^()]*\)")
_BETWEEN = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+")


def names(authors: str) -> tuple[str, ...]:
    """Return the names, without notes in parentheses."""
    text = " ".join(authors.split())
    while (shorter := _NOTE.sub("", text)) != text:
        text = shorter
    return tuple(name for name in _BETWEEN.split(text.strip(" ,")) if name and name.lower() != "et al.")
