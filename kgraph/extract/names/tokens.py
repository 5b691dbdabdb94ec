"""A text as a row of tokens: words with their inner hyphens and dots, LaTeX commands, and single signs.

One regular expression whose alternatives begin with different characters, so that time is linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from kgraph.extract.memo import Memo
from kgraph.text import sentences

# "Qwen2.5-VL-7B", "M\'elange", "\pi_{0.5}", "tau^2-Bench", "C++", "CPM.cu"; a dot joins only before a digit or a
# short lower-case ending, so that a missing space after a sentence does not weld two of them.
_TOKEN = re.compile(
    r"(\\(?:[A-Za-z]+|[^\s\w])"
    r"|[^\W_]+(?:[-_'’&+@‐‑][^\W_]+|\.(?:[0-9][^\W_]*|[a-z]{1,9}(?![^\W_]))|\\['\"`^~=][^\W_]+|_\{[\w.]{1,8}\}"
    r"|\^\{?\w{1,4}\}?)*(?:\+{1,2}|\*)?"
    r"|[^\w\s]|_)"
)
_POSSESSIVE = re.compile("['’]s")
_SIZE = re.compile(r"[0-9][0-9.,]*(?:[a-z%]|[BMKTGx]|[a-z]{2,}|[-–][0-9.]+)*[%x×]?\Z")


class Class:
    """What a token looks like: plain numbers, since members of an enumeration take four times as long to look up."""

    SIGN: Final = 0
    LOWER: Final = 1
    NUMBER: Final = 2
    CAPITAL: Final = 3
    NAME: Final = 4


class Tokens(NamedTuple):
    """The tokens of one text as parallel rows: spelling, start, end, `Class`, and the index of the token's sentence.

    `sentences` holds (start, end) of each sentence, `opening` the index of its first token, and behind them the number
    of tokens; `first[i]` says that a token opens its sentence.
    """

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    classes: list[int]
    sentence: list[int]
    first: list[bool]
    sentences: list[tuple[int, int]]
    opening: list[int]


def class_of(word: str) -> int:
    """Return what `word` looks like: NAME for "vLLM", "GPT-4", "any4"; CAPITAL for "Tangram"; NUMBER for "7B"."""
    head = word[0]
    if word.isalpha() and word.isascii() and (word[1:].islower() or len(word) == 1):  # most words
        return Class.LOWER if head.islower() else Class.CAPITAL
    if not (head.isalnum() or head == "\\"):
        return Class.SIGN
    if head == "\\":
        return Class.LOWER if len(word) > 2 else Class.SIGN
    upper = sum(c.isupper() for c in word)
    if head.isdigit():
        if upper >= 2 and not _SIZE.match(word):
            return Class.NAME
        return Class.NUMBER
    if head.isupper():
        if upper > 1 or any(c.isdigit() for c in word):
            return Class.NAME if len(word) > 1 else Class.CAPITAL
        return Class.CAPITAL
    if upper or any(c.isdigit() for c in word) or not head.isascii():
        return Class.NAME if len(word) > 1 else Class.CAPITAL
    if ("_" in word or "." in word) and len(word) > 4:  # "sched_ext", "torch.compile"
        return Class.NAME
    return Class.LOWER


_CLASSES = Memo(class_of)


def _parted(text: str, pieces: list[str]) -> list[str]:
    """Return the gaps and words of a text with each possessive "'s" parted from its word by an empty gap."""
    ends = list(accumulate(map(len, pieces)))
    parted: list[str] = []
    done = 0
    for possessive in _POSSESSIVE.finditer(text):
        k = bisect_left(ends, possessive.end())
        if ends[k] == possessive.end() and len(pieces[k]) > 2:
            parted += pieces[done:k]
            parted += (pieces[k][:-2], "", pieces[k][-2:])
            done = k + 1
    return parted + pieces[done:]


def tokenize(text: str) -> Tokens:
    """Return the tokens of `text` with their sentences. A possessive "'s" is a token of its own."""
    pieces = _TOKEN.split(text)  # gap, word, gap, ..., gap
    if "'s" in text or "’s" in text:
        pieces = _parted(text, pieces)
    edges = list(accumulate(map(len, pieces)))
    words, starts, ends = pieces[1::2], edges[:-1:2], edges[1::2]
    size, spans = len(words), sentences(text)
    opening = [0, *[bisect_left(starts, start) for start, _ in spans[1:]], size]
    sentence: list[int] = []
    first = [False] * size
    for number, (i, j) in enumerate(pairwise(opening)):
        if i < j:
            first[i] = True
            sentence += [number] * (j - i)
    return Tokens(text, words, starts, ends, [*map(_CLASSES.__getitem__, words)], sentence, first, spans, opening)


def token_range(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    """Return the [i, j) of the tokens that touch characters [start, end)."""
    i = bisect_left(tokens.starts, start)
    if i and tokens.ends[i - 1] > start:
        i -= 1
    return i, bisect_left(tokens.starts, end)
