"""The words of the project: what sources say, and what kgraph believes.

Said, never edited: `Record`, `Mention`, `RelationMention` (together an `Extraction` of one text).
Believed, made by resolve and link: `Paper`, `Entity`, `ResolvedMention`, `Relation`, `CoMention`, `Citation`
(together `Knowledge`). Everything is frozen, comparable and built from scalars and tuples, so that rows can travel
between processes, into tables and back without change. Offsets count Unicode code points.
"""

from kgraph.model.account import Provenance, Skip, Source
from kgraph.model.believed import (
    Citation,
    CoMention,
    Conflict,
    Decision,
    Entity,
    Evidence,
    Knowledge,
    Paper,
    Relation,
    ResolvedMention,
)
from kgraph.model.kinds import PAPER, Kind, Level, Polarity, RelationType, Rule, ValueKind, Where
from kgraph.model.said import Extraction, Mention, Quantity, Record, RelationMention, text_id

__all__ = [
    "PAPER",
    "Citation",
    "CoMention",
    "Conflict",
    "Decision",
    "Entity",
    "Evidence",
    "Extraction",
    "Kind",
    "Knowledge",
    "Level",
    "Mention",
    "Paper",
    "Polarity",
    "Provenance",
    "Quantity",
    "Record",
    "Relation",
    "RelationMention",
    "RelationType",
    "ResolvedMention",
    "Rule",
    "Skip",
    "Source",
    "ValueKind",
    "Where",
    "text_id",
]
