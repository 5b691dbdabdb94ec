"""Mentions and the passages they stand in, as Web Annotations (oa:) without blank nodes.

A mention is an annotation whose body is the entity and whose target is a passage: a stretch of a paper's title or
abstract. One selector per passage gives both its position, in Unicode code points, and its words. Sentences that hold
a mention and quotes that support a relation are passages too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256
from operator import itemgetter

from kgraph.graph.naming import Naming
from kgraph.graph.terms import TYPE, Block, Pair, decimal, integer, string, term
from kgraph.model import Knowledge, ResolvedMention, Where

MENTION = (TYPE, term("kg:Mention"))
BODY, TARGET, SENTENCE = term("oa:hasBody"), term("oa:hasTarget"), term("kg:sentence")
CONFIDENCE, ATTRIBUTED = term("kg:confidence"), term("prov:wasAttributedTo")
RESOURCE = (TYPE, term("oa:SpecificResource"))
SOURCE, SELECTOR = term("oa:hasSource"), term("oa:hasSelector")
SELECTORS = [(TYPE, term("oa:TextPositionSelector")), (TYPE, term("oa:TextQuoteSelector"))]
START, END, EXACT = term("oa:start"), term("oa:end"), term("oa:exact")
TEXT, PART_OF, LENGTH, SHA256 = (TYPE, term("kg:Text")), term("dcterms:isPartOf"), term("kg:length"), term("kg:sha256")

Span = tuple[Where, int, int]


def in_order(ids: Iterable[str]) -> list[str]:
    """Return paper ids in the order of IRIs that go on after them with a slash."""
    return sorted(ids, key=lambda id_: f"{id_}/")


def mentions(knowledge: Knowledge, naming: Naming) -> Iterator[Block]:
    """Yield one block per mention, in order of IRI."""
    of_paper: dict[str, list[ResolvedMention]] = defaultdict(list)
    for mention in knowledge.mentions:
        of_paper[mention.paper].append(mention)
    for paper in in_order(of_paper):
        rows = [(naming.mention(m.paper, m.where, m.start, m.end, m.entity), m) for m in of_paper[paper]]
        for node, mention in sorted(rows, key=lambda row: f"{row[0].value}>"):
            yield (
                node,
                [
                    MENTION,
                    (BODY, naming.node(mention.entity)),
                    (TARGET, naming.passage(paper, mention.where, mention.start, mention.end)),
                    (SENTENCE, naming.passage(paper, mention.where, mention.sentence_start, mention.sentence_end)),
                    (CONFIDENCE, decimal(mention.confidence)),
                    (ATTRIBUTED, naming.extractor(mention.rule)),
                ],
            )


def texts(knowledge: Knowledge, naming: Naming) -> Iterator[Block]:
    """Yield one block per title and abstract: its length, and a digest by which anyone can check quotes."""
    papers = {paper.id: paper for paper in knowledge.papers}
    for id_ in in_order(papers):
        for where in (Where.ABSTRACT, Where.TITLE):
            if content := papers[id_].said_in(where):
                digest = sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
                facts: list[Pair] = [TEXT, (PART_OF, naming.node(id_)), (LENGTH, integer(len(content)))]
                yield naming.text(id_, where), [*facts, (SHA256, string(digest))]


class Passages:
    """All stretches of text that something refers to, by paper."""

    def __init__(self, knowledge: Knowledge, naming: Naming) -> None:
        self._naming = naming
        self._papers = {paper.id: paper for paper in knowledge.papers}
        self._spans: dict[str, set[Span]] = defaultdict(set)
        for m in knowledge.mentions:
            self._spans[m.paper].update(((m.where, m.start, m.end), (m.where, m.sentence_start, m.sentence_end)))
        for relation in knowledge.relations:
            e = relation.evidence
            self._spans[e.paper].add((e.where, e.start, e.end))

    def _sorted(self) -> Iterator[tuple[str, Span]]:
        for paper in in_order(self._spans):
            keyed = sorted((f"{where}/{start}-{end}>", (where, start, end)) for where, start, end in self._spans[paper])
            for span in map(itemgetter(1), keyed):
                yield paper, span

    def passages(self) -> Iterator[Block]:
        """Yield one block per passage."""
        for paper, (where, start, end) in self._sorted():
            selector = self._naming.selector(paper, where, start, end)
            pairs: list[Pair] = [RESOURCE, (SOURCE, self._naming.text(paper, where)), (SELECTOR, selector)]
            yield self._naming.passage(paper, where, start, end), pairs

    def selectors(self) -> Iterator[Block]:
        """Yield one block per passage that says where it starts and ends and what it says."""
        for id_, (where, start, end) in self._sorted():
            pairs: list[Pair] = [*SELECTORS, (START, integer(start)), (END, integer(end))]
            paper = self._papers.get(id_)
            if paper is not None:
                pairs.append((EXACT, string(paper.said_in(where)[start:end])))
            yield self._naming.selector(id_, where, start, end), pairs
