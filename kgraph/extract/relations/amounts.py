"""Which numbers of a sentence belong to a comparison, and which of them to which of its objects."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kgraph.extract.relations.actors import WINDOW
from kgraph.extract.relations.clauses import Token
from kgraph.extract.relations.cues import NUMERALS, Cue
from kgraph.extract.relations.listings import numbers, runs
from kgraph.extract.relations.measures import Measure, comparative, coordinated_back, measure, measures, telling
from kgraph.extract.relations.particles import JOIN
from kgraph.extract.relations.phrases import Named
from kgraph.extract.relations.tallies import is_number
from kgraph.model import Kind, Polarity, ValueKind

_VERBS = ("outperform", "trail", "passive", "superior", "improve over", "improve on", "match")
_OTHER = re.compile(r"(?:outperform|surpass|exceed|beat|improving$)")
_ENDS = (",", "and", "but")
_ASIDES = ("although", "though", "despite", "while", "-", "–", "—")
_RELATES = ("over", "than", "against")
_CHANGE = re.compile(
    r"-?(?:speed|gain|margin|improv|reduc|decreas|increas|enhanc|boost|grow|lower|higher|sav|cut|eliminat|rang|drop|degrad|"
    r"accelerat|fewer|less|more|advantag|win|overhead|shrink|relative|absolute|lead|rais)"
)
_BE = ("is", "are", "was", "were")


def amounts(tokens: tuple[Token, ...], cue: Cue, named: Named, done: int) -> tuple[list[Measure], list[Measure]]:
    """Return the measures that belong to all objects, headline first, and those that belong to each if so listed."""
    until = _part_end(tokens, named)
    if cue.polarity is Polarity.SIMILAR:  # "on par with A, surpassing its baseline by 3 points"
        until = next((j for j in range(named.end, until) if _OTHER.match(tokens[j].low)), until)
    others = is_number(tokens[cue.end]) and cue.end < named.at[0]  # "compared to 5% for A and 4% for B"
    after = [] if others else _telling(tokens, named.end, until)
    before = _telling(tokens, max(done, _since(tokens, cue), cue.start - WINDOW), cue.start)
    lists = [runs(tokens, after), runs(tokens, before)[::-1]]
    for run in [r for rs in (lists[::-1] if cue.rule in ("than", "over", "against") else lists) for r in rs]:
        if len(run) > 1:
            aligned = _align(tokens, cue, named, run)
            if aligned and tokens[run[0] - 1].low not in ("vs", "versus"):
                return [], aligned
    if cue.rule in _VERBS:
        by = [i for i in after if measure(tokens, i).by]
        ends = _ENDS if cue.rule == "match" else (*_ENDS, *_ASIDES)  # "matches X while being 5x cheaper" is a gain
        near = next(
            (k for k in range(named.end, min(len(tokens), named.end + WINDOW)) if tokens[k].low in ends),
            named.end + WINDOW,
        )
        chosen = by[:1] or [i for i in after if i < near]
    elif cue.rule in ("than", "over", "against"):
        chosen = coordinated_back(tokens, before) or after[:1]
    elif cue.rule == "same":
        chosen = after
    else:
        chosen = coordinated_back(tokens, before) or after
    measured = measures(tokens, chosen)
    found = [m for m in measured if comparative(m)] or ([] if cue.rule == "than" else measured)
    if cue.rule not in ("over", "than"):
        found = [_as_reached(tokens, m) for m in found]
    return [m for m in found if m.quantity.unit != "%" or not _is_others(tokens, m.at, named)], []


def _is_others(tokens: tuple[Token, ...], i: int, named: Named) -> bool:
    """Whether what is reached at `i` is reached by the objects: "surpassing A (72%)", "beating A at 60%"."""
    versus = any(t.low in ("vs", "versus", "v") for t in tokens[i + 1 : i + 3])
    near = 0 <= i - named.end < 10 and tokens[i - 1].low in ("(", "at") and not versus
    k = i - 1
    while k > 0 and (tokens[k].low == "/" or tokens[k].quantity is not None):  # "89% vs. 43%/42%"
        k -= 1
    return near or bool({"vs", "versus"} & {t.low for t in tokens[max(0, k - 1) : k + 1]})


def _as_reached(tokens: tuple[Token, ...], m: Measure) -> Measure:
    """Return a measure as an absolute one where its share is what is reached and no change: "at 82%, beating A"."""
    if m.quantity.kind is not ValueKind.PERCENT or not m.at or not _is_reached(tokens, m):
        return m
    return replace(m, quantity=replace(m.quantity, kind=ValueKind.ABSOLUTE, unit="%"))


def _is_reached(tokens: tuple[Token, ...], m: Measure) -> bool:
    before = [t.low for t in tokens[max(0, m.at - 16) : m.at]]
    after = [t.low for t in tokens[m.at + 1 : m.at + 7]] or [""]
    if before[-1] == "from" and m.quantity.low != m.quantity.high:
        return len(before) > 1 and _CHANGE.match(before[-2]) is None  # "improves it from 20% to 30%"
    part = after[0] == "of" or after[0].endswith("er") or bool({"+", "only", "just", "merely"} & set(before[-2:]))
    return not part and not comparative(m) and not any(_CHANGE.match(word) for word in before + after)


def _since(tokens: tuple[Token, ...], cue: Cue) -> int:
    """Return where the numbers begin that are said of a cue's own objects: "5x over others, 3x over X"."""
    if cue.rule not in (*_RELATES, "unlike", "relative", "compared"):
        return 0
    for j in range(cue.start - 1, max(0, cue.start - WINDOW) - 1, -1):
        k = j + 1 if tokens[j].low == "compared" else j
        if tokens[j].low in (*_RELATES, "compared") and not is_number(tokens[k + 1]):
            return j + 1
    return 0


def _telling(tokens: tuple[Token, ...], start: int, end: int) -> list[int]:
    found = [i for i in numbers(tokens, start, end) if (q := tokens[i].quantity) is not None and telling(q)]
    return [i for i in found if not _counts(tokens, i) and not _bounds(tokens, i)]


def _bounds(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the number at `i` only says how near something stays: "keeping accuracy within 0.2%"."""
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    k = i - 4 if [t.low for t in tokens[max(0, i - 3) : i]] == ["a", "factor", "of"] else i - 1
    return k >= 0 and tokens[k].low == "within" and after != "of"


def _counts(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the number at `i` says how many devices there are: "8xA100"."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    device = after is not None and after.mention is not None and after.mention.kind is Kind.HARDWARE
    return device and after is not None and after.start == tokens[i].end


def _align(tokens: tuple[Token, ...], cue: Cue, named: Named, run: Sequence[int]) -> list[Measure]:
    """Return one measure for each name where as many numbers as names, or as things listed, stand in a row."""
    found = [measure(tokens, i) for i in run]
    tail = found[-1]
    shared = [
        replace(
            m,
            metric=m.metric or tail.metric,
            good=tail.good if m.good is None else m.good,
            higher_is_better=tail.higher_is_better if m.higher_is_better is None else m.higher_is_better,
        )
        for m in found
    ]
    if len(run) == len(named.at):
        return shared
    items: list[int] = []
    item = 0
    for i in range(cue.end, named.end):
        if tokens[i].low in JOIN and tokens[i - 1].low not in JOIN:
            item += 1
        if i in named.at:
            items.append(item)
    end = [t.low for t in tokens[named.end : named.end + 20]]
    more = "respectively" in end and max(items, default=0) < len(run) and len(run) > len(named.at)
    if (item + 1 == len(run) or more) and len(set(items)) == len(items) == len(named.at):
        return [shared[k] for k in items]
    return []


def _part_end(tokens: tuple[Token, ...], named: Named) -> int:
    """Return where the part of the sentence ends that still speaks of the objects just named."""
    limit = min(len(tokens), named.end + WINDOW)
    for j in range(named.end, limit):
        low = tokens[j].low
        after = tokens[j + 1].low if j + 1 < limit else ""
        hedge = j + 1 < limit and (is_number(tokens[j + 1]) or after in NUMERALS)
        if low == ":" and any(t.low in ("over", "than") for t in tokens[j + 1 : limit]):
            return j
        if low == "which" and after not in _BE and not any(t.low[:1].isalpha() for t in tokens[named.end : j]):
            return j  # "outperforms A and B, which reach 5%"
        if low in (";", "whereas"):
            return j
        if low == "compared" or (low == "relative" and after == "to") or (low in ("over", "than") and not hedge):
            return _clause_before(tokens, named, j)
    return limit


def _clause_before(tokens: tuple[Token, ...], named: Named, cue: int) -> int:
    """Return where the clause of another cue begins: "matches A, while being 10x cheaper than B" tells nothing of A."""
    names = {tokens[i].name for i in named.at}
    if any(t.name in names for t in tokens[cue + 1 : cue + 6]):
        return cue
    return next((j for j in range(cue - 1, named.end, -1) if tokens[j].low in (",", "while")), cue)
