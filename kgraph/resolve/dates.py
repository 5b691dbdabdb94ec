"""The year of a saved page, learned from papers that stand with a year elsewhere.

Hugging Face prints "Aug 18" for a day of the year in which the page is looked at, and the year otherwise. So one paper
that another source gives a full date tells when the page was saved, and with it the year of all its dates. A page that
prints a year with some date was saved after that year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kgraph.errors import InputError
from kgraph.model import Record

REMEDY = "give --saved DATE, the day it was saved"


@dataclass
class Page:
    """What one source says of dates: days without a year per paper, and the newest year that it prints."""

    days: list[tuple[int, str]] = field(default_factory=list)
    newest: int = 0


def yearless(date: str) -> bool:
    """Return whether a date is a day of an unknown year ("--08-18")."""
    return date.startswith("--")


def dated(
    records: Sequence[Record], groups: Sequence[Sequence[int]], saved: str | None = None
) -> tuple[list[Record], tuple[str, ...]]:
    """Return the records with their years filled in where known, and notes on pages whose year stayed open.

    `groups` are the records of each paper by index. `saved` ("2025-10-29", "2025-10" or "2025") counts for pages whose
    year the papers don't tell. InputError if it is no date.
    """
    hint = _hint(saved)
    pages: dict[str, Page] = {}
    paper_of = {i: n for n, group in enumerate(groups) for i in group}
    for i, record in enumerate(records):
        if yearless(record.date):
            pages.setdefault(record.source, Page()).days.append((i, record.date))
    if not pages:
        return list(records), ()
    for record in records:
        if record.source in pages and record.date[:4].isdigit():
            pages[record.source].newest = max(pages[record.source].newest, int(record.date[:4]))
    learned: dict[str, int] = {}
    notes: list[str] = []
    for name in sorted(pages):
        year, note = _year(name, pages[name], _votes(pages[name], records, groups, paper_of), hint)
        if year:
            learned[name] = year
        if note:
            notes.append(note)
    if hint and learned and len(learned) == len(pages) and int(hint[:4]) not in learned.values():
        found = ", ".join(f"{name} in {year}" for name, year in sorted(learned.items()))
        notes.append(f"no page was saved in {hint[:4]} as given: papers with a year elsewhere show {found}")
    return [_filled(record, learned) for record in records], tuple(notes)


def _votes(
    page: Page, records: Sequence[Record], groups: Sequence[Sequence[int]], paper_of: Mapping[int, int]
) -> Counter[int]:
    """Count the years that other sources give papers of the page; a date of the same day counts four times."""
    votes: Counter[int] = Counter()
    for i, day in page.days:
        dates = {records[j].date for j in groups[paper_of[i]]} - {""}
        same_day = {int(date[:4]) for date in dates if date[:4].isdigit() and date[4:] == day[1:]}
        same_month = {int(date[:4]) for date in dates if date[:4].isdigit() and date[4:7] == day[1:4]} - same_day
        for year, weight in [*((y, 4) for y in same_day), *((y, 2) for y in same_month)]:
            if year > page.newest:
                votes[year] += weight
        if not same_day and not same_month:
            for year in {int(date[:4]) for date in dates if date[:4].isdigit()}:
                if year > page.newest:
                    votes[year] += 1
    for i, _ in page.days:  # an arXiv id tells the month in which a paper was new
        for arxiv in {records[j].arxiv for j in groups[paper_of[i]]}:
            given = arxiv_year(arxiv)
            if given and given > page.newest:
                votes[given] += 2
    return votes


def arxiv_year(arxiv: str) -> int | None:
    """Return the year in which an arXiv id was given: 2023 for "2309.06180", 1998 for "hep-th/9802150"."""
    digits = arxiv.rpartition("/")[2][:4]
    if len(digits) < 4 or not digits.isdigit():
        return None
    short = int(digits[:2])
    return 1900 + short if short > 90 else 2000 + short


def _year(name: str, page: Page, votes: Counter[int], hint: str) -> tuple[int | None, str]:
    """Return the page's year, and a note where a user should know more."""
    ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
    clear = ranked and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1])
    if clear:
        return ranked[0][0], ""
    count = f"{len(page.days)} date{'s' if len(page.days) != 1 else ''} without a year"
    if hint and int(hint[:4]) > page.newest:
        later = [day for _, day in page.days if len(hint) == 10 and day[2:] > hint[5:]]
        if not later:
            return int(hint[:4]), ""
        return None, f"{name}: {count} stayed so: {later[0][2:]} is later than the given day {hint}"
    if hint:
        return (
            None,
            f"{name}: {count} stayed so: the page prints the year {page.newest}, so it was saved after {hint[:4]}",
        )
    why = "other sources disagree" if ranked else "no paper of them has a year elsewhere"
    after = f" (it was saved after {page.newest}, a year it prints)" if page.newest else ""
    return None, f"{name}: {count}, and {why}{after}; {REMEDY}"


def _filled(record: Record, learned: Mapping[str, int]) -> Record:
    if not yearless(record.date) or record.source not in learned:
        return record
    return replace(record, date=f"{learned[record.source]:04d}{record.date[1:]}")


def _hint(saved: str | None) -> str:
    if not saved:
        return ""
    parts = saved.strip().split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3 or len(parts[0]) != 4:
        raise InputError(f"{saved!r} is no date", where="--saved", remedy="write it as 2025-10-29")
    return "-".join([parts[0], *(part.zfill(2) for part in parts[1:])])


def best_date(dates: Iterable[str]) -> str:
    """Return the earliest of the dates by year, as precisely as any of that year gives it, or ""."""
    known = sorted((d for d in dates if d[:4].isdigit()), key=lambda d: (d[:4], -len(d), d))
    return known[0] if known else ""
