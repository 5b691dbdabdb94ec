"""Names that may be one thing: what is said under one key, before homonyms are told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kgraph.model import Kind, Rule
from kgraph.resolve.entities.aliases import bare, identity, singular
from kgraph.resolve.entities.gist import Gist, plus
from kgraph.resolve.entities.judgements import Judgements
from kgraph.resolve.entities.said import Said
from kgraph.vocab import Concept, Vocabulary, name_key

_CARD = re.compile(r"\d{4}(?: ?(?:Ti|TI|SUPER|Super))?")


@dataclass(slots=True)
class Group:
    """A name and what its uses say together; `joined` has (name, rule, reason) of each name that came in from another
    key."""

    key: str
    concept: Concept | None = None
    gist: Gist = field(default_factory=Gist)
    joined: tuple[tuple[str, Rule, str], ...] = ()

    @property
    def introducing(self) -> list[Said]:
        """The uses that surely introduce the name, by paper and name."""
        return [s for s in self.gist.outstanding if s.introduced and s.certain]


Named = dict[tuple[str, Kind], str]
"""The key of each name and kind: of those that judgements speak of, that is all that they need to know."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """That one key may be another, and why; proposals are taken in the order of `order`."""

    order: tuple[int, str, int]
    key: str
    other: str
    rule: Rule
    reason: str


Parts = tuple[str, list[tuple[str, list[Said]]]]
"""The key of a group, and what is said under it and those that join it, by key."""

Links = dict[str, tuple[str, Rule, str]]
"""key -> (the key it joins, rule, reason)."""


def group(said: Sequence[Said], vocabulary: Vocabulary, judgements: Judgements) -> tuple[list[Parts], Links]:
    """Return the parts of each group, by its key and theirs, and what joins them."""
    apart = set_apart(judgements)
    keys: Named = {}
    by_key: dict[str, list[Said]] = {}
    for one in said:
        key = keys[one.name, one.kind] = key_of(one, vocabulary, apart)
        by_key.setdefault(key, []).append(one)
    if judgements.rows:
        _move(by_key, keys, judgements)
    links = linked([*judged_links(judgements, keys), *_proposals(by_key)])
    members: dict[str, list[tuple[str, list[Said]]]] = {}
    for key in sorted(by_key):
        members.setdefault(root_of(key, links), []).append((key, by_key[key]))
    return sorted(members.items()), links


def set_apart(judgements: Judgements) -> frozenset[str]:
    """Return the names that judgements take out of every other name's group."""
    return frozenset(j.right.name for j in judgements.rows if not j.same and not j.left.paper and not j.right.paper)


def key_of(one: Said, vocabulary: Vocabulary, apart: frozenset[str] = frozenset()) -> str:
    """Return the key under which a use of a name meets others."""
    if one.name in apart:
        return f"apart:{one.name}"
    concept = concept_of(one, vocabulary)
    return f"{_CONCEPT}{concept.id}" if concept else identity(one.name, one.kind)


def gathered(root: str, members: Sequence[tuple[str, Gist]], links: Links, vocabulary: Vocabulary) -> Group:
    """Return the group of a root key from (key, gist of its uses), in order of the keys; `links` are those of these
    keys."""
    found = Group(root, _concept_under(root, vocabulary))
    for key, said in members:
        # a judgement may join a known name to an unknown one
        found.concept = found.concept or _concept_under(key, vocabulary)
        if key != root:
            rule, reason = links[key][1:]
            found.joined += tuple((name, rule, reason) for name in sorted(said.names))
        found.gist = plus(found.gist, said) if found.gist.names else said
    if len(found.gist.outstanding) > 1:
        found.gist.outstanding.sort(key=lambda s: s.place)
    return found


_CONCEPT = "concept:"


def _concept_under(key: str, vocabulary: Vocabulary) -> Concept | None:
    return vocabulary.concepts[key.removeprefix(_CONCEPT)] if key.startswith(_CONCEPT) else None


def concept_of(one: Said, vocabulary: Vocabulary) -> Concept | None:
    """Return the vocabulary concept that this name may be, of its own kind if there is one."""
    hardware = one.kind is Kind.HARDWARE
    known = vocabulary.concepts.get(one.concept)
    if known is not None and (known.kind is Kind.HARDWARE) == hardware:
        return known
    short = bare(one.name)
    forms = (one.name, short, singular(one.name)) if hardware else (one.name, singular(one.name))
    if hardware and _CARD.fullmatch(short):  # "Nvidia 4090", "2080Ti"
        forms = (*forms, f"RTX {short}", f"GTX {short}")
    for form in dict.fromkeys(forms):
        found = [c for c in vocabulary.lookup(form, any_case=one.certain) if (c.kind is Kind.HARDWARE) == hardware]
        if found:
            best = min(found, key=lambda c: (c.kind is not one.kind, c.id))
            return None if _means_another(one, best) else best
    return None


def _means_another(one: Said, concept: Concept) -> bool:
    """Return whether a name can't be the concept: a mere word of another kind, or another GQA, as it says in full."""
    if not one.introduced and concept.kind is not Kind.HARDWARE and concept.means_otherwise(one.name, one.surfaces):
        return True
    if one.kind is concept.kind:
        return False
    if concept.ambiguous and " " not in one.name and not one.introduced and one.kind is not Kind.SYSTEM:
        return True  # "system" is what a name of unclear kind is taken for, so that it says less
    return bool(one.full) and not one.full & {name_key(name) for name in concept.names}


def _move(by_key: dict[str, list[Said]], keys: Named, judgements: Judgements) -> None:
    late: dict[str, list[Said]] = {}
    for key in list(by_key):
        targets = [(moved(one, key, keys, judgements), one) for one in by_key[key]]
        by_key[key] = [one for target, one in targets if target == key]
        for target, one in targets:
            if target != key:
                late.setdefault(target, []).append(one)
    for key, said in late.items():  # whose name comes first decides how a key is spelled: first those at home
        by_key.setdefault(key, []).extend(sorted(said, key=lambda s: s.place))
    for key in [k for k, said in by_key.items() if not said]:
        del by_key[key]


def moved(one: Said, key: str, keys: Named, judgements: Judgements) -> str:
    """Return the key to which judgements about single papers move a use of a name."""
    for row in judgements.rows:
        if row.same and row.left.name != row.right.name and row.left.paper:
            target = _keys(row.right.name, keys)[:1]
            if target and key != target[0] and row.left.fits(one.name, one.paper) and key in _keys(one.name, keys):
                key = target[0]
    return key


def judged_links(judgements: Judgements, keys: Named) -> list[Proposal]:
    """Return what judgements about all papers say."""
    found: list[Proposal] = []
    for number, row in enumerate(judgements.rows):
        if row.same and not row.left.paper and not row.right.paper:
            left, right = _keys(row.left.name, keys), _keys(row.right.name, keys)
            for a, b in zip(right, (left or right)[:1] * len(right), strict=True):
                why = f"{row.where}: same{row.note and f', {row.note}'}".lstrip(": ")
                found.append(Proposal((0, "", number), a, b, Rule.JUDGEMENT, why))
    return found


def _proposals(by_key: dict[str, list[Said]]) -> Iterator[Proposal]:
    """Yield plurals and full forms, in order."""
    owners: dict[str, set[str]] = {}
    for key, said in by_key.items():
        for one in said:
            for form in forms(one):
                owners.setdefault(form, set()).add(key)
    for key in sorted(by_key):
        first = by_key[key][0]
        short = plural_of(key, first.name, first.kind)
        if short and any(s.name == singular(first.name) for s in by_key.get(short, ())):
            yield plural(key, first.name, short)
        if key in owners and len(owners[key]) == 1:
            (owner,) = owners[key]
            yield full_form(key, first.name, owner, by_key[owner][0].name)


def plural_of(key: str, name: str, kind: Kind) -> str:
    """Return the key that a name would have without its plural s, or ""."""
    short = identity(singular(name), kind) if key.startswith("name:") else key
    return short if short != key else ""


def plural(key: str, name: str, short: str) -> Proposal:
    """Return that a name is the plural of what `short` is the key of."""
    return Proposal((1, key, 0), key, short, Rule.SPELLING, f"{name} is a plural")


def forms(one: Said) -> Iterator[str]:
    """Yield the keys of the full forms that a text surely gives for a name."""
    if one.certain and one.kind is not Kind.HARDWARE:
        for form in sorted(one.full):
            yield f"name:{form}"


def full_form(key: str, name: str, owner: str, short: str) -> Proposal:
    """Return that a name is the full form of `short`, whose key is `owner`."""
    return Proposal((1, key, 1), key, owner, Rule.FULL_FORM, f"{name} is the full form of {short}")


def linked(proposals: Iterable[Proposal]) -> Links:
    """Return what joins what once the proposals are taken in their order, each if it closes no circle.

    Proposals bear on each other only where they share a key, directly or through others.
    """
    links: Links = {}
    for one in proposals:
        if one.rule is Rule.FULL_FORM and one.key in links:
            continue
        if root_of(one.key, links) != root_of(one.other, links):
            links[root_of(one.key, links)] = (root_of(one.other, links), one.rule, one.reason)
    return links


def root_of(key: str, links: Links) -> str:
    """Return the key that `key` ends up with."""
    while key in links:
        key = links[key][0]
    return key


def _keys(name: str, keys: Named) -> list[str]:
    return sorted({keys[name, kind] for kind in Kind if (name, kind) in keys})
