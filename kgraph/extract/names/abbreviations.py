"""Abbreviations with their full forms: "Efficient Tree Search (ETS)", "ETS (Efficient Tree Search)", "ETS, an Efficient
Tree Search" and "Efficient Tree Search, ETS,".

The matching of letters follows Schwartz and Hearst (2003), "A simple algorithm for identifying abbreviation definitions
in biomedical text": from right to left, every letter of the short form is found in the long form, the first one at the
start of a word.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kgraph.extract.memo import Memo
from kgraph.extract.wordlists import words

_BRACKET = re.compile(r"\(([^()]{2,120})\)")
_SHORT = re.compile(r"[^\W_]+(?:[-.+/&_@^][^\W_]+)*[+*]?\Z")
_WORD = re.compile(r"[^\W_]+(?:[-'’/][^\W_]+)*")
_BREAK = re.compile(r"[;:()\[\]{}]|[.?!]\s|,\s")
_PHRASE = r"\w{0,2}[A-Z][\w-]{1,40}(?:\s(?:(?:of|for|and|with|in|on|to)\s)?\w{0,2}[A-Z][\w-]{1,40}){1,7}"
_COMMA = re.compile(r", (?=(?:(?:an?|the|our)\s)?\w{0,2}[A-Z])")  # before what may be a full form or a short one
_LEAD = re.compile(r"(?:i\.e\.,?|or|a\.k\.a\.|aka|dubbed|called|abbreviated as|denoted as|short for)?\s*")
_CORE_END = re.compile(r"[,;]\s|\s(?=and\b)")
_FULL_FORM = re.compile(rf"(?:(?:an?|the|our)\s)?({_PHRASE})")
_FULL_FORM_BEFORE = re.compile(rf"(?<![\w-]){_PHRASE}\Z")
_SHORT_BEHIND = re.compile(r"[A-Z]\w{1,13}(?=[,.])")
_STOP = words("a an the of for and or in on to with by is are our we as using via from that which called")


class Definition(NamedTuple):
    """A short form and its full form, as spans of one text."""

    short: tuple[int, int]
    long: tuple[int, int]


def _matches(short: str, words: list[re.Match[str]], text: str) -> int | None:
    """Return the index of the word at which the best long form for `short` begins, or None."""
    letters = [c for c in short.casefold() if c.isalnum()]
    end = words[-1].end()
    begin = words[0].start()
    window = text[begin:end].casefold()
    if len(window) != end - begin:
        return None
    word_starts = {w.start() - begin: i for i, w in enumerate(words)}
    # inner words of hyphenated compounds begin words as well
    at = len(window)
    for position in range(len(letters) - 1, -1, -1):
        at -= 1
        while at >= 0 and (window[at] != letters[position] or (position == 0 and at not in word_starts)):
            at -= 1
        if at < 0:
            return None
    return word_starts[at]


def _backwards(word: str) -> tuple[str, ...]:
    """Return the initials of the parts of a word, the last first; those of small words are empty."""
    parts = [part for part in re.split("[-/]", word) if part]
    return tuple(["" if part.casefold() in _STOP else part[0].casefold() for part in reversed(parts)])


_INITIALS = Memo(_backwards)


def _initials(short: str, words: list[re.Match[str]]) -> int | None:
    """Return the index of the word at which words begin whose initials spell `short`, small words skipped, or None."""
    letters = [c for c in short.casefold() if c.isalpha()]
    if len(letters) < 2 or len(letters) != sum(c.isalnum() for c in short):
        return None
    left = len(letters) - 1
    for index in range(len(words) - 1, -1, -1):
        for initial in _INITIALS[words[index][0]]:
            if initial == letters[left]:
                if left == 0:
                    return index
                left -= 1
            elif initial:
                return None
    return None


def _capitals(short: str, words: list[re.Match[str]]) -> int | None:
    """Return the index of the word from which on capitals spell `short` ("Swarm sAmpling Policy": SAP), or None.

    Where `short` has three or more, its capitals are enough: "Zero Redundancy Optimizer" is ZeRO.
    """
    upper = "".join(c for c in short if c.isupper())
    short = upper if len(upper) > 2 else short
    for index in range(len(words) - 1, -1, -1):
        spelt = "".join(c for word in words[index:] for c in word[0] if c.isupper())
        if spelt == short:
            return index
        if len(spelt) >= len(short):
            return None
    return None


def _plausible(short: str, long: str) -> bool:
    count = len(long.split()) + long.count("-")
    size = sum(c.isalnum() for c in short)
    return count <= min(size + 5, size * 2) and len(long) > len(short) and short not in long.split()


def _short_form(text: str) -> bool:
    return (
        2 <= len(text) <= 14
        and _SHORT.match(text) is not None
        and sum(c.isupper() for c in text) >= (1 if any(c.isdigit() for c in text) or not text[0].isupper() else 2)
    )


def _singular(short: str) -> str:
    return short[:-1] if len(short) > 2 and short[-1] == "s" and short[-2].isupper() else short


def definitions(text: str) -> list[Definition]:
    """Return the abbreviations that `text` defines, in order: full form before or in brackets, or beside a comma."""
    found: list[Definition] = []
    for bracket in _BRACKET.finditer(text):
        inside = bracket[1]
        lead = _LEAD.match(inside)
        offset = bracket.start(1) + (lead.end() if lead else 0)
        core = _CORE_END.split(text[offset : bracket.end(1)], maxsplit=1)[0].strip(" \"'“”")
        offset = text.find(core, offset) if core else offset
        shortened = _short_form(core)
        if not (shortened or " " in core or "-" in core):
            continue
        left = max(0, bracket.start() - 160)
        for stop in _BREAK.finditer(text, left, bracket.start() - 1):
            left = stop.end()
        before = list(_WORD.finditer(text, left, bracket.start()))
        if not before or text[before[-1].end() : bracket.start()].strip(" \"'”*"):
            continue
        if shortened:
            short = _singular(core)
            words = before[-min(len(short) * 2 + 2, len(short) + 6) :]
            spelt = _capitals(short, words)
            begin = _initials(short, words)
            if begin is None:
                begin = spelt
            if begin is None:
                begin = _matches(short, words, text)
            if begin is None:
                continue
            while (
                words[begin][0].casefold() in _STOP
                and begin < len(words) - 1
                and short[0].casefold() != words[begin][0][0].casefold()
            ):
                begin += 1
            span = words[begin].start(), words[-1].end()
            repeated = short.casefold() in text[span[0] : span[1]].casefold().split()
            if (spelt is not None or not repeated) and _plausible(short, text[span[0] : span[1]]):
                found.append(Definition((offset, offset + len(core)), span))
        elif _short_form(before[-1][0]):
            words = list(_WORD.finditer(text, offset, offset + len(core)))
            short = _singular(before[-1][0])
            if words and (_initials(short, words) == 0 or _matches(short, words, text) == 0):
                found.append(Definition(before[-1].span(), (offset, offset + len(core))))
    return sorted(found + _apposed(text))


def _apposed(text: str) -> list[Definition]:
    """Return the abbreviations whose full form stands behind a comma, or before one."""
    found = [_explained(text, comma.start()) or _named_after(text, comma.start()) for comma in _COMMA.finditer(text)]
    return [definition for definition in found if definition is not None]


def _explained(text: str, comma: int) -> Definition | None:
    """Return the abbreviation before a comma whose full form follows: "ETS, an Efficient Tree Search"."""
    short = text[max(0, comma - 16) : comma].rpartition(" ")[2]
    full = _FULL_FORM.match(text, comma + 2) if short[:1].isupper() and _short_form(short) else None
    words = list(_WORD.finditer(text, *full.span(1))) if full else []
    for size in range(2, len(words) + 1):
        if _initials(short, words[:size]) == 0 or _capitals(short, words[:size]) == 0:
            return Definition((comma - len(short), comma), (words[0].start(), words[size - 1].end()))
    return None


def _named_after(text: str, comma: int) -> Definition | None:
    """Return the abbreviation behind a comma whose full form comes first: "Efficient Tree Search, ETS,"."""
    short = _SHORT_BEHIND.match(text, comma + 2)
    if short is None or not _short_form(short[0]):
        return None
    left = max(0, comma - 160)
    before = _FULL_FORM_BEFORE.search(text[left:comma])
    words = list(_WORD.finditer(text, left + before.start(), comma)) if before else []
    begin = _initials(short[0], words)
    if begin is None:
        begin = _capitals(short[0], words)
    if begin is None or begin > len(words) - 2:
        return None
    return Definition(short.span(), (words[begin].start(), words[-1].end()))
