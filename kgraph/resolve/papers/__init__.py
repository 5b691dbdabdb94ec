"""Records of one paper become one paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kgraph.model import Paper, Record
from kgraph.resolve.papers.dates import dated
from kgraph.resolve.papers.merge import merged, text_rank
from kgraph.resolve.papers.same_paper import clusters
from kgraph.resolve.papers.titles import paper_slug, title_key
from kgraph.text import digest


@dataclass(frozen=True, slots=True)
class ResolvedPapers:
    """`papers` sorted by id, and `notes` on what a user should know, such as dates whose year stayed unknown."""

    papers: tuple[Paper, ...]
    notes: tuple[str, ...] = ()


def resolve_papers(records: Iterable[Record], saved: str | None = None) -> ResolvedPapers:
    """Return the papers that `records` describe; the same for every order of the records.

    Each paper keeps the ids of all its records, takes title and abstract from one of them and every other field from
    the source most trusted for it, and lists the fields on which they disagree. `saved` is the day on which saved pages
    were saved, for dates without a year (see `dates.dated`; InputError if it is no date).
    """
    ordered = sorted(records, key=place)
    groups = clusters(ordered)
    filled, notes = dated(ordered, groups, saved)
    # the id of a record is that of its words in the source, so years are filled in beside it
    headings = [heading([ordered[i] for i in group]) for group in groups]
    shared = _twice(one.key for one in headings)
    names = [paper_id(one, one.key in shared) for one in headings]
    taken = _twice(names)
    papers = []
    for group, one, name in zip(groups, headings, names, strict=True):
        final = unlike(name, one) if name in taken else name
        papers.append(merged([filled[i] for i in group], [ordered[i].id for i in group], final))
    return ResolvedPapers(tuple(sorted(papers, key=lambda p: p.id)), notes)


def place(record: Record) -> tuple[str, ...]:
    """Return what orders records, whatever order they come in."""
    return (record.id, record.source, record.locator, record.service, record.url)


@dataclass(frozen=True, slots=True)
class Heading:
    """What names a paper: its title, the key of that, and its records."""

    title: str
    key: str
    records: tuple[str, ...]


def heading(group: Sequence[Record]) -> Heading:
    """Return what names the paper of these records."""
    title = min(group, key=text_rank).title
    return Heading(title, title_key(title), tuple(sorted({record.id for record in group})))


def paper_id(one: Heading, shared: bool) -> str:
    """Return "paper/<title>-<hash>": from the title alone, or from all they say where papers share the title."""
    parts = (one.key, *one.records) if shared else (one.key,)
    return f"paper/{paper_slug(one.title)}-{digest(*parts, size=3)}"


def unlike(name: str, one: Heading) -> str:
    """Return a longer id for a paper that isn't the only one of its id."""
    return f"{name}{digest(*one.records, size=3)}"


def _twice(items: Iterable[str]) -> set[str]:
    return {item for item, count in Counter(items).items() if count > 1}
