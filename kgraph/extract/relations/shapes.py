"""Comparisons of a fixed shape, without a cue: "a comparison of X and Y", "1.4x X throughput"."""

from __future__ import annotations

import re
from itertools import compress, count

from kgraph.extract.memo import Memo
from kgraph.extract.relations.actors import actor_before
from kgraph.extract.relations.clauses import Cast, Sentence, Token
from kgraph.extract.relations.directions import higher_is_better
from kgraph.extract.relations.findings import Comparison
from kgraph.extract.relations.listings import numbers
from kgraph.extract.relations.measures import Measure
from kgraph.extract.relations.particles import JOIN, STOP
from kgraph.extract.relations.phrases import is_name, names_after
from kgraph.model import Level, Polarity, ValueKind, Where

_SETS = re.compile(r"(?:evaluat\w+|compar\w+|benchmarking|contrasting)$")
_SETS_BESIDE = Memo(lambda word: _SETS.match(word) is not None)
_CHANGES = frozenset(["reduction", "increase", "improvement", "decrease", "gain", "drop", "speedup", "degradation"])
_ARTICLES = {"the", "a", "an", "its"}
_CHANGED = ("speedup", "speed-up", "improve", "reduc", "gain", "sav", "accelerat", "gap")


def side_by_side(sentence: Sentence) -> list[Comparison]:
    """Return the pair that a title or sentence sets side by side: "a comparison of X and Y"."""
    tokens, words = sentence.tokens, sentence.words
    for i in compress(count(), map(_SETS_BESIDE.__getitem__, words)):
        if words[i].startswith("eval") and sentence.where is not Where.TITLE:
            continue
        for j in range(i + 1, min(len(tokens) - 2, i + 7)):
            if tokens[j].low in (",", ".", ";", ":", "on", "in", "for", "to", "with"):
                break
            if is_name(tokens[j]):
                if (
                    tokens[j + 1].low in ("and", "vs", "versus")
                    and is_name(tokens[j + 2])
                    and tokens[j].name != tokens[j + 2].name
                ):
                    a, b = tokens[j].name, tokens[j + 2].name
                    return [Comparison(a, b, Polarity.UNSPECIFIED, (), i, j + 2, "side by side", "named")]
                break
    return []


def fraction(tokens: tuple[Token, ...], cast: Cast, last_own: str) -> list[Comparison]:
    """Return comparisons of the shape "1.4x X throughput" and "88% of the performance of X"."""
    out: list[Comparison] = []
    for i in numbers(tokens, 0, len(tokens)):
        quantity = tokens[i].quantity
        if quantity is None or quantity.kind not in (ValueKind.RATIO, ValueKind.PERCENT):
            continue
        j = i + 1
        while j < min(len(tokens), i + 4) and tokens[j].low in ("of", "the", "that"):
            j += 1
        if j >= len(tokens) - 1:
            continue
        metric = ""
        at = j
        if is_class(tokens[j]):
            continue
        if is_name(tokens[j]) and tokens[j].name not in cast.own:
            k = j + 2 if tokens[j + 1].low in ("'s", "’s") else j + 1
            word = tokens[k].low if k < len(tokens) else ""
            metric = word if higher_is_better(word) is not None and not word.startswith(_CHANGED) else ""
        elif j > i + 1 or quantity.kind is ValueKind.RATIO:
            k = next((k for k in range(j, min(len(tokens), j + 4)) if tokens[k].low == "of"), 0)
            if k and higher_is_better(tokens[k - 1].low) is not None and tokens[j].low not in _CHANGES:
                named = names_after(tokens, k + 1, cast.own)
                words = [
                    t.low
                    for t in tokens[max(j, k - 2) : k]
                    if t.low[:1].isalpha() and t.low not in STOP | JOIN | _ARTICLES
                ]
                metric, at = (" ".join(words), named.at[0]) if named.at else ("", j)
        if not metric:
            continue
        actor = actor_before(tokens, i, cast, last_own, frozenset({tokens[at].name}))
        if actor is None or actor.name == tokens[at].name:
            continue
        higher = bool(higher_is_better(metric))
        more = quantity.low > 1 if quantity.kind is ValueKind.RATIO else quantity.low > 100
        close = quantity.kind is ValueKind.PERCENT and quantity.low >= 95 and higher
        polarity = Polarity.SIMILAR if close else Polarity.BETTER if more == higher else Polarity.WORSE
        m = Measure(i, quantity, metric, polarity is Polarity.BETTER, higher)
        out.append(Comparison(actor.name, tokens[at].name, polarity, (m,), i, max(at, j + 1), "fraction", actor.how))
    return out


def is_class(token: Token) -> bool:
    """Return whether the token names a class of hardware."""
    return token.mention is not None and token.mention.level is Level.CLASS
