"""Comparisons: both ends, direction, metric and number, read off one sentence at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kgraph.extract.relations.actors import (
    WINDOW,
    Actor,
    actor_after,
    actor_before,
    antecedent,
    clause_start,
    is_subject,
)
from kgraph.extract.relations.amounts import amounts
from kgraph.extract.relations.checks import checks, conceded, denied, is_size
from kgraph.extract.relations.clauses import Cast, Sentence, Token
from kgraph.extract.relations.cues import Cue, cues
from kgraph.extract.relations.directions import AVOIDS, direction
from kgraph.extract.relations.findings import Comparison
from kgraph.extract.relations.measures import Measure
from kgraph.extract.relations.particles import OWN_WORDS, VERBISH
from kgraph.extract.relations.phrases import Named, is_name, names_after
from kgraph.extract.relations.serials import further
from kgraph.extract.relations.shapes import fraction, is_class, side_by_side
from kgraph.extract.relations.tallies import is_number
from kgraph.model import PAPER, Kind, Polarity, Where

_SIGNS = (Polarity.BETTER, Polarity.WORSE)
_OPENING = frozenset(["when", "as", "and", ",", "in", "by", "while"])


def comparisons(sentence: Sentence, cast: Cast, last_own: str) -> list[Comparison]:
    """Return the comparisons of a sentence in reading order, one for each object.

    `last_own` is the name that "it" stands for here.
    """
    tokens = sentence.tokens
    out: list[Comparison] = []
    done = 0
    for cue in cues(sentence):
        named = names_after(tokens, cue.end, skip=cast.own)
        if not named.at:
            out = _turned(tokens, cue, cast, done, out)
            named = _again(tokens, cue, out)
        if not named.at:
            named = _another_own(tokens, cue, cast, last_own)
        if not named.at:
            continue
        if (cue.rule in ("match", "same") and checks(tokens, cue, named)) or is_size(tokens, cue):
            continue
        if _between_others(tokens, cue, named, cast) or (cue.rule == "baseline" and cue.start < done):
            continue
        actor = _actor(tokens, cue, named, cast, last_own)
        if actor is None or (actor.how == "default" and _opens_abstract(sentence)):
            continue
        if any(_acts(tokens[i]) for i in named.at) and _is_data(tokens, cue, actor, cast):
            actor = Actor(PAPER, "default")  # data do not outperform a model: who does is not named
        if cue.rule == "than" and any(c.object == actor.name for c in out):
            turned = _turned(tokens, cue, cast, done, out)
            if turned is not out:
                out, done = turned, named.end
                continue
        since = done
        for said, of in [(cue, named), *further(tokens, cue, named, cast.own)]:
            out.extend(_compare(tokens, said, of, actor, since))
            since = since if is_number(tokens[said.end]) else of.end
            done = of.end
    out.extend(c for c in fraction(tokens, cast, last_own) if c.object not in {o.object for o in out})
    return out or side_by_side(sentence)


def _between_others(tokens: tuple[Token, ...], cue: Cue, named: Named, cast: Cast) -> bool:
    """Whether a gap is told of that has nothing of the paper's own on either side: "the gap between A and B"."""
    ahead = tokens[cue.end : named.end + 4]
    own = any(t.name in cast.own or t.low in OWN_WORDS for t in ahead)
    return cue.rule == "gap" and tokens[cue.end - 1].low == "between" and not own


def _is_data(tokens: tuple[Token, ...], cue: Cue, actor: Actor, cast: Cast) -> bool:
    """Whether the actor is a data set that no verb before the cue has for its subject: "training on X yields ..."."""
    if cast.kinds.get(actor.name) is not Kind.DATASET:
        return False
    at = next((j for j in range(cue.start - 1, max(-1, cue.start - WINDOW), -1) if tokens[j].name == actor.name), None)
    return at is None or not is_subject(tokens, at, cue.start, clause_start(tokens, cue.start), own=True)


def _acts(token: Token) -> bool:
    return token.mention is not None and token.mention.kind in (Kind.MODEL, Kind.HARDWARE)


def _turned(tokens: tuple[Token, ...], cue: Cue, cast: Cast, done: int, out: list[Comparison]) -> list[Comparison]:
    """Return `out` with what "compared with B, which is 5x slower than A" says of B told of A, as A against B."""
    if cue.rule != "than":
        return out
    named = names_after(tokens, cue.end)
    relative = antecedent(tokens, cue.start, 0)
    if relative is None or not named.at or tokens[named.at[0]].name == tokens[relative].name:
        return out
    actor = tokens[relative].name
    if not any(c.object == actor for c in out) and tokens[named.at[0]].name not in cast.own:
        return out
    told = _compare(tokens, cue, Named(named.at[:1], named.end), Actor(actor, "named"), done)
    return [c for c in out if c.object != actor] + [
        replace(_seen_from_object(c), first=min(c.first, relative)) for c in told
    ]


def _seen_from_object(c: Comparison) -> Comparison:
    """Return a comparison told of its object, for which all that is good is bad."""
    turn = {Polarity.BETTER: Polarity.WORSE, Polarity.WORSE: Polarity.BETTER}
    measures = tuple(replace(m, good=None if m.good is None else not m.good) for m in c.measures)
    return replace(c, subject=c.object, object=c.subject, polarity=turn.get(c.polarity, c.polarity), measures=measures)


def _again(tokens: tuple[Token, ...], cue: Cue, out: Sequence[Comparison]) -> Named:
    """Return the object met before that a word of its phrase stands for: "beat X eager and Y: 5x over eager"."""
    word = tokens[cue.end] if cue.end < len(tokens) else None
    if cue.rule == "over" and word is not None and word.low.isalpha():
        objects = {c.object for c in out}
        for j in range(cue.start - 1, max(0, cue.start - WINDOW), -1):
            if tokens[j].low == word.low and tokens[j - 1].name in objects:
                return Named((j - 1,), cue.end + 1)
    return Named((), cue.end)


_DETERMINERS = ("the", "its", "our", "a", "an", "original", "standard", "base", "vanilla", "previous")


def _another_own(tokens: tuple[Token, ...], cue: Cue, cast: Cast, last_own: str) -> Named:
    """Return the paper's own thing that another of its own is compared with: "X-2 is 2x faster than X"."""
    at = cue.end
    while at < len(tokens) and tokens[at].low in _DETERMINERS:
        at += 1
    if at >= len(tokens) or not is_name(tokens[at]) or tokens[at].name not in cast.own or _opens(tokens, cue.start):
        return Named((), cue.end)
    if cue.rule == "unlike" or (at + 1 < len(tokens) and VERBISH[tokens[at + 1].low]):
        return Named((), cue.end)
    actor = actor_before(tokens, cue.start, cast, last_own, frozenset({tokens[at].name}))
    named = actor is not None and actor.how == "own name" and actor.name != tokens[at].name
    return Named((at,), at + 1) if named else Named((), cue.end)


def _opens_abstract(sentence: Sentence) -> bool:
    """Whether this is the first of several sentences, which tells of the field and not of the paper's own work."""
    return sentence.where is Where.ABSTRACT and sentence.start < 4 and sentence.end + 40 < len(sentence.text)


def _actor(tokens: tuple[Token, ...], cue: Cue, named: Named, cast: Cast, last_own: str) -> Actor | None:
    barred = frozenset(tokens[i].name for i in named.at)
    before = tokens[cue.start - 1] if cue.start else None
    if cue.rule == "over" and before and before.mention and cue.start > 1 and tokens[cue.start - 2].low == "of":
        return Actor(before.name, "named")  # "the advantage of X over Y"
    if cue.rule == "than" and cue.end - cue.start == 2:  # "faster on X than on Y"
        place = tokens[cue.end - 1].low
        for j in range(cue.start - 1, max(0, cue.start - 8), -1):
            if tokens[j].mention is not None and tokens[j - 1].low == place:
                return Actor(tokens[j].name, "named")
    if cue.rule == "versus":
        if before and before.mention and before.name not in barred:
            return Actor(before.name, "named")
        speaker = actor_before(tokens, cue.start, cast, last_own, barred)
        return speaker if speaker and speaker.how == "own name" else None
    within = [t for t in tokens[cue.start : cue.end] if is_name(t) and t.name not in barred]
    if within:  # "we compare X to Y"
        return Actor(within[-1].name, "named")
    if cue.rule in ("compared", "unlike", "compare", "relative", "against") and _opens(tokens, cue.start):
        after = actor_after(tokens, named.end, cast, last_own, barred)
        if after:
            return after
    return actor_before(tokens, cue.start, cast, last_own, barred)


def _opens(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the words before position `i` are only an opening such as "When"."""
    return i <= 4 and all(t.low in _OPENING or t.low.endswith("ly") for t in tokens[:i])


def _compare(tokens: tuple[Token, ...], cue: Cue, named: Named, actor: Actor, done: int) -> list[Comparison]:
    shared, aligned = amounts(tokens, cue, named, done)
    out: list[Comparison] = []
    for k, i in enumerate(named.at):
        if tokens[i].name == actor.name:
            continue
        mine = (aligned[k],) if aligned else tuple(shared)
        polarity = _polarity(tokens, cue, named, mine, done)
        if polarity in _SIGNS and denied(tokens, cue.start):
            polarity = Polarity.UNSPECIFIED
        if cue.rule == "unlike" and (polarity is Polarity.UNSPECIFIED or is_class(tokens[i])):
            continue
        if polarity is Polarity.SIMILAR and cue.rule in ("same", "match"):
            mine = ()
        spots = [m.at for m in mine]
        first, last = min([cue.start, *spots]), max([named.end - 1, i, *spots])
        if _opens(tokens, cue.start) and last < named.end:
            last = min(len(tokens) - 1, named.end + 8)
        out.append(Comparison(actor.name, tokens[i].name, polarity, mine, first, last, cue.rule, actor.how))
    return out


def _polarity(tokens: tuple[Token, ...], cue: Cue, named: Named, mine: Sequence[Measure], done: int) -> Polarity:
    """Return how the subject fares, by the cue itself, else by what is measured, else by the words around."""
    if cue.polarity is Polarity.SIMILAR:
        gains = [m.good for m in mine if m.at >= named.end and m.good is not None]
        return (Polarity.BETTER if gains[0] else Polarity.WORSE) if gains else cue.polarity
    if cue.polarity is not None:
        return cue.polarity
    if cue.rule == "than" and conceded(tokens, cue):
        return Polarity.WORSE
    rest = [t.low for t in tokens[named.end : named.end + WINDOW]]
    if cue.rule in ("compare", "compared") and "which" in rest[:12] and "than" in rest:
        return Polarity.UNSPECIFIED  # what follows "which" is about the object
    for m in mine:
        if m.good is not None:
            return Polarity.BETTER if m.good else Polarity.WORSE
    if cue.rule == "compare" and any(t.low.startswith("favo") for t in tokens[cue.start : cue.end]):
        return Polarity.BETTER  # "compares favourably with A"
    start = max(done, cue.start - 18)
    for j in range(cue.start - 1, start - 1, -1):  # the word nearest to the cue decides
        before = direction([t.low for t in tokens[j : cue.start]])
        if before is Polarity.WORSE and any(AVOIDS.match(t.low) for t in tokens[max(start, j - 6) : j]):
            return Polarity.BETTER  # "mitigates half of the slowdown"
        if before is not Polarity.UNSPECIFIED:
            return before
    if cue.rule in ("over", "than") or mine:
        return Polarity.BETTER
    return direction(rest)
