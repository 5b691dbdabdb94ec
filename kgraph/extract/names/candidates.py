"""Spans of a text that might be names, by the shape of their words; generous, since a classifier decides later.

Runs of capitalised, mixed-case and numbered words inside a sentence give all their parts as candidates. Words that hang
together with a hyphen ("Qwen-based", "multi-vLLM") give the name without the common part as well.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kgraph.extract.memo import Memo
from kgraph.extract.names.tokens import Class, Tokens
from kgraph.extract.wordlists import words

_LONGEST = 5  # words of a name within a run
_WHOLE = 9  # words of a run that may be one name
_LINKS = words("of for the in to on and with from is")
_RANGE = words("- – — ~")
_FUNCTION = words(
    """
    a an the this that these those we our i it its they their he she you your in on at by for from with without to
    of as and or but nor so yet if when while where whereas which who whose what why how than then thus hence
    however moreover furthermore additionally finally first second third firstly secondly lastly next also
    although though because since unlike despite through via using based under over into across among between
    within during after before both each every all any some many most several such no not only even more less one
    two three four five such here there now can could may might must should will would do does did is are was were
    be been being has have had specifically notably importantly experiments results recent recently existing
    current given consequently therefore meanwhile instead besides overall compared extensive experimental
    empirically crucially beyond to towards toward particularly together whether once inspired motivated building
    unfortunately traditional modern conventional prior previous
    """
)
_SUFFIX = re.compile(
    r"(.+?)[-‐‑]([a-z]{3,}|Aware|Based|Centric|Driven|Enabled|Enhanced|Free|Guided|Inspired|Level|Like|Oriented|Powered"
    r"|Specific|Style)\Z"
)
_PREFIX = re.compile(
    r"(?:multi|non|pre|post|cross|inter|intra|per|single|dual|many|anti|sub|super|meta|self|co|re|un|semi|quasi|mini|all)[-‐‑]([A-Z].*)\Z"
)
_WELDED = re.compile(r"(.+?)[-‐‑](?:a|an|the|and|is|with|which|we|that|our)\Z")
_NAME_ENDINGS = words(
    """
    bench gym eval mini nano chat instruct coder turbo flash lite tiny small base large medium pro max plus net
    former lm vl hard verified thinking world lang agent opt perf gpu cpu
    """
)


class Span(NamedTuple):
    """A candidate: characters [start, end) of the text and tokens [i, j) that hold it; `part` if it cuts a token."""

    start: int
    end: int
    i: int
    j: int
    part: str = ""


def parts(word: str) -> tuple[tuple[int, int, str], ...]:
    """Return the (start, end, kind) of names inside one hyphenated word: "Qwen" of "Qwen-based"."""
    found: list[tuple[int, int, str]] = []
    suffix = _SUFFIX.match(word)
    if suffix and suffix[2] not in _NAME_ENDINGS:
        found.append((0, suffix.end(1), "-" + suffix[2]))
    prefix = _PREFIX.match(word)
    if prefix:
        found.append((prefix.start(1), len(word), "prefix"))
    return tuple(found)


_PARTS = Memo(parts)
_TELLING = re.compile(rb"[\x02-\x04]")  # a number, a capitalised word or what has the shape of a name


def _runs(tokens: Tokens) -> list[tuple[int, int]]:
    """Return the [i, j) of maximal runs of words that could belong to one name."""
    runs: list[tuple[int, int]] = []
    words, classes, starts, ends = tokens.words, tokens.classes, tokens.starts, tokens.ends
    size, row = len(words), bytes(classes)
    start = _TELLING.search(row)
    while start is not None:
        i = start.start()
        j = i + 1
        if classes[i] != Class.NAME and words[i].lower() in _FUNCTION:
            start = _TELLING.search(row, j)
            continue
        while j < size and tokens.sentence[j] == tokens.sentence[i]:
            if starts[j] - ends[j - 1] > 1 or (starts[j] == ends[j - 1] and words[j][0] not in "'’"):
                break
            if (
                classes[j] >= Class.NUMBER
                or (words[j] in _LINKS and j + 1 < size and classes[j + 1] >= Class.CAPITAL)
                or (words[j] in ("'s", "’s") and j + 1 < size and classes[j + 1] == Class.CAPITAL)
            ):
                j += 1
            else:
                break
        runs.append((i, j))
        start = _TELLING.search(row, j)
    return runs


def _inner(tokens: Tokens, i: int, j: int) -> set[int]:
    """Return the places between two capitalised words of a run, where no name begins or ends: "Page | Sharing"."""
    classes, links = tokens.classes, {k for k in range(i, j) if tokens.words[k] in _LINKS}
    return {
        k
        for k in range(i + 1, j)
        if classes[k] == classes[k - 1] == Class.CAPITAL
        and not (k == i + 1 and tokens.first[i])
        and not links & {k, k - 1}
    }


def candidates(tokens: Tokens, *, title: bool = False, inner: bool = False) -> list[Span]:
    """Return the candidate spans of a text in order of position; `title` says that it is a title.
    With `inner`, parts of runs of capitalised words count as well ("Page" and "Sharing" of "Page Sharing").

    In a title in title case only words that stand out there (and the part before a colon) count.
    """
    spans: list[Span] = []
    classes, starts, ends, words = tokens.classes, tokens.starts, tokens.ends, tokens.words
    size = len(words)
    for i, j in _runs(tokens):
        closed = _inner(tokens, i, j) if j - i > 1 and not (title or inner) else None
        for a in range(i, j):
            if closed and a in closed:
                continue
            plain = classes[a] < Class.CAPITAL or (classes[a] == Class.CAPITAL and words[a].lower() in _FUNCTION)
            if plain and not (classes[a] == Class.NUMBER and a + 1 < j and classes[a + 1] >= Class.CAPITAL):
                continue
            lengths = range(a + 1, min(j, a + _LONGEST) + 1)
            for b in (*lengths, j) if a == i and _LONGEST < j - i <= _WHOLE else lengths:
                if closed and b in closed:
                    continue
                last = classes[b - 1]
                if last == Class.LOWER or last == Class.SIGN or (b == a + 1 and last == Class.NUMBER):
                    continue
                if last == Class.NUMBER and b < size and words[b] in _RANGE and starts[b] == ends[b - 1]:
                    continue  # "Qwen3 0.6B--14B" are many, and Qwen3
                welded = _WELDED.match(words[b - 1]) if last == Class.NAME else None
                if welded:  # "ZapServe-a serving system", where a dash lost its spaces
                    spans.append(Span(starts[a], starts[b - 1] + welded.end(1), a, b))
                    continue
                spans.append(Span(starts[a], ends[b - 1], a, b))
                if last == Class.NAME and b - a <= 3:
                    for left, right, kind in _PARTS[words[b - 1]]:
                        if b == a + 1 or kind != "prefix":
                            begin = starts[a] if b > a + 1 else starts[a] + left
                            spans.append(Span(begin, starts[b - 1] + right, a, b, kind))
                elif last == Class.CAPITAL and "-" in words[b - 1] and b - a <= 3:
                    for left, right, kind in _PARTS[words[b - 1]]:
                        begin = starts[a] if b > a + 1 else starts[a] + left
                        spans.append(Span(begin, starts[b - 1] + right, a, b, kind))
    more = _head(tokens) + _called(tokens) if title else _called(tokens) + _proposed(tokens)
    return list(dict.fromkeys(spans + more)) if more else spans


def _head(tokens: Tokens) -> list[Span]:
    """Return the part of a title before its colon, or nothing."""
    for j, word in enumerate(tokens.words[:9]):
        if word == ":" and 0 < j <= 7:
            return [Span(tokens.starts[0], tokens.ends[j - 1], 0, j, "head" if _lower(tokens, 0, j) else "")]
        if word in ("-", "--", "–", "—") and 0 < j <= 3 and tokens.starts[j] > tokens.ends[j - 1]:
            return [Span(tokens.starts[0], tokens.ends[j - 1], 0, j)]
    return []


def _lower(tokens: Tokens, i: int, j: int) -> bool:
    return any(c == Class.LOWER for c in tokens.classes[i:j])


_CALLING = words("called named dubbed termed coined entitled titled")
_STOPS = words(
    """
    and or which that to for with in on by as using from is are can where at of we it based via through the a an
    """
)


def _called(tokens: Tokens) -> list[Span]:
    """Return what stands after "called" and the like up to the next sign or small word, whatever its shape."""
    spans: list[Span] = []
    words = tokens.words
    if _CALLING.isdisjoint(words):
        return spans
    for i, word in enumerate(words):
        if word not in _CALLING or i + 1 >= len(words):
            continue
        a = i + 1
        while a < len(words) and words[a] in ("`", "'", '"', "“", "‘", "the", "as", "*"):
            a += 1
        b = a
        while b < len(words) and b < a + 6 and tokens.classes[b] != Class.SIGN and words[b] not in _STOPS:
            b += 1
        if b > a and tokens.classes[a] == Class.LOWER and b - a <= 5:
            spans.append(Span(tokens.starts[a], tokens.ends[b - 1], a, b, "called"))
    return spans


_PROPOSING = words("propose present introduce release open-source proposes presents introduces")
_PROPOSERS = words("we also further paper work")
_EXPLAINED = words("a an the our which")


def _proposed(tokens: Tokens) -> list[Span]:
    """Return the lower-case words of "we introduce polymath learning, a framework", which may be a name."""
    words, classes = tokens.words, tokens.classes
    if _PROPOSING.isdisjoint(words):
        return []
    spans: list[Span] = []
    for i, word in enumerate(words):
        if word not in _PROPOSING or i == 0 or words[i - 1].lower() not in _PROPOSERS:
            continue
        a = b = i + 1
        while b < len(words) and b < a + 5 and classes[b] == Class.LOWER and words[b] not in _STOPS:
            b += 1
        if a < b and b + 1 < len(words) and words[b] == "," and words[b + 1] in _EXPLAINED:
            spans.append(Span(tokens.starts[a], tokens.ends[b - 1], a, b, "proposed"))
    return spans
