"""The toy with one paper more, so that every named query has something to find.

It agrees with another paper (consensus), cites a paper whose thing it does not compare against, and compares against a
thing whose paper it does not cite. A data set that it names, and claims nothing of, has a system's name.
"""

from dataclasses import replace

from kgraph.model import Citation, Entity, Kind, Knowledge, Paper, Polarity, RelationType, Where, text_id
from tests.toy import comentions, mentions_of, plain, relation, toy

ID = "paper/a-third-look-aaaaaa"
TITLE = "A Third Look at Serving"
ABSTRACT = (
    "We follow ⟦system/orca|Orca⟧ in its scheduling. On our traces ⟦system/tidal-2|Tidal-2⟧ has lower latency than "
    "⟦system/tidal|Tidal⟧. The traces are those of ⟦dataset/orca|Orca⟧."
)


def wider() -> Knowledge:
    """Return the toy with that paper, sorted as `Knowledge` promises."""
    small = toy()
    text = plain(ABSTRACT)
    paper = Paper(ID, TITLE, text, text_id(TITLE, text), 2026, "2026-01-02", records=("cccccccccccccccc",))
    mentions = [*small.mentions, *mentions_of(ID, Where.ABSTRACT, ABSTRACT, set())]
    quote = "Tidal-2 has lower latency than Tidal"
    claim = relation(
        RelationType.COMPARES_AGAINST, paper, "system/tidal-2", "system/tidal", quote,
        polarity=Polarity.BETTER, metric="latency", higher_is_better=False, confidence=0.8,
    )  # fmt: skip
    papers = tuple(sorted((*small.papers, paper), key=lambda p: p.id))
    namesake = Entity("dataset/orca", Kind.DATASET, "Orca")
    return replace(
        small,
        papers=papers,
        entities=tuple(sorted((*small.entities, namesake), key=lambda e: e.id)),
        mentions=tuple(sorted(mentions, key=lambda m: (m.paper, m.where, m.start, m.end, m.entity))),
        relations=tuple(sorted((*small.relations, claim), key=lambda r: r.id)),
        comentions=tuple(sorted(comentions(mentions, len(papers)), key=lambda c: (c.a, c.b))),
        citations=tuple(
            sorted((*small.citations, Citation(ID, "paper/orca-serving-111111")), key=lambda c: (c.citing, c.cited))
        ),
    )
