"""Things by the names that people type."""

from __future__ import annotations

from collections.abc import Iterator

from kgraph.model import Entity, Knowledge, Paper
from kgraph.text import fold, key

Thing = Paper | Entity


def find(knowledge: Knowledge, name: str) -> tuple[Thing, ...]:
    """Return what `name` means, best first by how it matches: as an id, exactly, but for case, but for punctuation.

    Only the things of the best match are returned, entities before papers: usually one, several where a name has
    several meanings, none where it is unknown. Papers are found by id, title, arXiv id or DOI.
    """
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
    """Return the labels of the things whose names are most like `name` (rapidfuzz's WRatio), best first."""
    from rapidfuzz import fuzz, process

    owners: dict[str, str] = {}
    things: list[Thing] = [*knowledge.entities, *knowledge.papers]
    for thing in things:
        for known in names(thing):
            owners.setdefault(known, label(thing))
    hits = process.extract(name, list(owners), scorer=fuzz.WRatio, processor=fold, limit=5 * limit, score_cutoff=55)
    return tuple(dict.fromkeys(owners[known] for known, _, _ in hits))[:limit]
