"""Which surfaces are one entity, decided with all papers in view.

Names meet under keys that forget spelling (`grouping`); homonyms are told apart by the papers that introduce them
(`senses`), and each use goes to one of these (`choosing`); doubtful names need confirmation (`belief`). What remains
are entities (`drafts`), linked to their families (`hierarchy`). Of all uses of a name only sums are asked (`gist`,
`tally`), so that uses can be judged in any parts (`judging`). Every decision is kept (`explain`), and people overrule
it (`judgements`). The result depends on the set of papers alone, not on their order.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kgraph.model import Decision, Entity, Extraction, Paper, ResolvedMention
from kgraph.resolve.entities.drafts import Draft, as_entity, drafts_of, ids
from kgraph.resolve.entities.explain import explain
from kgraph.resolve.entities.gist import gist, is_involved
from kgraph.resolve.entities.grouping import Parts, gathered, group
from kgraph.resolve.entities.hierarchy import broader
from kgraph.resolve.entities.judgements import Judgements, fitted, unused
from kgraph.resolve.entities.judging import Settled, Verdict, judged, settled, told
from kgraph.resolve.entities.mentions import Use, believed
from kgraph.resolve.entities.said import Said, collect
from kgraph.resolve.entities.senses import founded
from kgraph.resolve.entities.similarity import SMALL_CORPUS, Similarity
from kgraph.vocab import Vocabulary


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
        entities.append(as_entity(one, names[i], above.get(names[i], ""), homonyms[i]))
        decisions += explain(one, names[i], homonyms[i])
    places = {use.place: name for use, name, _ in meant}
    return ResolvedEntities(
        tuple(sorted(entities, key=lambda e: e.id)),
        _mentions(meant),
        MappingProxyType(dict(sorted(places.items()))),
        tuple(sorted(set(decisions))),
        unused(judgements, {side for use in said for side in fitted(judgements, use)} if judgements.rows else set()),
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
