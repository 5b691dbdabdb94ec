"""The toy with what it lacks of the terms that a graph may use: an absolute value, a venue, a cited outside paper."""

from dataclasses import replace

from kgraph.model import Citation, Knowledge, Paper, Quantity, ValueKind
from tests.toy import toy


def rich() -> Knowledge:
    """Return a `Knowledge` whose RDF uses every term that kgraph can write but dcterms:abstract."""
    plain = toy()
    papers = []
    for paper in plain.papers:
        if paper.id == "paper/orca-serving-111111":
            paper = replace(paper, venue="Symposium on Examples", author_count=2)
        papers.append(paper)
    papers.append(Paper("paper/outside-999999", "Outside of All", "", "0" * 16, 2019, "2019", arxiv="1901.00001"))
    relations = list(plain.relations)
    first = next(i for i, relation in enumerate(relations) if relation.value)
    value = relations[first].value
    assert value is not None
    absolute = Quantity(value.text, value.low, value.high, ValueKind.ABSOLUTE, unit="ms")
    relations[first] = replace(relations[first], value=absolute)
    cited = Citation("paper/tidal-333333", "paper/outside-999999", intents=("background", "result"), source="s2")
    known = (*plain.citations, Citation("paper/tidal-333333", "paper/never-read-000000"), cited)
    return replace(
        plain,
        papers=tuple(sorted(papers, key=lambda p: p.id)),
        relations=tuple(relations),
        citations=tuple(sorted(known, key=lambda c: (c.citing, c.cited))),
    )
