"""What runs on which hardware: where a text places execution, implementation, training or measurement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kgraph.extract.actors import actor_before
from kgraph.extract.clauses import Cast, Sentence
from kgraph.extract.contexts import Scene, features
from kgraph.extract.phrases import explains_product
from kgraph.extract.scoring import scorer
from kgraph.model import Kind


@dataclass(frozen=True, slots=True)
class Attachment:
    """`subject` runs on or builds on `object`, named at token position `at`, with this probability."""

    subject: str
    object: str
    at: int
    confidence: float


def candidates(sentence: Sentence, cast: Cast) -> Iterator[int]:
    """Yield the positions of hardware that something may run on: not the paper's own, no class beside its product."""
    for i, token in enumerate(sentence.tokens):
        m = token.mention
        if (
            m is not None
            and m.kind is Kind.HARDWARE
            and m.name not in cast.own
            and not explains_product(sentence.tokens, i)
        ):
            yield i


def placements(sentence: Sentence, scene: Scene, last_own: str) -> list[Attachment]:
    """Return what the sentence places on hardware, in reading order."""
    tokens, cast = sentence.tokens, scene.cast
    out: list[Attachment] = []
    for i in candidates(sentence, cast):
        name = tokens[i].name
        score = scorer("runs_on")
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
