"""All that is believed about one thing, gathered for showing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from kgraph.graph.lookup import Thing, label
from kgraph.model import (
    Entity,
    Evidence,
    Knowledge,
    Paper,
    Polarity,
    Quantity,
    Relation,
    RelationType,
    ResolvedMention,
    Where,
)

TURNED = {Polarity.BETTER: Polarity.WORSE, Polarity.WORSE: Polarity.BETTER}


@dataclass(frozen=True)
class Named:
    """A thing by id and label, with the year of a paper."""

    id: str
    label: str
    kind: str
    year: int | None = None


@dataclass(frozen=True)
class Quote:
    """A sentence of a paper; `marks` are the (start, end) within `text` where the things in question are named."""

    text: str
    paper: Named
    where: Where
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Link:
    """A relation as seen from one of its ends: `other` is the other end, `outgoing` whether this end is the subject.

    `polarity` is turned so that it speaks of this end: BETTER means this thing is better than `other`. As seen from a
    paper that speaks of two other things, `subject` is the one that takes its place.
    """

    type: RelationType
    outgoing: bool
    other: Named
    quote: Quote
    polarity: Polarity | None = None
    metric: str = ""
    value: Quantity | None = None
    own_claim: bool = False
    confidence: float = 1.0
    subject: Named | None = None


@dataclass(frozen=True)
class View:
    """One thing with everything that is believed about it.

    For an entity, `papers` are those that name it, each with its first sentence that does; for a paper, `entities` are
    those that it names, and `links` what it says of itself. As far as citations are known, `citing_years` counts
    by year (0 where unknown) the papers that cite the paper, or those that introduce the entity; `not_cited` are those
    that compare against the entity and cite none of the papers that introduce it, `not_compared` those of the
    collection that cite one of these and never compare against it.
    """

    thing: Named
    details: dict[str, Any]
    broader: tuple[Named, ...] = ()
    narrower: tuple[Named, ...] = ()
    introduced_by: tuple[Named, ...] = ()
    links: tuple[Link, ...] = ()
    papers: tuple[Quote, ...] = ()
    entities: tuple[Named, ...] = ()
    near: tuple[tuple[Named, int], ...] = ()
    cites: tuple[Named, ...] = ()
    cited_by: tuple[Named, ...] = ()
    mentions: int = 0
    citing_years: tuple[tuple[int, int], ...] = ()
    not_cited: tuple[Named, ...] = ()
    not_compared: tuple[Named, ...] = ()


class Views:
    """Makes views of the things of one knowledge."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    @cached_property
    def things(self) -> dict[str, Thing]:
        """Every paper and entity by id."""
        found: dict[str, Thing] = {paper.id: paper for paper in self.knowledge.papers}
        return found | {entity.id: entity for entity in self.knowledge.entities}

    def named(self, id_: str) -> Named:
        """Return a thing by its id; one that the graph doesn't hold goes by its id."""
        thing = self.things.get(id_)
        if thing is None:
            return Named(id_, id_, id_.partition("/")[0])
        if isinstance(thing, Paper):
            return Named(thing.id, thing.title, "paper", thing.year)
        return Named(thing.id, label(thing), thing.kind.value)

    def of(self, thing: Thing) -> View:
        """Return the view of a paper or entity."""
        return self._of_entity(thing) if isinstance(thing, Entity) else self._of_paper(thing)

    def _of_entity(self, entity: Entity) -> View:
        known = self.knowledge
        mentions = [m for m in known.mentions if m.entity == entity.id]
        first: dict[str, ResolvedMention] = {}
        for mention in sorted(mentions, key=lambda m: (m.paper, m.where is Where.TITLE, m.start)):
            first.setdefault(mention.paper, mention)
        papers = sorted((self.sentence(m) for m in first.values()), key=lambda q: (-(q.paper.year or 0), q.paper.id))
        relations = [r for r in known.relations if entity.id in (r.subject, r.object)]
        near = [(pair.b if pair.a == entity.id else pair.a, pair) for pair in known.comentions]
        near = [(other, pair) for other, pair in near if entity.id in (pair.a, pair.b)]
        near.sort(key=lambda item: (-item[1].paper_count, -item[1].npmi, item[0]))
        years = [quote.paper.year for quote in papers if quote.paper.year]
        details = {
            "aliases": [alias for alias in entity.aliases if alias != entity.label],
            "level": entity.level.value if entity.level else "",
            "manufacturer": entity.manufacturer,
            "qualifier": entity.qualifier,
            "same_as": list(entity.exact_match),
            "years": [min(years), max(years)] if years else [],
        }
        return View(
            self.named(entity.id),
            details,
            broader=tuple(map(self.named, self._lineage(entity))),
            narrower=tuple(self.named(e.id) for e in known.entities if e.broader == entity.id),
            introduced_by=tuple(map(self.named, entity.introduced_by)),
            links=self._links(entity.id, relations),
            papers=tuple(papers),
            near=tuple((self.named(other), pair.paper_count) for other, pair in near),
            mentions=len(mentions),
            citing_years=self._citing_years(set(entity.introduced_by)),
            not_cited=self._not_citing(entity),
            not_compared=self._not_comparing(entity),
        )

    def _lineage(self, entity: Entity) -> list[str]:
        """Return what an entity is a variant of, and so on upwards; a circle ends it."""
        found: list[str] = []
        while entity.broader and entity.broader not in found:
            found.append(entity.broader)
            above = self.things.get(entity.broader)
            if not isinstance(above, Entity):
                break
            entity = above
        return found

    def _of_paper(self, paper: Paper) -> View:
        known = self.knowledge
        named = dict.fromkeys(m.entity for m in known.mentions if m.paper == paper.id)
        relations = [r for r in known.relations if r.evidence.paper == paper.id]
        names = ("year", "date", "arxiv", "doi", "openalex", "s2", "url", "venue")
        details: dict[str, Any] = {name: getattr(paper, name) for name in names}
        details |= {"authors": list(paper.authors), "author_count": paper.author_count, "abstract": paper.abstract}
        return View(
            self.named(paper.id),
            details | {"conflicts": [f"{c.field}: {c.kept}, not {' or '.join(c.others)}" for c in paper.conflicts]},
            links=self._links(paper.id, relations),
            entities=tuple(map(self.named, named)),
            cites=tuple(self.named(c.cited) for c in known.citations if c.citing == paper.id),
            cited_by=tuple(self.named(c.citing) for c in known.citations if c.cited == paper.id),
            mentions=sum(m.paper == paper.id for m in known.mentions),
            citing_years=self._citing_years({paper.id}),
        )

    def _citing_years(self, cited: set[str]) -> tuple[tuple[int, int], ...]:
        citing = {c.citing for c in self.knowledge.citations if c.cited in cited}
        return tuple(sorted(Counter(self.named(paper).year or 0 for paper in sorted(citing)).items()))

    def _comparing(self, entity: Entity) -> set[str]:
        claims = (r for r in self.knowledge.relations if r.type is RelationType.COMPARES_AGAINST)
        return {r.paper for r in claims if r.object == entity.id}

    def _not_citing(self, entity: Entity) -> tuple[Named, ...]:
        origins = set(entity.introduced_by)
        cited: dict[str, set[str]] = {}
        for citation in self.knowledge.citations:
            cited.setdefault(citation.citing, set()).add(citation.cited)
        comparing = (self._comparing(entity) & cited.keys()) - origins
        missing = [p for p in sorted(comparing) if origins and not cited[p] & origins]
        return tuple(map(self.named, missing))

    def _not_comparing(self, entity: Entity) -> tuple[Named, ...]:
        origins = set(entity.introduced_by)
        citing = {c.citing for c in self.knowledge.citations if c.cited in origins}
        silent = sorted(citing - origins - self._comparing(entity))
        papers = (self.things.get(id_) for id_ in silent)
        return tuple(self.named(p.id) for p in papers if isinstance(p, Paper) and p.records)

    def _links(self, id_: str, relations: list[Relation]) -> tuple[Link, ...]:
        """Return relations as seen from `id_`, an end of theirs or the paper that states them."""
        order = list(RelationType)
        links = []
        for r in relations:
            outgoing = r.subject == id_ or r.object != id_
            other = r.object if outgoing else r.subject
            polarity = r.polarity if outgoing or r.polarity is None else TURNED.get(r.polarity, r.polarity)
            quote = self.quote(r.evidence, {r.subject, r.object})
            subject = None if id_ in (r.subject, r.object) else self.named(r.subject)
            found = (polarity, r.metric, r.value, r.own_claim, r.confidence, subject)
            links.append(Link(r.type, outgoing, self.named(other), quote, *found))
        links.sort(key=lambda k: (order.index(k.type), -(k.quote.paper.year or 0), k.other.label, k.quote.text))
        return tuple(links)

    @cached_property
    def _by_paper(self) -> dict[str, list[ResolvedMention]]:
        found: dict[str, list[ResolvedMention]] = {}
        for mention in self.knowledge.mentions:
            found.setdefault(mention.paper, []).append(mention)
        return found

    def quote(self, evidence: Evidence, marked: set[str]) -> Quote:
        """Return what a paper says, with the places where it names the entities `marked`."""
        marks = [
            (max(m.start, evidence.start) - evidence.start, min(m.end, evidence.end) - evidence.start)
            for m in self._by_paper.get(evidence.paper, ())
            if m.entity in marked and m.where is evidence.where and m.start < evidence.end and m.end > evidence.start
        ]
        return Quote(evidence.quote, self.named(evidence.paper), evidence.where, tuple(sorted(set(marks))))

    def sentence(self, mention: ResolvedMention) -> Quote:
        """Return the sentence in which a mention stands."""
        paper = self.things.get(mention.paper)
        text = paper.said_in(mention.where) if isinstance(paper, Paper) else ""
        start, end = mention.sentence_start, mention.sentence_end
        return self.quote(Evidence(mention.paper, mention.where, start, end, text[start:end]), {mention.entity})


def as_json(value: Any) -> Any:
    """Return a view as plain lists and dicts; decimals become numbers, what is empty is left out."""
    if is_dataclass(value):
        pairs = ((f.name, getattr(value, f.name)) for f in fields(value))
        return {name: as_json(item) for name, item in pairs if item is not None and item not in ("", (), {})}
    if isinstance(value, dict):
        return {name: as_json(item) for name, item in value.items() if item is not None and item not in ("", [])}
    if isinstance(value, (tuple, list)):
        return [as_json(item) for item in value]
    if isinstance(value, Decimal):
        return float(value)
    return value.value if isinstance(value, StrEnum) else value
