"""One name, several things: the senses of a group, and to which of them each use of the name belongs.

A paper that introduces a name founds a sense, unless another paper introduces the same thing. Uses go to the only
sense, or among several to the one that full forms or the words of the paper point to; where nothing points clearly, to
none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kgraph.model import Kind, Paper
from kgraph.resolve.aliases import singular
from kgraph.resolve.founding import TITLE, WEAK, WORDS, grade
from kgraph.resolve.grouping import Group
from kgraph.resolve.judgements import Judgement, Judgements
from kgraph.resolve.said import Said
from kgraph.vocab import Concept

Alike = Callable[[Paper, Paper, str], float]

# Measured on names that two or more of 3,000 recent papers introduce: pairs of papers about one work reach 0.16 and
# more, others hardly ever; of papers that name a system, nine in ten are below 0.05 with another paper than its own.
SAME_WORK = 0.16
POINTS_TO = 0.05
CLEARLY = 1.5
COMMON = 5
"""So many uses that point to no introducing paper, if they outnumber those, mean a thing that all know."""

MANY = 200
"""A name that more papers introduce is no name that likeness could sort out; comparing all would take too long."""

SHORT = 7
"""Letters up to which another case is another name, if papers introduce it."""

LONG_BEFORE = 2
"""A paper that is more years older than the founding paper doesn't speak of that thing."""


@dataclass(slots=True, eq=False)
class Sense:
    """One thing: what founds it, and what else speaks of it. `why` explains members that were given by evidence.

    `alone` is for a sense that a judgement made; `tag` tells senses of one name apart that nothing founds.
    """

    group: Group
    concept: Concept | None = None
    founders: list[Said] = field(default_factory=list)
    members: list[Said] = field(default_factory=list)
    why: list[tuple[Said, str, str]] = field(default_factory=list)
    alone: bool = False
    tag: str = ""

    @property
    def year(self) -> int | None:
        """Year of the earliest founding paper."""
        return min((s.paper.year for s in self.founders if s.paper.year), default=None)

    @property
    def full(self) -> frozenset[str]:
        """Full forms that the founding papers give."""
        return frozenset().union(*(s.full for s in self.founders))

    def is_called(self, name: str) -> bool:
        """Return whether `name` is, to the letter, a name that the vocabulary or a founding paper gives."""
        known = self.concept.names if self.concept else ()
        return name in known or any(name in (f.name, *f.surfaces) for f in self.founders)


@dataclass(slots=True)
class Division:
    """The senses of a group and the uses that belong to none, each with the reason."""

    senses: list[Sense]
    neither: list[tuple[Said, str]] = field(default_factory=list)


def divide(group: Group, judgements: Judgements, alike: Alike) -> Division:
    """Return the senses of a group; every use of the name is in one of them or among `neither`."""
    founders = introducing(group)
    if not is_compared(group, judgements):
        return Division([Sense(group, group.concept, founders, list(group.said))])
    if len(founders) > MANY:
        alike = _never
    senses = _found(group, founders, alike)
    _judge(senses, group, _ruled(group, judgements))
    return _assign(group, senses, alike)


def is_compared(group: Group, judgements: Judgements) -> bool:
    """Return whether a name may mean several things, so that the papers of the group have to be compared."""
    founders = introducing(group)
    if len(founders) > 1 or _ruled(group, judgements):
        return True
    if group.concept is not None:
        return any(_is_other(s, group.concept) for s in founders)
    return _mixed_years(group.said, founders) or _mixed_case(group.said, founders)


def introducing(group: Group) -> list[Said]:
    """Return the uses of a name that surely introduce it."""
    return [s for s in group.said if s.introduced and s.certain]


def _ruled(group: Group, judgements: Judgements) -> list[Judgement]:
    rows = (j for s in group.said for j in judgements.by_name.get(s.name, ()) if j.left.paper or j.right.paper)
    return list(dict.fromkeys(rows))


def _never(one: Paper, other: Paper, name: str) -> float:
    return 0.0


def _mixed_years(said: Sequence[Said], founders: Sequence[Said]) -> bool:
    year = founders[0].paper.year if founders else None
    return year is not None and any(s.paper.year and s.paper.year < year - LONG_BEFORE for s in said)


def _mixed_case(said: Sequence[Said], founders: Sequence[Said]) -> bool:
    return bool(founders) and any(written_otherwise(s, founders) for s in said)


def written_otherwise(one: Said, founders: Sequence[Said]) -> bool:
    """Return whether a short name of letters alone is written in another way than by the papers that introduce it.

    ICON is hardly ever the ICon of another paper, while "Vllm" is vLLM; of long names, people vary the case.
    """
    if not one.name.isalpha() or len(one.name) > SHORT or not founders:
        return False
    return not any(one.name in (f.name, *f.surfaces) or f.paper.id == one.paper.id for f in founders)


def _found(group: Group, founders: Sequence[Said], alike: Alike) -> list[Sense]:
    """Return the senses that the founders make, the earliest first; that one takes the vocabulary's concept."""
    grades = {s.place: grade(s) for s in founders}
    order = sorted(founders, key=lambda s: (s.paper.year or 9999, -grades[s.place], s.place))
    senses: list[Sense] = []
    if group.concept:
        needed = WORDS if group.concept.ambiguous else TITLE
        others = [s for s in order if _is_other(s, group.concept) and grades[s.place] >= WORDS]
        own = [s for s in order if not _is_other(s, group.concept) and grades[s.place] >= WORDS]
        senses.append(Sense(group, group.concept, own[:1]))
        order = own[:1] + others + [s for s in own[1:] if grades[s.place] >= needed]
    for work in _works(order, alike):
        first = work[0]
        sense = next((s for s in senses if first in s.founders), None)
        if sense is None:
            sense = Sense(group)
            senses.append(sense)
        sense.founders = work
        sense.why += [
            (one, "same-work", f"{one.paper.id} and {first.paper.id} introduce one thing")
            for one in work[1:]
            if one.paper.id != first.paper.id
        ]
    return senses


def _works(order: Sequence[Said], alike: Alike) -> list[list[Said]]:
    """Return the founders in sets that introduce the same thing, directly or through others; order is kept."""
    works: list[list[Said]] = []
    for one in order:
        same = [w for w in works if any(_same_work(one, other, alike) for other in w)]
        joined = sorted([*(s for w in same for s in w), one], key=order.index)
        works = sorted([*(w for w in works if w not in same), joined], key=lambda w: order.index(w[0]))
    return works


def _is_other(one: Said, concept: Concept) -> bool:
    """Return whether a paper's own thing can't be the known one: only one is data, or the name is an ordinary word."""
    if concept.ambiguous and one.kind is not concept.kind:
        return True
    return (one.kind is Kind.DATASET) != (concept.kind is Kind.DATASET)


def _same_work(one: Said, other: Said, alike: Alike) -> bool:
    if one.paper.id == other.paper.id or one.full & other.full:
        return True
    if one.full and other.full:
        return False
    return singular(one.name) == singular(other.name) and alike(one.paper, other.paper, one.name) >= SAME_WORK


def _judge(senses: list[Sense], group: Group, rows: Sequence[Judgement]) -> None:
    """Apply judgements about names in single papers: found senses of their own, or bring senses together."""
    for row in rows:
        left = [s for s in group.said if row.left.fits(s.name, s.paper)]
        right = [s for s in group.said if row.right.fits(s.name, s.paper)]
        if row.same and left and right:
            _unite(senses, group, (left, right), row)
        elif not row.same:
            for one in left if row.left.paper else right:
                for sense in senses:
                    sense.founders = [s for s in sense.founders if s is not one]
                    sense.members = [s for s in sense.members if s is not one]
                why = [(one, "judgement", row.where)]
                senses.append(Sense(group, None, [one] if one.introduced else [], [one], why, alone=True))
    senses[:] = [s for s in senses if s.founders or s.members or s.concept]


def _unite(senses: list[Sense], group: Group, sides: tuple[list[Said], list[Said]], row: Judgement) -> None:
    """Bring the senses of both sides together; a side without a paper means the known sense, else the earliest."""
    found: list[Sense | None] = [
        _sense_of(said[0], senses) if side.paper else None
        for said, side in zip(sides, (row.left, row.right), strict=True)
    ]
    for i, side in enumerate((row.left, row.right)):
        if not side.paper:
            others = [s for s in senses if s is not found[1 - i]]
            found[i] = next((s for s in others if s.concept), others[0] if others else None)
    kept = [s for s in dict.fromkeys(found) if s is not None] or [Sense(group)]
    target = kept[0]
    if target not in senses:
        senses.append(target)
    for other in kept[1:]:
        target.founders += other.founders
        target.members += other.members
        target.why += other.why
        target.concept = target.concept or other.concept
        senses.remove(other)
    for said, side in zip(sides, (row.left, row.right), strict=True):
        if side.paper and _sense_of(said[0], senses) is None:
            target.members.append(said[0])
        if side.paper:
            target.why.append((said[0], "judgement", row.where))


def _sense_of(one: Said, senses: Sequence[Sense]) -> Sense | None:
    return next((s for s in senses if one in s.founders or one in s.members), None)


def _assign(group: Group, senses: list[Sense], alike: Alike) -> Division:
    division = Division(senses)
    before: Sense | None = None
    others: dict[str, Sense] = {}
    placed = {s.place for sense in senses for s in (*sense.founders, *sense.members)}
    for sense in senses:
        sense.members += [s for s in sense.founders if s not in sense.members]
    if not senses:
        senses.append(Sense(group, group.concept))
    for one in group.said:
        if one.place in placed:
            continue
        open_to = [s for s in senses if not s.alone and not _too_early(one, s)]
        if not open_to:
            if before is None:
                before = Sense(group, tag="before")
                senses.append(before)
            before.members.append(one)
            before.why.append((one, "homonym", f"{one.paper.id} is older than the papers that introduce {one.name}"))
            continue
        chosen, rule, reason = _choose(one, open_to, alike)
        if chosen is None and len(open_to) == 1:
            sense = others.setdefault(one.name, Sense(group, tag=f"as {one.name}"))
            sense.members.append(one)
            sense.why.append((one, "homonym", reason))
        elif chosen is None:
            division.neither.append((one, reason))
        else:
            chosen.members.append(one)
            if rule:
                chosen.why.append((one, rule, reason))
    senses += [others[name] for name in sorted(others)]
    _common(group, division, len(placed))
    return division


def _common(group: Group, division: Division, founders: int) -> None:
    """Give the uses that point nowhere a sense of their own, if they are many."""
    rest = [(one, why) for one, why in division.neither if one.certain and not one.full]
    if len(rest) < COMMON or len(rest) <= founders:
        return
    sense = Sense(group, None, [], [one for one, _ in rest], tag="common")
    sense.why = [(one, "homonym", f"{why}: {len(rest)} such papers mean something all know") for one, why in rest]
    division.senses.append(sense)
    taken = {one.place for one, _ in rest}
    division.neither = [(one, why) for one, why in division.neither if one.place not in taken]


def _too_early(one: Said, sense: Sense) -> bool:
    return bool(not sense.concept and sense.year and one.paper.year and one.paper.year < sense.year - LONG_BEFORE)


def _choose(one: Said, senses: Sequence[Sense], alike: Alike) -> tuple[Sense | None, str, str]:
    if len(senses) == 1 and (senses[0].concept or not written_otherwise(one, senses[0].founders)):
        return senses[0], "", ""
    exact = [s for s in senses if s.is_called(one.name)]
    if exact and one.name.isalpha() and len(one.name) <= SHORT:
        if len(exact) == 1 and len(senses) > 1 and exact[0].concept:
            return exact[0], "vocabulary", f"{one.paper.id} writes {one.name} as the vocabulary does"
        senses = exact
    by_form = [s for s in senses if one.full & s.full]
    if len(by_form) == 1:
        return by_form[0], "evidence", f"{one.paper.id} gives the same full form"
    if one.full and all(s.full for s in senses):
        return None, "", f"{one.paper.id} gives another full form"
    scores = sorted(
        (
            (max((alike(one.paper, f.paper, one.name) for f in s.founders), default=0.0), i)
            for i, s in enumerate(senses)
        ),
        key=lambda pair: (-pair[0], pair[1]),
    )
    best, second = scores[0], scores[1] if len(scores) > 1 else (0.0, 0)
    chosen = senses[best[1]]
    if best[0] >= POINTS_TO and best[0] >= CLEARLY * second[0]:
        return chosen, "evidence", f"likeness of {one.paper.id} is {best[0]:.3f}, to the next {second[0]:.3f}"
    known = next((s for s in senses if s.concept), None)
    if known is not None:
        return known, "vocabulary", f"{one.paper.id} points to no other {one.name}, so to the known one"
    if len(senses) == 1:
        return (
            None,
            "",
            f"{one.paper.id} writes {one.name}, and its likeness to {senses[0].founders[0].name} is {best[0]:.3f}",
        )
    return None, "", f"likeness of {one.paper.id} to the nearest two is {best[0]:.3f} and {second[0]:.3f}"


__all__ = ["WEAK", "Division", "Sense", "divide"]
