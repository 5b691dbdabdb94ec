"""What the uses of a name say together, without the uses: it adds up, in any order.

A name may stand in more papers than one machine can hold. What has to be known of all of them at once is this; each use
is judged by it alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kgraph.resolve.entities.judgements import Judgements
from kgraph.resolve.entities.said import Said

Place = tuple[str, str]
"""Paper id and name within its text."""


_LAST: Place = ("\U0010ffff", "")
"""After all places: ids of papers are plain text."""


@dataclass(slots=True)
class Gist:
    """`outstanding` are the few uses that are looked at together: those that surely introduce the name, and those of
    papers that judgements name.

    `names` has of each name how many papers use it and the first of their ids, `years` of each year (0: not known) the
    first place of a use that is not outstanding. `introduced` counts uses that introduce the name, surely or not.
    """

    names: dict[str, tuple[int, str]] = field(default_factory=dict)
    years: dict[int, Place] = field(default_factory=dict)
    introduced: int = 0
    outstanding: list[Said] = field(default_factory=list)


def is_involved(introduced: int) -> bool:
    """Return whether the words of papers that use a name count, where those of all papers would be too many.

    `introduced` is how many papers introduce it, surely or not.
    """
    return introduced > 1


def gist(said: Iterable[Said], judgements: Judgements) -> Gist:
    """Return the gist of uses of a name."""
    names: dict[str, tuple[int, str]] = {}
    years: dict[int, Place] = {}
    outstanding: list[Said] = []
    introduced = 0
    judging = bool(judgements.rows)
    for one in said:
        place = paper, name = one.place
        known = names.get(name)
        names[name] = (1, paper) if known is None else (known[0] + 1, min(known[1], paper))
        introduced += one.introduced
        if (one.introduced and one.certain) or (judging and is_spoken_of(one, judgements)):
            outstanding.append(one)
            continue
        year = one.paper.year or 0
        if place < years.get(year, _LAST):
            years[year] = place
    return Gist(names, years, introduced, outstanding)


def is_spoken_of(one: Said, judgements: Judgements) -> bool:
    """Return whether a judgement speaks of a name in this very paper."""
    rows = judgements.by_name.get(one.name, ())
    return any(side.paper and side.fits(one.name, one.paper) for row in rows for side in (row.left, row.right))


def plus(one: Gist, other: Gist) -> Gist:
    """Return the gist of the uses of both; `one` becomes it."""
    for name, (count, first) in other.names.items():
        known, least = one.names.get(name, (0, first))
        one.names[name] = (known + count, min(least, first))
    for year, place in other.years.items():
        one.years[year] = min(one.years.get(year, place), place)
    one.introduced += other.introduced
    one.outstanding += other.outstanding
    return one
