"""What each entity is a variant, version or product of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from kgraph.model import Decision, Kind, Rule
from kgraph.resolve.entities.aliases import bare, identity
from kgraph.resolve.entities.drafts import Draft
from kgraph.resolve.entities.families import heads
from kgraph.vocab import Vocabulary


@dataclass(frozen=True, slots=True)
class Outline:
    """What decides the place of a draft in the hierarchy, without the papers that speak of it.

    `order` is the place among all drafts. `names` are the label and the names in use, `spelled` the label and all
    other forms; `known` tells that the vocabulary knows it or a paper introduces it.
    """

    order: tuple[str, int]
    id: str
    kind: Kind
    label: str
    names: tuple[str, ...]
    spelled: tuple[str, ...]
    known: bool
    concept: str
    device_class: str


@dataclass(frozen=True, slots=True)
class Question:
    """A name that may head the family of an entity: its key, its spelling, whether the rest is plainly a variant."""

    key: str
    head: str
    plain: bool


Answer = tuple[Sequence[str], Callable[[], Sequence[str]]]
"""The ids that fit a question, and a function that gives those of them that share a paper with who asks."""


def outline(one: Draft, name: str, order: tuple[str, int]) -> Outline:
    """Return the outline of a draft whose id is `name`."""
    return Outline(
        order=order,
        id=name,
        kind=one.kind,
        label=one.label,
        names=one.names if one.label in one.names else tuple(sorted({one.label, *one.names})),
        spelled=(one.label, *one.aliases),
        known=one.concept is not None or bool(one.founders),
        concept=one.concept.id if one.concept else "",
        device_class=one.device_class,
    )


def broader(
    drafts: Sequence[Draft],
    names: Mapping[int, str],
    vocabulary: Vocabulary,
    papers: Callable[[str], Collection[str]],
) -> tuple[dict[str, str], list[Decision]]:
    """Return entity id -> id of the entity above it, and why. Nothing points at itself or round in a circle.

    The vocabulary's hierarchy comes first (past concepts that no paper names), then the name, then the class of device.
    `papers` gives the ids of those that speak of an entity.
    """
    outlines = [outline(one, names[i], ("", i)) for i, one in enumerate(drafts)]
    by_concept = {o.concept: o.id for o in outlines if o.concept}
    by_key: defaultdict[str, dict[str, Outline]] = defaultdict(dict)
    for one in outlines:
        for key in keys(one):
            by_key[key][one.id] = one

    def near(own: str, fits: Sequence[str]) -> list[str]:
        return [id_ for id_ in fits if {*papers(own)} & {*papers(id_)}]

    def answers(one: Outline) -> Iterator[Answer]:
        for question in questions(one):
            asked = by_key.get(question.key, {})
            fits = [id_ for id_, other in asked.items() if fitting(one, question, other)]
            yield fits, partial(near, one.id, fits)

    proposed: list[tuple[Outline, str, str]] = []
    for one in outlines:
        first = next(iter(by_key.get(class_key(one), {})), "") if one.device_class else ""
        proposed.append((one, *above(one, answers(one), by_concept, first, vocabulary)))
    return without_circles(proposed)


def keys(one: Outline) -> list[str]:
    """Return the keys under which an entity is found by a name, in order, each once."""
    return list(dict.fromkeys(identity(name, one.kind) for name in one.names))


def questions(one: Outline) -> Iterator[Question]:
    """Yield the names that may head its family, the longest first."""
    for head, plain in heads(bare(one.label) if one.kind is Kind.HARDWARE else one.label):
        yield Question(identity(head, one.kind), head, plain)


def class_key(one: Outline) -> str:
    """Return the key of the class of device that it is."""
    return identity(one.device_class, Kind.HARDWARE)


def fitting(one: Outline, question: Question, other: Outline) -> bool:
    """Return whether another entity, found under the key of the question, may head the family.

    Where the rest of the name says little, the head must be known well enough, in this very spelling ("ZeRO-Infinity").
    """
    if other.kind is not one.kind or other.id == one.id:
        return False
    return question.plain or other.kind is Kind.HARDWARE or (other.known and question.head in other.spelled)


def above(
    one: Outline,
    answers: Iterable[Answer],
    by_concept: Mapping[str, str],
    first_of_class: str,
    vocabulary: Vocabulary,
) -> tuple[str, str]:
    """Return the id of what is above an entity and why, or two empty texts.

    `answers` are those to each of its `questions`, of which the function is called only where more than one fits.
    `by_concept` are ids by vocabulary concept.
    """
    if found := _known(one, by_concept, vocabulary):
        return found, "the vocabulary places it below"
    for fits, near in answers:
        left = near() if len(fits) > 1 else fits
        if len(left) == 1:
            return left[0], f"{one.label} is named after"
    if one.device_class:
        found = by_concept.get(f"hardware/{one.device_class.lower()}", "") or first_of_class
        return found, f"its family is a {one.device_class}"
    return "", ""


def _known(one: Outline, by_concept: Mapping[str, str], vocabulary: Vocabulary) -> str:
    concept = vocabulary.concepts.get(one.concept)
    todo = list(concept.broader) if concept else []
    seen: set[str] = set()
    while todo:
        at = todo.pop(0)
        if at in seen:
            continue
        seen.add(at)
        if at in by_concept:
            return by_concept[at]
        known = vocabulary.concepts.get(at)
        todo += known.broader if known else ()
    return ""


def without_circles(proposed: Iterable[tuple[Outline, str, str]]) -> tuple[dict[str, str], list[Decision]]:
    """Return what is above what, and why, from (entity, id above, reason) in order: what would close a circle is
    left out."""
    above: dict[str, str] = {}
    decisions: list[Decision] = []
    for one, found, reason in proposed:
        if found and found != one.id and not _leads_to(found, one.id, above):
            above[one.id] = found
            decisions.append(Decision(one.id, one.label, Rule.BROADER, f"{reason}: {found}"))
    return above, decisions


def _leads_to(start: str, goal: str, above: Mapping[str, str]) -> bool:
    at: str | None = start
    while at:
        if at == goal:
            return True
        at = above.get(at)
    return False
