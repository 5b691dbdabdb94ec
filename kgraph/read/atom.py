"""Atom feeds, as the arXiv's API answers."""

from __future__ import annotations

from collections.abc import Iterator

from kgraph.identifiers import arxiv_id, publisher_doi
from kgraph.model import Record, Skip
from kgraph.read.dates import parse_date
from kgraph.read.rows import made
from kgraph.read.source import Source
from kgraph.read.wording import one_line, unwrap
from kgraph.read.xml_stream import children, elements, first, root_name, words

NAME = "arXiv Atom"


def recognise(source: Source) -> bool:
    """Return whether the root element is a feed or an entry of one."""
    return root_name(source) in ("feed", "entry")


def records(source: Source) -> Iterator[Record | Skip]:
    """Yield a record per entry, dated by its first version; an entry that reports an error is a Skip."""
    for number, entry in elements(source, {"entry"}):
        locator = f"entry {number}"
        link = first(entry, "id")
        if "/api/errors" in link:
            yield Skip(f"{source.shown}: {locator}", f"the service's error: {one_line(first(entry, 'summary'))}")
            continue
        doi = publisher_doi(first(entry, "doi"))
        arxiv = arxiv_id(link)
        yield made(
            source.shown,
            locator,
            title=one_line(first(entry, "title")),
            abstract=unwrap(first(entry, "summary"), indented=True),
            source_id=arxiv or link,
            arxiv=arxiv,
            doi=doi,
            date=parse_date(first(entry, "published")) or parse_date(first(entry, "updated")),
            authors=tuple(filter(None, (one_line(words(name)) for name in children(entry, "author", "name")))),
            venue=one_line(first(entry, "journal_ref")),
            url=link if link.startswith("http") else "",
            service="arxiv" if arxiv else "",
        )
