"""The decisions behind one entity, as records that `show --why` prints; `judging` has those behind each use."""

from __future__ import annotations

from collections.abc import Iterator

from kgraph.model import Decision, Rule
from kgraph.resolve.entities.aliases import how_alike
from kgraph.resolve.entities.drafts import Draft
from kgraph.vocab import name_key


def explain(one: Draft, entity: str, homonyms: int) -> Iterator[Decision]:
    """Yield why this entity has its names, kind and founding members; `homonyms` is how many share its name."""
    sense = one.sense
    if one.concept:
        yield Decision(entity, one.label, Rule.VOCABULARY, f"it is {one.concept.id}")
    if homonyms > 1:
        by = f", this one by {one.founders[0].paper.id}" if one.founders else ", this one by none of them"
        yield Decision(entity, one.label, Rule.HOMONYM, f"papers introduce {homonyms} things of this name{by}")
    for name, rule, reason in one.joined:
        yield Decision(entity, name, rule, reason)
    joined = {name for name, _, _ in one.joined}
    known = {name_key(n) for n in one.concept.names} if one.concept else set()
    for name in sorted({*one.names} - joined - {one.label}):
        rule = how_alike(name, one.label, one.kind)
        if one.concept and name_key(name) in known:
            yield Decision(entity, name, Rule.VOCABULARY, f"{name} is a name of {one.concept.id}")
        else:
            yield Decision(entity, name, rule, f"{name} and {one.label} are spellings of one name")
    for use, rule, reason in sense.why:
        yield Decision(entity, use.name, rule, reason, use.paper.id)
    if len(one.dissent) > 1:
        votes = ", ".join(f"{n} say {kind}" for kind, n in one.dissent.items())
        ruler = "the introducing paper" if sense.founders else "the vocabulary" if sense.concept else "the majority"
        yield Decision(entity, one.label, Rule.KIND, f"{votes}; {ruler} decides for {one.kind}")
