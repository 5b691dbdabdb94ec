"""CSL-JSON, as Zotero and other reference managers export it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kgraph.identifiers import arxiv_id, publisher_doi
from kgraph.model import Record, Skip
from kgraph.read.dates import parse_date
from kgraph.read.options import Options
from kgraph.read.rows import made, people, text
from kgraph.read.services.crossref import date_parts
from kgraph.read.wording import one_line, plain

NAME = "CSL-JSON"


def fits(row: Mapping[str, Any]) -> bool:
    """Return whether the object is an item: a type, a title, and fields in CSL's spelling."""
    return (
        "type" in row
        and "title" in row
        and any(name in row for name in ("issued", "container-title", "citation-key", "DOI", "accessed", "title-short"))
    )


def record(row: Mapping[str, Any], shown: str, locator: str, options: Options) -> Record | Skip:
    """Return the item; arXiv ids stand in its number, its note or its address."""
    issued = row.get("issued")
    raw = text(issued.get("raw")) or text(issued.get("literal")) if isinstance(issued, Mapping) else text(issued)
    note = [line.partition(":") for line in text(row.get("note")).splitlines()]
    noted = {key.strip().lower(): value.strip() for key, _, value in note if value}
    doi, url = text(row.get("DOI")) or noted.get("doi", ""), text(row.get("URL"))
    numbers = (text(row.get("number")), noted.get("arxiv", ""), f"arXiv:{noted['arxiv']}" if "arxiv" in noted else "")
    return made(
        shown,
        locator,
        title=one_line(plain(text(row.get("title")))),
        abstract=plain(text(row.get("abstract"))),
        source_id=text(row.get("id")) or text(row.get("citation-key")),
        doi=publisher_doi(doi),
        arxiv=next(filter(None, map(arxiv_id, (*numbers, doi, url))), ""),
        date=date_parts(issued) or parse_date(raw) or parse_date(row.get("year")),
        authors=people(row.get("author") or []),
        venue=one_line(plain(text(row.get("container-title")) or text(row.get("event-title")))),
        url=url,
        service="zotero",
    )
