"""What is no name, however it looks: authors who are cited, and phrases that only open a title.

The classifier sees three words to either side; these rules look at a reference as a whole ("Stock and Yogo (2005)") and
at the whole abstract. In 12,000 abstracts of all fields they refuse 18 authors, who all were, and 55 openings, of which
seven were names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_NAME = r"[A-Z][a-zà-ÿ]+(?:-[A-Z][a-zà-ÿ]+)?"
_AUTHOR = re.compile(rf"{_NAME}\Z")
_REFERENCE = r"\s*(?:\[\d[\d, –-]*\]|[\[(,]?\s*(?:19|20)\d\d[a-z]?\b)"
_CITED = re.compile(rf"(?:'s|’s)?(?:,? et al\b| \[\d+\], (?:19|20)\d\d|,? (?:and|&) {_NAME}(?:'s|’s)?,?{_REFERENCE})")
_NUMBERED = re.compile(_REFERENCE)
_COAUTHOR = re.compile(rf"\b{_NAME},? (?:and|&) \Z")
_BY = re.compile(
    r"\b(?:(?:proposed|introduced|described|developed|derived|studied|presented|shown|given|obtained|established|used|due)"
    r" (?:by|to)|(?:method|approach|algorithm|work|results?|theorem|bounds?|technique|framework|analysis|idea)s? "
    r"(?:of|by|from))\s\Z"
)


def is_author(text: str, start: int, end: int) -> bool:
    """Return whether `text[start:end]` is an author who is cited: "X et al.", "Y and X [3]", "proposed by X (1999)"."""
    if not _AUTHOR.match(text, start, end):
        return False
    if _CITED.match(text, end):
        return True
    before = text[max(0, start - 50) : start]
    return _NUMBERED.match(text, end) is not None and (
        _COAUTHOR.search(before) is not None or _BY.search(before) is not None
    )


_PLAIN = re.compile(r"[A-Z]?[a-z]+(?:-[A-Za-z]?[a-z]+)*(?:\s[A-Z]?[a-z]+(?:-[A-Za-z]?[a-z]+)*)+\Z")


def only_opens(head: str, surfaces: Iterable[str], abstract: str) -> bool:
    """Return whether a thing is but a phrase of ordinary words before the colon of a title, `head`, that the abstract
    never uses: "When Caches Lie: ..." names nothing."""
    return (
        all(surface == head for surface in surfaces)
        and _PLAIN.match(head) is not None
        and (head.lower() not in abstract.lower())
    )
