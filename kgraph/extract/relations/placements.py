"""What runs on which hardware: where a text places execution, implementation, training or measurement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kgraph.extract.relations.attachments import Attachment, attach
from kgraph.extract.relations.clauses import Cast, Sentence, Token
from kgraph.extract.relations.contexts import Scene
from kgraph.extract.relations.modifiers import explains_product
from kgraph.extract.relations.particles import JOIN
from kgraph.model import Kind


def candidates(sentence: Sentence, cast: Cast) -> Iterator[int]:
    """Yield the positions of hardware that something may run on: not the paper's own, no class beside its product."""
    for i, token in enumerate(sentence.tokens):
        m = token.mention
        hardware = m is not None and m.kind is Kind.HARDWARE and m.name not in cast.own
        if hardware and not explains_product(sentence.tokens, i):
            yield i


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
    if tokens[last + 1].low.startswith("-"):
        return []  # "M-based methods on an A100"
    first, names = last, [tokens[last].name]
    for j in range(last - 1, max(-1, last - 40), -1):
        if _is_load(tokens[j]):
            first = j
            names.append(tokens[j].name)
        elif tokens[j].mention is not None or not (tokens[j].low in JOIN or first - j <= 2):
            break
    return list(dict.fromkeys(reversed(names)))


def _is_load(token: Token) -> bool:
    return token.mention is not None and token.mention.kind is Kind.MODEL and not token.mention.introduced


def _stops(token: Token) -> bool:
    return token.mention is not None or token.low in (",", ";", "compared", "over", "than")
