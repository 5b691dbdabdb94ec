"""Finding things by what people type, as js/find.js does: any spelling, identifiers, authors; else near names."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz.distance import OSA

NEAREST = 5
_AROUND = re.compile(r"(https?://)?(www\.)?(arxiv\.org/(abs|pdf)/|(dx\.)?doi\.org/|arxiv:\s*|doi:\s*)", re.IGNORECASE)
_VERSION = re.compile(r"(\d{4}\.\d{4,5})v\d+")
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Return the form in which names are compared: no case, no accents, no compatibility forms (as the page does)."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return re.sub("[\u0300-\u036f]", "", plain).lower()


def key(text: str) -> str:
    """Return the letters and digits of `text`, folded: "ZeRO-3" and "zero 3" are one."""
    return "".join(_WORD.findall(fold(text)))


class Name(NamedTuple):
    """A name of things: "name" (a label, alias or title), "id" (an arXiv id or DOI) or "author", as `by` says."""

    things: Sequence[int]
    name: str
    by: str
    text: str
    key: str


def _named(things: Sequence[int], name: str, by: str) -> Name:
    text = fold(name)
    return Name(things, name, by, text, "".join(_WORD.findall(text)))


class Finder:
    """The names of all things; `score` says how much there is to say about each, and the first `papers` are papers."""

    def __init__(self, names: Iterable[tuple[int, str, str]], score: Sequence[int], papers: int) -> None:
        authors: dict[str, list[int]] = defaultdict(list)
        self.names: list[Name] = []
        self._score, self._papers = score, papers
        for thing, name, by in names:
            if by == "author":
                authors[name].append(thing)
            elif name:
                self.names.append(_named((thing,), name, by))
        self.names += [_named(things, name, "author") for name, things in authors.items()]

    def called(self, name: str) -> list[int]:
        """Return the things that `name` is a name or identifier of: as it stands, else folded, else by its letters."""
        wanted = (name, fold(name), key(name))
        for form, value in enumerate(wanted):
            rows = [n for n in self.names if n.by != "author" and value and value == (n.name, n.text, n.key)[form]]
            if rows:
                return [thing for n in rows for thing in n.things]
        return []

    def search(self, query: str, limit: int) -> tuple[list[tuple[int, str]], bool]:
        """Return up to `limit` rows (thing, the name that matched), best first; and whether they are but near."""
        bare = _VERSION.sub(r"\1", fold(_AROUND.sub("", query.strip(), count=1)), count=1)
        wanted = key(bare)
        if not wanted:
            return [], False
        words = _WORD.findall(bare)
        first = words[0] if len(words) > 1 else "\0"  # no text holds it
        likely = [n for n in self.names if wanted in n.key or first in n.text]  # asking is dear where there are many
        ranks = ((n, _rank(n, bare, wanted, words)) for n in likely)
        found = self._best([(n, 10.0 * rank) for n, rank in ranks if rank >= 0], limit)
        if found:
            return found, False
        far = ((n, _distance(n, wanted, words)) for n in self.names if n.by == "name")
        near = self._best([(n, 40 * d) for n, d in far if d >= 0], min(limit, NEAREST))
        return near, bool(near)

    def _best(self, prices: Iterable[tuple[Name, float]], limit: int) -> list[tuple[int, str]]:
        best: dict[int, tuple[float, str]] = {}
        for name, price in prices:
            for thing in name.things:
                strength = min(4.9, math.log2(1 + self._score[thing]) * 0.7)
                cost = price + (5 if thing < self._papers else 0) - strength
                if thing not in best or cost < best[thing][0]:
                    best[thing] = (cost, name.name)
        return [(i, best[i][1]) for i in sorted(best, key=lambda i: (best[i][0], i))[:limit]]


def _rank(name: Name, text: str, wanted: str, words: list[str]) -> int:
    """Return how a name matches: 0 as a whole, 1 its head, 2 from a word on, 3 all words, 4 within; -1 not."""
    if name.key.startswith(wanted):
        return 0 if name.key == wanted else 1
    if name.by == "id":
        return -1
    at = name.text.find(text)
    if at > 0 and not name.text[at - 1].isalnum():
        return 2
    if len(words) > 1 and all(w in name.text for w in words) and _share(words, name.text) == 1:
        return 3
    return 4 if name.by == "name" and wanted in name.key else -1


def _share(words: list[str], text: str) -> float:
    """Return the share of a query, by letters, whose words begin a word of a name."""
    own = _WORD.findall(text)
    return sum(len(w) for w in words if any(o.startswith(w) for o in own)) / sum(map(len, words))


def _distance(name: Name, wanted: str, words: list[str]) -> float:
    """Return how far a name is from a query, 0 to 1, or -1: part of it, its letters in order, a slip, most words."""
    known, size = name.key, len(wanted)
    found: list[float] = []
    if known and known in wanted and _is_part(known, words):
        found.append((1 - len(known) / size) / 2)
    if known[:1] == wanted[0] and size > 2 and size >= len(known) * 0.4 and _in_order(wanted, known):
        found.append((1 - size / len(known)) / 2)
    slips = max(1, size // 4) if size > 3 else 0
    if slips and abs(size - len(known)) <= slips:
        edits = OSA.distance(wanted, known, score_cutoff=slips)
        if edits <= slips:
            found.append(edits / size)
    if len(words) > 1 and any(w in name.text for w in words):
        part = _share(words, name.text)
        if part >= 0.5:
            found.append(0.5 + (1 - part) / 2)
    return min(found, default=-1.0)


def _is_part(known: str, words: list[str]) -> bool:
    """Return whether neighbouring words of a query make up a name."""
    return any("".join(words[i:j]) == known for i in range(len(words)) for j in range(i + 1, len(words) + 1))


def _in_order(letters: str, name: str) -> bool:
    rest = iter(name)
    return all(c in rest for c in letters)
