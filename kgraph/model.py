"""The words of the project: what sources say, and what kgraph believes.

Said, never edited: `Record`, `Mention`, `RelationMention` (together an `Extraction` of one text).
Believed, made by resolve and link: `Paper`, `Entity`, `ResolvedMention`, `Relation`, `CoMention`, `Citation`
(together `Knowledge`). Everything is frozen, comparable and built from scalars and tuples, so that rows can travel
between processes, into tables and back without change. Offsets count Unicode code points.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from kgraph.text import digest_of

PAPER = "PAPER"
"""The subject of a relation that the paper states of its own, unnamed work."""


class Kind(StrEnum):
    """What an entity is."""

    SYSTEM = "system"
    HARDWARE = "hardware"
    MODEL = "model"
    DATASET = "dataset"


class Level(StrEnum):
    """Whether a hardware name means a thing one can buy or a class of such things."""

    PRODUCT = "product"
    CLASS = "class"


class RelationType(StrEnum):
    """How two things are related."""

    COMPARES_AGAINST = "compares_against"
    RUNS_ON = "runs_on"
    BUILDS_ON = "builds_on"
    INTRODUCES = "introduces"


class Polarity(StrEnum):
    """A comparison as seen from its subject."""

    BETTER = "better"
    WORSE = "worse"
    SIMILAR = "similar"
    UNSPECIFIED = "unspecified"


class ValueKind(StrEnum):
    """What sort of number a comparison gives: 2x, 30 %, 3 points, 494 ms."""

    RATIO = "ratio"
    PERCENT = "percent"
    POINTS = "points"
    ABSOLUTE = "absolute"


class Where(StrEnum):
    """The part of a paper's text that an offset counts in."""

    TITLE = "title"
    ABSTRACT = "abstract"


def digest(*parts: str, size: int = 8) -> str:
    """Return the hexadecimal BLAKE2b digest of the parts, `2 * size` characters long; parts can't run together."""
    return digest_of(parts, size)


# ---------------------------------------------------------------- said


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


# ---------------------------------------------------------------- believed


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field on which the records of one paper disagree: the value kept and the others."""

    field: str
    kept: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper with all its records. `title` and `abstract` come from one record, so that `text` is their digest."""

    id: str
    title: str
    abstract: str
    text: str
    year: int | None = None
    date: str = ""
    arxiv: str = ""
    doi: str = ""
    openalex: str = ""
    s2: str = ""
    authors: tuple[str, ...] = ()
    author_count: int | None = None
    venue: str = ""
    url: str = ""
    records: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A system, piece of hardware, model or dataset.

    `id` is "kind/slug". `broader` is the id of what this is a variant, version or product of (A100-80GB → A100 → GPU,
    ZeRO-3 → ZeRO). `concept` is the vocabulary concept's id if it is a shipped one, else its IRI. `introduced_by`
    holds paper ids. `qualifier` tells homonyms apart ("APEX (2505.12345)").
    """

    id: str
    kind: Kind
    label: str
    aliases: tuple[str, ...] = ()
    level: Level | None = None
    broader: str = ""
    manufacturer: str = ""
    concept: str = ""
    exact_match: tuple[str, ...] = ()
    introduced_by: tuple[str, ...] = ()
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class ResolvedMention:
    """A mention that is believed: which paper, which entity, and where it stands."""

    paper: str
    entity: str
    where: Where
    start: int
    end: int
    surface: str
    sentence_start: int
    sentence_end: int
    introduced: bool = False
    confidence: float = 1.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a paper says something: the paper's `where` text holds `quote` at [start, end)."""

    paper: str
    where: Where
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation that one paper states between two entities, or between itself and an entity.

    `subject` is an entity id, or the paper's id where the paper speaks of its own unnamed work or introduces something.
    `own_claim` is true where the paper also introduces the subject: its authors speak of their own work.
    """

    id: str
    type: RelationType
    subject: str
    object: str
    evidence: Evidence
    polarity: Polarity | None = None
    metric: str = ""
    value: Quantity | None = None
    higher_is_better: bool | None = None
    own_claim: bool = False
    confidence: float = 1.0
    rule: str = ""

    @property
    def paper(self) -> str:
        """Id of the paper that says so."""
        return self.evidence.paper


@dataclass(frozen=True, slots=True)
class CoMention:
    """Two entities (ids, in order) that papers name together.

    `npmi` is the normalised pointwise mutual information over papers, in [-1, 1] (Bouma 2009), rounded to 6 places.
    """

    a: str
    b: str
    paper_count: int
    sentence_count: int
    npmi: float


@dataclass(frozen=True, slots=True)
class Citation:
    """A paper cites another; `contexts` are sentences of the citing paper that do so, where a source gives them."""

    citing: str
    cited: str
    contexts: tuple[str, ...] = ()
    intents: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """Why names were brought together, kept apart or left out.

    `entity` is the id of the entity it is about (empty where a mention was given to none), `subject` the name or
    surface decided on, `rule` the name of the rule, `reason` a sentence for people, `paper` the paper it concerns, if
    only one.
    """

    entity: str
    subject: str
    rule: str
    reason: str
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Skip:
    """Something that couldn't be used: where it stood, why, and what to do about it."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read."""

    path: str
    format: str
    sha256: str
    records: int
    skipped: tuple[Skip, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a build was made from and by what: enough to do it again.

    `inputs` and `options` are the arguments as given (sorted); `notes` are things a user should know, such as
    dates whose year stayed unknown. `extractor` is the digest of vocabulary and extraction code, `program` that of
    all code and data by which a graph is made.
    """

    version: str = ""
    inputs: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    sources: tuple[Source, ...] = ()
    extractor: str = ""
    notes: tuple[str, ...] = ()
    program: str = ""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that one build believes; every tuple is sorted by id (or by its own fields), so equal content is equal."""

    papers: tuple[Paper, ...] = ()
    entities: tuple[Entity, ...] = ()
    mentions: tuple[ResolvedMention, ...] = ()
    relations: tuple[Relation, ...] = ()
    comentions: tuple[CoMention, ...] = ()
    citations: tuple[Citation, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)
