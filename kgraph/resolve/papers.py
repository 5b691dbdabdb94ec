"""Records of one paper become one paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kgraph.model import Paper, Record, digest
from kgraph.resolve.dates import dated
from kgraph.resolve.merge import merged, text_rank
from kgraph.resolve.same_paper import clusters
from kgraph.resolve.titles import paper_slug, title_key


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
    ordered = sorted(records, key=lambda r: (r.id, r.source, r.locator, r.service, r.url))
    groups = clusters(ordered)
    filled, notes = dated(ordered, groups, saved)
    # the id of a record is that of its words in the source, so years are filled in beside it
    ids = _paper_ids([[ordered[i] for i in group] for group in groups])
    papers = []
    for group, paper_id in zip(groups, ids, strict=True):
        paper = merged([filled[i] for i in group], [ordered[i].id for i in group], paper_id)
        papers.append(paper)
    return ResolvedPapers(tuple(sorted(papers, key=lambda p: p.id)), notes)


def _paper_ids(groups: Sequence[Sequence[Record]]) -> list[str]:
    """Return "paper/<title>-<hash>" for each paper: from the title alone, or more where two share a title."""
    chiefs = [min(group, key=text_rank) for group in groups]
    keys = [title_key(chief.title) for chief in chiefs]
    shared = {key for key, count in _counts(keys).items() if count > 1}
    ids = []
    for group, chief, key in zip(groups, chiefs, keys, strict=True):
        parts = [key]
        if key in shared:  # what tells namesakes apart: all they say
            parts += sorted({r.id for r in group})
        ids.append(f"paper/{paper_slug(chief.title)}-{digest(*parts, size=3)}")
    taken = {i for i, count in _counts(ids).items() if count > 1}
    return [
        f"{i}{digest(*sorted({r.id for r in group}), size=3)}" if i in taken else i
        for i, group in zip(ids, groups, strict=True)
    ]


def _counts(items: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for item in items:
        found[item] = found.get(item, 0) + 1
    return found
