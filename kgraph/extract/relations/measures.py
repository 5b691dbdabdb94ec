"""What the numbers of a comparison measure: metric, whether more of it is good, and for which of several names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kgraph.extract.relations.clauses import Token
from kgraph.extract.relations.directions import DOWN, GOOD, METRIC_STOP, UP, higher_is_better, speaks_for
from kgraph.extract.relations.listings import LINKS, runs
from kgraph.extract.wordlists import alternatives, words
from kgraph.model import Quantity, ValueKind

_FILLER = words(
    """
    a an the its our their of average overall up to about approximately around over roughly nearly more than less at
    least mean geomean gmean geometric significant significantly further additional respectively maximum max peak
    average-case simultaneously terms number absolute relative improved
    """
)
_VERB = re.compile(
    r"(?:achiev|reach|obtain|attain|deliver|provid|improv|reduc|outperform|surpass|exceed|demonstrat|exhibit|offer|yield|"
    r"requir|cut|lower|increas|decreas|boost|accelerat|sav|bring|speed)(?:e|es|ed|s|ing|ting)$|(?:is|are|was|were|shows?|speeds)$"
)
_MOVES = alternatives(
    "falls? fell drops? dropped rises? rose grows? grew declines? declined decreases? increases? improves?"
)
_JOINS = words(", and or / &")
_ALIKE = words("similar same equal equivalent comparable identical")
_HEDGES = words(
    """
    to up over about approximately around more than an average of nearly at least roughly ~ a as much additional
    further another only only-about gmean geomean mean geometric
    """
)
_CHANGE = alternatives(
    "speed-?ups? improvements? gains? reductions? increases? decreases? boosts? savings? saving drops? acceleration "
    "enhancements?"
)
_PLAIN = re.compile(r"[\w ()%@+.&'-]*[A-Za-z][\w ()%@+.&'-]*$")
GAIN_NOUN = alternatives(
    r"""
    speed-?ups? improvements? gains? reductions? advantages? increases? benefits? acceleration boosts? superiority
    savings? wins? progress uplift improv(?:e|es|ed|ing) lead faster preferred preference favou?red enhancements?
    margin decreas(?:e|es|ed|ing) reduc(?:e|es|ed|ing) throughput speeds? increas(?:ed|ing) edge efficiency
    performance accelerat(?:e|es|ed|ing) outperformance boosting boosted jump leap lift preferences? win-rate rate
    """
)

_COMPARED = alternatives("faster stronger easier quicker cheaper superior")
_THINGS = words("baseline baselines method methods model models competitor competitors setup counterpart")
_WHERE = words("within under on with for at across when while")
_NOUNS = {
    "faster": "speed",
    "fast": "speed",
    "good": "",
    "slower": "speed",
    "accurate": "accuracy",
    "efficient": "efficiency",
    "effective": "effectiveness",
    "robust": "robustness",
    "stable": "stability",
    "reliable": "reliability",
    "scalable": "scalability",
    "flexible": "flexibility",
    "competitive": "",
    "powerful": "",
}
_PLACES = words("on for with at in the a")
_BETTER = words("better worse faster slower")

_SCORE = re.compile(
    r"(?<![A-Za-z-])(?!percentage|average|absolute|point|pts|pp|p\.p|dB)(?P<score>[A-Za-z][\w-]*)(?: (?:points?|pts))?$"
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with what it measures.

    `good` says whether it speaks for the subject (None: not said); `by` that it stands as "by 5x".
    """

    at: int
    quantity: Quantity
    metric: str
    good: bool | None
    higher_is_better: bool | None
    by: bool = False


def measure(tokens: tuple[Token, ...], i: int) -> Measure:
    """Return what the number at position `i` measures, read off the words around it."""
    quantity = tokens[i].quantity
    assert quantity is not None
    after = _metric_after(tokens, i)
    direction_words = [tokens[i + 1].low if i + 1 < len(tokens) else "", *after]
    metric = _bare_metric(after)
    if not metric:
        metric, before = _metric_before(tokens, i)
        direction_words = [*direction_words, *before]
    if not metric and quantity.kind is ValueKind.POINTS:
        of = _SCORE.search(quantity.text)
        metric = of["score"] if of else ""  # "1.2 BLEU points", "5.3 AP"
    higher = higher_is_better(metric)
    metric = metric if _PLAIN.match(metric) and metric.split()[-1] not in _THINGS else ""
    return Measure(i, quantity, metric, speaks_for(direction_words, higher), higher, _by(tokens, i))


def measures(tokens: tuple[Token, ...], at: Sequence[int]) -> list[Measure]:
    """Return what the numbers at these positions measure; where as many metrics are listed, each has its own."""
    listed: dict[int, Measure] = {}
    for run in runs(tokens, at):
        if len(run) > 1:
            listed.update(_listed(tokens, run))
    found: list[Measure] = []
    for i in at:
        m = listed.get(i) or measure(tokens, i)
        before = found[-1] if found else m
        if not m.metric and before.metric and m.quantity.kind is before.quantity.kind and _same(tokens, before.at, i):
            m = replace(m, metric=before.metric, good=before.good, higher_is_better=before.higher_is_better)
        found.append(m)
    return found


def _same(tokens: tuple[Token, ...], one: int, other: int) -> bool:
    """Whether nothing but a place stands between two numbers: "latency by 2x on {A} and 3x on {B}"."""
    between = tokens[one + 1 : other]
    return other - one < 8 and all(t.low in LINKS or t.low in _PLACES or t.mention is not None for t in between)


def _listed(tokens: tuple[Token, ...], run: Sequence[int]) -> dict[int, Measure]:
    """Return the measures of "2x and 3x lower latency and energy" and of "latency and energy by 2x and 3x"."""
    for items in (_items_after(tokens, run[-1]), _items_before(tokens, run[0])):
        metrics = [_bare_metric([w for w in item if not _VERB.match(w)]) for item in items]
        higher = [higher_is_better(metric) for metric in metrics]
        if len(items) == len(run) and None not in higher and len(set(metrics)) == len(metrics):
            found = [
                replace(measure(tokens, i), metric=m, higher_is_better=h)
                for i, m, h in zip(run, metrics, higher, strict=True)
            ]
            return {m.at: replace(m, good=speaks_for(items[0], m.higher_is_better)) for m in found}
    return {}


def _items_after(tokens: tuple[Token, ...], i: int) -> list[list[str]]:
    """Return the words of each item of the list that the number at `i` opens."""
    items: list[list[str]] = [[]]
    for t in tokens[i + 1 : i + 20]:
        if t.low in _JOINS and items[-1]:
            items.append([])
        elif t.low == "by":
            return []  # "28%, 2x speedup, and a reduction by 17%"
        elif t.low in METRIC_STOP - _JOINS or t.quantity is not None or t.mention is not None:
            break
        elif t.low[:1].isalpha():
            items[-1].append(t.low)
    return items if items[-1] else items[:-1]


def _items_before(tokens: tuple[Token, ...], i: int) -> list[list[str]]:
    """Return the words of each item of the list before "by" and the number at `i`, the verb in front of the first."""
    j = i - 1
    while j > 0 and tokens[j].low in _HEDGES:
        j -= 1
    items: list[list[str]] = [[]]
    for t in reversed(tokens[max(0, j - 16) : j] if tokens[j].low == "by" else ()):
        if t.low in _JOINS and items[0]:
            items.insert(0, [])
        elif t.quantity is not None or t.mention is not None:
            break
        elif t.low[:1].isalpha():
            items[0].insert(0, t.low)
            if _turns(t.low):
                return items
    return []


def unmeasured(tokens: tuple[Token, ...], first: int, last: int) -> tuple[str, bool | None]:
    """Return the metric of a comparison without a number in [first, last], "much lower tail latency than", and whether
    more of it is good; an empty metric where it names none."""
    than = next((k for k in range(first, last + 1) if tokens[k].low == "than"), first)
    for j in range(than - 1, max(-1, than - 6), -1):
        word = tokens[j].low
        if tokens[j].mention is not None or tokens[j].quantity is not None or word in METRIC_STOP:
            break
        if j == than - 1 and word in _NOUNS:  # "faster than"
            return _NOUNS[word], higher_is_better(_NOUNS[word])
        if UP.match(word) or DOWN.match(word) or word in _BETTER:
            metric = _bare_metric([t.low for t in tokens[j + 1 : than] if not _VERB.match(t.low)])
            if _PLAIN.match(metric) and higher_is_better(metric.split()[-1]) is not None:
                return metric, higher_is_better(metric)
            break
    return "", None


def _by(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the number is an amount of change: "by up to 5x"."""
    for j in range(i - 1, max(-1, i - 7), -1):
        if tokens[j].low == "by":
            return True
        if tokens[j].low not in _HEDGES and tokens[j].quantity is None and tokens[j].low not in (",", "and", "/"):
            return False
    return False


def _metric_after(tokens: tuple[Token, ...], i: int) -> list[str]:
    """Return the words of the phrase that the number opens: "higher throughput per unit area"."""
    out: list[str] = []
    linked = False
    words = [t.low for t in tokens[i + 1 : i + 4]]
    if words[::2] == ["as", "as"] and words[1] in _NOUNS:  # "twice as fast as"
        return [words[1]]
    for token in tokens[i + 1 : i + 9]:
        low = token.low
        if low in ("in", "of", "per", "w.r.t") and out and not linked and not out[-1].endswith("er"):
            linked = low != "per"
            out.append(low)
            continue
        if low in METRIC_STOP or token.quantity is not None or (token.mention is not None and linked):
            if low == "in" and not out:
                continue
            break
        if low == "per" and not out:
            break
        if _VERB.match(low) and not GAIN_NOUN.match(low):
            break
        out.append(low if token.mention is None else token.mention.surface)
    while out and out[-1] in ("in", "of", "per"):
        out.pop()
    return out


def _bare_metric(words: list[str]) -> str:
    """Return the metric without directions: "higher throughput" → "throughput", "reduction in memory" → "memory"."""
    for link in ("in", "of"):
        if link in words:
            head, tail = words[: words.index(link)], words[words.index(link) + 1 :]
            if any(_CHANGE.match(w) for w in head[-1:]) and tail:
                tail = [w for w in tail if w not in _FILLER]
                if tail and "speedup" not in head[-1]:
                    return " ".join(tail)
            words = head
    kept = [w for w in words if w not in _FILLER and not UP.match(w) and not DOWN.match(w)]
    while (
        len(kept) > 1
        and GAIN_NOUN.match(kept[-1])
        and not re.match(r"speed|rate|throughput|performance|efficiency", kept[-1])
    ):
        kept.pop()
    kept = [w for w in kept if w not in ("better", "worse", "slower", "cheaper", "larger")] or [
        w for w in kept if len(kept) == 1
    ]
    if (
        kept
        and GAIN_NOUN.match(kept[-1])
        and len(kept) == 1
        and re.match(r"(?:improve|gain|reduc|increas|boost|decreas)", kept[0])
    ):
        return ""
    if kept and kept[0] in ("better", "worse"):
        return ""
    if len(kept) > 1 and (_COMPARED.match(kept[0]) or kept[0] == "times"):  # "faster convergence", "200% times speed"
        kept = kept[1:]
    if kept:
        kept[-1] = _NOUNS.get(kept[-1], kept[-1])
    return " ".join(kept)


def _metric_before(tokens: tuple[Token, ...], i: int) -> tuple[str, list[str]]:
    """Return the metric of "reducing training time by 40%" and the words that say the direction."""
    j = i - 1
    while j >= 0 and tokens[j].low in _HEDGES:
        j -= 1
    if j < 0 or tokens[j].low not in ("by", "from", "to"):
        return "", []
    words: list[str] = []
    k = j - 1
    while k >= 0 and len(words) < 10:
        low = tokens[k].low
        if low in (",", ";", ".", "and", "that", "we", "(", ")") or tokens[k].quantity is not None:
            break
        words.insert(0, low if tokens[k].mention is None else "")
        if _turns(low):
            break
        k -= 1
    joined = k - 1 if k > 1 and tokens[k].low == "and" and tokens[k - 1].low == "," else k
    if joined > 0 and tokens[k].low in ("and", ",") and tokens[joined - 1].quantity is not None:
        words.insert(0, next((t.low for t in reversed(tokens[max(0, k - 10) : k]) if _turns(t.low)), ""))
    cut = next((n for n, w in enumerate(words) if n > 1 and w in _WHERE), len(words))  # "throughput within limits"
    kept = [w for w in words[1:cut] if w and w not in _FILLER]
    if kept and _MOVES.match(kept[-1]):  # "latency falls by 30%"
        kept.pop()
    if "in" in kept:  # "surpasses the leading A in accuracy by 3%"
        kept = kept[len(kept) - kept[::-1].index("in") :]
    if _ALIKE & set(kept):  # "a chip of similar size by 4x"
        return "", words
    text = " ".join(kept)
    return (
        text
        if len(kept) <= 4 and "of" not in kept and not (set(kept) & METRIC_STOP) and higher_is_better(text) is not None
        else ""
    ), words


def _turns(word: str) -> bool:
    return any(kind.match(word) is not None for kind in (DOWN, UP, GOOD, _VERB))


def coordinated_back(tokens: tuple[Token, ...], at: Sequence[int]) -> list[int]:
    """Of number positions before a cue return those of its last phrase: "2x lower latency and 3x lower cost"."""
    chosen: list[int] = []
    for i in reversed(at):
        if chosen and any(_VERB.match(t.low) or t.low in (";", "while", "that") for t in tokens[i + 2 : chosen[0]]):
            break
        chosen.insert(0, i)
    return chosen


def telling(quantity: Quantity) -> bool:
    """Return whether the number can be the outcome of a comparison by itself (absolute values only as a range)."""
    return quantity.kind is not ValueKind.ABSOLUTE or quantity.low != quantity.high


def comparative(m: Measure) -> bool:
    """Return whether the number says how two things differ, and not how good one of them is ("74% accuracy")."""
    return m.by or m.quantity.kind is ValueKind.RATIO or m.good is not None or m.quantity.kind is ValueKind.POINTS
