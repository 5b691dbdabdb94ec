"""Uses of a name, each judged by itself: what it means, and whether it is believed to be a name at all.

`judged` needs nothing of other uses but the senses that were founded, so it takes any part of a name's uses. What it
leaves open is settled by counts of all parts (`settled`), and then each use is told (`told`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kgraph.model import Decision, Rule
from kgraph.resolve.entities.belief import SURE, confirmation, may_be_witnessed, sureness, witnessed
from kgraph.resolve.entities.choosing import COMMON, NEITHER, ONLY, ONLY_FOUNDING, Choice, Meant, Tag, is_founded
from kgraph.resolve.entities.said import Said
from kgraph.resolve.entities.senses import Alike, Sense, Senses
from kgraph.resolve.entities.tally import BELIEVED, LEFT_OUT, WAITING, Tally, Voice
from kgraph.text import key
from kgraph.vocab import Vocabulary

FEWEST_COMMON = 5
"""So many uses that point to no introducing paper, if they outnumber those, mean a thing that all know."""


_NOTHING = Sense()


class Verdict(NamedTuple):
    """What is found of one use.

    `belief` is why it is believed, or "" where others would have to confirm it (never, unless it `waits`); `doubt` why
    it is left out even so.
    """

    meant: Meant
    belief: str = SURE
    doubt: str = ""
    waits: bool = False


_PLAIN = Verdict(ONLY)
_FOUNDING = Verdict(ONLY_FOUNDING)

Tallies = dict[Tag, Tally]
"""What uses say of each sense; those of COMMON and NEITHER mean none, unless the former are many."""


def judged(
    uses: Iterable[Said], found: Senses, vocabulary: Vocabulary, alike: Alike, least: float
) -> tuple[list[Verdict], Tallies]:
    """Return what is found of each of these uses of a name, and of them together."""
    placed = found.placed
    choice = Choice(found, alike) if found.compared else None
    out: list[Verdict] = []
    tallies: Tallies = {}
    for use in uses:
        surely = _FOUNDING if placed and use.place in placed else _PLAIN
        verdict = Verdict(choice.meant(use)) if choice else surely
        meant = verdict.meant
        sense = found.senses[meant.tag[0]] if is_founded(meant.tag) else _NOTHING
        belief = SURE if use.certain else confirmation(use, sense.concept, sense.founders, vocabulary)
        waits = not belief and may_be_witnessed(use.name)
        doubt = _doubt(use, least) if least else ""
        if doubt or belief != SURE:
            verdict = Verdict(meant, belief, doubt, waits)
        out.append(verdict)
        if meant.tag == NEITHER:
            continue
        state = LEFT_OUT if doubt else BELIEVED if belief else WAITING if waits else LEFT_OUT
        title = key(use.paper.title) if sense.alone else ""
        voice = Voice(use.name, use.kind, use.level, use.rule, use.confidence, use.certain, state, title)
        tally = tallies.get(meant.tag)
        if tally is None:
            tally = tallies[meant.tag] = Tally()
        tally.add(voice, use.surfaces)
    return out, tallies


def _doubt(use: Said, least: float) -> str:
    sure = max(map(sureness, use.mentions))
    return f"its confidence of {sure:g} is below {least:g}" if sure < least else ""


def added(one: Tallies, other: Tallies) -> Tallies:
    """Return what the uses of both say; `one` becomes it."""
    for tag, tally in other.items():
        if tag in one:
            one[tag].plus(tally)
        else:
            one[tag] = tally
    return one


@dataclass(frozen=True, slots=True)
class Settled:
    """What a use has to know of all others: by sense, the names that enough papers surely use, with their number; how
    many uses point nowhere, if these mean a thing that all know (else 0)."""

    witnesses: Mapping[Tag, Mapping[str, int]] = field(default_factory=dict)
    common: int = 0


def settled(found: Senses, tallies: Tallies) -> Settled:
    """Return what the uses of a group have to know of each other."""
    nowhere = tallies[COMMON].uses if COMMON in tallies else 0
    common = nowhere if nowhere >= FEWEST_COMMON and nowhere > len(found.placed) else 0
    known = {tag: names for tag, tally in tallies.items() if (names := tally.witnesses())}
    return Settled(known, common) if known or common else _NOTHING_TO_KNOW


_NOTHING_TO_KNOW = Settled()
_NO_WITNESSES: Mapping[str, int] = {}


def told(
    paper: str, name: str, verdict: Verdict, after: Settled, ids: Mapping[Tag, str]
) -> tuple[str, Sequence[Decision]]:
    """Return the id of the entity that a paper's use of a name is believed to mean, or "", and why.

    `ids` are those of senses that are believed.
    """
    (tag, rule, reason, _), belief, doubt, waits = verdict
    if tag == NEITHER or (tag == COMMON and not after.common):
        return "", [Decision("", name, Rule.NEITHER, reason, paper)]
    entity = ids.get(tag, "")
    if belief == SURE and not rule and not reason and not doubt:
        return entity, ()
    if tag == COMMON:
        rule, reason = Rule.HOMONYM, f"{reason}: {after.common} such papers mean something all know"
    why = [Decision(entity, name, rule, reason, paper)] if rule and entity else []
    if waits:
        belief = witnessed(after.witnesses.get(tag, _NO_WITNESSES).get(name, 0))
    if not belief:
        return "", [*why, Decision("", name, Rule.UNCONFIRMED, "no paper or vocabulary confirms it", paper)]
    if doubt:
        return "", [*why, Decision("", name, Rule.DOUBTFUL, doubt, paper)]
    if belief != SURE:
        why.append(Decision(entity, name, Rule.CONFIRMED, belief, paper))
    return entity, why
