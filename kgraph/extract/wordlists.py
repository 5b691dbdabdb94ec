"""Word lists and patterns of words, written as plain text."""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """Return the words of a text that white space separates."""
    return frozenset(text.split())


def alternatives(text: str) -> re.Pattern[str]:
    """Return a pattern that matches a whole word that is one of the patterns which white space separates in `text`."""
    return re.compile(f"(?:{'|'.join(text.split())})$")
