"""Which entities papers name together, as set statements that every engine runs alike.

The association of a pair is its normalised pointwise mutual information (Bouma 2009, "Normalized (pointwise) mutual
information in collocation extraction"): ln(p(a,b) / (p(a) p(b))) / -ln p(a,b) over papers, 1 if the two are only ever
named together, 0 if they are independent.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import pyarrow as pa

from kgraph.model import CoMention, ResolvedMention

# table: the SELECT that makes it, in order. `named` (paper, entity, sentence) and `corpus` (papers) are given.
STATEMENTS: dict[str, str] = {
    "named_in_paper": "SELECT DISTINCT paper, entity FROM named",
    "named_in_sentence": "SELECT DISTINCT paper, sentence, entity FROM named",
    "entity_papers": "SELECT entity, COUNT(*) AS papers FROM named_in_paper GROUP BY entity",
    "pair_papers": """
        SELECT x.entity AS a, y.entity AS b, COUNT(*) AS papers
        FROM named_in_paper x JOIN named_in_paper y ON x.paper = y.paper AND x.entity < y.entity
        GROUP BY x.entity, y.entity""",
    "pair_sentences": """
        SELECT x.entity AS a, y.entity AS b, COUNT(*) AS sentences
        FROM named_in_sentence x JOIN named_in_sentence y
        ON x.paper = y.paper AND x.sentence = y.sentence AND x.entity < y.entity
        GROUP BY x.entity, y.entity""",
    "comentions": """
        SELECT p.a, p.b, p.papers AS paper_count, COALESCE(s.sentences, 0) AS sentence_count,
            CASE WHEN p.papers = c.papers THEN 1.0
            ELSE ROUND(LN(CAST(p.papers AS DOUBLE) * c.papers / (CAST(x.papers AS DOUBLE) * y.papers))
                / -LN(CAST(p.papers AS DOUBLE) / c.papers), 6) + 0.0 END AS npmi
        FROM pair_papers p
        JOIN entity_papers x ON x.entity = p.a
        JOIN entity_papers y ON y.entity = p.b
        LEFT JOIN pair_sentences s ON s.a = p.a AND s.b = p.b
        CROSS JOIN corpus c
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


def comentions(engine: Sets, papers: int, mentions: Sequence[ResolvedMention]) -> tuple[CoMention, ...]:
    """Return every pair of entities that one of the `papers` names together, sorted by their ids."""
    named = {
        "paper": [mention.paper for mention in mentions],
        "entity": [mention.entity for mention in mentions],
        "sentence": [f"{mention.where}:{mention.sentence_start}" for mention in mentions],
    }
    text = pa.schema([(name, pa.string()) for name in named])
    engine.load("named", pa.table(named, schema=text))
    engine.load("corpus", pa.table({"papers": pa.array([papers], pa.int64())}))
    for name, statement in STATEMENTS.items():
        engine.sql(name, statement)
    columns = engine.fetch("comentions").to_pydict()
    return tuple(CoMention(*row) for row in zip(*columns.values(), strict=True))
