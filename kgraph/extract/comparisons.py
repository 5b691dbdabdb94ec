"""Comparisons: both ends, direction, metric and number, read off one sentence at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kgraph.extract.clauses import Cast, Sentence, Token
from kgraph.extract.cues import Cue, cues
from kgraph.extract.measures import Measure, coordinated_back, direction, measure, numbers, runs, telling
from kgraph.extract.phrases import Actor, Named, actor_after, actor_before, names_after
from kgraph.model import PAPER, Polarity


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison found in a sentence; `first` and `last` are the positions of the tokens that state it."""

    subject: str
    object: str
    polarity: Polarity
    measures: tuple[Measure, ...]
    first: int
    last: int
    rule: str
    how: str


def comparisons(sentence: Sentence, cast: Cast, last_own: str) -> list[Comparison]:
    """Return the comparisons of a sentence in reading order, one for each object.

    `last_own` is the name that "it" and "our system" stand for here.
    """
    tokens = sentence.tokens
    out: list[Comparison] = []
    done = 0
    for cue in cues(tokens):
        named = names_after(tokens, cue.end, skip=cast.own)
        if not named.at:
            continue
        objects = [tokens[i].name for i in named.at]
        actor, barred = _actor(tokens, cue, named, cast, last_own, objects)
        if actor is None:
            continue
        out.extend(_compare(tokens, cue, named, actor, done))
        done = named.end
    return out


def _actor(
    tokens: tuple[Token, ...], cue: Cue, named: Named, cast: Cast, last_own: str, objects: Sequence[str]
) -> tuple[Actor | None, frozenset[str]]:
    barred = frozenset(objects)
    opens = all(
        t.low in ("when", "as", "and", ",", "in", "by", "while") or (t.low.endswith("ly")) for t in tokens[: cue.start]
    )
    if cue.rule in ("compared", "unlike", "compare", "relative") and opens:
        after = actor_after(tokens, named.end, cast, last_own, barred)
        if after:
            return after, barred
    return actor_before(tokens, cue.start, cast, last_own, barred), barred


def _compare(tokens: tuple[Token, ...], cue: Cue, named: Named, actor: Actor, done: int) -> list[Comparison]:
    values, aligned = _values(tokens, cue, named, done)
    out: list[Comparison] = []
    for k, i in enumerate(named.at):
        if tokens[i].name == actor.name:
            continue
        mine = (aligned[k],) if aligned else tuple(values)
        polarity = cue.polarity or _polarity(tokens, cue, named, mine, done)
        if cue.rule == "unlike" and polarity is Polarity.UNSPECIFIED:
            continue
        spots = [m.at for m in mine]
        out.append(
            Comparison(
                actor.name,
                tokens[i].name,
                polarity,
                mine,
                min([cue.start, *spots]),
                max([named.end - 1, i, *spots]),
                cue.rule,
                actor.how,
            )
        )
    return out


def _values(tokens: tuple[Token, ...], cue: Cue, named: Named, done: int) -> tuple[list[Measure], list[Measure]]:
    """Return the measures that belong to all objects, headline first, and those that belong to each, where listed so."""
    stop = _sentence_part_end(tokens, named.end)
    after = [i for i in numbers(tokens, named.end, stop) if telling(tokens[i].quantity)]  # type: ignore[arg-type]
    before = [i for i in numbers(tokens, done, cue.start) if telling(tokens[i].quantity)]  # type: ignore[arg-type]
    count = len(named.at)
    if count > 1:
        for run in [*runs(tokens, after), *reversed(runs(tokens, before))]:
            if len(run) == count:
                found = [measure(tokens, i) for i in run]
                tail = found[-1]
                return [], [
                    Measure(
                        m.at,
                        m.quantity,
                        m.metric or tail.metric,
                        m.good if m.good is not None else tail.good,
                        tail.higher_is_better,
                    )
                    for m in found
                ]
    if cue.rule in ("outperform", "trail", "passive", "superior", "improve over", "improve on", "match"):
        chosen = after
    elif cue.rule in ("than", "over", "against"):
        chosen = coordinated_back(tokens, before) or after[:1]
    else:
        chosen = coordinated_back(tokens, before) or after
    return [measure(tokens, i) for i in chosen], []


def _sentence_part_end(tokens: tuple[Token, ...], i: int) -> int:
    """Return where the part of the sentence ends that still speaks of the objects just named."""
    for j in range(i, len(tokens)):
        if tokens[j].low in (";", "over", "compared", "than", "while", "whereas", "relative"):
            return j
    return len(tokens)


def _polarity(tokens: tuple[Token, ...], cue: Cue, named: Named, mine: Sequence[Measure], done: int) -> Polarity:
    for m in mine:
        if m.good is not None:
            return Polarity.BETTER if m.good else Polarity.WORSE
    if cue.rule == "than":
        for j in range(cue.start - 1, max(done, cue.start - 18) - 1, -1):
            found = direction([t.low for t in tokens[j : cue.start]])
            if found is not Polarity.UNSPECIFIED:
                return found
    before = direction([t.low for t in tokens[done : cue.start]])
    if before is not Polarity.UNSPECIFIED:
        return before
    if cue.rule in ("over", "than") or mine:
        return Polarity.BETTER
    return direction([t.low for t in tokens[named.end :]])


def subject_default(cast: Cast) -> str:
    """Return what "we" stands for before anything was said."""
    return cast.primary or PAPER
