"""From what papers say of names to what is believed of entities: comparisons, runs-on, builds-on, introduces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from kgraph.model import (
    PAPER,
    Entity,
    Evidence,
    Extraction,
    Paper,
    Polarity,
    Relation,
    RelationMention,
    RelationType,
    ResolvedMention,
    Where,
)
from kgraph.text import digest

_PRESENTS = re.compile(
    r"\b(?:we|this (?:paper|work|article|report|study|thesis)|here)\b[^.]{0,80}?\b"
    r"(?:present|introduc|propos|develop|design|"
    r"describ|releas|build|built|creat|devis|contribut|unveil|open-sourc)"
    r"|\b(?:called|named|dubbed|termed|namely)\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(r"\b(?:that|which|trained|using|uses|with|on|over|against|by)\b", re.IGNORECASE)
"""What stands between "we present" and a name that is presented with something else: "we present X, trained on Y"."""

ENDS = 0.67
"""How much doubt about an end weighs, as an exponent: a stated relation is itself a sign that its ends are names.

Fitted with the reliability of relations (tools/fit_confidence.py) on papers whose names were read by a recogniser that
had not seen them; with 1, more than half of the relations that were given less than 0.5 held.
"""
LEAST = {RelationType.BUILDS_ON: 0.35}
"""The confidence from which on a relation is believed, where that is not 0.

Of 70 lineages read in abstracts of all fields, one in four of those with less than this held, six in ten of the
others; on annotated papers it costs no F1.
"""
_STRENGTH = {Polarity.BETTER: 2, Polarity.WORSE: 2, Polarity.SIMILAR: 1}


class Resolved(Protocol):
    """What this room needs of resolved entities; `names` gives the entity of each (paper id, name within its text)."""

    @property
    def entities(self) -> Sequence[Entity]:
        """All believed entities."""

    @property
    def mentions(self) -> Sequence[ResolvedMention]:
        """All believed mentions."""

    @property
    def names(self) -> Mapping[tuple[str, str], str]:
        """The entity id of each (paper id, local name) that is believed."""


def link_relations(
    papers: Sequence[Paper], extractions: Mapping[str, Extraction], resolved: Resolved, least: float = 0.0
) -> tuple[Relation, ...]:
    """Return the believed relations, sorted by id: one for each (paper, type, subject, object, metric).

    `extractions` are by text digest. A relation is dropped where an end isn't believed, or both ends are one entity.
    Its confidence is that of the words, times that of both ends to the power of `ENDS`. INTRODUCES carries the sentence
    that introduces. What has less confidence than `least` (0 to 1), or than `LEAST` asks for, is left out.
    """
    by_paper: dict[str, list[ResolvedMention]] = {}
    for mention in resolved.mentions:
        by_paper.setdefault(mention.paper, []).append(mention)
    owners = {(paper, entity.id) for entity in resolved.entities for paper in entity.introduced_by}
    out: list[Relation] = []
    for paper in papers:
        mentions = by_paper.get(paper.id, [])
        own = {m.entity for m in mentions if (paper.id, m.entity) in owners}
        out += stated_by(paper, extractions.get(paper.text), resolved.names, mentions, own, least)
    return tuple(sorted(out, key=lambda r: r.id))


def stated_by(
    paper: Paper,
    extraction: Extraction | None,
    names: Mapping[tuple[str, str], str],
    mentions: Sequence[ResolvedMention],
    own: set[str],
    least: float = 0.0,
) -> list[Relation]:
    """Return the relations that one paper states, from its believed mentions and the entities that it introduces.

    Those with less confidence than `least` or `LEAST` are left out; what it introduces is as sure as its mentions are.
    """
    said = extraction.relations if extraction else ()
    stated = _stated(paper, said, names, own, _sureness(mentions))
    believed = (r for r in stated if r.confidence >= max(least, LEAST.get(r.type, 0.0)))
    return [*believed, *_introduced(paper, mentions, own)]


def _sureness(mentions: Iterable[ResolvedMention]) -> dict[str, float]:
    """Return how sure it is that the paper speaks of each entity: the best of its mentions."""
    sure: dict[str, float] = {}
    for m in mentions:
        sure[m.entity] = max(sure.get(m.entity, 0.0), m.confidence)
    return sure


def _stated(
    paper: Paper,
    said: Iterable[RelationMention],
    names: Mapping[tuple[str, str], str],
    own: set[str],
    sure: Mapping[str, float],
) -> list[Relation]:
    """Return the believed relations of one paper's text, one for each (type, subject, object, metric)."""
    best: dict[tuple[RelationType, str, str, str], tuple[tuple[float, ...], Relation]] = {}
    for place, mention in enumerate(said):
        subject = paper.id if mention.subject == PAPER else names.get((paper.id, mention.subject), "")
        target = names.get((paper.id, mention.object), "")
        if not subject or not target or subject == target:
            continue
        metric = " ".join(mention.metric.split())
        confidence = mention.confidence * (sure.get(target, 1.0) * sure.get(subject, 1.0)) ** ENDS
        relation = Relation(
            id=digest(mention.type, paper.id, subject, target, metric.casefold()),
            type=mention.type,
            subject=subject,
            object=target,
            evidence=Evidence(paper.id, mention.where, mention.start, mention.end, mention.quote),
            polarity=mention.polarity,
            metric=metric,
            value=mention.value,
            higher_is_better=mention.higher_is_better,
            own_claim=subject == paper.id or subject in own,
            confidence=round(confidence, 4),
            rule=mention.rule,
        )
        key = (relation.type, subject, target, metric.casefold())
        rank = (_telling(mention), relation.confidence, -place)
        if key not in best or rank > best[key][0]:
            best[key] = (rank, relation)
    return _without_echoes([relation for _, relation in best.values()])


def _telling(mention: RelationMention) -> float:
    """Return how much a mention says: a direction counts more than a number, both more than the bare fact."""
    return _STRENGTH.get(mention.polarity or Polarity.UNSPECIFIED, 0) + 0.5 * (mention.value is not None)


def _without_echoes(relations: Sequence[Relation]) -> list[Relation]:
    """Drop relations without metric and number that another relation of the pair states with one."""
    told = {(r.type, r.subject, r.object, r.polarity) for r in relations if r.value is not None or r.metric}
    told |= {(kind, a, b, Polarity.UNSPECIFIED) for kind, a, b, _ in told}
    return [
        r for r in relations if r.value is not None or r.metric or (r.type, r.subject, r.object, r.polarity) not in told
    ]


def _introduced(paper: Paper, mentions: Sequence[ResolvedMention], own: set[str]) -> list[Relation]:
    """Return an INTRODUCES relation for each of the paper's own entities, with the sentence that presents it."""
    out: list[Relation] = []
    for entity in sorted(own):
        mention = max((m for m in mentions if m.entity == entity), key=lambda m: _presenting(paper, m))
        text = paper.said_in(mention.where)
        start, end = mention.sentence_start, mention.sentence_end
        out.append(
            Relation(
                id=digest(RelationType.INTRODUCES, paper.id, entity),
                type=RelationType.INTRODUCES,
                subject=paper.id,
                object=entity,
                evidence=Evidence(paper.id, mention.where, start, end, text[start:end]),
                own_claim=True,
                confidence=mention.confidence,
                rule=mention.rule,
            )
        )
    return out


def _presenting(paper: Paper, mention: ResolvedMention) -> tuple[bool, bool, bool, bool, bool, float, int]:
    """Return the rank of a mention as the one that introduces: a sentence that presents just this ("we propose X"),
    then a title that begins with it, then any sentence that presents, then the abstract."""
    text = paper.said_in(mention.where)
    before = text[mention.sentence_start : mention.start + 1]
    told = list(_PRESENTS.finditer(before))
    just_this = bool(told) and _OTHERWISE.search(before, told[-1].end()) is None
    abstract = mention.where is Where.ABSTRACT
    heads = not abstract and mention.start == 0 and text[mention.end :].lstrip().startswith(":")
    return (
        mention.introduced and just_this, just_this, heads, bool(told), abstract, mention.confidence, -mention.start
    )  # fmt: skip
