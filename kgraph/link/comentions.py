"""Which entities papers name together, as set statements that every engine runs alike.

The association of a pair is its normalised pointwise mutual information (Bouma 2009, "Normalized (pointwise) mutual
information in collocation extraction"): ln(p(a,b) / (p(a) p(b))) / -ln p(a,b) over papers, 1 if the two are only ever
named together, 0 if they are independent.

Two rules keep the number of pairs from growing faster than the collection:

- of a paper, the `MOST_NAMED` entities that it names most often take part (ties by id): a paper that names 75,000
  things says of no two of them that they belong together;
- in collections of `LARGE` papers and more, a hub, which is an entity that more than one paper in `HUB_SHARE` names
  ("GPU"), keeps the `HUB_PAIRS` pairs that most papers name (ties by id): that a thing was once named beside a thing
  that everyone names says little. A pair of two hubs has to be among those of both.

So there are at most MOST_NAMED * (MOST_NAMED - 1) / 2 pairs for a paper, and HUB_PAIRS for a hub, of which there are
at most MOST_NAMED * HUB_SHARE. What a pair is measured against, the papers that name each of
the two, is counted over all mentions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import pyarrow as pa

from kgraph.model import CoMention, ResolvedMention

MOST_NAMED = 100
LARGE = 20_000
HUB_SHARE = 50
HUB_PAIRS = 2_000
LIMITS = {"most_named": MOST_NAMED, "large": LARGE, "hub_share": HUB_SHARE, "hub_pairs": HUB_PAIRS}

# table: the SELECT that makes it, in order. `named` (paper, entity, sentence; a row for each mention) and `corpus`
# (papers, and the four limits) are given.
STATEMENTS: dict[str, str] = {
    "named_in_paper": "SELECT paper, entity, COUNT(*) AS times FROM named GROUP BY paper, entity",
    "entity_papers": "SELECT entity, COUNT(*) AS papers FROM named_in_paper GROUP BY entity",
    "foremost": """
        SELECT paper, entity FROM (
            SELECT paper, entity, ROW_NUMBER() OVER (PARTITION BY paper ORDER BY times DESC, entity) AS place
            FROM named_in_paper) ranked
        CROSS JOIN corpus c WHERE place <= c.most_named""",
    "named_in_sentence": """
        SELECT DISTINCT n.paper, n.sentence, n.entity
        FROM named n JOIN foremost f ON f.paper = n.paper AND f.entity = n.entity""",
    "pair_papers": """
        SELECT x.entity AS a, y.entity AS b, COUNT(*) AS papers
        FROM foremost x JOIN foremost y ON x.paper = y.paper AND x.entity < y.entity
        GROUP BY x.entity, y.entity""",
    "pair_sentences": """
        SELECT x.entity AS a, y.entity AS b, COUNT(*) AS sentences
        FROM named_in_sentence x JOIN named_in_sentence y
        ON x.paper = y.paper AND x.sentence = y.sentence AND x.entity < y.entity
        GROUP BY x.entity, y.entity""",
    "hubs": """
        SELECT e.entity FROM entity_papers e CROSS JOIN corpus c
        WHERE c.papers >= c.large AND e.papers * c.hub_share > c.papers""",
    "dropped": """
        SELECT DISTINCT a, b FROM (
            SELECT a, b, ROW_NUMBER() OVER (PARTITION BY hub ORDER BY papers DESC, a, b) AS place FROM (
                SELECT h.entity AS hub, p.a, p.b, p.papers FROM pair_papers p JOIN hubs h ON h.entity = p.a
                UNION ALL
                SELECT h.entity AS hub, p.a, p.b, p.papers FROM pair_papers p JOIN hubs h ON h.entity = p.b) ends
            ) ranked
        CROSS JOIN corpus c WHERE place > c.hub_pairs""",
    "comentions": """
        SELECT p.a, p.b, p.papers AS paper_count, COALESCE(s.sentences, 0) AS sentence_count,
            CASE WHEN p.papers = c.papers THEN 1.0
            ELSE ROUND(LN(CAST(p.papers AS DOUBLE) * c.papers / (CAST(x.papers AS DOUBLE) * y.papers))
                / -LN(CAST(p.papers AS DOUBLE) / c.papers), 6) + 0.0 END AS npmi
        FROM pair_papers p
        JOIN entity_papers x ON x.entity = p.a
        JOIN entity_papers y ON y.entity = p.b
        LEFT JOIN pair_sentences s ON s.a = p.a AND s.b = p.b
        LEFT JOIN dropped d ON d.a = p.a AND d.b = p.b
        CROSS JOIN corpus c
        WHERE d.a IS NULL
        ORDER BY p.a, p.b""",
}


class Sets(Protocol):
    """What this room asks of an engine."""

    def load(self, name: str, table: pa.Table) -> None:
        """Make `table` known as `name`."""

    def sql(self, name: str, statement: str) -> None:
        """Make the table `name` of what `statement` gives."""

    def fetch(self, name: str) -> Any:
        """Return the table `name` as an Arrow table."""


def comentions(
    engine: Sets, papers: int, mentions: Sequence[ResolvedMention], limits: Mapping[str, int] = LIMITS
) -> tuple[CoMention, ...]:
    """Return the pairs of entities that one of the `papers` names together, sorted by their ids."""
    named = {
        "paper": [mention.paper for mention in mentions],
        "entity": [mention.entity for mention in mentions],
        "sentence": [sentence(mention) for mention in mentions],
    }
    text = pa.schema([(name, pa.string()) for name in named])
    engine.load("named", pa.table(named, schema=text))
    numbers = {"papers": papers, **limits}
    engine.load("corpus", pa.table({name: pa.array([number], pa.int64()) for name, number in numbers.items()}))
    for name, statement in STATEMENTS.items():
        engine.sql(name, statement)
    columns = engine.fetch("comentions").to_pydict()
    return tuple(CoMention(*row) for row in zip(*columns.values(), strict=True))


def sentence(mention: ResolvedMention) -> str:
    """Return which sentence of its paper a mention stands in."""
    return f"{mention.where}:{mention.sentence_start}"
