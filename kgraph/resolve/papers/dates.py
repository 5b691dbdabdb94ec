"""The year of a saved page, learned from papers that stand with a year elsewhere.

Hugging Face prints "Aug 18" for a day of the year in which the page is looked at, and the year otherwise. So one paper
that another source gives a full date tells when the page was saved, and with it the year of all its dates. A page that
prints a year with some date was saved after that year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kgraph.errors import InputError
from kgraph.model import Record
from kgraph.words import count

REMEDY = "give --saved DATE, the day it was saved"


@dataclass(frozen=True)
class Page:
    """What one source says of dates.

    `days` are those without a year, each with what orders its record among all; `newest` is the newest year that the
    source prints; `votes` count the years that other sources give its papers.
    """

    days: tuple[tuple[Any, str], ...] = ()
    newest: int = 0
    votes: Mapping[int, int] = field(default_factory=dict)

    def __add__(self, other: Page) -> Page:
        votes = Counter(self.votes) + Counter(other.votes)
        return Page(self.days + other.days, max(self.newest, other.newest), votes)


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
    hint(saved)
    if not any(yearless(record.date) for record in records):
        return list(records), ()
    pages: dict[str, Page] = {}
    for group in groups:
        for source, page in told([(i, records[i]) for i in group]):
            pages[source] = pages.get(source, Page()) + page
    learned, notes = years(pages, saved)
    return [filled(record, learned) for record in records], notes


def told(paper: Sequence[tuple[Any, Record]]) -> Iterator[tuple[str, Page]]:
    """Yield (source, page) of what the records of one paper, each with what orders it among all, tell of pages."""
    for at, record in paper:
        if yearless(record.date):
            yield record.source, Page(((at, record.date),), 0, _votes(record.date, [other for _, other in paper]))
        elif record.date[:4].isdigit():
            yield record.source, Page((), int(record.date[:4]))


def years(pages: Mapping[str, Page], saved: str | None = None) -> tuple[dict[str, int], tuple[str, ...]]:
    """Return the year of each page that has one, and notes on pages whose year stayed open."""
    given = hint(saved)
    learned: dict[str, int] = {}
    notes: list[str] = []
    pages = {name: page for name, page in pages.items() if page.days}
    for name in sorted(pages):
        year, note = _year(name, pages[name], given)
        if year:
            learned[name] = year
        if note:
            notes.append(note)
    if given and learned and len(learned) == len(pages) and int(given[:4]) not in learned.values():
        found = ", ".join(f"{name} in {year}" for name, year in sorted(learned.items()))
        notes.append(f"no page was saved in {given[:4]} as given: papers with a year elsewhere show {found}")
    return learned, tuple(notes)


def _votes(day: str, paper: Sequence[Record]) -> Counter[int]:
    """Count the years that the records of a paper give to a day without one; a date of the same day counts four
    times."""
    votes: Counter[int] = Counter()
    dates = {record.date for record in paper} - {""}
    same_day = {int(date[:4]) for date in dates if date[:4].isdigit() and date[4:] == day[1:]}
    same_month = {int(date[:4]) for date in dates if date[:4].isdigit() and date[4:7] == day[1:4]} - same_day
    for year, weight in [*((y, 4) for y in same_day), *((y, 2) for y in same_month)]:
        votes[year] += weight
    if not same_day and not same_month:
        for year in {int(date[:4]) for date in dates if date[:4].isdigit()}:
            votes[year] += 1
    for arxiv in {record.arxiv for record in paper}:  # an arXiv id tells the month in which a paper was new
        if given := arxiv_year(arxiv):
            votes[given] += 2
    return votes


def arxiv_year(arxiv: str) -> int | None:
    """Return the year in which an arXiv id was given: 2023 for "2309.06180", 1998 for "hep-th/9802150"."""
    digits = arxiv.rpartition("/")[2][:4]
    if len(digits) < 4 or not digits.isdigit():
        return None
    short = int(digits[:2])
    return 1900 + short if short > 90 else 2000 + short


def _year(name: str, page: Page, given: str) -> tuple[int | None, str]:
    """Return the page's year, and a note where a user should know more."""
    votes = {year: number for year, number in page.votes.items() if year > page.newest}
    ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
    clear = ranked and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1])
    if clear:
        return ranked[0][0], ""
    days = f"{count(len(page.days), 'date')} without a year"
    if given and int(given[:4]) > page.newest:
        later = [day for _, day in sorted(page.days) if len(given) == 10 and day[2:] > given[5:]]
        if not later:
            return int(given[:4]), ""
        return None, f"{name}: {days} stayed so: {later[0][2:]} is later than the given day {given}"
    if given:
        return (
            None,
            f"{name}: {days} stayed so: the page prints the year {page.newest}, so it was saved after {given[:4]}",
        )
    why = "other sources disagree" if ranked else "no paper of them has a year elsewhere"
    after = f" (it was saved after {page.newest}, a year it prints)" if page.newest else ""
    return None, f"{name}: {days}, and {why}{after}; {REMEDY}"


def filled(record: Record, learned: Mapping[str, int]) -> Record:
    """Return the record with the year of its page in its date, where both are so."""
    if not yearless(record.date) or record.source not in learned:
        return record
    return replace(record, date=f"{learned[record.source]:04d}{record.date[1:]}")


def hint(saved: str | None) -> str:
    """Return the day on which pages were saved in full digits, or ""; InputError if it is no date."""
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
