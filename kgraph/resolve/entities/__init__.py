"""Which surfaces are one entity, decided with all papers in view.

Names meet under keys that forget spelling (`grouping`); homonyms are told apart by the papers that introduce them
(`senses`), and each use goes to one of these (`choosing`); doubtful names need confirmation (`belief`). What remains
are entities (`drafts`), linked to their families (`hierarchy`). Of all uses of a name only sums are asked (`gist`,
`tally`), so that uses can be judged in any parts (`judging`). Every decision is kept (`explain`), and people overrule
it (`judgements`). The result depends on the set of papers alone, not on their order.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kgraph.model import Decision, Entity, Extraction, Kind, Mention, Paper, ResolvedMention, Where
from kgraph.resolve.entities.belief import sureness
from kgraph.resolve.entities.drafts import Draft, drafts_of, ids, qualifier
from kgraph.resolve.entities.explain import explain
from kgraph.resolve.entities.gist import gist, is_involved
from kgraph.resolve.entities.grouping import Parts, gathered, group
from kgraph.resolve.entities.hierarchy import broader
from kgraph.resolve.entities.judgements import Judgements, Side
from kgraph.resolve.entities.judging import Settled, Verdict, judged, settled, told
from kgraph.resolve.entities.said import Said, collect
from kgraph.resolve.entities.senses import founded
from kgraph.resolve.entities.similarity import Similarity
from kgraph.vocab import Vocabulary

SMALL_CORPUS = 3000
"""Papers up to which the words of all of them are counted."""


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
    groups, links = group(said, vocabulary, judgements)
    alike = _similarity(papers, groups)

    def resolved(parts: Parts) -> _Resolved:
        root, members = parts
        one = gathered(root, [(key, gist(uses, judgements)) for key, uses in members], links, vocabulary)
        found = founded(one, judgements, alike)
        uses = members[0][1] if len(members) == 1 else [use for _, part in members for use in part]
        if len(uses) > 1:
            uses = sorted(uses, key=lambda use: use.place)
        each, tallies = judged(uses, found, vocabulary, alike, least)
        after = settled(found, tallies)
        return _Resolved(uses, each, after, drafts_of(one, found, tallies, after))

    rows: list[_Resolved] = []
    groups.reverse()
    while groups:  # what is done is let go
        rows.append(resolved(groups.pop()))
    drafts = [one for row in rows for one in row.drafts]
    names = ids(drafts)
    decisions: list[Decision] = []
    meant: list[Believed] = []
    homonyms: list[int] = []
    for row in rows:
        known = {one.tag: names[len(homonyms) + i] for i, one in enumerate(row.drafts)}
        homonyms += [len(known)] * len(known)
        for use, verdict in zip(row.uses, row.verdicts, strict=True):
            name, why = told(use.paper.id, use.name, verdict, row.settled, known)
            decisions += why
            if name:
                meant.append((use, name, verdict.meant.founding))
    above, reasons = broader(drafts, names, vocabulary, _speaking(meant))
    decisions += reasons
    entities: list[Entity] = []
    for i, one in enumerate(drafts):
        entities.append(entity(one, names[i], above.get(names[i], ""), homonyms[i]))
        decisions += explain(one, names[i], homonyms[i])
    places = {use.place: name for use, name, _ in meant}
    return ResolvedEntities(
        tuple(sorted(entities, key=lambda e: e.id)),
        _mentions(meant),
        MappingProxyType(dict(sorted(places.items()))),
        tuple(sorted(set(decisions))),
        _unused(judgements, said),
    )


@dataclass(frozen=True, slots=True)
class _Resolved:
    """What is made of a group: its uses, what each means, what they have to know of each other, and the drafts."""

    uses: Sequence[Said]
    verdicts: Sequence[Verdict]
    settled: Settled
    drafts: Sequence[Draft]


def _similarity(papers: Sequence[Paper], groups: Iterable[Parts]) -> Similarity:
    """Return the comparison of papers, its words weighed by all papers or, of very many, by those with homonyms."""
    if len(papers) <= SMALL_CORPUS:
        return Similarity.among(papers)
    involved: dict[str, Paper] = {}
    for _, members in groups:
        if is_involved(sum(use.introduced for _, part in members for use in part)):
            involved.update((use.paper.id, use.paper) for _, part in members for use in part)
    return Similarity.among(involved.values())


def entity(one: Draft, name: str, above: str, homonyms: int) -> Entity:
    """Return a draft as an entity with its id and what is above it; `homonyms` is how many share its name."""
    founders = one.founders
    founder = founders[0].paper if founders else None
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
        introduced_by=tuple(sorted({s.paper.id for s in founders})),
        qualifier=qualifier(founder) if homonyms > 1 and founder else "",
    )


Use = tuple[Mention, str, bool]
"""A mention, the id of the entity it is believed to mean, and whether it introduces that."""

Believed = tuple[Said, str, bool]
"""A use of a name, the id of the entity it is believed to mean, and whether it founds that."""


def _speaking(meant: Sequence[Believed]) -> Callable[[str], Collection[str]]:
    """Return a function that gives the ids of the papers that mean an entity."""

    @cache
    def papers() -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for use, name, _ in meant:
            found.setdefault(name, set()).add(use.paper.id)
        return found

    return lambda name: papers().get(name, ())


def _mentions(meant: Iterable[Believed]) -> tuple[ResolvedMention, ...]:
    by_paper: dict[str, list[Use]] = {}
    for use, name, founding in meant:
        rows = by_paper.setdefault(use.paper.id, [])
        rows += [(m, name, m.introduced and founding) for m in use.mentions]
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
    if len(rows) == 1:
        return rows
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
