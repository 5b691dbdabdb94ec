"""Things by the names that people type."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kgraph.identifiers import arxiv_id, publisher_doi
from kgraph.model import Entity, Kind, Knowledge, Paper
from kgraph.text import fold, key

Thing = Paper | Entity
_IRI = re.compile(rf"https?://.+[/#](?P<id>(?:paper|{'|'.join(Kind)})/[^/#\s]+)")


def find(knowledge: Knowledge, name: str) -> tuple[Thing, ...]:
    """Return what `name` means, best first by how it matches: as an id, exactly, but for case, but for punctuation.

    Only the things of the best match are returned, entities before papers: usually one, several where a name has
    several meanings, none where it is unknown. Papers are found by id, title, arXiv id or DOI, or by an address that
    holds one of these ("https://arxiv.org/abs/2309.06180v2").
    """
    return _called(knowledge, name) or next(
        filter(None, (_called(knowledge, form) for form in (arxiv_id(name), publisher_doi(name), id_in(name)) if form)),
        (),
    )


def id_in(iri: str) -> str:
    """Return the id of the thing that an IRI of a build names ("system/vllm"), or ""."""
    match = _IRI.fullmatch(iri.strip())
    return match["id"] if match else ""


def _called(knowledge: Knowledge, name: str) -> tuple[Thing, ...]:
    things: list[Thing] = [*knowledge.entities, *knowledge.papers]
    exact = [thing for thing in things if thing.id == name]
    if exact:
        return tuple(exact)
    for form in (str, fold, key):
        wanted = form(name)
        by_label = [thing for thing in things if wanted and wanted == form(label(thing))]
        by_name = [thing for thing in things if wanted and wanted in {form(n) for n in names(thing)}]
        found = [thing for thing in by_label if isinstance(thing, Entity)] or by_label or by_name
        if found:
            return tuple(found)
    return ()


def label(thing: Thing) -> str:
    """Return what a thing is called."""
    return thing.label if isinstance(thing, Entity) else thing.title


def names(thing: Thing) -> Iterator[str]:
    """Yield every name by which a thing may be asked for, its label first."""
    yield label(thing)
    if isinstance(thing, Entity):
        yield from thing.aliases
        yield thing.id.partition("/")[2]
    else:
        yield from (name for name in (thing.arxiv, f"arXiv:{thing.arxiv}" if thing.arxiv else "", thing.doi) if name)


def nearest(knowledge: Knowledge, name: str, limit: int = 5) -> tuple[str, ...]:
    """Return the labels of the things whose names are most like `name`, best first (see `alike`)."""
    owners: dict[str, str] = {}
    things: list[Thing] = [*knowledge.entities, *knowledge.papers]
    for thing in things:
        for known in names(thing):
            owners.setdefault(known, label(thing))
    return tuple(dict.fromkeys(owners[known] for known in alike(name, owners, 5 * limit)))[:limit]


def alike(name: str, known: Iterable[str], limit: int) -> list[str]:
    """Return up to `limit` of the names `known` that are most like `name`, best first: by rapidfuzz's WRatio, of at
    least 60. A name much shorter than `name` is like it only as one of its words."""
    from rapidfuzz import fuzz, process

    wanted = fold(name)
    words = {key(word) for word in name.split()}
    long_enough = [one for one in known if 5 * len(one) >= 3 * len(wanted) or key(one) in words]
    hits = process.extract(wanted, long_enough, scorer=fuzz.WRatio, processor=fold, limit=limit, score_cutoff=60)
    return [one for one, _, _ in hits]


def listed(labels: Iterable[str], most: int = 80) -> str:
    """Return names as one line for a message; titles have commas of their own, and end at `most` signs."""
    return "; ".join(one if len(one) <= most else f"{one[: most - 1].rstrip()}…" for one in labels)
