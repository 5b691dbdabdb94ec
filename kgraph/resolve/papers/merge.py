"""One paper from its records: the best of each field, and what the records disagree on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kgraph.model import Conflict, Paper, Record
from kgraph.resolve.papers.dates import arxiv_year, best_date
from kgraph.resolve.papers.titles import title_key
from kgraph.text import key

# whom to trust with what, best first; a user's own rows are "" and stand where they are listed
TRUST: dict[str, tuple[str, ...]] = {
    "text": ("arxiv", "", "huggingface", "s2", "openalex", "zotero", "bibtex", "ris", "crossref", "tei", "pdf", "text"),
    "date": ("arxiv", "huggingface", "s2", "openalex", "crossref", "", "zotero", "bibtex", "ris", "tei", "pdf"),
    "doi": ("crossref", "openalex", "s2", "arxiv", "zotero", "bibtex", "ris", "", "tei", "huggingface", "pdf"),
    "authors": ("crossref", "arxiv", "openalex", "s2", "huggingface", "zotero", "bibtex", "ris", "", "tei", "pdf"),
    "venue": ("crossref", "openalex", "s2", "zotero", "bibtex", "ris", "", "arxiv", "tei", "huggingface", "pdf"),
    "url": ("", "arxiv", "huggingface", "crossref", "openalex", "s2", "zotero", "bibtex", "ris", "tei", "pdf"),
}
_PREPRINT = ("arxiv", "corr", "biorxiv", "medrxiv", "ssrn", "preprint", "openreview", "huggingface", "hfdailypapers")


def trust(record: Record, what: str) -> int:
    """Return the rank of the record's service for a field, 0 for the most trusted."""
    order = TRUST[what]
    return order.index(record.service) if record.service in order else len(order)


def merged(records: Sequence[Record], record_ids: Sequence[str], paper_id: str) -> Paper:
    """Return the paper that `records` (at least one, dates filled in) say, whatever their order."""
    conflicts: list[Conflict] = []
    chief = min(records, key=text_rank)
    arxiv = _identifier(records, "arxiv", "date", conflicts)
    doi = _identifier(records, "doi", "doi", conflicts)
    openalex = _identifier(records, "openalex", "doi", conflicts)
    s2 = _identifier(records, "s2", "doi", conflicts)
    date = _date(records, arxiv, conflicts)
    venue = _venue(records, conflicts)
    titles = {r.title for r in records} - {chief.title}
    others = _other_titles(chief, records) if titles else ()
    if others:
        conflicts.append(Conflict("title", chief.title, others))
    authors = min(records, key=lambda r: (-len(r.authors), trust(r, "authors"), r.authors)).authors
    counts = [r.author_count for r in records if r.author_count]
    url = min((r for r in records if r.url), key=lambda r: (trust(r, "url"), r.url), default=chief).url
    return Paper(
        id=paper_id,
        title=chief.title,
        abstract=chief.abstract,
        text=chief.text_id,
        year=int(date[:4]) if date else None,
        date=date,
        arxiv=arxiv,
        doi=doi,
        openalex=openalex,
        s2=s2,
        authors=authors,
        author_count=max([len(authors), *counts]) or None,
        venue=venue,
        url=url,
        records=tuple(sorted(set(record_ids))),
        conflicts=tuple(sorted(conflicts, key=lambda c: c.field)),
    )


def _other_titles(chief: Record, records: Sequence[Record]) -> tuple[str, ...]:
    """Return one spelling of each title that differs from the chief's by more than typography."""
    spelled = {title_key(r.title): r.title for r in sorted(records, key=text_rank, reverse=True)}
    return tuple(sorted(title for folded, title in spelled.items() if folded != title_key(chief.title)))


def text_rank(record: Record) -> tuple[object, ...]:
    """Return the order of preference for title and abstract: whole, from whom we trust, well written, long."""
    abstract = record.abstract.strip()
    shouted = record.title.isupper() and len(record.title) > 12
    cut = abstract.endswith(("...", "…"))
    dotted = record.title.rstrip().endswith(".")
    return (not abstract, cut, shouted, trust(record, "text"), dotted, -len(abstract), record.title, record.abstract)


def _identifier(records: Sequence[Record], field: str, what: str, conflicts: list[Conflict]) -> str:
    counts = Counter(v for r in records if (v := str(getattr(r, field))))
    if not counts:
        return ""
    rank: dict[str, int] = {}
    for record in records:
        value = str(getattr(record, field))
        rank[value] = min(rank.get(value, 99), trust(record, what))
    ranked = sorted(counts, key=lambda v: (rank[v], -counts[v], v))
    return _kept(field, ranked, conflicts)


def _kept(field: str, ranked: Sequence[str], conflicts: list[Conflict]) -> str:
    if len(ranked) > 1:
        conflicts.append(Conflict(field, ranked[0], tuple(sorted(ranked[1:]))))
    return ranked[0]


def _date(records: Sequence[Record], arxiv: str, conflicts: list[Conflict]) -> str:
    """Return when the paper first appeared: the arXiv's date where it is there, else the most trusted source's."""
    known = [r for r in records if r.date[:4].isdigit()]
    first = arxiv_year(arxiv) if arxiv else None
    if first:
        known_first = best_date(r.date for r in known if int(r.date[:4]) == first)
        chosen = known_first or (f"{first}-{arxiv[2:4]}" if arxiv[:4].isdigit() else str(first))
    elif known:
        best = min(trust(r, "date") for r in known)
        chosen = best_date(r.date for r in known if trust(r, "date") == best)
    else:
        return ""
    years = sorted({r.date[:4] for r in known} - {chosen[:4]})
    if years:
        conflicts.append(Conflict("year", chosen[:4], tuple(years)))
    return chosen


def _venue(records: Sequence[Record], conflicts: list[Conflict]) -> str:
    ranked = sorted((r for r in records if r.venue), key=lambda r: (_is_archive(r), trust(r, "venue"), r.venue))
    if not ranked:
        return ""
    kept = ranked[0].venue
    others = {r.venue for r in ranked if key(r.venue) != key(kept) and not _is_archive(r)}
    if others:
        conflicts.append(Conflict("venue", kept, tuple(sorted(others))))
    return kept


def _is_archive(record: Record) -> bool:
    """Whether the venue is where preprints are put, and not where the paper appeared."""
    return key(record.venue).startswith(_PREPRINT)
