"""The vocabulary as extraction and resolution use it: names found in a text, names looked up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from kgraph.vocab.concept import Concept, folded, is_phrase, name_key, needs_case, plain

_GAP = re.compile(r"[ \-]")
_JOINT = re.compile(r"(?<!\d)[ \-]|[ \-](?!\d)")  # numbers don't run together


class Hit(NamedTuple):
    """A stretch of text that is a name of `concept`; `ambiguous` if that name alone does not prove it."""

    start: int
    end: int
    concept: Concept
    ambiguous: bool = False


class _Pattern(NamedTuple):
    """A name of a concept, and how it must be written.

    `joined` is the form without its spaces and hyphens, if those stand between letters: "MultiPLE", never "multiple".
    """

    concept: Concept
    exact: tuple[str, ...]  # the spellings that count, or () if case does not matter
    ambiguous: bool
    phrase: bool
    joined: str

    def fits(self, surface: str) -> bool:
        """Return whether `surface`, which has the letters of the name, is written as it must be."""
        if self.exact:
            return surface in self.exact
        if self.phrase and surface.islower():
            return False
        return len(surface) != len(self.joined) or surface.lower() != self.joined.lower() or surface == self.joined


@dataclass(frozen=True)
class Vocabulary:
    """All known concepts by id. `digest` changes whenever what they say changes."""

    concepts: Mapping[str, Concept] = field(default_factory=lambda: MappingProxyType({}))
    digest: str = ""

    def lookup(self, surface: str, *, any_case: bool = False) -> tuple[Concept, ...]:
        """Return the concepts of which `surface` is a name, sorted by id; spaces and hyphens don't count.

        `any_case` is for a surface that is known to be a name: then only ambiguous ones need their own case.
        """
        found = [
            pattern.concept
            for pattern in self._by_key.get(name_key(surface), ())
            if pattern.fits(plain(surface)) or (any_case and not pattern.ambiguous)
        ]
        return tuple(sorted(dict.fromkeys(found), key=lambda c: c.id))

    def find(self, text: str) -> list[Hit]:
        """Return the names in `text` from left to right: whole words, the longest where several overlap.

        One pass of Aho and Corasick (1975) over the text. Two concepts with the same name give two hits.
        """
        return list(self._remembered(text))

    @cached_property
    def _remembered(self) -> Callable[[str], tuple[Hit, ...]]:
        # hardware and names both ask for the title and the abstract of one paper
        return lru_cache(maxsize=4)(self._search)

    def _search(self, text: str) -> tuple[Hit, ...]:
        searcher, patterns = self._searcher
        lower, shown = folded(text), plain(text)
        spans: dict[tuple[int, int], list[_Pattern]] = {}
        for index, start, end in searcher.find_matches_as_indexes(lower, overlapping=True):
            if start and lower[start - 1].isalnum() and lower[start].isalnum():
                continue  # in the middle of a word, as most of them are
            if not _is_word(lower, start, end):
                continue
            for pattern in patterns[index]:
                if pattern.fits(shown[start:end]):
                    owners = spans.setdefault((start, end), [])
                    if all(owner.concept is not pattern.concept for owner in owners):
                        owners.append(pattern)
        hits: list[Hit] = []
        last = 0
        for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
            if start >= last:
                hits += [Hit(start, end, p.concept, p.ambiguous) for p in spans[start, end]]
                last = end
        return tuple(hits)

    @cached_property
    def _names(self) -> tuple[tuple[str, _Pattern], ...]:
        return tuple((name, _pattern(concept, name)) for concept in self.concepts.values() for name in concept.names)

    @cached_property
    def _by_key(self) -> dict[str, list[_Pattern]]:
        table: dict[str, list[_Pattern]] = {}
        for name, pattern in self._names:
            table.setdefault(name_key(name), []).append(pattern)
        return table

    @cached_property
    def _searcher(self) -> tuple[AhoCorasick, list[list[_Pattern]]]:
        table: dict[str, list[_Pattern]] = {}
        for name, pattern in self._names:
            for form in dict.fromkeys(_variants(folded(name))):
                table.setdefault(form, []).append(pattern)
        return AhoCorasick(list(table)), list(table.values())


def _pattern(concept: Concept, name: str) -> _Pattern:
    name = plain(name)
    ambiguous = concept.ambiguous and " " not in name
    exact = tuple(dict.fromkeys(_variants(name))) if needs_case(name, ambiguous=ambiguous) else ()
    joined = _GAP.sub("", name)
    if joined == name or not joined.isalpha():
        joined = ""
    return _Pattern(concept, exact, ambiguous, name == concept.label and is_phrase(name), joined)


def _variants(name: str) -> Iterator[str]:
    """Yield `name` and its forms with spaces, with hyphens and joined: "TPU v4", "TPU-v4", "TPUv4"."""
    yield name
    if _GAP.search(name):
        yield _GAP.sub(" ", name)
        yield _GAP.sub("-", name)
        yield _JOINT.sub("", name)


def _is_word(text: str, start: int, end: int) -> bool:
    """Return whether [start, end) is no part of a longer word or number ("C4" is none in "C4.5" or "XC4")."""
    if start and (text[start - 1].isalnum() or text[start - 1] == "_") and text[start].isalnum():
        return False
    if end == len(text):
        return True
    after = text[end]
    if (after.isalnum() or after == "_") and text[end - 1].isalnum():
        return False
    return not (after in ".+" and end + 1 < len(text) and text[end + 1].isdigit() and text[end - 1].isdigit())
