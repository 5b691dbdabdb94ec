"""Words that leave no doubt that a paper introduces a name, however well known the name has become since.

The classifier learns introductions from how names are used, and takes a name that the vocabulary knows for somebody
else's. These two forms overrule it: in 1,000 annotated papers no name in either of them was another's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

REACH = 72
"""Characters before a name in which "we also propose the" may stand."""

_PRESENTED = re.compile(
    r"(?:\bwe|\bthis (?:paper|work|article)|\bthe (?:paper|authors?))\s+"
    r"(?:(?:\w+ly|also|then|further|thus|first|here|therefore|next)\s+){0,3}"
    r"(?:present|introduce|propose|develop|design|describe|unveil|release|build|create|construct|open-source)s?\s+"
    r"(?:the\s+|an?\s+)?$",
    re.IGNORECASE,
)
_AS_A_WHOLE = re.compile(r"\s*(?:[,.(;:]|$|(?:-{1,2}|[–—])\s|(?:an?|the|for|to|on|in|that|which|as|and|with|by)\b)")


def presented(text: str, spans: Iterable[tuple[int, int]]) -> bool:
    """Return whether one of `spans` of `text` is what "we propose X," or "this paper presents X, a ..." speaks of."""
    return any(
        _AS_A_WHOLE.match(text, end) is not None and _PRESENTED.search(text[max(0, start - REACH) : start]) is not None
        for start, end in spans
    )
