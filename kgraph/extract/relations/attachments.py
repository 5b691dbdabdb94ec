"""Relations of a thing to what it runs on or builds on: a scored object, and the subject that the clause is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kgraph.extract.relations.actors import actor_before, clause_start, opens_with_others, others_act
from kgraph.extract.relations.clauses import Cast, Sentence
from kgraph.extract.relations.contexts import Scene, features
from kgraph.extract.relations.scoring import scorer
from kgraph.model import Kind


@dataclass(frozen=True, slots=True)
class Attachment:
    """`subject` runs on or builds on `object`, named at token position `at`, with this probability."""

    subject: str
    object: str
    at: int
    confidence: float
    rule: str = "scored"


def attach(
    task: str,
    sentence: Sentence,
    positions: Iterable[int],
    scene: Scene,
    last_own: str,
    weigh: Callable[[dict[int, float]], dict[int, float]] = dict,
) -> list[Attachment]:
    """Return an attachment for each of the positions whose surroundings the scorer of `task` finds telling.

    `weigh` gets the probability of each position and returns what is thought of it.
    """
    score = scorer(task)
    out: list[Attachment] = []
    scored = {i: score.probability(features(sentence, i, scene)) for i in positions}
    for i, probability in weigh(scored).items():
        name = sentence.tokens[i].name
        if probability >= score.threshold:
            subject = _subject(sentence, i, scene.cast, last_own)
            if subject and subject != name:
                out.append(Attachment(subject, name, i, probability))
    return out


def _subject(sentence: Sentence, i: int, cast: Cast, last_own: str) -> str:
    """Return what the clause before position `i` is about, or "" where that is others' unnamed work.

    Hardware of others neither runs nor builds on anything.
    """
    tokens = sentence.tokens
    actor = actor_before(tokens, i, cast, last_own, frozenset({tokens[i].name}))
    if actor is None:
        first = clause_start(tokens, i)
        if others_act(tokens, i, first) or opens_with_others(tokens, i, first):
            return ""
    subject = actor.name if actor else last_own
    foreign = cast.kinds.get(subject) is Kind.HARDWARE and subject not in cast.own
    return last_own if foreign else subject
