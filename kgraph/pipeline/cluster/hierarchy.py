"""What each entity is a variant of, on many machines: `entities.hierarchy` by questions and answers under keys."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from kgraph.engine.rows import Rows
from kgraph.model import Decision
from kgraph.pipeline.cluster.context import Address
from kgraph.pipeline.extraction import vocabulary
from kgraph.resolve.entities.hierarchy import (
    Outline,
    Question,
    above,
    class_key,
    fitting,
    keys,
    questions,
    without_circles,
)

MOST_CONCEPTS = 1_000_000
"""Vocabulary concepts that papers name."""

MOST_CLASSES = 1_000
MOST_CIRCLING = 100_000
"""Entities whose names lead round in a circle: a slip of a user's vocabulary, if any."""

Asked = tuple[Outline, int, Question]
Placed = tuple[Outline, str, str]
"""An entity, the id of what is above it, and why."""


def broader(
    outlines: Rows[Outline],
    speaking: Rows[tuple[tuple[str, Address], tuple[str, ...]]],
    parts: Rows[tuple[str, Address]],
    extra: tuple[Path, ...],
) -> tuple[Rows[tuple[str, tuple[int, str]]], Rows[Decision]]:
    """Return (key of a group, (place of a draft in it, id above it)), and why: those of `entities.hierarchy.broader`.

    `speaking` are the papers that speak of an entity, by (id, slice), and `parts` all slices in which some may be.
    """
    by_concept = {
        concept: id_
        for concept, (_, id_) in outlines.each(_concept).reduced(max).few(MOST_CONCEPTS, "concepts that papers name")
    }
    classes = set(outlines.each(_class).distinct().few(MOST_CLASSES, "classes of device"))
    first = {
        key: id_
        for key, (_, id_) in outlines.each(partial(_named_as, classes)).reduced(min).few(MOST_CLASSES, "classes")
    }
    answers = outlines.each(_questions).joined(outlines.each(_by_name)).each(_answers).kept()
    near = _sharing(answers, speaking, parts)
    told = answers.each(_by_asker).joined(near)
    keyed = outlines.each(lambda one: [(one.id, one)])
    proposed = keyed.joined(told.each(_gathered)).each(partial(_above, by_concept, first, extra)).kept()
    circling = _circling(proposed.each(_climbing))
    kept, _ = without_circles(sorted(circling, key=lambda placed: placed[0].order))
    cut = frozenset(one.id for one, _, _ in circling if one.id not in kept)

    def accepted(placed: Placed) -> Iterator[Placed]:
        if placed[0].id not in cut:
            yield placed

    final = proposed.each(_climbing).each(accepted).kept()
    return final.each(_at_draft), final.each(lambda placed: without_circles([placed])[1])


def _concept(one: Outline) -> list[tuple[str, Any]]:
    return [(one.concept, (one.order, one.id))] if one.concept else []


def _class(one: Outline) -> list[str]:
    return [class_key(one)] if one.device_class else []


def _named_as(wanted: set[str], one: Outline) -> Iterator[tuple[str, Any]]:
    return ((key, (one.order, one.id)) for key in keys(one) if key in wanted)


def _questions(one: Outline) -> Iterator[tuple[str, Asked]]:
    for number, question in enumerate(questions(one)):
        yield question.key, (one, number, question)


def _by_name(one: Outline) -> Iterator[tuple[str, Outline]]:
    return ((key, one) for key in keys(one))


def _answers(row: tuple[str, tuple[list[Asked], list[Outline]]]) -> Iterator[tuple[str, int, list[str]]]:
    """Yield (id of who asks, number of the question, ids that fit), where any fit."""
    asked, known = row[1]
    known.sort(key=lambda other: other.order)
    for one, number, question in asked:
        if fits := [other.id for other in known if fitting(one, question, other)]:
            yield one.id, number, fits


def _by_asker(answer: tuple[str, int, list[str]]) -> list[tuple[str, Any]]:
    return [(answer[0], answer[1:])]


def _sharing(
    answers: Rows[tuple[str, int, list[str]]],
    speaking: Rows[tuple[tuple[str, Address], tuple[str, ...]]],
    parts: Rows[tuple[str, Address]],
) -> Rows[tuple[str, str]]:
    """Return (id of who asks, id that fits) where several fit and a paper speaks of both."""
    unclear = answers.each(_unclear).distinct().kept()
    roles = unclear.each(lambda pair: [(pair[0], False), (pair[1], True)]).distinct()
    papers = speaking.joined(roles.joined(parts).each(_of_parts)).each(_by_paper)
    met = papers.grouped().each(_met).distinct()
    return met.each(lambda pair: [(pair, 1)]).joined(unclear.each(lambda pair: [(pair, 1)])).each(_in_both)


def _unclear(answer: tuple[str, int, list[str]]) -> Iterator[tuple[str, str]]:
    id_, _, fits = answer
    return ((id_, other) for other in (fits if len(fits) > 1 else ()))


def _of_parts(row: tuple[str, tuple[list[bool], list[Address]]]) -> Iterator[tuple[tuple[str, Address], bool]]:
    id_, (roles, parts) = row
    return (((id_, part), is_answer) for is_answer in roles for part in parts)


def _by_paper(row: tuple[tuple[str, Address], tuple[list[tuple[str, ...]], list[bool]]]) -> Iterator[tuple[str, Any]]:
    (id_, _), (papers, roles) = row
    for found in papers if roles else ():
        for paper in found:
            for is_answer in roles:
                yield paper, (is_answer, id_)


def _met(row: tuple[str, list[tuple[bool, str]]]) -> Iterator[tuple[str, str]]:
    asking = [id_ for is_answer, id_ in row[1] if not is_answer]
    answering = [id_ for is_answer, id_ in row[1] if is_answer]
    return ((one, other) for one in asking for other in answering)


def _in_both(row: tuple[tuple[str, str], tuple[list[int], list[int]]]) -> list[tuple[str, str]]:
    pair, (met, unclear) = row
    return [pair] if met and unclear else []


def _gathered(row: tuple[str, tuple[list[Any], list[str]]]) -> list[tuple[str, Any]]:
    return [row]


def _above(
    by_concept: dict[str, str], first: dict[str, str], extra: tuple[Path, ...], row: tuple[str, Any]
) -> list[Placed]:
    ((one,), told) = row[1]
    answers, sharing = told[0] if told else ([], [])

    def near(fits: list[str]) -> list[str]:
        return [id_ for id_ in fits if id_ in sharing]

    start = first.get(class_key(one), "") if one.device_class else ""
    given = ((fits, partial(near, fits)) for _, fits in sorted(answers))
    return [(one, *above(one, given, by_concept, start, vocabulary(extra)))]


def _climbing(placed: Placed) -> list[Placed]:
    one, found, _ = placed
    return [placed] if found and found != one.id else []


def _circling(proposed: Rows[Placed]) -> list[Placed]:
    """Return those that lead into a circle: what is left when those with nothing above them are taken away, again
    and again; and perhaps some more, where they are few."""
    left = proposed.kept()
    count = left.count()
    while count > MOST_CIRCLING:
        going_on = left.each(lambda placed: [(placed[0].id, True)])
        left = left.each(lambda placed: [(placed[1], placed)]).joined(going_on).each(_if_going_on).kept()
        before, count = count, left.count()
        if count == before:
            break
    return left.few(MOST_CIRCLING, "entities whose names lead round in a circle")


def _if_going_on(row: tuple[str, tuple[list[Placed], list[bool]]]) -> list[Placed]:
    return row[1][0] if row[1][1] else []


def _at_draft(placed: Placed) -> list[tuple[str, tuple[int, str]]]:
    one, found, _ = placed
    return [(one.order[0], (one.order[1], found))]
