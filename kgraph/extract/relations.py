"""Relations between the named things of one text, each with the words that state it."""

from __future__ import annotations

from collections.abc import Sequence

from kgraph.extract.clauses import Cast, Sentence, cast_of, sentences_with_names
from kgraph.extract.comparisons import Comparison, comparisons
from kgraph.model import Kind, Mention, RelationMention, RelationType


def relations(title: str, abstract: str, mentions: Sequence[Mention]) -> tuple[RelationMention, ...]:
    """Return the relations that title and abstract state between the things that `mentions` name.

    Subjects and objects are `Mention.name`s; the subject may be `PAPER`. Of several mentions of one (type, subject,
    object) the headline comes first. A pure function, linear in the length of the text.
    """
    if not mentions:
        return ()
    cast = cast_of(mentions)
    found: list[RelationMention] = []
    last_own = cast.primary
    for sentence in sentences_with_names(title, abstract, mentions):
        last_own = _own_name(sentence, cast) or last_own
        for c in comparisons(sentence, cast, last_own):
            found.extend(_compares(sentence, c))
    return tuple(found)


def _own_name(sentence: Sentence, cast: Cast) -> str | None:
    for t in sentence.tokens:
        if t.name in cast.own and cast.kinds[t.name] is not Kind.DATASET:
            return t.name
    return None


def _compares(sentence: Sentence, c: Comparison) -> list[RelationMention]:
    start, end = sentence.tokens[c.first].start, sentence.tokens[c.last].end
    out: list[RelationMention] = []
    for m in c.measures or (None,):
        out.append(
            RelationMention(
                RelationType.COMPARES_AGAINST,
                c.subject,
                c.object,
                sentence.where,
                start,
                end,
                sentence.text[start:end],
                c.polarity,
                m.metric if m else "",
                m.quantity if m else None,
                m.higher_is_better if m else None,
                0.8,
                c.rule,
            )
        )
    return out
