"""Words that leave no doubt: that a paper introduces a name, that a name is others', and what a title calls the thing.

The classifier learns introductions from how names are used, and takes a name that the vocabulary knows for somebody
else's. "X: a system for ..." and "we propose X" overrule it: of 1,363 annotated names that a text presents so, in 1,981
papers, 2 were another's, and of 69 things that a title calls a system, a model or a data set all but one were that.
What a sentence defines in order to speak of it ("trained via Low Rank Whatever (LRW)") it does not introduce: of 26
such names 3 were the paper's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kgraph.model import Kind

REACH = 240
"""Characters before a name in which "we also propose the" may stand."""

# "We present $\textbf{X}$", "we present **X**": markup hides nothing.
_OPENING = r"(?:[$*_`'\"“‘{]|\\(?:text(?:bf|sc|it|tt|sf)|emph|math\w+|bf|sc|it)\b\s*)*"
_CLOSING = r"[$*_`'\"”’}]*"
_WE = (
    r"(?i:(?:\bwe|\bthis (?:paper|work|article)|\bthe (?:paper|authors?))\s+"
    r"(?:(?:\w+ly|also|then|further|thus|first|here|therefore|next)\s+){0,3}"
    r"(?:present|introduce|propose|develop|design|describe|unveil|release|build|create|construct|open-source)s?\s+)"
)
_THING = (
    r"(?:systems?|framework|engine|library|compiler|scheduler|accelerator|runtime|simulator|toolkit|platform|algorithm|"
    r"(?:micro)?architecture|infrastructure|tool|method|approach|stack|processor|kernel|protocol|technique|pipeline|"
    r"dataset|data set|benchmark|corpus|suite|models?|network|strategy|module|mechanism|policy|scheme|paradigm|family|"
    r"series|variant|layer|implementation|language)"
)
_LINK = r"(?:for|of|on|in|with|using|to|from|based|that|which|by|as|via|over|into|upon|at|under)\b(?!-)"
_ITEM = r"[A-Z][^\s,()]*(?:\s[A-Z0-9][^\s,()]*)?(?:\s\([^()]{1,40}\))?"
_NOUNS_BEFORE = rf"(?:(?!{_LINK})[\w/-]+,?\s+)"
_PRESENTED = re.compile(
    "(?:"
    + "|".join(
        (
            rf"{_WE}(?:(?i:the|an?)\s+)?",  # "we propose X"
            rf"{_WE}(?i:an?|the)\s+{_NOUNS_BEFORE}{{0,8}}?{_THING}[,:]?\s+",  # "we present an analytical tool, X"
            rf"(?:{_WE}(?:the\s+)?|\b[Rr]eleasing\s+)(?:{_ITEM}(?:,\s(?:and\s)?|\sand\s)(?:the\s+)?){{1,4}}",
            rf"(?i:\bour|\bthe (?:resulting|proposed))\s+{_NOUNS_BEFORE}{{0,4}}?{_THING},?\s+(?:i\.e\.,?\s+)?",
            r"(?i:\bthe (?:resulting|proposed)\s+)",
            r"(?i:\bwe|\bthis (?:paper|work)|\bour)\b[^.;]{0,60}?\b(?:present|propos|introduc|develop|design|devis|"
            r"creat|buil|describ)\w*\b[^.;]{1,170}\b(?:called|named|termed|dubbed)\s+(?:as\s+)?",
        )
    )
    + rf"){_OPENING}$"
)
_HINTS = re.compile(r"\b(?:we|our|paper|work|article|authors?|releasing|the (?:resulting|proposed))\b", re.IGNORECASE)
_AS_A_WHOLE = re.compile(
    _CLOSING + r"\s*(?:[,.(;:]|$|(?:-{1,2}|[–—])\s|(?:an?|the|for|to|on|in|that|which|as|and|with|by)\b)"
)
_PRESENTED_THE = re.compile(rf"{_WE}the\s+{_OPENING}$")
_THING_AFTER = re.compile(rf"{_CLOSING}\s+(?:{_THING})\b")
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z$\\(])")


def presented(text: str, spans: Iterable[tuple[int, int]]) -> bool:
    """Return whether one of `spans` of `text` is what "we propose X," or "this paper presents a tool, X" speaks of."""
    return any(_is_presented(text, start, end) for start, end in spans)


def _is_presented(text: str, start: int, end: int) -> bool:
    if _AS_A_WHOLE.match(text, end) is not None:
        presents = _PRESENTED
    elif _THING_AFTER.match(text, end) is not None:
        presents = _PRESENTED_THE
    else:
        return False
    before = _sentence_before(text, start)
    return _HINTS.search(before) is not None and presents.search(before) is not None


def _sentence_before(text: str, start: int) -> str:
    """Return what stands before position `start` in its sentence, the last `REACH` characters at most."""
    before = text[max(0, start - REACH) : start]
    ends = list(_SENTENCE_END.finditer(before))
    return before[ends[-1].end() :] if ends else before


_DEFINED = re.compile(r"s?\s*\([^()]{1,40}\)")
_TOLD = re.compile(
    r"s?\s*\([^()]{1,40}\)\s+(?!(?:is|are) (?:an? |the )?(?:new|novel|first))"
    r"(?:is|are|was|were|has|have|had|can|in|for|[a-z]+s|(?:is|are|has|have) \w+)\b"
)
_BORROWED = re.compile(
    r"(?:\b(?:via|known as|such as|used?|leverag(?:e|es|ing)|than|between|recently proposed)|\be\.g\.,?)\s+"
    r"(?:the |an? )?$"
)
_BORROWED_IF_DEFINED = re.compile(r"\b(?:on|by|using|from|existing|standard)\s+(?:the |an? )?$")
_CITED = re.compile(r"s?\s*(?:\([^()]{1,40}\)\s*)?(?:\[\d+(?:\s*[,–-]\s*\d+)*\]|~?\\cite)")
_NEW = re.compile(
    r"\b(?:novel|new|our|ours|propos\w*|introduc\w*|present\w*|called|named|termed|dubbed|develop\w*|design\w*)\b",
    re.IGNORECASE,
)


def borrowed(text: str, spans: Iterable[tuple[int, int]]) -> bool:
    """Return whether `text` speaks of the first of `spans` as of something that was there before.

    So does a reference behind the name ("X [12]"), and a sentence that begins by defining it ("Low Rank Whatever (LRW)
    is ...") or that says what was used or outdone with it ("tuned via Low Rank Whatever (LRW)"), with no word of
    novelty before.
    """
    start, end = min(spans, default=(0, 0))
    if end == 0:
        return False
    if _CITED.match(text, end) is not None:
        return True
    before = _sentence_before(text, start)
    if not before.strip():
        return _TOLD.match(text, end) is not None
    if _BORROWED.search(before) is None and (
        _BORROWED_IF_DEFINED.search(before) is None or _DEFINED.match(text, end) is None
    ):
        return False
    return _NEW.search(before) is None


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


_NAMED = re.compile(
    r"\b(?:an?|our|the|new|novel|another|first|two|three) (?:[\w/-]+,? ){0,7}?(?P<noun>[a-z]+),? "
    r"(?:\(|which (?:we|is) )?(?:called|named|dubbed|termed|entitled|coined)(?: as)?(?: the)? " + _OPENING + "$"
)
_OF_IT = (
    rf"(?:(?!{_LINK}|(?:where|whose|when|while|what|is|are|an?|the|our|its|stage|training|(?:spann|compris|consist|leverag|combin|"
    r"enabl|includ|integrat)ing)\b)[\w/'-]+,? )"
)
_APPOSED = re.compile(
    _CLOSING + r"\s*(?:\([^()]{1,80}\))?\s*(?:,|(?P<is>is)|-{1,2}|—|–)\s*(?:an?|the first|the)\s"
    rf"{_OF_IT}{{0,8}}?(?P<of>{_OF_IT})?(?:(?P<data>dataset|corpus|benchmark)|(?P<noun>model|network)(?!\sand\b))"
    r"(?=\s*(?:[.,;:]|$)|\s(?:that|which|of|for|to|with|in|on|from|and|where|by|as|(?:compris|consist|contain|spann|cover|featur|"
    r"leverag|combin|us)ing|[a-z]+ed|built)\b)"
)
_PART_OF = re.compile(r"\b(?:of|in|with|for|by|on|from|to|than)\s(?:the\s)?[$*\"'`“]*$")
_TELLING = {
    "network": Kind.MODEL,
    "model": Kind.MODEL,
    **dict.fromkeys(("dataset", "corpus", "benchmark"), Kind.DATASET),
}
_UNTRAINED = re.compile(
    r"(?:programming|machine|power|energy|analytic\w*|performance|cost|execution|memory|mathematical|consistency|threat|kinematic\w*|"
    r"interconnect\w*|interconnection|sensor|wireless|on-chip|mesh|social|road|teacher|queu\w+|timing|computation\w*) $"
)


def named_as(text: str, spans: Iterable[tuple[int, int]]) -> Kind | None:
    """Return what "a new dataset called X" or "X, a new dataset" calls one of `spans` of `text`, or None.

    Only nouns of data sets and of trained networks count: a method, a framework or an approach may be of any kind. Of
    120 annotated names that a text calls a data set so all were that, of 76 that it calls a model or a network 65, most
    others being models of the sort that `_UNTRAINED` excludes.
    """
    return next((kind for span in spans if (kind := _named_as(text, *span)) is not None), None)


def _named_as(text: str, start: int, end: int) -> Kind | None:
    before = _sentence_before(text, start)
    found = _NAMED.search(before)
    if found is not None:
        return _TELLING.get(found["noun"])
    found = _APPOSED.match(text, end, end + REACH)
    if found is None or (found["is"] and _PART_OF.search(before)):
        return None
    return Kind.DATASET if found["data"] else None if _UNTRAINED.match(found["of"] or "") else Kind.MODEL
