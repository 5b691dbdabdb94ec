"""What is built on what: implemented in, extends, derived from, integrated into or made with a system or model."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace

from kgraph.extract.relations.attachments import Attachment, attach
from kgraph.extract.relations.clauses import Cast, Sentence, Token
from kgraph.extract.relations.contexts import Scene
from kgraph.extract.relations.foundations import SAID, is_spoken_of, says_outright
from kgraph.extract.relations.particles import OWN_WORDS, PREPOSITIONS
from kgraph.model import Kind

_TRAINS = re.compile(r"(?:(?:re|pre-?|post-)?train|fine-?tun|distil|initiali[sz]|deriv)\w*$")
_PARTICIPLES = frozenset(("powered by", "based on", "built on", "built upon", "built atop", "derived from"))


def candidates(sentence: Sentence, cast: Cast) -> Iterator[int]:
    """Yield the positions of systems and models of others: only those can be built on, not what is just presented."""
    for i, token in enumerate(sentence.tokens):
        m = token.mention
        others = m is not None and m.kind in (Kind.SYSTEM, Kind.MODEL) and m.name not in cast.own
        if others and not _presented(sentence.tokens, i) and not _is_handled(sentence.tokens, i):
            yield i


_DETERMINERS = frozenset(("the", "a", "an", "both", "large", "original"))
_MADE_OF = re.compile(r"(?:implementation|version|port)s?$")
_HANDLES = re.compile(r"(?:trains|serves|runs|executes)$")


def _is_handled(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the name at `i` is what is run, tested on or done without: "trains X", "without X", "a port of X to"."""
    k = i - 1
    while k > 0 and (tokens[k].low in _DETERMINERS or tokens[k].quantity is not None):
        k -= 1
    if k < 1:
        return False
    low, before = tokens[k].low, tokens[k - 1].low
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    mention = tokens[i].mention
    model = mention is not None and mention.kind is Kind.MODEL
    return (
        low == "without"
        or before == "without"
        or (low == "on" and before.startswith("evaluat"))
        or (low == "of" and _MADE_OF.match(before) is not None and after in ("in", "on", "to", "using", "with", "atop"))
        or (model and _HANDLES.match(low) is not None)
    )


_PRESENTS = re.compile(r"(?:propos|introduc|present|devis)(?:e|es|ed|s|ing)?$")


def _presented(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the clause presents the name at `i` itself, as a thing of its own: "we propose a new metric, X (Y)"."""
    if _is_new(tokens, i):
        return True
    after = tokens[i + 1].low if i + 1 < len(tokens) else "."
    if after not in (",", ".", ")", "(", "which", "that", "to", "for"):
        return False
    for k in range(i - 1, max(-1, i - 9), -1):
        if _PRESENTS.match(tokens[k].low):
            return k > 0 and tokens[k - 1].low in ("we", "paper", "also", "then", "further", "to", "work")
        far = tokens[k].mention is not None and tokens[k].name != tokens[i].name
        if far or tokens[k].low in PREPOSITIONS or tokens[k].low in (";", ".", "that", "which"):
            return False
    return False


_NAMES = frozenset(("called", "termed", "named", "dubbed", "as", ",", "-", "–", "—", ":", "("))


def _is_new(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the name at `i` is given to something new: "a novel network, referred to as X", "the design of X"."""
    if 0 < i < len(tokens) - 1 and tokens[i - 1].low in ("new", "novel") and tokens[i + 1].low == "(":
        return True  # "a novel introspective strided decoding (ISD)"
    if i < 3 or tokens[i - 1].low not in _NAMES:
        made = i > 3 and tokens[i - 1].low == "of" and tokens[i - 2].low in ("implementation", "design")
        return made and any(_PRESENTS.match(t.low) for t in tokens[max(0, i - 8) : i])
    if tokens[i - 1].low == "as" and tokens[i - 2].low != "to":
        return False
    for k in range(i - 2, max(-1, i - 12), -1):
        if tokens[k].low in ("new", "novel"):
            return True
        other = tokens[k].mention is not None and tokens[k].name != tokens[i].name
        if other or tokens[k].low in (";", ".", "based", "on", "using", "with", "from"):
            return False
    return False


def lineage(sentence: Sentence, scene: Scene, last_own: str) -> list[Attachment]:
    """Return what the sentence says is built on an existing system or model, in reading order."""
    out: list[Attachment] = []
    tokens = sentence.tokens
    positions = [i for i in candidates(sentence, scene.cast) if not is_spoken_of(tokens, i)]
    for a in attach("builds_on", sentence, positions, scene, last_own, lambda p: _weighed(tokens, p, scene.cast)):
        nearer = _described(sentence.tokens, a.at)
        out.append(replace(a, subject=nearer) if nearer and nearer != a.object else a)
    return out


UNKNOWN = 0.4
"""How much less likely, in log odds, what the vocabulary does not know is to be built on than what surrounds it tells.

It is oftener a part of the paper's own work, or no system at all: of 100 lineages read in abstracts of all fields 43 of
61 held whose object is in the vocabulary, 15 of 39 of the others.
"""


def _weighed(tokens: tuple[Token, ...], found: dict[int, float], cast: Cast) -> dict[int, float]:
    """Return the probabilities of positions when what is said outright and what is known beforehand counts as well."""
    return {i: max(p, SAID) if says_outright(tokens, i, cast) else _doubted(tokens[i], p) for i, p in found.items()}


def _doubted(token: Token, p: float) -> float:
    if token.mention is None or token.mention.concept:
        return p
    return p / (p + (1.0 - p) * math.exp(UNKNOWN))


def _described(tokens: tuple[Token, ...], at: int) -> str:
    """Return the name that a participle before position `at` describes: Y in "Y, a tool based on X", or "".

    Also Y in "Y that is based on X" and "we train Y from X".
    """
    if at > 2 and tokens[at - 1].low == "from" and _TRAINS.match(tokens[at - 3].low):
        made = tokens[at - 2].mention
        return made.name if made is not None and made.kind is Kind.MODEL else ""
    for k in range(at - 1, max(0, at - 5), -1):
        if f"{tokens[k - 1].low} {tokens[k].low}" in _PARTICIPLES:
            last = k - 2
            if last > 1 and tokens[last].low in ("is", "are") and tokens[last - 1].low in ("that", "which"):
                last -= 2
            for j in range(last, max(-1, k - 9), -1):
                if tokens[j].low in OWN_WORDS or tokens[j].low in ("is", "are", ".", ";", "and"):
                    return ""
                m = tokens[j].mention
                if m is not None and m.kind in (Kind.SYSTEM, Kind.MODEL):
                    return m.name
            return ""
    return ""
