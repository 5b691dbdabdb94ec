"""Every thing that the page knows, numbered: papers first, then entities, each in the order of their ids."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from kgraph.model import Entity, Knowledge, Level, Paper

KINDS = ("paper", "system", "hardware", "model", "dataset")
_LONE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Return `text` with lone surrogates, which no UTF-8 file can hold, replaced by U+FFFD."""
    return _LONE.sub("\ufffd", text)


def web(url: str) -> str:
    """Return `url` if following it is safe and plain (http or https), percent-encoded where needed; else ""."""
    if not re.match(r"https?://[^\s/]", url, re.IGNORECASE):
        return ""
    return quote(clean(url), safe=":/?#[]@!$&'()*+,;=%~")


@dataclass(frozen=True)
class Catalogue:
    """The numbered things: `index` maps ids to numbers; `score` says how much there is to say about each."""

    knowledge: Knowledge
    index: Mapping[str, int]
    score: tuple[int, ...]

    @property
    def count(self) -> int:
        """Return how many things there are."""
        return len(self.score)

    def label(self, number: int) -> str:
        """Return the title or label of a thing."""
        papers = self.knowledge.papers
        if number < len(papers):
            return clean(papers[number].title)
        return clean(self.knowledge.entities[number - len(papers)].label)

    def kind(self, number: int) -> int:
        """Return the place of a thing's kind in `KINDS`."""
        papers = len(self.knowledge.papers)
        return 0 if number < papers else KINDS.index(self.knowledge.entities[number - papers].kind)

    def strongest(self, limit: int) -> list[int]:
        """Return the numbers of the `limit` things with the most to say about them, in ascending order."""
        order = sorted(range(self.count), key=lambda i: (-self.score[i], i))
        return sorted(order[:limit])


def catalogue(knowledge: Knowledge) -> Catalogue:
    """Number the things of `knowledge` and score them: papers that name an entity, and twice for each claim."""
    index = {paper.id: i for i, paper in enumerate(knowledge.papers)}
    index.update({entity.id: len(index) + i for i, entity in enumerate(knowledge.entities)})
    score: Counter[int] = Counter()
    for paper, entity in sorted({(m.paper, m.entity) for m in knowledge.mentions}):
        score[index[entity]] += 1
        score[index[paper]] += 0
    for relation in knowledge.relations:
        for end in {relation.subject, relation.object}:
            score[index[end]] += 2
        if relation.subject != relation.paper:
            score[index[relation.paper]] += 1
    for citation in knowledge.citations:
        if citation.cited in index:
            score[index[citation.cited]] += 1
    return Catalogue(knowledge, index, tuple(score[i] for i in range(len(index))))


def columns(things: Catalogue) -> dict[str, object]:
    """Return what is known about each thing itself, as columns of equal length."""
    papers, entities = things.knowledge.papers, things.knowledge.entities
    numbers = range(things.count)
    return {
        "things": {
            "id": [*(clean(p.id) for p in papers), *(clean(e.id) for e in entities)],
            "kind": [things.kind(i) for i in numbers],
            "label": [things.label(i) for i in numbers],
            "score": list(things.score),
        },
        "papers": _paper_columns(papers),
        "entities": _entity_columns(entities, things.index),
    }


def _paper_columns(papers: tuple[Paper, ...]) -> dict[str, object]:
    return {
        "year": [p.year or 0 for p in papers],
        "outside": [int(not p.records) for p in papers],
        "date": [clean(p.date) for p in papers],
        "arxiv": [clean(p.arxiv) for p in papers],
        "doi": [clean(p.doi) for p in papers],
        "url": [web(p.url) for p in papers],
        "venue": [clean(p.venue) for p in papers],
        "authors": [[clean(a) for a in p.authors] for p in papers],
        "author_count": [p.author_count or len(p.authors) for p in papers],
    }


def _entity_columns(entities: tuple[Entity, ...], index: Mapping[str, int]) -> dict[str, object]:
    return {
        "aliases": [[clean(a) for a in e.aliases if a != e.label] for e in entities],
        "class": [int(e.level == Level.CLASS) for e in entities],
        "broader": [index.get(e.broader, -1) for e in entities],
        "maker": [clean(e.manufacturer) for e in entities],
        "by": [[index[p] for p in e.introduced_by if p in index] for e in entities],
        "qualifier": [clean(e.qualifier) for e in entities],
        "match": [[web(m) for m in e.exact_match if web(m)] for e in entities],
    }
