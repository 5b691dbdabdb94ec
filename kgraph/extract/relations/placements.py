"""What runs on which hardware: where a text places execution, implementation, training or measurement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kgraph.extract.relations.attachments import Attachment, attach
from kgraph.extract.relations.clauses import Cast, Sentence, Token
from kgraph.extract.relations.contexts import Scene
from kgraph.extract.relations.modifiers import explains_product
from kgraph.extract.relations.particles import JOIN, OWN_WORDS, PREPOSITIONS
from kgraph.extract.wordlists import alternatives, words
from kgraph.model import Kind


def candidates(sentence: Sentence, cast: Cast) -> Iterator[int]:
    """Yield the positions of hardware that something may run on: not the paper's own, no class beside its product."""
    for i, token in enumerate(sentence.tokens):
        m = token.mention
        hardware = m is not None and m.kind is Kind.HARDWARE and m.name not in cast.own
        if not hardware or explains_product(sentence.tokens, i):
            continue
        if not _without(sentence.tokens, i) and not _rivals(sentence.tokens, i, cast):
            yield i


def _rivals(tokens: tuple[Token, ...], i: int, cast: Cast) -> bool:
    """Whether what is outdone runs on the hardware at `i`: "2x faster than A running on a CPU", "over the work on"."""
    on = next((k for k in range(i - 1, max(1, i - 7), -1) if tokens[k].low == "on"), 0)
    runs = on > 0 and tokens[on - 1].low in _RUNS
    head = on - 1 - runs
    if runs and tokens[head].low == ",":  # "over A, a tool, running on"
        comma = next((k for k in range(head - 1, max(0, head - 10), -1) if tokens[k].low == ","), 0)
        head = comma - 1 if tokens[comma + 1].low in ("a", "an", "the") else 0
    elif not runs and _WORK.match(tokens[head].low) is None:
        return False
    for k in range(head, max(0, head - 8), -1):
        low = tokens[k].low
        if _OUTDOES.match(low) or (low in ("to", "with") and tokens[k - 1].low == "compared"):
            return True
        if tokens[k].name in cast.own or low in _OWN_OR_NEXT or tokens[k].quantity is not None:
            return False
    return False


_RUNS = words("running executed executing performed deployed implemented realized realised")
_WORK = alternatives("implementations? versions? works? solutions? counterparts? designs? code search(?:es)?")
_OUTDOES = re.compile(r"(?:outperform|surpass|exceed|beat)(?:s|ed|ing|es)?$|(?:than|over)$")
_OWN_OR_NEXT = OWN_WORDS | JOIN | words("; : when while by that which")


def _without(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the hardware named at `i` is what is done without: "without using a GPU", "no need for a GPU"."""
    for k in range(i - 1, max(-1, i - 6), -1):
        if tokens[k].low == "without" or (tokens[k].low == "need" and k and tokens[k - 1].low == "no"):
            return True
        relied = tokens[k].low in ("on", "for") and k and tokens[k - 1].low in ("relying", "rely", "need")
        if (
            tokens[k].mention is not None
            or (tokens[k].low in PREPOSITIONS - {"using"} and not relied)
            or tokens[k].low == ","
        ):
            return False
    return False


def placements(sentence: Sentence, scene: Scene, last_own: str) -> list[Attachment]:
    """Return what the sentence places on hardware, in reading order, models that are its workload included."""
    out: list[Attachment] = []
    for a in attach("runs_on", sentence, candidates(sentence, scene.cast), scene, last_own):
        out.append(a)
        for load in _workloads(sentence.tokens, a.at):
            if load not in (a.subject, a.object):
                out.append(replace(a, subject=load, rule="workload"))
    return out


def _workloads(tokens: tuple[Token, ...], at: int) -> list[str]:
    """Return the models of others that stand right before "on" and the hardware at `at`: "M and N on a single H100"."""
    on = next((k for k in range(at - 1, max(-1, at - 7), -1) if tokens[k].low == "on"), -1)
    last = next((j for j in range(on - 1, max(-1, on - 12), -1) if _stops(tokens[j])), -1)
    if last < 0 or not _is_load(tokens[last]):
        return []
    if tokens[last + 1].low.startswith("-") or tokens[last - 1].low in ("of", "than"):
        return []  # "M-based methods on an A100", "a model in the style of M"
    if on - last > 4 or any(_parts(t) for t in tokens[last + 1 : on]):
        return []  # "beats M after a day of training on a GPU"
    first, names = last, [tokens[last].name]
    for j in range(last - 1, max(-1, last - 40), -1):
        if _is_load(tokens[j]):
            first = j
            names.append(tokens[j].name)
        elif tokens[j].mention is not None or not (tokens[j].low in JOIN or first - j <= 2):
            break
    return list(dict.fromkeys(reversed(names)))


def _parts(token: Token) -> bool:
    return token.low in PREPOSITIONS or token.low == ":" or token.quantity is not None


def _is_load(token: Token) -> bool:
    return token.mention is not None and token.mention.kind is Kind.MODEL and not token.mention.introduced


def _stops(token: Token) -> bool:
    return token.mention is not None or token.low in (",", ";", "compared", "over", "than")
