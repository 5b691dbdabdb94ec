"""Entities in the making: what the believed uses of one sense say of it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kgraph.model import Kind, Level, Paper, digest
from kgraph.resolve.aliases import identity
from kgraph.resolve.families import device
from kgraph.resolve.said import Said
from kgraph.resolve.senses import Sense
from kgraph.text import key, slug, unmarked
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
    """An entity without its id and place in the hierarchy; `dissent` counts the papers that take it for each kind."""

    sense: Sense
    said: list[Said]
    kind: Kind
    label: str
    aliases: tuple[str, ...]
    level: Level | None
    maker: str
    device_class: str
    dissent: dict[Kind, int]

    @property
    def concept(self) -> Concept | None:
        """The vocabulary concept that it is, if any."""
        return self.sense.concept

    @property
    def founders(self) -> list[Said]:
        """The introducing uses that are believed, by paper."""
        return sorted((s for s in self.sense.founders), key=lambda s: s.place)


def draft(sense: Sense, said: list[Said]) -> Draft:
    """Return the draft of a sense from the uses of its name that are believed (at least one)."""
    kind, dissent = _kind(sense, said)
    label = _label(sense, said)
    forms = {" ".join(plain(unmarked(s)).split()).removesuffix("'s") for one in said for s in one.surfaces}
    forms |= {one.name for one in said}
    if sense.concept:
        forms |= {sense.concept.label, *sense.concept.alt}
    device_class, maker = _device(said) if kind is Kind.HARDWARE else ("", "")
    return Draft(
        sense=sense,
        said=said,
        kind=kind,
        label=label,
        aliases=tuple(sorted(forms - {label, ""})),
        level=_level(sense, said) if kind is Kind.HARDWARE else None,
        maker=(sense.concept.manufacturer if sense.concept else "") or maker,
        device_class=device_class,
        dissent=dissent,
    )


def _kind(sense: Sense, said: Sequence[Said]) -> tuple[Kind, dict[Kind, int]]:
    """Return the kind: the introducing papers', else the vocabulary's, else what most papers take it for."""
    count = Counter(s.kind for s in said)
    weight: defaultdict[Kind, float] = defaultdict(float)
    for one in sorted(sense.founders, key=lambda s: s.place) or said:
        weight[one.kind] += one.confidence
    if not sense.founders and sense.concept:
        chosen = sense.concept.kind
    else:
        chosen = min(weight, key=lambda k: (-round(weight[k], 6), k))
    return chosen, dict(sorted(count.items()))


def _label(sense: Sense, said: Sequence[Said]) -> str:
    if sense.concept:
        return sense.concept.label
    if sense.founders:
        return min(sense.founders, key=lambda s: (s.paper.year or 9999, s.place)).name
    papers: defaultdict[str, set[str]] = defaultdict(set)
    for one in said:
        papers[one.name].add(one.paper.id)
    own = {one.name for one in said if identity(one.name, one.kind) == sense.group.key}  # not what joined it
    return min(own or papers, key=lambda name: (-len(papers[name]), name))


def _level(sense: Sense, said: Sequence[Said]) -> Level | None:
    if sense.concept and sense.concept.level:
        return sense.concept.level
    levels = Counter(s.level for s in said if s.level)
    return min(levels, key=lambda level: (-levels[level], level)) if levels else None


def _device(said: Sequence[Said]) -> tuple[str, str]:
    rules = Counter(s.rule for s in said)
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
    base = concept.id.partition("/")[2] if concept else own_slug(one.label) or digest(one.sense.group.key)
    return f"{one.kind}/{base}"


def named(one: Draft, base: str, alone: bool) -> str:
    """Return the id of a draft that wishes for `base`, alone or not."""
    return base if alone or one.concept is not None else f"{base}-{_origin(one)}"


def _origin(one: Draft) -> str:
    papers = sorted(key(s.paper.title) for s in (one.said if one.sense.alone else one.founders))
    return digest(one.sense.group.key, papers[0] if papers else one.sense.tag, size=4)


def qualifier(paper: Paper) -> str:
    """Return what tells a thing that `paper` introduces from others of its name: arXiv id, or title and year."""
    if paper.arxiv:
        return paper.arxiv
    title = paper.title if len(paper.title) <= 60 else paper.title[:57].rsplit(" ", 1)[0] + "..."
    return f"{title}, {paper.year}" if paper.year else title
