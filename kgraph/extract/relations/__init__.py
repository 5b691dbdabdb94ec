"""Relations between the named things of one text, each with the words that state it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kgraph.extract.relations.actors import clause_start, spoken_of
from kgraph.extract.relations.attachments import Attachment
from kgraph.extract.relations.clauses import Sentence, cast_of, sentences_with_names
from kgraph.extract.relations.comparisons import comparisons
from kgraph.extract.relations.contexts import scene_of
from kgraph.extract.relations.findings import Comparison, certainty
from kgraph.extract.relations.followups import followed_up
from kgraph.extract.relations.lineage import lineage
from kgraph.extract.relations.measures import Measure, unmeasured
from kgraph.extract.relations.placements import placements
from kgraph.extract.relations.quotes import span
from kgraph.extract.relations.scoring import calibrated
from kgraph.model import Mention, Polarity, RelationMention, RelationType

_SPEED = re.compile(r"speed|latenc|throughput|runtime", re.IGNORECASE)
"""What most papers would be remembered for, if they give several numbers."""


def relations(title: str, abstract: str, mentions: Sequence[Mention]) -> tuple[RelationMention, ...]:
    """Return the relations that title and abstract state between the things that `mentions` name.

    Subjects and objects are `Mention.name`s; the subject may be `PAPER`. Of several mentions of one (type, subject,
    object) the headline comes first. A pure function, linear in the length of the text.
    """
    if not mentions:
        return ()
    cast = cast_of(mentions)
    found: list[RelationMention] = []
    told = [
        (sentence, last_own, comparisons(sentence, cast, last_own))
        for sentence, last_own in spoken_of(sentences_with_names(title, abstract, mentions), cast)
        if sentence.relates(cast.own)
    ]
    if not told:
        return ()
    scene = scene_of(cast, mentions, (c.object for _, _, compared in told for c in compared))
    for sentence, last_own, compared in told:
        for c in compared:
            told_further, end = followed_up(sentence, c, cast)
            found.extend(_compares(sentence, told_further, end))
        found.extend(_attached(RelationType.RUNS_ON, sentence, placements(sentence, scene, last_own)))
        found.extend(_attached(RelationType.BUILDS_ON, sentence, lineage(sentence, scene, last_own)))
    return _headlines_first(found)


def _headlines_first(found: Sequence[RelationMention]) -> tuple[RelationMention, ...]:
    """Return the mentions in reading order of their pairs, within a pair the most telling first, then the most sure."""
    groups: dict[tuple[RelationType, str, str], list[RelationMention]] = {}
    for r in found:
        groups.setdefault((r.type, r.subject, r.object), []).append(r)
    return tuple(r for group in groups.values() for r in sorted(group, key=lambda r: (-_says(r), -r.confidence)))


def _says(r: RelationMention) -> int:
    """Return how much a mention says: a direction and a number, a direction, likeness, the bare fact."""
    if r.type is not RelationType.COMPARES_AGAINST or r.polarity is Polarity.UNSPECIFIED:
        return 0
    if r.polarity is Polarity.SIMILAR:
        return 1
    return 3 if r.value is not None else 2


def _compares(sentence: Sentence, c: Comparison, told_until: int) -> list[RelationMention]:
    """Return one relation for each measure of the comparison, the headline first, or one without a number."""
    start, end = span(sentence, c.subject, c.first, c.last)
    end = told_until if told_until > sentence.end else end
    quote, kind = sentence.text[start:end], RelationType.COMPARES_AGAINST
    confidence = round(calibrated(kind, certainty(c)), 3)
    bare = RelationMention(
        kind, c.subject, c.object, sentence.where, start, end, quote, c.polarity, confidence=confidence, rule=c.rule
    )
    if not c.measures:
        metric, higher = unmeasured(sentence.tokens, c.first, c.last)
        return [replace(bare, metric=metric, higher_is_better=higher)]
    measures = sorted(c.measures, key=lambda m: (c.polarity is not _by(m, c), _SPEED.search(m.metric) is None))
    return [
        replace(bare, polarity=_by(m, c), metric=m.metric, value=m.quantity, higher_is_better=m.higher_is_better)
        for m in measures
    ]


def _by(m: Measure, c: Comparison) -> Polarity:
    """Return how the subject fares by one measure: "2x faster with a 1% accuracy drop" is worse by the second."""
    if m.good is None or c.polarity not in (Polarity.BETTER, Polarity.WORSE):
        return c.polarity
    return Polarity.BETTER if m.good else Polarity.WORSE


def _attached(kind: RelationType, sentence: Sentence, attachments: Iterable[Attachment]) -> list[RelationMention]:
    """Return the attachments as relations."""
    out: list[RelationMention] = []
    for a in attachments:
        first = max(clause_start(sentence.tokens, a.at), a.at - 12)
        while first < a.at and not sentence.tokens[first].low[:1].isalnum():
            first += 1
        start, end = span(sentence, a.subject, first, a.at)
        quote, sure = sentence.text[start:end], round(calibrated(kind, a.confidence), 3)
        out.append(
            RelationMention(kind, a.subject, a.object, sentence.where, start, end, quote, confidence=sure, rule=a.rule)
        )
    return out
