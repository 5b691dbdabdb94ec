"""Where a paper is believed to speak of an entity: the mentions of its believed uses of names."""

from __future__ import annotations

from collections.abc import Iterator

from kgraph.model import Kind, Mention, ResolvedMention, Where
from kgraph.resolve.entities.belief import sureness

Use = tuple[Mention, str, bool]
"""A mention, the id of the entity it is believed to mean, and whether it introduces that."""


def believed(paper: str, rows: list[Use]) -> Iterator[ResolvedMention]:
    """Yield the mentions of a paper by place, from all that it says of entities."""
    for m, name, introduced in _outermost(rows):
        yield ResolvedMention(
            paper=paper,
            entity=name,
            where=m.where,
            start=m.start,
            end=m.end,
            surface=m.surface,
            sentence_start=m.sentence_start,
            sentence_end=m.sentence_end,
            introduced=introduced,
            confidence=sureness(m),
            rule=m.rule,
        )


def _outermost(rows: list[Use]) -> list[Use]:
    """Return the mentions of a paper by place, without hardware that is part of a longer name ("GPU-STREAM")."""
    if len(rows) == 1:
        return rows
    rows.sort(key=lambda row: (row[0].where is not Where.TITLE, row[0].start, -row[0].end, row[1]))
    kept: list[Use] = []
    holder: Mention | None = None
    for row in rows:
        mention = row[0]
        inside = holder is not None and holder.where is mention.where and mention.end <= holder.end
        if inside and mention.kind is Kind.HARDWARE:
            continue
        kept.append(row)
        if not inside and mention.kind is not Kind.HARDWARE:
            holder = mention
    return kept
