"""What runs on which hardware: where a text places execution, implementation, training or measurement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kgraph.extract.relations.attachments import Attachment, attach
from kgraph.extract.relations.clauses import Cast, Sentence, Token
from kgraph.extract.relations.contexts import Scene
from kgraph.extract.relations.modifiers import explains_product
from kgraph.extract.wordlists import alternatives
from kgraph.model import Kind

_LOADS = re.compile(r"(?:deploy|run|train|pre-?train|post-train|serv|execut|infer|fine-?tun|host|enabl|allow)\w*$")
_LOADED = alternatives(
    r"""
    run runs running inference training serving deployed trained execution fit fits
    """
)


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
        load = _workload(sentence.tokens, a.at)
        if load and load not in (a.subject, a.object):
            out.append(replace(a, subject=load, rule="workload"))
    return out


def _workload(tokens: tuple[Token, ...], at: int) -> str:
    """Return the model of others in "deploying M on a single H100", where `at` is the hardware, or ""."""
    on = next((k for k in range(at - 1, max(-1, at - 7), -1) if tokens[k].low == "on"), -1)
    for j in range(on - 1, max(-1, on - 12), -1):
        m = tokens[j].mention
        if m is None:
            if tokens[j].low in (",", ";", "compared", "over", "than"):
                return ""
            continue
        if m.kind is not Kind.MODEL or m.introduced:
            return ""
        before = any(_LOADS.match(t.low) for t in tokens[max(0, j - 4) : j])
        after = any(_LOADED.match(t.low) for t in tokens[j + 1 : j + 5])
        return m.name if before or after else ""
    return ""
