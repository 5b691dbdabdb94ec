"""What each entity is a variant, version or product of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kgraph.model import Kind
from kgraph.resolve.aliases import bare, identity
from kgraph.resolve.drafts import Draft
from kgraph.resolve.families import heads
from kgraph.resolve.why import Decision
from kgraph.vocab import Vocabulary


def broader(
    drafts: Sequence[Draft], names: Mapping[int, str], vocabulary: Vocabulary
) -> tuple[dict[str, str], list[Decision]]:
    """Return entity id -> id of the entity above it, and why. Nothing points at itself or round in a circle.

    The vocabulary's hierarchy comes first (past concepts that no paper names), then the name, then the class of device.
    """
    by_concept = {d.concept.id: names[i] for i, d in enumerate(drafts) if d.concept}
    by_name = _by_name(drafts, names)
    above: dict[str, str] = {}
    decisions: list[Decision] = []
    for i, one in enumerate(drafts):
        own = names[i]
        found, reason = _known(one, by_concept, vocabulary)
        if not found:
            found, reason = _by_head(one, own, by_name)
        if not found and one.device_class:
            found = by_concept.get(f"hardware/{one.device_class.lower()}", "")
            if not found:
                found = next(iter(by_name.get(identity(one.device_class, Kind.HARDWARE), {})), "")
            reason = f"its family is a {one.device_class}"
        if found and found != own and not _leads_to(found, own, above):
            above[own] = found
            decisions.append(Decision(own, one.label, "broader", f"{reason}: {found}"))
    return above, decisions


def _by_name(drafts: Sequence[Draft], names: Mapping[int, str]) -> dict[str, dict[str, Draft]]:
    """Return key -> {entity id: draft} over labels and used names."""
    table: defaultdict[str, dict[str, Draft]] = defaultdict(dict)
    for i, one in enumerate(drafts):
        for name in sorted({one.label, *(s.name for s in one.said)}):
            table[identity(name, one.kind)][names[i]] = one
    return table


def _known(one: Draft, by_concept: Mapping[str, str], vocabulary: Vocabulary) -> tuple[str, str]:
    todo = list(one.concept.broader) if one.concept else []
    seen: set[str] = set()
    while todo:
        concept = todo.pop(0)
        if concept in seen:
            continue
        seen.add(concept)
        if concept in by_concept:
            return by_concept[concept], "the vocabulary places it below"
        known = vocabulary.concepts.get(concept)
        todo += known.broader if known else ()
    return "", ""


def _by_head(one: Draft, own: str, by_name: Mapping[str, Mapping[str, Draft]]) -> tuple[str, str]:
    label = bare(one.label) if one.kind is Kind.HARDWARE else one.label
    for head, plain in heads(label):
        found = {i: d for i, d in by_name.get(identity(head, one.kind), {}).items() if d.kind is one.kind and i != own}
        if not plain:
            found = {i: d for i, d in found.items() if _is_family(d, head)}
        papers = {s.paper.id for s in one.said}
        near = {i: d for i, d in found.items() if papers & {s.paper.id for s in d.said}} if len(found) > 1 else found
        if len(near) == 1:
            return next(iter(near)), f"{one.label} is named after"
    return "", ""


def _is_family(one: Draft, head: str) -> bool:
    """Return whether `head`, in this very spelling, is known well enough to head a family ("ZeRO-Infinity")."""
    if one.kind is Kind.HARDWARE:
        return True
    return (one.concept is not None or bool(one.founders)) and head in (one.label, *one.aliases)


def _leads_to(start: str, goal: str, above: Mapping[str, str]) -> bool:
    at: str | None = start
    while at:
        if at == goal:
            return True
        at = above.get(at)
    return False
