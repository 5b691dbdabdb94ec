"""What two builds differ in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from kgraph.graph.lookup import label
from kgraph.model import Entity, Knowledge, Paper, Relation


@dataclass(frozen=True)
class Item:
    """A thing that is in one build only, or differs: its id, what it is called, and the fields that differ."""

    id: str
    label: str
    fields: tuple[tuple[str, Any, Any], ...] = ()


@dataclass(frozen=True)
class Difference:
    """What was added, removed and changed among things of one sort, each sorted by id."""

    added: tuple[Item, ...] = ()
    removed: tuple[Item, ...] = ()
    changed: tuple[Item, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def differences(old: Knowledge, new: Knowledge) -> dict[str, Difference]:
    """Return the differences of papers, entities, relations, co-mentions and citations from `old` to `new`.

    A relation whose sentence, number or polarity differs has changed; one between other things is another relation.
    """
    labels = _labels(old) | _labels(new)
    return {
        "papers": _compare(_titled(old.papers), _titled(new.papers)),
        "entities": _compare(_titled(old.entities), _titled(new.entities)),
        "relations": _compare(_claims(old.relations, labels), _claims(new.relations, labels)),
        "comentions": _compare(_pairs(old, labels), _pairs(new, labels)),
        "citations": _compare(_citations(old, labels), _citations(new, labels)),
    }


def _labels(knowledge: Knowledge) -> dict[str, str]:
    found = {paper.id: paper.title for paper in knowledge.papers}
    return found | {entity.id: entity.label for entity in knowledge.entities}


Named = dict[str, tuple[str, Any]]
"""Id: (what it is called, the thing)."""


def _titled(things: Iterable[Paper | Entity]) -> Named:
    return {thing.id: (label(thing), thing) for thing in things}


def _claims(relations: Iterable[Relation], labels: Mapping[str, str]) -> Named:
    return {r.id: (_claim(r, labels), r) for r in relations}


def _claim(relation: Relation, labels: Mapping[str, str]) -> str:
    subject = labels.get(relation.subject, relation.subject)
    other = labels.get(relation.object, relation.object)
    polarity = f" ({relation.polarity})" if relation.polarity else ""
    number = f", {relation.value.text} {relation.metric}".rstrip() if relation.value else ""
    return f"{subject} {relation.type.replace('_', ' ')} {other}{polarity}{number}"


def _pairs(knowledge: Knowledge, labels: Mapping[str, str]) -> Named:
    return {
        f"{pair.a} {pair.b}": (f"{labels.get(pair.a, pair.a)} with {labels.get(pair.b, pair.b)}", pair)
        for pair in knowledge.comentions
    }


def _citations(knowledge: Knowledge, labels: Mapping[str, str]) -> Named:
    return {
        f"{c.citing} {c.cited} {c.source}": (
            f"{labels.get(c.citing, c.citing)} cites {labels.get(c.cited, c.cited)}",
            c,
        )
        for c in knowledge.citations
    }


def _compare(old: Named, new: Named) -> Difference:
    changed = []
    for id_ in sorted(old.keys() & new.keys()):
        before, after = old[id_][1], new[id_][1]
        if before != after:
            names = [f.name for f in fields(after) if getattr(before, f.name) != getattr(after, f.name)]
            pairs = tuple((name, getattr(before, name), getattr(after, name)) for name in names)
            changed.append(Item(id_, new[id_][0], pairs))
    return Difference(
        added=tuple(Item(id_, new[id_][0]) for id_ in sorted(new.keys() - old.keys())),
        removed=tuple(Item(id_, old[id_][0]) for id_ in sorted(old.keys() - new.keys())),
        changed=tuple(changed),
    )
