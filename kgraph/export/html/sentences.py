"""The sentences that the page shows, each stored once, and the offsets of names and quotes in them.

JavaScript counts UTF-16 code units where Python counts code points; offsets are converted here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict

from kgraph.export.html.catalogue import Catalogue, clean
from kgraph.model import Evidence, Knowledge, Relation, ResolvedMention, Where

Span = tuple[Where, int, int]
POLARITIES = (None, "better", "worse", "similar", "unspecified")
TYPES = ("compares_against", "runs_on", "builds_on", "introduces", "mentions", "comention", "cites")


def units(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the offsets in UTF-16 code units of the code points [start, end) of `text`."""
    if text.isascii():
        return start, end
    before = start + sum(c > "\uffff" for c in text[:start])
    return before, before + (end - start) + sum(c > "\uffff" for c in text[start:end])


class Sentences:
    """The sentence pools of all papers; fill it by asking for spans, then read `texts`."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._papers = {p.id: i for i, p in enumerate(knowledge.papers)}
        self._knowledge = knowledge
        self._pool: list[dict[Span, int]] = [{} for _ in knowledge.papers]
        self._of_paper: dict[str, list[ResolvedMention]] = defaultdict(list)
        for mention in knowledge.mentions:
            self._of_paper[mention.paper].append(mention)
        self._starts: dict[tuple[str, Where], list[int]] = {}

    def _text(self, paper: int, where: Where) -> str:
        return self._knowledge.papers[paper].said_in(where)

    def _add(self, paper: int, span: Span) -> int:
        return self._pool[paper].setdefault(span, len(self._pool[paper]))

    @property
    def texts(self) -> list[list[str]]:
        """Return per paper the sentences asked for, in the order of asking."""
        return [
            [clean(self._text(i, where)[start:end]) for where, start, end in pool] for i, pool in enumerate(self._pool)
        ]

    def mentions(self, things: Catalogue) -> list[list[int]]:
        """Return per paper its mentions as flat rows of four: entity, sentence, start, end."""
        rows: list[list[int]] = [[] for _ in self._pool]
        for mention in self._knowledge.mentions:
            paper = self._papers[mention.paper]
            start, end = min(mention.sentence_start, mention.start), max(mention.sentence_end, mention.end)
            sentence = self._add(paper, (mention.where, start, end))
            text = self._text(paper, mention.where)[start:end]
            rows[paper] += [
                things.index[mention.entity],
                sentence,
                *units(text, mention.start - start, mention.end - start),
            ]
        return rows

    def claim(self, relation: Relation, things: Catalogue) -> list[object]:
        """Return one relation as a row; see `CLAIM` for its columns."""
        evidence = relation.evidence
        paper = self._papers[evidence.paper]
        span = self._around(evidence)
        sentence = self._add(paper, span)
        text = self._text(paper, evidence.where)[span[1] : span[2]]
        value = relation.value
        return [
            TYPES.index(relation.type),
            things.index[relation.subject],
            things.index[relation.object],
            paper,
            sentence,
            [*units(text, evidence.start - span[1], evidence.end - span[1])],
            self._marks(relation, span, text),
            POLARITIES.index(relation.polarity),
            clean(relation.metric),
            [clean(value.text), float(value.low), float(value.high), value.kind, int(value.up_to)] if value else 0,
            int(relation.own_claim),
            round(relation.confidence, 3),
        ]

    def _around(self, evidence: Evidence) -> Span:
        """Return the sentence that holds the quote, or the quote's own span widened by what sentences it cuts."""
        start, end = evidence.start, evidence.end
        for mention in self._of_paper[evidence.paper]:
            if mention.where is not evidence.where:
                continue
            if mention.sentence_start < evidence.end and evidence.start < mention.sentence_end:
                start, end = min(start, mention.sentence_start), max(end, mention.sentence_end)
        return evidence.where, start, end

    def _marks(self, relation: Relation, span: Span, text: str) -> list[int]:
        """Return the subject's and object's names in the sentence as flat rows of three: start, end, which."""
        marks: list[int] = []
        for mention in self._nearby(relation.paper, span):
            which = {relation.subject: 0, relation.object: 1}.get(mention.entity)
            if which is not None and mention.end <= span[2]:
                marks += [*units(text, mention.start - span[1], mention.end - span[1]), which]
        return marks

    def _nearby(self, paper: str, span: Span) -> list[ResolvedMention]:
        rows = [m for m in self._of_paper[paper] if m.where is span[0]]
        starts = [m.start for m in rows]
        return rows[bisect_left(starts, span[1]) : bisect_right(starts, span[2])]


CLAIM = (
    "type",
    "subject",
    "object",
    "paper",
    "sentence",
    "quote",
    "marks",
    "polarity",
    "metric",
    "value",
    "own",
    "confidence",
)
"""The columns of a claim row, in order."""


def statements(things: Catalogue) -> dict[str, object]:
    """Return mentions, claims and citations, and the sentences they point into."""
    knowledge = things.knowledge
    pool = Sentences(knowledge)
    mentions = pool.mentions(things)
    claims = [pool.claim(r, things) for r in knowledge.relations]
    citations = [
        [things.index[c.citing], things.index[c.cited], [clean(t) for t in c.contexts]]
        for c in knowledge.citations
        if c.citing in things.index and c.cited in things.index
    ]
    return {"mentions": mentions, "claims": claims, "texts": pool.texts, "citations": citations}
