"""What the papers say, name by name: all mentions of one thing in one text become one `Said`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kgraph.model import Extraction, Kind, Level, Mention, Paper
from kgraph.vocab import name_key


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """One paper's use of one name. `full` holds the keys of its full forms ("efficienttreesearch").

    `grade` is how plainly the paper introduces it (`founding`), where that was looked at already, else 0.
    """

    paper: Paper
    name: str
    kind: Kind
    surfaces: tuple[str, ...]
    full: frozenset[str]
    introduced: bool
    certain: bool
    confidence: float
    concept: str
    rule: str
    level: Level | None
    mentions: tuple[Mention, ...]
    grade: int = 0

    @property
    def place(self) -> tuple[str, str]:
        """Paper id and local name: what tells one from all others."""
        return (self.paper.id, self.name)


def collect(papers: Sequence[Paper], extractions: Mapping[str, Extraction]) -> list[Said]:
    """Return what all papers say, by paper id and name."""
    out: list[Said] = []
    for paper in sorted(papers, key=lambda p: p.id):
        extraction = extractions.get(paper.text)
        if extraction is None:
            continue
        groups: dict[str, list[Mention]] = {}
        for mention in extraction.mentions:
            groups.setdefault(mention.name, []).append(mention)
        out.extend(_said(paper, name, groups[name]) for name in sorted(groups))
    return out


def _said(paper: Paper, name: str, mentions: list[Mention]) -> Said:
    if len(mentions) == 1:  # as most are
        (best,) = mentions
        surfaces: tuple[str, ...] = (best.surface,)
    else:
        best = max(mentions, key=lambda m: (m.certain, m.confidence, m.kind))
        surfaces = tuple(dict.fromkeys([m.surface for m in mentions]))
    return Said(
        paper=paper,
        name=name,
        kind=best.kind,
        surfaces=surfaces,
        full=frozenset(full_forms(name, surfaces)),
        introduced=any(m.introduced for m in mentions),
        certain=best.certain,
        confidence=best.confidence,
        concept=next((m.concept for m in mentions if m.concept), ""),
        rule=best.rule,
        level=best.level,
        mentions=tuple(mentions),
    )


def full_forms(name: str, surfaces: Sequence[str]) -> list[str]:
    """Return the keys of those surfaces that are longer forms of a one-word name, of two words or more."""
    longer = [s for s in surfaces if " " in s]
    if not longer or " " in name:
        return []
    key = name_key(name)
    keys = [name_key(s.rstrip("s")) for s in longer]
    return [k for k in keys if k != key and len(k) > len(key) + 3]
