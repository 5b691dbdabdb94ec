r"""Numbers of comparisons as papers write them, understood: "1.4-11.2x", "95\%", "an order of magnitude".

Saved pages keep LaTeX residue, so "1.72times", "2.4\times", "$2.3\times$", "1.66 sim 7.17times" and "2\texttimes" are
all ratios. One pass of one bounded pattern over the text finds numbers with what stands around them; a second pass
over the hits joins ranges and gives the unit of "26 and 15 points" to both numbers. Both are linear in the length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from kgraph.extract.wordlists import words
from kgraph.model import Quantity, ValueKind

_TIMES = (
    r"(?:\{\\?(?:text)?times\}|\\?texttimes\b(?:\{\})?|\\?times(?![A-Za-z0-9])|[x×✕](?!\w|\.\d)|X(?!\w|\.\d|-(?!\d))|"
    r"[- ]?folds?\b)"
)
_POINTS = (
    r"(?:percentage[- ]points?|(?:%|\\%)[- ]points?|p\.?p\.?(?!\w)|"
    r"(?:(?<![0-9])[A-Za-z][A-Za-z0-9-]{0,19} )?(?:points?|pts)\b|(?:mAP|AP|mIoU|IoU|BLEU|F1|dB)(?!\w))"
)
_PERCENT = r"(?:\\?%(?!\s?ile)|percent\b|per cent\b)"
_UNITS = (
    r"(?:milliseconds?|microseconds?|nanoseconds?|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|"
    r"[mnuµ]s|s|h|[KMGTP]i?B(?:/s|ps)?|[KMGT]bps|[TGMP]?FLOPS?(?:/[sW])?|[TGMP]FLOPs|[TGMP]?OPS(?:/W)?|[mkunµ]?[WJ]|"
    r"pJ|fJ|Wh|kWh|[GMk]?Hz|FPS|fps|frames per second|tokens?(?:/s(?:ec(?:ond)?)?| per second)?|"
    r"images?/s(?:ec(?:ond)?)?|"
    r"mm\^?2|parameters?|cycles?|[KMBT](?=[ ),.;]))(?![\w])"
)
_NUMBER = r"(?:\d{1,3}(?:(?:,|\{,\}|, (?=\d{3}\\?(?:text)?times))\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d{1,12})?)"
_HIT = re.compile(
    r"(?:(?<![\w.^])(?<!mathbf\d )(?<![A-WYZa-wyz]-)(?<![A-Za-z][Xx]-)|(?<=\dsim))"
    r"(?P<upto>(?:up to|upto|as much as|at most)\s(?:(?:an?|over|about|approximately|around|roughly)\s){0,2})?"
    r"(?:(?P<pre>[×])\s?)?[~+]?(?P<open>\$?)\s?(?:\\?(?:sim|approx)\s?)?\\?(?:math(?:bf|rm)\{|textbf\{)?"
    rf"(?P<number>{_NUMBER})\+?\}}?"
    r"(?:(?P<dollar1>\$)?(?P<gap>[ \u00a0\u2009-]?|\\[,;! ]| ?\$? ?)"
    rf"(?:(?P<ratio>{_TIMES})|(?P<points>{_POINTS})|(?P<percent>{_PERCENT})|(?P<unit>{_UNITS})))?\$?"
)
_WORDS = re.compile(
    r"(?<![\w-])(?:(?P<orders>(?:(?P<count>an?|one|two|three|four|five|six|several|multiple|many|1|2|3|4|5|6)"
    r"(?:(?:-| to )(?P<count2>two|three|four|five|six|2|3|4|5|6))?[- ])?orders?[- ]of[- ]magnitude)"
    r"|(?P<fold>two|three|four|five|six|seven|eight|nine|ten)(?:-| )?(?:fold|times)"
    r"|(?P<word>twice|thrice|doubles?|doubled|doubling|triples?|tripled|tripling|quadruples?|halves|halved|halving|half"
    r"|(?:one|two|a)[- ](?:thirds?|quarter|fifth|tenth)))"
    r"(?![\w-])",
    re.IGNORECASE,
)
_SPELT = tuple(sorted(words("magnitude fold times twice thrice doubl tripl quadrup hal third quarter fifth tenth")))
"""One of these is in whatever `_WORDS` matches."""
_DIGIT = re.compile(r"\d")
_NUMERALS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTS = {word: n for n, word in enumerate(_NUMERALS)}
_MULTIPLES = {"twice": 2, "thrice": 3, "doubl": 2, "tripl": 3, "quadr": 4}
_PARTS = {"hal": "50", "third": "33.3", "quarter": "25", "fifth": "20", "tenth": "10"}
_RANGE = re.compile(r"\s?(?:[-–—~∼]{1,2}|\\?sim|\\sim|\$\\sim\$|to)\s?\$?|\s")
_LIST = re.compile(r"\s?(?:,|/|,? and|,? or|,? to)\s(?:by )?|/")
_FACTOR = re.compile(
    r"(?:factors? of|factor|speed[- ]?ups? of) "
    r"(?:(?:up to|about|over|approximately|around|roughly|at least|more than|nearly|~) ?){0,2}\$?$"
)
_SECONDS = {"ns": "1e-9", "us": "1e-6", "µs": "1e-6", "ms": "1e-3", "s": "1", "min": "60", "h": "3600", "d": "86400"}
_TIME_NAMES = {
    "nanosecond": "ns", "microsecond": "us", "millisecond": "ms", "second": "s", "sec": "s", "minute": "min",
    "hour": "h", "hr": "h", "day": "d",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity and the stretch of text, [start, end), that gives it; `text[start:end] == quantity.text`."""

    start: int
    end: int
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    low: Decimal
    high: Decimal
    kind: ValueKind | None
    unit: str
    up_to: bool


def quantities(text: str, start: int = 0, end: int | None = None) -> list[Found]:
    """Return the quantities of `text[start:end]` in order, none overlapping; offsets count from the start of `text`.

    Numbers without a unit are quantities only as part of a range or list that has one, or after "a factor of".
    """
    stop = len(text) if end is None else end
    found: list[Found] = []
    if _DIGIT.search(text, start, stop):
        hits = _shared_units(text, _joined(text, _hits(text, start, stop)))
        found = [_found(text, h) for h in hits if h.kind is not None]
    if not _may_spell(text[start:stop]):
        return found
    spelt = [f for m in _WORDS.finditer(text, start, stop) if (f := _worded(m)) is not None]
    taken = [f for f in spelt if not any(f.start < g.end and g.start < f.end for g in found)]
    return sorted(found + taken, key=lambda f: f.start)


def _may_spell(text: str) -> bool:
    """Whether `_WORDS`, which takes its time, can find anything."""
    if not text.isascii():
        return True
    low = text.lower()
    for part in _SPELT:  # noqa: SIM110 (any() takes twice as long)
        if part in low:
            return True
    return False


def _hits(text: str, start: int, stop: int) -> list[_Hit]:
    out: list[_Hit] = []
    for m in _HIT.finditer(text, start, stop):
        number = re.sub(r"\{,\}|,|\s", "", m["number"])
        low = Decimal(number)
        kind: ValueKind | None = None
        first, last, unit = m.start("number"), m.end("number"), ""
        if m["ratio"]:
            kind, last = ValueKind.RATIO, m.end("ratio")
            if re.match(r"\s?\d+(?:\.\d+)?(?!\s?(?:\\?times|\\?texttimes|x|×|[\d.,]))", text[last : last + 16]):
                kind, last = None, m.end("number")  # "3 x 3 convolution"
        elif m["points"]:
            kind, last = ValueKind.POINTS, m.end("points")
        elif m["percent"]:
            kind, last = ValueKind.PERCENT, m.end("percent")
        elif m["unit"]:
            kind, last, unit = ValueKind.ABSOLUTE, m.end("unit"), m["unit"]
        elif m["pre"]:
            kind, first = ValueKind.RATIO, m.start("pre")
        elif _FACTOR.search(text[max(start, m.start() - 60) : m.start("number")]):
            kind = ValueKind.RATIO
        if text[last : last + 1] == "$" and (m["open"] or m["dollar1"]):
            first, last = m.start("open") if m["open"] else first, last + 1
        out.append(_Hit(first, last, low, low, kind, unit, m["upto"] is not None))
    return out


def _joined(text: str, hits: list[_Hit]) -> list[_Hit]:
    """Join "1.4" and "11.2x" of "1.4-11.2x" into one hit."""
    out: list[_Hit] = []
    for hit in hits:
        before = out[-1] if out else None
        gap = text[before.end : hit.start] if before else ""
        if before and len(gap) <= 9 and _RANGE.fullmatch(gap) and _can_join(before, hit, gap):
            low, high = _same_unit(before, hit)
            out[-1] = _Hit(
                before.start, hit.end, min(low, high), max(low, high), hit.kind or before.kind, hit.unit, before.up_to
            )
        else:
            out.append(hit)
    return out


def _can_join(before: _Hit, hit: _Hit, gap: str) -> bool:
    if hit.kind is None:
        return before.kind is ValueKind.RATIO and "~" in gap
    if before.low != before.high:
        return False
    if gap.isspace():  # the dash was lost: "7.1\texttimes 10.6\texttimes", "66% 82%"
        return before.kind is hit.kind and hit.kind in (ValueKind.RATIO, ValueKind.PERCENT)
    if before.kind is None:
        return True
    return before.kind is hit.kind and (
        before.unit == hit.unit or {_time(before.unit), _time(hit.unit)} <= set(_SECONDS)
    )


def _same_unit(before: _Hit, hit: _Hit) -> tuple[Decimal, Decimal]:
    if before.kind is None or before.unit == hit.unit or before.kind is not ValueKind.ABSOLUTE:
        return before.low, hit.high
    factor = Decimal(_SECONDS[_time(before.unit)]) / Decimal(_SECONDS[_time(hit.unit)])
    return (before.low * factor).normalize(), hit.high


def _time(unit: str) -> str:
    if unit in _SECONDS:
        return unit
    bare = unit[:-1] if unit.endswith("s") and len(unit) > 2 else unit
    return bare if bare in _SECONDS else _TIME_NAMES.get(bare, unit)


def _shared_units(text: str, hits: list[_Hit]) -> list[_Hit]:
    """Give the numbers of a list what they share: "26 and 15 points", "up to 2x and 3x"."""
    out = list(hits)
    for i in range(len(out) - 2, -1, -1):
        here, after = out[i], out[i + 1]
        if here.kind is None and after.kind is not None and after.kind is not ValueKind.ABSOLUTE:
            gap = text[here.end : after.start]
            if len(gap) <= 8 and _LIST.fullmatch(gap):
                out[i] = replace(here, kind=after.kind, unit=after.unit)
    for i in range(len(out) - 1):
        here, after = out[i], out[i + 1]
        listed = len(text[here.end : after.start]) <= 6 and _LIST.fullmatch(text[here.end : after.start])
        if here.up_to and here.kind is after.kind and listed:
            out[i + 1] = replace(after, up_to=True)
    return out


def _found(text: str, hit: _Hit) -> Found:
    assert hit.kind is not None
    unit = _time(hit.unit) if hit.unit else ""
    return Found(hit.start, hit.end, Quantity(text[hit.start : hit.end], hit.low, hit.high, hit.kind, hit.up_to, unit))


def _worded(m: re.Match[str]) -> Found | None:
    up_to = m.string[max(0, m.start() - 6) : m.start()].lower() == "up to "
    if m["orders"]:
        first, second = m["count"], m["count2"]
        low = _power(first, plural="orders" in m["orders"].lower())
        high = _power(second, plural=True) if second else low
        return Found(m.start(), m.end(), Quantity(m[0], low, high, ValueKind.RATIO, up_to))
    if m["fold"]:
        n = Decimal(_COUNTS[m["fold"].lower()])
        return Found(m.start(), m.end(), Quantity(m[0], n, n, ValueKind.RATIO, up_to))
    word = m["word"].lower()
    part = next((v for k, v in _PARTS.items() if k in word), None)
    if part is not None:
        share = Decimal(part) * (2 if word.startswith("two") else 1)
        return Found(m.start(), m.end(), Quantity(m[0], share, share, ValueKind.PERCENT, up_to))
    n = Decimal(next(v for k, v in _MULTIPLES.items() if word.startswith(k)))
    return Found(m.start(), m.end(), Quantity(m[0], n, n, ValueKind.RATIO, up_to))


def _power(count: str | None, *, plural: bool) -> Decimal:
    """Ten to the power that is named; a bare plural ("orders of magnitude", "several") means at least two.

    Such an open range has no upper end to give: its low and high are both the 100 that is certain, `up_to` is False.
    """
    word = (count or "").lower()
    exponent = int(word) if word.isdigit() else _COUNTS.get(word, 2 if plural else 1)
    return Decimal(10) ** exponent
