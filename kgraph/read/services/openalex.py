"""OpenAlex works: pages of its API, snapshots as JSON Lines; abstracts come as an index of words to places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kgraph.identifiers import arxiv_id, openalex_id, publisher_doi
from kgraph.model import Record, Skip
from kgraph.read.dates import parse_date
from kgraph.read.options import Options
from kgraph.read.rows import made, text
from kgraph.read.wording import one_line, plain

NAME = "OpenAlex works"
PLACES = 100_000


def fits(row: Mapping[str, Any]) -> bool:
    """Return whether the object is a work: it has OpenAlex's id and fields that only OpenAlex names so."""
    return bool(openalex_id(text(row.get("id")), bare=False)) and any(
        name in row for name in ("abstract_inverted_index", "authorships", "publication_year", "display_name")
    )


def record(row: Mapping[str, Any], shown: str, locator: str, options: Options) -> Record | Skip:
    """Return the work with its abstract put together again."""
    found = openalex_id(text(row.get("id")), bare=False)
    places = [p for p in (row.get("primary_location"), *(row.get("locations") or [])) if isinstance(p, Mapping)]
    authors = []
    for entry in row.get("authorships") or []:
        if isinstance(entry, Mapping):
            author = entry.get("author")
            name = text(author.get("display_name")) if isinstance(author, Mapping) else ""
            authors.append(one_line(name or text(entry.get("raw_author_name"))))
    doi = text(row.get("doi"))
    pages = [text(p.get(key)) for p in places for key in ("landing_page_url", "pdf_url")]
    return made(
        shown,
        locator,
        title=one_line(plain(text(row.get("title")) or text(row.get("display_name")))),
        abstract=abstract(row.get("abstract_inverted_index")) or plain(text(row.get("abstract"))),
        source_id=found,
        openalex=found,
        doi=publisher_doi(doi),
        arxiv=next(filter(None, map(arxiv_id, (doi, *pages))), ""),
        date=parse_date(row.get("publication_date")) or parse_date(row.get("publication_year")),
        authors=tuple(filter(None, authors)),
        venue=next(filter(None, map(_venue, places)), ""),
        url=doi or next(filter(None, pages), ""),
        service="openalex",
    )


def _venue(place: Mapping[str, Any]) -> str:
    source = place.get("source")
    return one_line(text(source.get("display_name"))) if isinstance(source, Mapping) else ""


def abstract(index: object) -> str:
    """Return the text that an inverted index (word → places) stands for; words without a place are left out."""
    if isinstance(index, Mapping) and isinstance(index.get("InvertedIndex"), Mapping):  # the shape of older dumps
        index = index["InvertedIndex"]
    if not isinstance(index, Mapping):
        return ""
    at: dict[int, str] = {}
    for word, places in index.items():
        for place in places if isinstance(places, list) else []:
            if isinstance(place, int) and 0 <= place < PLACES:
                at[place] = str(word)
    words = " ".join(at[place] for place in sorted(at))
    return re.sub(r"^(?:Abstract|ABSTRACT|Summary)[.:]?\s+(?=[A-Z\d])", "", plain(text(words)).replace("\n\n", " "))
