"""Which surfaces are one entity, decided with all papers in view.

Names meet under keys that forget spelling (`grouping`); homonyms are told apart by the papers that introduce them
(`senses`); doubtful names need confirmation (`belief`). What remains are entities (`drafts`), linked to their families
(`hierarchy`). Every decision is kept (`why`), and people overrule it (`judgements`). The result depends on the set of
papers alone, not on their order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from kgraph.model import Entity, Extraction, Kind, Mention, Paper, ResolvedMention, Where
from kgraph.resolve.belief import confirmation, witnesses
from kgraph.resolve.drafts import Draft, draft, ids, qualifier
from kgraph.resolve.explain import explain
from kgraph.resolve.grouping import Group, group
from kgraph.resolve.hierarchy import broader
from kgraph.resolve.judgements import Judgements, Side
from kgraph.resolve.said import Said, collect
from kgraph.resolve.senses import Alike, Sense, divide
from kgraph.resolve.similarity import Similarity
from kgraph.resolve.why import Decision
from kgraph.vocab import Vocabulary

SMALL_CORPUS = 3000
"""Papers up to which the words of all of them are counted."""

CONFIRMED = 0.85
"""How often a doubtful name that the corpus or the vocabulary confirms is one (14 of 16 in annotated abstracts)."""


@dataclass(frozen=True, slots=True)
class ResolvedEntities:
    """What is believed of names.

    `names` gives the entity of each (paper id, name within its text); names that are missing there are not believed.
    `decisions` say why, sorted; `notes` are judgements that fitted nothing.
    """

    entities: tuple[Entity, ...]
    mentions: tuple[ResolvedMention, ...]
    names: Mapping[tuple[str, str], str]
    decisions: tuple[Decision, ...] = ()
    notes: tuple[str, ...] = ()


def resolve_entities(
    papers: Sequence[Paper],
    extractions: Mapping[str, Extraction],
    vocabulary: Vocabulary,
    judgements: Judgements | None = None,
    least: float = 0.0,
) -> ResolvedEntities:
    """Return the entities that `papers` speak of, and which mention belongs to which.

    `extractions` are by text digest. Uses of names with less confidence than `least` (0 to 1) are left out. Entities
    are sorted by id, mentions by paper and place.
    """
    judgements = judgements or Judgements()
    said = collect(papers, extractions)
    groups = group(said, vocabulary, judgements)
    alike = _similarity(papers, groups)
    decisions: list[Decision] = []
    drafts: list[Draft] = []
    homonyms: list[int] = []
    for one in groups:
        found, reasons = drafts_of(one, vocabulary, judgements, alike, least)
        drafts += found
        decisions += reasons
        homonyms += [len(found)] * len(found)
    names = ids(drafts)
    above, reasons = broader(drafts, names, vocabulary)
    decisions += reasons
    entities: list[Entity] = []
    for i, one_draft in enumerate(drafts):
        entities.append(entity(one_draft, names[i], above.get(names[i], ""), homonyms[i]))
        decisions += explain(one_draft, names[i], homonyms[i], vocabulary)
    places = {use.place: names[i] for i, d in enumerate(drafts) for use in d.said}
    return ResolvedEntities(
        tuple(sorted(entities, key=lambda e: e.id)),
        _mentions(drafts, names),
        MappingProxyType(dict(sorted(places.items()))),
        tuple(sorted(set(decisions))),
        _unused(judgements, said),
    )


def drafts_of(
    one: Group, vocabulary: Vocabulary, judgements: Judgements, alike: Alike, least: float = 0.0
) -> tuple[list[Draft], list[Decision]]:
    """Return the drafts of the entities that a group's names mean, and why some uses mean none of them.

    A use that is less sure than `least` means none.
    """
    division = divide(one, judgements, alike)
    decisions = [Decision("", use.name, "neither", reason, use.paper.id) for use, reason in division.neither]
    drafts = []
    for sense in division.senses:
        believed = _believed(sense, vocabulary, decisions, least)
        if believed:
            drafts.append(draft(sense, believed))
    return drafts, decisions


def _similarity(papers: Sequence[Paper], groups: Sequence[Group]) -> Similarity:
    """Return the comparison of papers, its words weighed by all papers or, of very many, by those with homonyms."""
    if len(papers) <= SMALL_CORPUS:
        return Similarity(papers)
    involved: dict[str, Paper] = {}
    for one in groups:
        if is_involved(one):
            involved.update((s.paper.id, s.paper) for s in one.said)
    return Similarity(involved.values())


def is_involved(one: Group) -> bool:
    """Return whether the words of a group's papers count, where those of all papers would be too many."""
    return sum(s.introduced for s in one.said) > 1


def _believed(sense: Sense, vocabulary: Vocabulary, decisions: list[Decision], least: float) -> list[Said]:
    sure = witnesses(sense)
    kept: list[Said] = []
    for use in sorted(sense.members, key=lambda s: s.place):
        reason = confirmation(use, sense, sure, vocabulary)
        if not reason:
            decisions.append(Decision("", use.name, "unconfirmed", "no paper or vocabulary confirms it", use.paper.id))
            continue
        if (sure_of := max(map(sureness, use.mentions))) < least:
            why = f"its confidence of {sure_of:g} is below {least:g}"
            decisions.append(Decision("", use.name, "doubtful", why, use.paper.id))
            continue
        kept.append(use)
    return kept


def sureness(mention: Mention) -> float:
    """Return the confidence of a mention that is believed, which a doubtful one gains by being confirmed."""
    return mention.confidence if mention.certain else max(mention.confidence, CONFIRMED)


def entity(one: Draft, name: str, above: str, homonyms: int) -> Entity:
    """Return a draft as an entity with its id and what is above it; `homonyms` is how many share its name."""
    founder = one.founders[0].paper if one.founders else None
    return Entity(
        id=name,
        kind=one.kind,
        label=one.label,
        aliases=one.aliases,
        level=one.level,
        broader=above,
        manufacturer=one.maker,
        concept=one.concept.reference if one.concept else "",
        exact_match=one.concept.exact_match if one.concept else (),
        introduced_by=tuple(sorted({s.paper.id for s in one.founders})),
        qualifier=qualifier(founder) if homonyms > 1 and founder else "",
    )


Use = tuple[Mention, str, bool]
"""A mention, the id of the entity it is believed to mean, and whether it introduces that."""


def uses(one: Draft, name: str) -> Iterator[tuple[Said, list[Use]]]:
    """Yield what each paper says of a draft whose id is `name`."""
    founding = {s.place for s in one.founders}
    for use in one.said:
        yield use, [(m, name, m.introduced and use.place in founding) for m in use.mentions]


def _mentions(drafts: Sequence[Draft], names: Mapping[int, str]) -> tuple[ResolvedMention, ...]:
    by_paper: dict[str, list[Use]] = {}
    for i, one in enumerate(drafts):
        for use, rows in uses(one, names[i]):
            by_paper.setdefault(use.paper.id, []).extend(rows)
    return tuple(mention for paper in sorted(by_paper) for mention in believed(paper, by_paper[paper]))


def believed(paper: str, rows: list[Use]) -> Iterator[ResolvedMention]:
    """Yield the mentions of a paper by place, from all that it says of entities."""
    for m, name, introduced in _outermost(rows):
        yield ResolvedMention(
            paper=paper,
            entity=name,
            where=m.where,
            start=m.start,
            end=m.end,
            surface=m.surface,
            sentence_start=m.sentence_start,
            sentence_end=m.sentence_end,
            introduced=introduced,
            confidence=sureness(m),
            rule=m.rule,
        )


def _outermost(rows: list[Use]) -> list[Use]:
    """Return the mentions of a paper by place, without hardware that is part of a longer name ("GPU-STREAM")."""
    rows.sort(key=lambda row: (row[0].where is not Where.TITLE, row[0].start, -row[0].end, row[1]))
    kept: list[Use] = []
    holder: Mention | None = None
    for row in rows:
        mention = row[0]
        inside = holder is not None and holder.where is mention.where and mention.end <= holder.end
        if inside and mention.kind is Kind.HARDWARE:
            continue
        kept.append(row)
        if not inside and mention.kind is not Kind.HARDWARE:
            holder = mention
    return kept


def _unused(judgements: Judgements, said: Sequence[Said]) -> tuple[str, ...]:
    """Return a note for each judgement one side of which no paper says."""
    return unused(judgements, {side for use in said for side in fitted(judgements, use)} if judgements.rows else set())


def fitted(judgements: Judgements, use: Said) -> Iterator[Side]:
    """Yield the sides of judgements that speak of a use of a name."""
    for row in judgements.by_name.get(use.name, ()):
        for side in (row.left, row.right):
            if side.fits(use.name, use.paper):
                yield side


def unused(judgements: Judgements, fitted: Collection[Side]) -> tuple[str, ...]:
    """Return a note for each side of a judgement that is not among `fitted`."""
    return tuple(
        f"{row.where}: no paper speaks of {side.name}{' @ ' + side.paper if side.paper else ''}"
        for row in judgements.rows
        for side in (row.left, row.right)
        if side not in fitted
    )
