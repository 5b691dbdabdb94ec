"""RIS, as reference managers and publishers export it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kgraph.identifiers import arxiv_id, publisher_doi
from kgraph.model import Record, Skip
from kgraph.read.dates import parse_date
from kgraph.read.names import turned
from kgraph.read.rows import made, text
from kgraph.read.source import Source
from kgraph.read.wording import one_line, plain

NAME = "RIS"
_TAG = re.compile(r"^([A-Z][A-Z0-9])  ?-(?: (.*))?$")
_START = re.compile(r"\A\s*(?:\d+\.\s*)?TY  ?- ?\w+", re.M)


def recognise(source: Source) -> bool:
    """Return whether the first tag is TY."""
    return bool(_START.match(source.head_text))


def records(source: Source) -> Iterator[Record | Skip]:
    """Yield the record of each entry; an entry that lacks its end is read up to the next."""
    import rispy

    for line, entry in _entries(source):
        locator = f"line {line}"
        try:
            parsed = rispy.loads("\n".join([*entry, "ER  - ", ""]), skip_unknown_tags=True)
        except (OSError, ValueError, KeyError, TypeError) as error:
            yield Skip(f"{source.shown}: {locator}", f"not a RIS entry: {error}")
            continue
        yield from (_record(item, source.shown, locator) for item in parsed)


def _entries(source: Source) -> Iterator[tuple[int, list[str]]]:
    start = 0
    entry: list[str] = []
    for number, line in source.lines():
        bare = line.strip("\r\n\ufeff")
        match = _TAG.match(bare.rstrip())
        tag = match[1] if match else ""
        if tag in ("TY", "ER") and entry:
            yield start, entry
            entry = []
        if tag == "TY":
            start = number
        if tag != "ER" and (entry or tag == "TY") and bare.strip():
            # two spaces before the hyphen, as the standard has it
            entry.append(f"{match[1]}  - {match[2] or ''}" if match else bare)
    if entry:
        yield start, entry


def _record(item: dict[str, object], shown: str, locator: str) -> Record | Skip:
    doi, urls = text(item.get("doi")), item.get("urls") or item.get("url") or []
    listed = [text(url) for url in urls] if isinstance(urls, list) else [text(urls)]
    authors = item.get("authors") or item.get("first_authors") or []
    fields = ("title", "primary_title", "translated_title", "short_title")
    places = (
        "secondary_title",
        "journal_name",
        "alternate_title1",
        "alternate_title2",
        "alternate_title3",
        "tertiary_title",
    )
    return made(
        shown,
        locator,
        title=one_line(plain(next(filter(None, (text(item.get(name)) for name in fields)), ""))),
        abstract=plain(text(item.get("abstract")) or text(item.get("notes_abstract"))),
        source_id=text(item.get("id")) or text(item.get("accession_number")),
        doi=publisher_doi(doi) or next(filter(None, map(publisher_doi, listed)), ""),
        arxiv=next(filter(None, map(arxiv_id, (doi, text(item.get("accession_number")), *listed))), ""),
        date=_date(item),
        authors=tuple(turned(text(name)) for name in authors) if isinstance(authors, list) else (),
        venue=one_line(next(filter(None, (text(item.get(name)) for name in places)), "")),
        url=next(filter(None, listed), ""),
        service="ris",
    )


def _date(item: dict[str, object]) -> str:
    """RIS dates are "2023/05/01/note", any part of which may be empty."""
    for name in ("date", "publication_year", "year"):
        parts = [part for part in text(item.get(name)).split("/")[:3] if part.strip()]
        if parts and (found := parse_date("-".join(parts)) or parse_date(parts[0])):
            return found
    return ""
