"""A text as a row of tokens: words with their inner hyphens and dots, LaTeX commands, and single signs.

One regular expression whose alternatives begin with different characters, so that time is linear in the text.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from kgraph.text import sentences

# "Qwen2.5-VL-7B", "M\'elange", "\pi_{0.5}", "tau^2-Bench", "C++", "CPM.cu"; a dot joins only before a digit or a
# short lower-case ending, so that a missing space after a sentence does not weld two of them.
_TOKEN = re.compile(
    r"\\(?:[A-Za-z]+|[^\s\w])"
    r"|[^\W_]+(?:[-_'’&+@‐‑][^\W_]+|\.(?:[0-9][^\W_]*|[a-z]{1,9}(?![^\W_]))|\\['\"`^~=][^\W_]+|_\{[\w.]{1,8}\}"
    r"|\^\{?\w{1,4}\}?)*(?:\+{1,2}|\*)?"
    r"|[^\w\s]|_"
)
_POSSESSIVE = ("'s", "’s")
_SIZE = re.compile(r"[0-9][0-9.,]*(?:[a-z%]|[BMKTGx]|[a-z]{2,}|[-–][0-9.]+)*[%x×]?\Z")


class Class(IntEnum):
    """What a token looks like."""

    SIGN = 0
    LOWER = 1
    NUMBER = 2
    CAPITAL = 3
    NAME = 4


class Tokens(NamedTuple):
    """The tokens of one text as parallel rows: spelling, start, end, class, and the index of the token's sentence.

    `sentences` holds (start, end) of each sentence; `first[i]` says that a token opens its sentence.
    """

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    classes: list[Class]
    sentence: list[int]
    first: list[bool]
    sentences: list[tuple[int, int]]


@lru_cache(maxsize=1 << 16)
def class_of(word: str) -> Class:
    """Return what `word` looks like: NAME for "vLLM", "GPT-4", "any4"; CAPITAL for "Tangram"; NUMBER for "7B"."""
    head = word[0]
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


def tokenize(text: str) -> Tokens:
    """Return the tokens of `text` with their sentences. A possessive "'s" is a token of its own."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for word in _TOKEN.findall(text):
        # only white space lies between tokens, so that the next place of the word is its own
        start = text.index(word, at)
        at = end = start + len(word)
        if word.endswith(_POSSESSIVE) and len(word) > 2:
            words += (word[:-2], word[-2:])
            starts += (start, end - 2)
            ends += (end - 2, end)
            continue
        words.append(word)
        starts.append(start)
        ends.append(end)
    spans = sentences(text)
    sentence: list[int] = []
    first: list[bool] = []
    at, last = 0, -1
    for start in starts:
        while at + 1 < len(spans) and start >= spans[at + 1][0]:
            at += 1
        sentence.append(at)
        first.append(at != last)
        last = at
    return Tokens(text, words, starts, ends, [class_of(w) for w in words], sentence, first, spans)
