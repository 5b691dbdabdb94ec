"""A row of a user's own table or JSON file as a record: which column is what, by its usual names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from kgraph.identifiers import arxiv_id, doi, openalex_id, publisher_doi, s2_id
from kgraph.model import Record, Skip
from kgraph.read.dates import parse_date
from kgraph.read.names import from_text, turned
from kgraph.read.options import Options

# names in order of preference, compared without case, spaces and punctuation
NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "papertitle", "articletitle", "documenttitle", "itemtitle", "primarytitle", "ti", "headline"),
    "abstract": ("abstract", "summary", "abstracttext", "paperabstract", "abstractnote", "description", "ab", "tldr"),
    "source_id": ("id", "paperid", "recordid", "articleid", "uid", "key", "itemid", "citationkey"),
    "date": ("date", "publicationdate", "published", "publishedat", "publisheddate", "pubdate", "datepublished",
             "releasedate", "submitted", "submitteddate", "created", "onlinedate"),
    "year": ("year", "publicationyear", "pubyear", "publishedyear", "py", "yr"),
    "authors": ("authors", "author", "authornames", "creators", "creator", "au"),
    "author_count": ("authorcount", "numauthors", "nauthors"),
    "doi": ("doi", "doiurl", "articledoi", "di"),
    "arxiv": ("arxiv", "arxivid", "arxivurl", "eprint"),
    "openalex": ("openalex", "openalexid"),
    "s2": ("s2", "s2id", "semanticscholarid", "s2paperid"),
    "venue": ("venue", "journal", "booktitle", "conference", "publicationtitle", "containertitle", "journalref",
              "journaltitle", "sourcetitle", "publicationvenue"),
    "url": ("url", "link", "paperurl", "href", "pdfurl", "pdf", "website"),
    "service": ("service",),
}  # fmt: skip
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_PLAIN = re.compile(r"[\W_]+")


def plain(name: str) -> str:
    """Return a column name without case, spaces and punctuation."""
    return _PLAIN.sub("", name).casefold()


def columns(names: Iterable[str], options: Options) -> dict[str, str]:
    """Return field → column for the columns that are understood; the caller's mapping goes first."""
    given = tuple(names)
    if not options.columns:
        return _usual(given)
    spelled = {plain(name): name for name in reversed(given)}
    chosen = {field: spelled[plain(want)] for field, want in options.columns.items() if plain(want) in spelled}
    usual = {field: name for field, name in _usual(given).items() if field not in options.columns}
    return usual | chosen


@lru_cache(maxsize=256)
def _usual(names: tuple[str, ...]) -> dict[str, str]:
    given = {plain(name): name for name in reversed(names)}
    found = (
        (field, next((given[alias] for alias in aliases if alias in given), None)) for field, aliases in NAMES.items()
    )
    return {field: name for field, name in found if name is not None}


def without_title(names: Iterable[object], options: Options, what: str) -> str:
    """Return why rows with these names (each a `what`: column, field) are no papers, and what to do."""
    given = list(map(str, names))
    listed = ", ".join(given[:20]) + (", ..." if given[20:] else "") if given else "none"
    if wanted := options.columns.get("title"):
        return f"no {what} {wanted!r}, which --map title= names; there are {listed}"
    return f"no title among its {what}s ({listed}); name it with --map title=NAME"


def text(value: object) -> str:
    """Return a value as text, verbatim; a list counts as its first text, and what is no text at all as ""."""
    if isinstance(value, str):
        # half a character can be written nowhere
        return value if value.isascii() else _SURROGATE.sub("\ufffd", value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    if isinstance(value, list) and value:
        return text(value[0])
    return ""


def people(value: object) -> tuple[str, ...]:
    """Return names of authors in reading order, from a list of names or objects, or from one text (see `names`)."""
    if isinstance(value, Mapping):
        value = [value]
    if isinstance(value, list):
        return tuple(name for name in (turned(_person(item)) for item in value) if name)
    return from_text(text(value))


def _person(item: object) -> str:
    if isinstance(item, Mapping):
        for key in ("name", "fullname", "display_name", "literal", "author_name"):
            if text(item.get(key)).strip():
                return text(item[key])
        first = text(item.get("given") or item.get("first") or item.get("firstName") or item.get("first_name"))
        last = text(item.get("family") or item.get("last") or item.get("lastName") or item.get("last_name"))
        return f"{first} {last}"
    return text(item)


def made(shown: str, locator: str, *, title: str, **fields: Any) -> Record | Skip:
    """Return the record, or a Skip where it has no title; fields are those of `Record`, all text made writable."""
    if not title.strip():
        return Skip(f"{shown}: {locator}", "the title is empty")
    clean: dict[str, Any] = {name: _writable(value) for name, value in fields.items()}
    return Record(title=_SURROGATE.sub("\ufffd", title), source=shown, locator=locator, **clean)


def _writable(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_writable, value))
    return _SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value


def record(row: Mapping[str, Any], shown: str, locator: str, options: Options) -> Record | Skip:
    """Return the record that a row is, or why it is none."""
    where = columns([str(name) for name in row], options)
    values = {field: row.get(column) for field, column in where.items()}
    title = text(values.get("title"))
    if not title.strip():
        why = "the title is empty" if "title" in where else without_title(sorted(row), options, "field")
        if "title" not in where and (error := _complaint(row)):
            why = f"the answer of a service that failed: {error[:200]}"
        return Skip(f"{shown}: {locator}", why)
    source_id, url = text(values.get("source_id")).strip(), text(values.get("url")).strip()
    given_doi = text(values.get("doi")).strip()
    authors = people(values.get("authors"))
    count = text(values.get("author_count"))
    return Record(
        title=title,
        abstract=text(values.get("abstract")),
        source=shown,
        locator=locator,
        source_id=source_id,
        date=parse_date(values.get("date")) or parse_date(values.get("year")),
        arxiv=next(filter(None, map(arxiv_id, (text(values.get("arxiv")), source_id, given_doi, url))), ""),
        doi=next(filter(None, map(publisher_doi, (given_doi, source_id, url if doi(url) else ""))), ""),
        openalex=openalex_id(text(values.get("openalex"))) or openalex_id(source_id, bare=False),
        s2=s2_id(text(values.get("s2"))) or s2_id(url, bare=False),
        authors=authors,
        author_count=int(count) if count.isdecimal() else None,
        venue=" ".join(text(values.get("venue")).split()),
        url=url,
        service=text(values.get("service")).strip(),
    )


def _complaint(row: Mapping[str, Any]) -> str:
    """Return what a service's answer gives as its error, or ""."""
    message = row.get("message")
    if row.get("status") == "failed" and isinstance(message, list) and message and isinstance(message[0], Mapping):
        return text(message[0].get("message"))
    return text(row.get("error")) or text(message)
