"""The edges that the page can draw, and where its nodes stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from kgraph.export.html.catalogue import Catalogue
from kgraph.export.html.sentences import TYPES
from kgraph.graph.backbone import communities, disparity
from kgraph.graph.layout import Edge, layout
from kgraph.model import CoMention, RelationType

DRAWN = 3000
"""How many things get a place on the map; the others can still be searched, read and opened."""
COMENTIONS = 15000
"""How many co-mention edges the page holds, the most significant first."""
SPREAD = 100
"""Length of an ideal edge, in the units of the page."""


@dataclass(frozen=True)
class Link:
    """An edge between two numbered things; `count` claims, mentions or papers stand behind it."""

    type: int
    a: int
    b: int
    count: int
    sentences: int = 0
    npmi: float = 0.0
    chance: float = 1.0


def links(things: Catalogue, drawn: set[int], *, all_together: bool = False) -> tuple[list[Link], int]:
    """Return the edges among `drawn` things, and how many weak co-mentions are left out (none if `all_together`)."""
    knowledge, index = things.knowledge, things.index
    counts: Counter[tuple[int, int, int]] = Counter()
    for relation in knowledge.relations:
        counts[TYPES.index(relation.type), index[relation.subject], index[relation.object]] += 1
    for mention in knowledge.mentions:
        counts[TYPES.index("mentions"), index[mention.paper], index[mention.entity]] += 1
    for citation in knowledge.citations:
        if citation.citing in index and citation.cited in index:
            counts[TYPES.index("cites"), index[citation.citing], index[citation.cited]] += 1
    plain = [Link(t, a, b, n) for (t, a, b), n in sorted(counts.items()) if a in drawn and b in drawn and a != b]
    together = _together(things, drawn)
    kept = together if all_together else together[:COMENTIONS]
    return plain + kept, len(knowledge.comentions) - len(kept)


def _weight(row: CoMention) -> float:
    """Return how strongly two things are mentioned together: once per paper, once more per sentence."""
    return float(row.paper_count + row.sentence_count)


def _together(things: Catalogue, drawn: set[int]) -> list[Link]:
    rows = things.knowledge.comentions
    ends = [(things.index[r.a], things.index[r.b]) for r in rows]
    chances = disparity([(a, b, _weight(r)) for (a, b), r in zip(ends, rows, strict=True)])
    found = [
        Link(TYPES.index("comention"), a, b, r.paper_count, r.sentence_count, round(r.npmi, 3), chance)
        for (a, b), r, chance in zip(ends, rows, chances, strict=True)
        if a in drawn and b in drawn
    ]
    return sorted(found, key=lambda k: (k.chance, -k.count, -k.sentences, k.a, k.b))


def places(edges: list[Edge]) -> dict[int, tuple[int, int]]:
    """Return whole-number coordinates of the nodes that `edges` link."""
    used = sorted({end for a, b, _ in edges for end in (a, b)})
    number = {node: i for i, node in enumerate(used)}
    spots = layout(len(used), [(number[a], number[b], w) for a, b, w in edges])
    whole = np.rint(spots * SPREAD).astype(int)
    return {node: (int(whole[i, 0]), int(whole[i, 1])) for node, i in number.items()}


def comparison_places(found: list[Link]) -> dict[int, tuple[int, int]]:
    """Return where compared things stand: those compared with each other near each other."""
    compares = TYPES.index(RelationType.COMPARES_AGAINST)
    return places([(k.a, k.b, float(k.count)) for k in found if k.type == compares])


def comention_places(found: list[Link]) -> tuple[dict[int, tuple[int, int]], list[list[int]]]:
    """Return where things named together stand, and their communities (three members or more), largest first."""
    together = [k for k in found if k.type == TYPES.index("comention")]
    backbone = [k for k in together if k.chance <= 0.4][:4000] or together[:400]
    groups = communities([(k.a, k.b, 1.2 - k.chance) for k in backbone])
    home = {node: i for i, group in enumerate(groups) for node in group}
    edges = [(k.a, k.b, (1.2 - k.chance) * (4 if home[k.a] == home[k.b] else 1)) for k in backbone]
    return places(edges), [group for group in groups if len(group) > 2]
