"""What is built on what: implemented in, extends, derived from, integrated into or made with an existing system or model."""

from __future__ import annotations

from collections.abc import Iterator

from kgraph.extract.actors import actor_before
from kgraph.extract.clauses import Cast, Sentence
from kgraph.extract.contexts import Scene, features
from kgraph.extract.placements import Attachment
from kgraph.extract.scoring import scorer
from kgraph.model import Kind


def candidates(sentence: Sentence, cast: Cast) -> Iterator[int]:
    """Yield the positions of systems and models of others: only those can be built on."""
    for i, token in enumerate(sentence.tokens):
        m = token.mention
        if m is not None and m.kind in (Kind.SYSTEM, Kind.MODEL) and m.name not in cast.own:
            yield i


def lineage(sentence: Sentence, scene: Scene, last_own: str) -> list[Attachment]:
    """Return what the sentence says is built on an existing system or model, in reading order."""
    tokens, cast = sentence.tokens, scene.cast
    out: list[Attachment] = []
    for i in candidates(sentence, cast):
        name = tokens[i].name
        score = scorer("builds_on")
        p = score.probability(features(sentence, i, scene))
        if p < score.threshold:
            continue
        actor = actor_before(tokens, i, cast, last_own, frozenset({name}))
        subject = actor.name if actor else last_own
        if cast.kinds.get(subject) is Kind.HARDWARE and subject not in cast.own:
            subject = last_own
        if subject != name:
            out.append(Attachment(subject, name, i, p))
    return out
