"""Which sense of a name a use of it means, decided for each use by itself.

A use means the only sense, or among several the one that full forms or the words of the paper point to; where nothing
points clearly, none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kgraph.model import Rule
from kgraph.resolve.entities.said import Said
from kgraph.resolve.entities.senses import LONG_BEFORE, SHORT, Alike, Sense, Senses, earliest, is_otherwise
from kgraph.vocab import Concept

# Measured on papers that name a system which 3,000 recent papers introduce: nine in ten are less like another paper
# than its own.
POINTS_TO = 0.05
CLEARLY = 1.5

Tag = tuple[int, str]
"""A sense of a group, in order: those that were founded have a number and no text."""

NEITHER: Tag = (-1, "")
_MANY = 1 << 40
BEFORE: Tag = (_MANY, "before")
COMMON: Tag = (_MANY + 2, "common")


class Meant(NamedTuple):
    """The sense that a use means, by which rule and why (where there is anything to tell), and whether it founds it."""

    tag: Tag
    rule: Rule | None = None
    reason: str = ""
    founding: bool = False


ONLY = Meant((0, ""))
ONLY_FOUNDING = Meant((0, ""), founding=True)
"""What the uses of a name mean that surely means one thing."""


def is_founded(tag: Tag) -> bool:
    """Return whether a sense is one of those that were founded."""
    return not tag[1] and tag != NEITHER


@dataclass(frozen=True, slots=True)
class _Open:
    """What there is to know of a sense that a use may mean."""

    number: int
    concept: Concept | None
    founders: tuple[Said, ...]
    papers: frozenset[str]
    names: frozenset[str]
    year: int | None
    full: frozenset[str]

    @classmethod
    def of(cls, number: int, sense: Sense) -> _Open:
        founders = sense.founders
        known = sense.concept.names if sense.concept else ()
        return cls(
            number,
            sense.concept,
            tuple(founders),
            frozenset(f.paper.id for f in founders),
            frozenset((*known, *(name for f in founders for name in (f.name, *f.surfaces)))),
            earliest(founders),
            frozenset(form for f in founders for form in f.full),
        )

    def is_younger(self, year: int | None) -> bool:
        """Return whether it came long after a paper of that year."""
        return bool(not self.concept and self.year and year and year < self.year - LONG_BEFORE)

    def is_otherwise(self, one: Said) -> bool:
        """Return whether the paper writes the name in another way than those that introduce it, and isn't one."""
        return one.paper.id not in self.papers and is_otherwise(one.name, self.founders)

    def likeness(self, one: Said, alike: Alike) -> float:
        return max((alike(one.paper, f.paper, one.name) for f in self.founders), default=0.0)


class Choice:
    """The senses of a name that may mean several things, made ready for any number of uses."""

    def __init__(self, found: Senses, alike: Alike) -> None:
        self._found, self._alike = found, alike if found.likened else None
        self._open = [_Open.of(i, sense) for i, sense in enumerate(found.senses) if not sense.alone]
        self._before = _Open.of(BEFORE[0], Sense())
        # what is asked again and again: of a name that thousands of papers introduce, each time is long
        self._of_year: dict[int | None, list[_Open]] = {}
        self._exact: dict[tuple[int | None, str], list[_Open]] = {}

    def meant(self, one: Said) -> Meant:
        """Return what a use of the name means."""
        found = self._found
        placed = found.placed.get(one.place)
        if placed is not None:
            return Meant((placed[0], ""), founding=placed[1])
        senses = self._of_year.get(one.paper.year)
        if senses is None:
            senses = self._of_year[one.paper.year] = [s for s in self._open if not s.is_younger(one.paper.year)]
        if found.before is not None and one.place >= found.before:
            if not senses:
                return self._older(one)
            senses = [*senses, self._before]
        chosen, rule, reason = self._chosen(one, senses)
        if chosen is not None:
            return Meant((chosen.number, ""), rule, reason)
        if len(senses) == 1:
            return Meant((_MANY + 1, f"as {one.name}"), Rule.HOMONYM, reason)
        return Meant(COMMON if one.certain and not one.full else NEITHER, None, reason)

    def _older(self, one: Said) -> Meant:
        if one.place != self._found.before:
            return Meant(BEFORE)
        return Meant(BEFORE, Rule.HOMONYM, f"{one.paper.id} is older than the papers that introduce {one.name}")

    def _chosen(self, one: Said, senses: Sequence[_Open]) -> tuple[_Open | None, Rule | None, str]:
        if len(senses) == 1 and (senses[0].concept or not senses[0].is_otherwise(one)):
            return senses[0], None, ""
        at = one.paper.year, one.name
        exact = self._exact.get(at)
        if exact is None:  # the sense of what is older has no names
            exact = self._exact[at] = [s for s in senses if one.name in s.names]
        if exact and one.name.isalpha() and len(one.name) <= SHORT:
            if len(exact) == 1 and len(senses) > 1 and exact[0].concept:
                return exact[0], Rule.VOCABULARY, f"{one.paper.id} writes {one.name} as the vocabulary does"
            senses = exact
        by_form = [s for s in senses if one.full & s.full] if one.full else []
        if len(by_form) == 1:
            return by_form[0], Rule.EVIDENCE, f"{one.paper.id} gives the same full form"
        if one.full and all(s.full for s in senses):
            return None, None, f"{one.paper.id} gives another full form"
        return self._likest(one, senses)

    def _likest(self, one: Said, senses: Sequence[_Open]) -> tuple[_Open | None, Rule | None, str]:
        best, second, chosen = 0.0, 0.0, senses[0]
        if self._alike is not None:
            scores = sorted((-s.likeness(one, self._alike), i) for i, s in enumerate(senses))
            best, chosen = -scores[0][0], senses[scores[0][1]]
            second = -scores[1][0] if len(scores) > 1 else 0.0
        if best >= POINTS_TO and best >= CLEARLY * second:
            return chosen, Rule.EVIDENCE, f"likeness of {one.paper.id} is {best:.3f}, to the next {second:.3f}"
        known = next((s for s in senses if s.concept), None)
        if known is not None:
            return known, Rule.VOCABULARY, f"{one.paper.id} points to no other {one.name}, so to the known one"
        if len(senses) == 1:
            name = senses[0].founders[0].name
            return None, None, f"{one.paper.id} writes {one.name}, and its likeness to {name} is {best:.3f}"
        return None, None, f"likeness of {one.paper.id} to the nearest two is {best:.3f} and {second:.3f}"
