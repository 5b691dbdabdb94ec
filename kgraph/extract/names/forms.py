"""Where given phrases stand in a text, in whatever case and in the plural as well."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator


def standing(text: str, forms: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, form) from left to right where one of `forms`, or its plural, stands as whole words.

    `forms` are in lower case. Of two that begin at one place the longer counts; what is found does not overlap.
    """
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    if text.isascii() and all(map(str.isascii, ordered)):
        yield from _in_plain(text.lower(), ordered)
        return
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, ordered))})s?(?!\w)", re.IGNORECASE)
    for match in pattern.finditer(text):
        yield match.start(), match.end(), match[1].lower()


def _in_plain(lower: str, ordered: list[str]) -> Iterator[tuple[int, int, str]]:
    """Do the same in a text of ASCII letters, where it takes a fraction of the time that the pattern is built in."""
    places: list[tuple[int, int, str]] = []
    for rank, form in enumerate(ordered):
        start = lower.find(form)
        while start >= 0:
            places.append((start, rank, form))
            start = lower.find(form, start + 1)
    last = 0
    for start, _, form in sorted(places):
        end = start + len(form)
        end += lower.startswith("s", end)
        if start >= last and not _is_word(lower[start - 1 : start]) and not _is_word(lower[end : end + 1]):
            yield start, end, form
            last = end


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"
