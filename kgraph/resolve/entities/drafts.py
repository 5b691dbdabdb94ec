"""Entities in the making: what the believed uses of one sense say of it, all together."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kgraph.model import Entity, Kind, Level, Paper, Rule
from kgraph.resolve.entities.aliases import identity
from kgraph.resolve.entities.choosing import COMMON, Tag
from kgraph.resolve.entities.devices import device
from kgraph.resolve.entities.grouping import Group
from kgraph.resolve.entities.judging import Settled, Tallies
from kgraph.resolve.entities.said import Said
from kgraph.resolve.entities.senses import Sense, Senses
from kgraph.resolve.entities.tally import Tally
from kgraph.text import digest, key, slug, unmarked
from kgraph.vocab import Concept, plain

_SIGNS = (
    ("+", " plus "),
    ("#", " sharp "),
    ("&", " and "),
    ("*", " star "),
    ("α", " alpha "),
    ("π", " pi "),
    ("Σ", " sigma "),
)


@dataclass(slots=True, eq=False)
class Draft:
    """An entity without its id and place in the hierarchy, whose name has the key `group`.

    `names` are those that believed uses have, `joined` what is told of those that came in from another key, `dissent`
    the numbers of papers that take it for each kind. `title` is the key of a title that tells it from others, where a
    judgement made it; `twin` tells apart what nothing else does, as when judgements bring together two pairs of papers
    that introduce nothing.
    """

    group: str
    sense: Sense
    tag: Tag
    names: tuple[str, ...]
    joined: tuple[tuple[str, Rule, str], ...]
    kind: Kind
    label: str
    aliases: tuple[str, ...]
    level: Level | None
    maker: str
    device_class: str
    dissent: dict[Kind, int]
    title: str = ""
    twin: int = 0

    @property
    def concept(self) -> Concept | None:
        """The vocabulary concept that it is, if any."""
        return self.sense.concept

    @property
    def founders(self) -> list[Said]:
        """The introducing uses, by paper."""
        known = self.sense.founders
        return sorted(known, key=lambda s: s.place) if len(known) > 1 else known


def drafts_of(group: Group, found: Senses, tallies: Tallies, after: Settled) -> list[Draft]:
    """Return the drafts of those senses of a group of which uses are believed, in the order of the senses."""
    drafts = []
    for tag in sorted(tallies):
        if tag == COMMON and not after.common:
            continue
        number, text = tag
        sense = Sense(tag=text) if text else found.senses[number]
        said = tallies[tag].believed()
        if said.voices:
            drafts.append(draft(group, sense, tag, said))
    seen: Counter[tuple[str, str]] = Counter()
    for one in drafts if len(drafts) > 1 else ():
        if one.concept is not None:
            continue
        at = wish(one), _origin(one)
        one.twin = seen[at]
        seen[at] += 1
    return drafts


def draft(group: Group, sense: Sense, tag: Tag, said: Tally) -> Draft:
    """Return the draft of a sense from what the uses of its name that are believed (at least one) say."""
    dissent = said.kinds()
    kind = _kind(sense, said, dissent)
    names = said.names()
    label = _label(group, sense, said, names)
    forms = {" ".join(plain(unmarked(s)).split()).removesuffix("'s") for s in said.spellings()}
    forms.update(names)
    if sense.concept:
        forms |= {sense.concept.label, *sense.concept.alt}
    device_class, maker = _device(said) if kind is Kind.HARDWARE else ("", "")
    return Draft(
        group=group.key,
        sense=sense,
        tag=tag,
        names=tuple(sorted(names)),
        joined=tuple(row for row in group.joined if row[0] in names),
        kind=kind,
        label=label,
        aliases=tuple(sorted(forms - {label, ""})),
        level=_level(sense, said) if kind is Kind.HARDWARE else None,
        maker=(sense.concept.manufacturer if sense.concept else "") or maker,
        device_class=device_class,
        dissent=dissent,
        title=min(voice.title for voice in said.voices) if sense.alone else "",
    )


def _kind(sense: Sense, said: Tally, votes: Collection[Kind]) -> Kind:
    """Return the kind: the introducing papers', else the vocabulary's, else what most papers take it for."""
    if sense.founders:
        weight: defaultdict[Kind, float] = defaultdict(float)
        for one in sorted(sense.founders, key=lambda s: s.place):
            weight[one.kind] += one.confidence
        return min(weight, key=lambda k: (-round(weight[k], 6), k))
    if sense.concept:
        return sense.concept.kind
    if len(votes) == 1:
        return next(iter(votes))
    weights = said.weights()
    return min(weights, key=lambda k: (-round(float(weights[k]), 6), k))


def _label(group: Group, sense: Sense, said: Tally, names: Mapping[str, int]) -> str:
    if sense.concept:
        return sense.concept.label
    if sense.founders:
        return min(sense.founders, key=lambda s: (s.paper.year or 9999, s.place)).name
    if len(names) == 1:
        return next(iter(names))
    own = {voice.name for voice in said.voices if identity(voice.name, voice.kind) == group.key}  # not what joined it
    return min(own or names, key=lambda name: (-names[name], name))


def _level(sense: Sense, said: Tally) -> Level | None:
    if sense.concept and sense.concept.level:
        return sense.concept.level
    levels: Counter[Level] = Counter()
    for voice, count in said.voices.items():
        if voice.level:
            levels[voice.level] += count
    return min(levels, key=lambda level: (-levels[level], level)) if levels else None


def _device(said: Tally) -> tuple[str, str]:
    rules: Counter[str] = Counter()
    for voice, count in said.voices.items():
        rules[voice.rule] += count
    return device(min(rules, key=lambda rule: (-rules[rule], rule)))


def own_slug(label: str) -> str:
    """Return the label as a part of an id; signs that tell names apart stay: "C++" → "c-plus-plus"."""
    text = label
    for sign, word in _SIGNS:
        text = text.replace(sign, word)
    return slug(re.sub(r"\s+", " ", text))


def ids(drafts: Sequence[Draft]) -> dict[int, str]:
    """Return the id of each draft by its place in `drafts`: "kind/slug", with a hash of its origin where slugs collide.

    What the vocabulary knows keeps the id of its concept, so that adding papers doesn't rename it.
    """
    wanted = [wish(one) for one in drafts]
    count = Counter(wanted)
    return {i: named(one, base, count[base] == 1) for i, (one, base) in enumerate(zip(drafts, wanted, strict=True))}


def wish(one: Draft) -> str:
    """Return the id that a draft would have if no other wished for it."""
    concept = one.concept
    base = concept.id.partition("/")[2] if concept else own_slug(one.label) or digest(one.group)
    return f"{one.kind}/{base}"


def named(one: Draft, base: str, alone: bool) -> str:
    """Return the id of a draft that wishes for `base`, alone or not."""
    if alone or one.concept is not None:
        return base
    parts = (one.group, _origin(one), *([str(one.twin)] if one.twin else []))
    return f"{base}-{digest(*parts, size=4)}"


def _origin(one: Draft) -> str:
    """Return what tells a draft from others of its name."""
    if one.sense.alone:
        return one.title
    return min((key(s.paper.title) for s in one.sense.founders), default=one.sense.tag)


def qualifier(paper: Paper) -> str:
    """Return what tells a thing that `paper` introduces from others of its name: arXiv id, or title and year."""
    if paper.arxiv:
        return paper.arxiv
    title = paper.title if len(paper.title) <= 60 else paper.title[:57].rsplit(" ", 1)[0] + "..."
    return f"{title}, {paper.year}" if paper.year else title


def as_entity(one: Draft, name: str, above: str, homonyms: int) -> Entity:
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
