"""One name, several things: the senses of a name, found from the papers that introduce it.

A paper that introduces a name founds a sense, unless another paper introduces the same thing. To which of them each
use of the name goes is decided use by use (`choosing`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from kgraph.model import Kind, Paper, Rule
from kgraph.resolve.clusters import Clusters
from kgraph.resolve.entities.aliases import singular
from kgraph.resolve.entities.founding import TITLE, WORDS, authors, grade
from kgraph.resolve.entities.gist import Place
from kgraph.resolve.entities.grouping import Group
from kgraph.resolve.entities.judgements import Judgement, Judgements, Side
from kgraph.resolve.entities.said import Said
from kgraph.vocab import Concept

Alike = Callable[[Paper, Paper, str], float]

# Measured on names that two or more of 3,000 recent papers introduce: pairs of papers about one work reach 0.16 and
# more, others hardly ever.
SAME_WORK = 0.16

MANY = 200
"""A name that more papers introduce is no name that likeness could sort out; comparing all would take too long."""

SHORT = 7
"""Letters up to which another case is another name, if papers introduce it."""

LONG_BEFORE = 2
"""A paper that is more years older than the founding paper doesn't speak of that thing."""


@dataclass(slots=True, eq=False)
class Sense:
    """One thing: what founds it, and the uses that are known beforehand to speak of it. `why` explains these.

    `alone` is for a sense that a judgement made, which no other use can mean; `tag` tells senses of one name apart that
    nothing founds.
    """

    concept: Concept | None = None
    founders: list[Said] = field(default_factory=list)
    members: list[Said] = field(default_factory=list)
    why: list[tuple[Said, Rule, str]] = field(default_factory=list)
    alone: bool = False
    tag: str = ""


@dataclass(slots=True)
class Senses:
    """The senses that a name has before its other uses are looked at, at least one.

    `placed` are the uses that are in one already: its number, and whether they found it. Without `compared` all uses
    mean the only sense; without `likened` the words of papers say nothing. `before` is the first use that is older than
    all senses, if any: from there on there is a sense for such.
    """

    senses: list[Sense]
    compared: bool = False
    likened: bool = False
    placed: dict[Place, tuple[int, bool]] = field(default_factory=dict)
    before: Place | None = None


def founded(group: Group, judgements: Judgements, alike: Alike) -> Senses:
    """Return the senses of a group; `alike` is asked of papers that introduce the name."""
    founders = group.introducing
    if not _is_compared(group, founders, judgements):
        placed = {s.place: (0, True) for s in founders}
        return Senses([Sense(group.concept, founders, list(founders))], placed=placed)
    likened = len(founders) <= MANY
    senses = _found(group.concept, founders, alike if likened else None)
    _judge(senses, group, _ruled(group, judgements))
    placed = {}
    for i, sense in enumerate(senses):
        known, founding = {id(s) for s in sense.members}, {id(s) for s in sense.founders}
        sense.members += [s for s in sense.founders if id(s) not in known]
        placed.update((s.place, (i, id(s) in founding)) for s in sense.members)
    found = Senses(senses or [Sense(group.concept)], True, likened, placed)
    found.before = min(_homeless(found.senses, group, placed), default=None)
    return found


def is_compared(group: Group, judgements: Judgements) -> bool:
    """Return whether a name may mean several things, so that its papers have to be compared."""
    return _is_compared(group, group.introducing, judgements)


def _is_compared(group: Group, founders: Sequence[Said], judgements: Judgements) -> bool:
    if len(founders) > 1 or _ruled(group, judgements):
        return True
    if group.concept is not None:
        return any(_is_other(s, group.concept) for s in founders)
    return bool(founders) and (_mixed_years(group, founders[0]) or _mixed_case(group, founders[0]))


def _ruled(group: Group, judgements: Judgements) -> list[Judgement]:
    """Return the judgements about names in single papers, in the order in which papers use the names."""
    if not judgements.rows:
        return []
    names = sorted(group.gist.names, key=lambda name: (group.gist.names[name][1], name))
    rows = (j for name in names for j in judgements.by_name.get(name, ()) if j.left.paper or j.right.paper)
    return list(dict.fromkeys(rows))


def _mixed_years(group: Group, founder: Said) -> bool:
    year = founder.paper.year
    return year is not None and any(at and at < year - LONG_BEFORE for at in group.gist.years)


def _mixed_case(group: Group, founder: Said) -> bool:
    """Return whether a paper other than the founder's writes the name in another way."""
    return any(
        is_otherwise(name, (founder,)) and (count > 1 or first != founder.paper.id)
        for name, (count, first) in group.gist.names.items()
    )


def is_otherwise(name: str, founders: Sequence[Said]) -> bool:
    """Return whether a short name of letters alone is written in another way than by the papers that introduce it.

    ICON is hardly ever the ICon of another paper, while "Vllm" is vLLM; of long names, people vary the case.
    """
    if not name.isalpha() or len(name) > SHORT or not founders:
        return False
    return not any(name == f.name or name in f.surfaces for f in founders)


def earliest(founders: Sequence[Said]) -> int | None:
    """Return the year of the earliest founding paper."""
    return min((s.paper.year for s in founders if s.paper.year), default=None)


def _homeless(senses: Sequence[Sense], group: Group, placed: dict[Place, tuple[int, bool]]) -> Iterator[Place]:
    """Yield places of uses that are older than everything that the name may mean, the first of all among them."""
    found = [s for s in senses if not s.alone]
    years = [None if s.concept else earliest(s.founders) for s in found]
    if None in years:
        return
    latest = min((year for year in years if year), default=None)
    rest = ((s.paper.year or 0, s.place) for s in group.gist.outstanding if s.place not in placed)
    for year, place in (*group.gist.years.items(), *rest):
        if latest is None or 0 < year < latest - LONG_BEFORE:
            yield place


def _found(concept: Concept | None, founders: Sequence[Said], alike: Alike | None) -> list[Sense]:
    """Return the senses that the founders make, the earliest first; that one takes the vocabulary's concept."""
    grades = {s.place: s.grade or grade(s) for s in founders}
    order = sorted(founders, key=lambda s: (s.paper.year or 9999, -grades[s.place], s.place))
    senses: list[Sense] = []
    own: list[Said] = []
    if concept:
        needed = WORDS if concept.ambiguous else TITLE
        plainly = [s for s in order if grades[s.place] >= WORDS]
        others = [s for s in plainly if _is_other(s, concept)]
        own = [s for s in plainly if not _is_other(s, concept)]
        senses.append(Sense(concept, own[:1]))
        order = own[:1] + others + [s for s in own[1:] if grades[s.place] >= needed]
    for work in works(order, alike):
        first = work[0]
        sense = senses[0] if own and first is own[0] else None
        if sense is None:
            sense = Sense()
            senses.append(sense)
        sense.founders = work
        sense.why += [
            (one, Rule.SAME_WORK, f"{one.paper.id} and {first.paper.id} introduce one thing")
            for one in work[1:]
            if one.paper.id != first.paper.id
        ]
    return senses


def works(order: Sequence[Said], alike: Alike | None) -> list[list[Said]]:
    """Return the founders in sets that introduce the same thing, directly or through others; order is kept.

    Only `alike` compares pairs, and of these only such as nothing else has brought together; it may be None.
    """
    found = Clusters([()] * len(order))
    first: dict[tuple[str, str], int] = {}
    for i, one in enumerate(order):
        for mark in (("paper", one.paper.id), *(("full", form) for form in sorted(one.full))):
            found.join(first.setdefault(mark, i), i)
    for i, one in enumerate(order if alike else ()):
        for j, other in enumerate(order[:i]):
            if found.root(i) != found.root(j) and _same_work(one, other, alike):
                found.join(i, j)
    return [[order[i] for i in work] for work in found.groups()]


def _same_work(one: Said, other: Said, alike: Alike | None) -> bool:
    """Return whether two papers, which don't share a full form, introduce one thing: by words or an author.

    A thesis and the journal's version of a paper hardly share words with it, but who wrote it.
    """
    if alike is None or (one.full and other.full) or singular(one.name) != singular(other.name):
        return False
    kin = not authors(one.paper).isdisjoint(authors(other.paper))
    return kin or alike(one.paper, other.paper, one.name) >= SAME_WORK


def _is_other(one: Said, concept: Concept) -> bool:
    """Return whether a paper's own thing can't be the known one: only one is data, or the name is an ordinary word."""
    if concept.ambiguous and one.kind is not concept.kind:
        return True
    return (one.kind is Kind.DATASET) != (concept.kind is Kind.DATASET)


def _judge(senses: list[Sense], group: Group, rows: Sequence[Judgement]) -> None:
    """Apply judgements about names in single papers: found senses of their own, or bring senses together."""
    for row in rows:
        left, right = _fitting(row.left, group), _fitting(row.right, group)
        if row.same and all(said or _is_any(side, group) for said, side in ((left, row.left), (right, row.right))):
            _unite(senses, (left, right), row)
        elif not row.same:
            for one in left if row.left.paper else right:
                for sense in senses:
                    sense.founders = [s for s in sense.founders if s is not one]
                    sense.members = [s for s in sense.members if s is not one]
                why = [(one, Rule.JUDGEMENT, row.where)]
                senses.append(Sense(None, [one] if one.introduced else [], [one], why, alone=True))
    senses[:] = [s for s in senses if s.founders or s.members or s.concept]


def _fitting(side: Side, group: Group) -> list[Said]:
    """Return the uses in the paper of which one side of a judgement speaks, if it names one."""
    return [s for s in group.gist.outstanding if side.paper and side.fits(s.name, s.paper)]


def _is_any(side: Side, group: Group) -> bool:
    """Return whether one side of a judgement speaks of all papers, and any uses the name."""
    return not side.paper and side.name in group.gist.names


def _unite(senses: list[Sense], sides: tuple[list[Said], list[Said]], row: Judgement) -> None:
    """Bring the senses of both sides together; a side without a paper means the known sense, else the earliest."""
    found: list[Sense | None] = [
        _sense_of(said[0], senses) if side.paper else None
        for said, side in zip(sides, (row.left, row.right), strict=True)
    ]
    for i, side in enumerate((row.left, row.right)):
        if not side.paper:
            others = [s for s in senses if s is not found[1 - i]]
            found[i] = next((s for s in others if s.concept), others[0] if others else None)
    kept = [s for s in dict.fromkeys(found) if s is not None] or [Sense()]
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
            target.why.append((said[0], Rule.JUDGEMENT, row.where))


def _sense_of(one: Said, senses: Sequence[Sense]) -> Sense | None:
    return next((s for s in senses if one in s.founders or one in s.members), None)
