"""Words that leave no doubt: that a paper introduces a name, and what it calls the thing.

The classifier learns introductions from how names are used, and takes a name that the vocabulary knows for somebody
else's. "X: a system for ..." and "we propose X" overrule it: in 1,000 annotated papers no such name was another's, and
of 69 things that a title calls a system, a model or a data set all but one were that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kgraph.model import Kind

REACH = 72
"""Characters before a name in which "we also propose the" may stand."""

# "We present $\textbf{X}$", "we present **X**": markup hides nothing.
_OPENING = r"(?:[$*_`'\"“‘{]|\\(?:text(?:bf|sc|it|tt|sf)|emph|math\w+|bf|sc|it)\b\s*)*"
_CLOSING = r"[$*_`'\"”’}]*"
_PRESENTED = re.compile(
    r"(?:\bwe|\bthis (?:paper|work|article)|\bthe (?:paper|authors?))\s+"
    r"(?:(?:\w+ly|also|then|further|thus|first|here|therefore|next)\s+){0,3}"
    r"(?:present|introduce|propose|develop|design|describe|unveil|release|build|create|construct|open-source)s?\s+"
    r"(?:the\s+|an?\s+)?" + _OPENING + "$",
    re.IGNORECASE,
)
_AS_A_WHOLE = re.compile(
    _CLOSING + r"\s*(?:[,.(;:]|$|(?:-{1,2}|[–—])\s|(?:an?|the|for|to|on|in|that|which|as|and|with|by)\b)"
)


def presented(text: str, spans: Iterable[tuple[int, int]]) -> bool:
    """Return whether one of `spans` of `text` is what "we propose X," or "this paper presents X, a ..." speaks of."""
    return any(
        _AS_A_WHOLE.match(text, end) is not None and _PRESENTED.search(text[max(0, start - REACH) : start]) is not None
        for start, end in spans
    )


_NOUNS = {
    Kind.SYSTEM: """system framework engine library compiler scheduler accelerator runtime simulator toolkit platform
        architecture infrastructure tool algorithm method approach stack processor middleware kernel optimizer toolchain
        protocol technique pipeline controller prefetcher cache interface""",
    Kind.DATASET: "dataset benchmark corpus suite testbed",
    Kind.MODEL: "model models network transformer",
}
_KIND = {noun: kind for kind, nouns in _NOUNS.items() for noun in nouns.split()}
_ARTICLE = re.compile(r"\s*(?:an?|the)\s+", re.IGNORECASE)
_WORD = re.compile(r"[\w/-]+")
_PHRASE_ENDS = re.compile(
    r"\s*(?:$|[,(]|(?:for|of|to|with|in|on|via|from|based|using|that|by|through|at|towards|under|over|and|or)\b)",
    re.IGNORECASE,
)

_GOES_ON = re.compile(r"\s*(?:,|and\b|or\b)", re.IGNORECASE)  # "a labelling and segmentation benchmark"


def called(subtitle: str) -> Kind | None:
    """Return what "a distributed serving system for ..." calls the thing: the kind of the noun that ends its phrase."""
    start = _ARTICLE.match(subtitle)
    if start is None:
        return None
    for word in _WORD.finditer(subtitle, start.end()):
        kind = _KIND.get(word[0].lower())
        if kind is not None and _PHRASE_ENDS.match(subtitle, word.end()):
            return kind
        if kind is None and _PHRASE_ENDS.match(subtitle, word.end()) and not _GOES_ON.match(subtitle, word.end()):
            return None
    return None
