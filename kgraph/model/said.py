"""What sources say, never edited: records, and what is read in the text of one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kgraph.model.kinds import Kind, Level, Polarity, RelationType, ValueKind, Where
from kgraph.text import digest


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a source, normalised but not interpreted.

    `source` and `locator` say where it stood ("page.txt", "line 14") and are no part of its id. `source_id` is the id
    that the source itself gives, or empty. `date` is ISO 8601 as far as known: "2025-08-18", "2025-08", "2025", or
    "--08-18" where the source prints no year. Identifiers are bare: "2309.06180", "10.1145/3600006.3613165".
    `service` names who says so ("arxiv", "crossref", "openalex", ...; empty for a user's own rows) and, like the place,
    is no part of the id: it decides whom to trust with which field.
    """

    title: str
    abstract: str
    source: str = ""
    locator: str = ""
    source_id: str = ""
    date: str = ""
    arxiv: str = ""
    doi: str = ""
    openalex: str = ""
    s2: str = ""
    authors: tuple[str, ...] = ()
    author_count: int | None = None
    venue: str = ""
    url: str = ""
    service: str = ""

    @property
    def text_id(self) -> str:
        """Digest of title and abstract: what an extraction depends on."""
        return text_id(self.title, self.abstract)

    @property
    def id(self) -> str:
        """Digest of what the row says, wherever it stood."""
        identifiers = (self.source_id, self.arxiv, self.doi, self.openalex, self.s2)
        return digest(self.title, self.abstract, self.date, *identifiers, "\x1f".join(self.authors), self.venue)


def text_id(title: str, abstract: str) -> str:
    """Return the digest by which extractions of this title and abstract are known (16 hexadecimal digits)."""
    return digest(title, abstract)


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names something: `text[start:end] == surface`.

    `name` groups the mentions of one thing within one text (the most complete form that the text uses). A mention that
    is not `certain` counts only if the corpus confirms it, as when another paper introduces that name. `concept` is
    the id of the vocabulary concept it matched, or empty. `rule` names the mechanism that found it.
    """

    where: Where
    start: int
    end: int
    surface: str
    kind: Kind
    name: str
    sentence_start: int
    sentence_end: int
    level: Level | None = None
    introduced: bool = False
    certain: bool = True
    confidence: float = 1.0
    concept: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a text gives it, understood.

    `text` is verbatim ("1.4-11.2x"). `low` and `high` are equal for a single number. A ratio of 2 means twice, a
    percent of 30 means 30 %; absolute values carry their `unit`. `up_to` marks "up to 5x".
    """

    text: str
    low: Decimal
    high: Decimal
    kind: ValueKind
    up_to: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class RelationMention:
    """A relation between two named things of one text, with the stretch that states it: `text[start:end] == quote`.

    `subject` and `object` are `Mention.name`s of the same extraction; the subject may be `PAPER`. Of several mentions
    of one (type, subject, object) the first is the headline. `higher_is_better` is about the metric, where known.
    """

    type: RelationType
    subject: str
    object: str
    where: Where
    start: int
    end: int
    quote: str
    polarity: Polarity | None = None
    metric: str = ""
    value: Quantity | None = None
    higher_is_better: bool | None = None
    confidence: float = 1.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one text says: a pure function of title, abstract and vocabulary."""

    text: str
    mentions: tuple[Mention, ...] = ()
    relations: tuple[RelationMention, ...] = ()
