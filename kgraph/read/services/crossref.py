"""Crossref works: single answers, lists of works, dumps; titles in lists, abstracts in JATS markup."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kgraph.identifiers import arxiv_id, publisher_doi
from kgraph.model import Record, Skip
from kgraph.read.dates import iso
from kgraph.read.options import Options
from kgraph.read.rows import made, people, text
from kgraph.read.wording import one_line, plain

NAME = "Crossref works"
DATES = ("published", "published-online", "published-print", "issued", "posted", "created")


def fits(row: Mapping[str, Any]) -> bool:
    """Return whether the object is a work as Crossref describes it."""
    return "DOI" in row and any(
        name in row for name in ("indexed", "deposited", "is-referenced-by-count", "content-domain")
    )


def record(row: Mapping[str, Any], shown: str, locator: str, options: Options) -> Record | Skip:
    """Return the work; a subtitle is joined to its title, as readers know it."""
    title = one_line(plain(text(row.get("title"))))
    subtitle = one_line(plain(text(row.get("subtitle"))))
    if title and subtitle and subtitle.casefold() not in title.casefold():
        title = f"{title} {subtitle}" if title.endswith((":", "?", "!")) else f"{title}: {subtitle}"
    doi = text(row.get("DOI"))
    return made(
        shown,
        locator,
        title=title,
        abstract=plain(text(row.get("abstract"))),
        source_id=doi,
        doi=publisher_doi(doi),
        arxiv=arxiv_id(doi),
        date=next(filter(None, (date_parts(row.get(name)) for name in DATES)), ""),
        authors=people(row.get("author") or []),
        venue=one_line(plain(text(row.get("container-title")))),
        url=text(row.get("URL")),
        service="crossref",
    )


def date_parts(value: object) -> str:
    """Return the date in {"date-parts": [[2023, 5, 1]]}, as far as it goes."""
    parts = value.get("date-parts") if isinstance(value, Mapping) else None
    first = parts[0] if isinstance(parts, list) and parts else None
    if not isinstance(first, list):
        return ""
    numbers = [int(str(part)) for part in first[:3] if str(part).isdecimal()]
    return iso(*numbers) if numbers else ""
