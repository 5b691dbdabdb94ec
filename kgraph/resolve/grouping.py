"""Names that may be one thing: everything said under one key, before homonyms are told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kgraph.model import Kind
from kgraph.resolve.aliases import bare, identity, singular
from kgraph.resolve.judgements import Judgements
from kgraph.resolve.said import Said
from kgraph.vocab import Concept, Vocabulary, name_key

_CARD = re.compile(r"\d{4}(?: ?(?:Ti|TI|SUPER|Super))?")


@dataclass(slots=True)
class Group:
    """All uses of names with one key; `joined` has (name, rule, reason) of each name that came in from another key."""

    key: str
    concept: Concept | None = None
    said: list[Said] = field(default_factory=list)
    joined: list[tuple[str, str, str]] = field(default_factory=list)


def group(said: Sequence[Said], vocabulary: Vocabulary, judgements: Judgements) -> list[Group]:
    """Return the groups by key; within each, what was said is ordered by paper and name."""
    apart = {j.right.name: j for j in judgements.rows if not j.same and not j.left.paper and not j.right.paper}
    keys: dict[tuple[str, Kind], str] = {}
    concepts: dict[str, Concept] = {}
    by_key: dict[str, list[Said]] = {}
    for one in said:
        concept = None if one.name in apart else concept_of(one, vocabulary)
        key = f"concept:{concept.id}" if concept else identity(one.name, one.kind)
        if one.name in apart:
            key = f"apart:{one.name}"
        if concept:
            concepts[key] = concept
        keys[one.name, one.kind] = key
        by_key.setdefault(key, []).append(one)
    _move(by_key, keys, judgements)
    links = _links(by_key, judgements, keys)
    groups: dict[str, Group] = {}
    for key in sorted(by_key):
        root = _root(key, links)
        target = groups.setdefault(root, Group(root, concepts.get(root)))
        target.said += by_key[key]
        target.concept = target.concept or concepts.get(key)  # a judgement may join a known name to an unknown one
        if key != root:
            rule, reason = links[key][1:]
            target.joined += [(name, rule, reason) for name in sorted({s.name for s in by_key[key]})]
    for found in groups.values():
        found.said.sort(key=lambda s: s.place)
    return [groups[key] for key in sorted(groups)]


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
    if one.kind is concept.kind:
        return False
    if concept.ambiguous and " " not in one.name and not one.introduced and one.kind is not Kind.SYSTEM:
        return True  # "system" is what a name of unclear kind is taken for, so that it says less
    return bool(one.full) and not one.full & {name_key(name) for name in concept.names}


def _move(by_key: dict[str, list[Said]], keys: dict[tuple[str, Kind], str], judgements: Judgements) -> None:
    """Move single uses of a name to the key of another one, as judgements about single papers say."""
    for row in judgements.rows:
        if not row.same or row.left.name == row.right.name:
            continue
        for side, other in ((row.left, row.right), (row.right, row.left)):
            target = _keys(other.name, keys)[:1]
            if side.paper and target:
                for key in _keys(side.name, keys):
                    moved = [s for s in by_key.get(key, ()) if s.name == side.name and side.is_paper(s.paper)]
                    if moved and key != target[0]:
                        by_key[key] = [s for s in by_key[key] if s not in moved]
                        by_key.setdefault(target[0], []).extend(moved)
                break
    for key in [k for k, said in by_key.items() if not said]:
        del by_key[key]


_Links = dict[str, tuple[str, str, str]]


def _links(by_key: dict[str, list[Said]], judgements: Judgements, keys: dict[tuple[str, Kind], str]) -> _Links:
    """Return key -> (the key it joins, rule, reason)."""
    links: _Links = {}
    for judgement in judgements.rows:
        if judgement.same and not judgement.left.paper and not judgement.right.paper:
            left, right = _keys(judgement.left.name, keys), _keys(judgement.right.name, keys)
            for a, b in zip(right, (left or right)[:1] * len(right), strict=True):
                _join(links, a, b, "judgement", f"{judgement.where}: same".lstrip(": "))
    full = _full_forms(by_key)
    for key in sorted(by_key):
        name = by_key[key][0].name
        if key.startswith("name:"):
            short = identity(singular(name), by_key[key][0].kind)
            if short != key and any(s.name == singular(name) for s in by_key.get(short, ())):
                _join(links, key, short, "spelling", f"{name} is a plural")
            owners = full.get(key, set())
            if len(owners) == 1 and key not in links:
                (owner,) = owners
                _join(links, key, owner, "full-form", f"{name} is the full form of {by_key[owner][0].name}")
    return links


def _keys(name: str, keys: dict[tuple[str, Kind], str]) -> list[str]:
    return sorted({keys[name, kind] for kind in Kind if (name, kind) in keys})


def _full_forms(by_key: dict[str, list[Said]]) -> dict[str, set[str]]:
    """Return, for the key of each full form that some text gives, the keys of the short names."""
    owners: dict[str, set[str]] = {}
    for key, said in by_key.items():
        for one in said:
            if one.certain and one.kind is not Kind.HARDWARE:
                for form in one.full:
                    owners.setdefault(f"name:{form}", set()).add(key)
    return owners


def _join(links: _Links, key: str, other: str, rule: str, reason: str) -> None:
    if _root(key, links) != _root(other, links):
        links[_root(key, links)] = (_root(other, links), rule, reason)


def _root(key: str, links: _Links) -> str:
    while key in links:
        key = links[key][0]
    return key
