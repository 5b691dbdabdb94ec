"""What is believed, made by resolve and link: it keeps the place in the text that says so."""

from __future__ import annotations

from dataclasses import dataclass, field

from kgraph.model.account import Provenance
from kgraph.model.kinds import Kind, Level, Polarity, RelationType, Rule, Where
from kgraph.model.said import Quantity


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

    def said_in(self, where: Where) -> str:
        """Return the title or the abstract: the text that offsets count in."""
        return self.title if where is Where.TITLE else self.abstract


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
    surface decided on, `reason` a sentence for people, `paper` the paper it concerns, if only one.
    """

    entity: str
    subject: str
    rule: Rule
    reason: str
    paper: str = ""


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
