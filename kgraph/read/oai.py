"""OAI-PMH answers of the arXiv and other repositories: arXivRaw, arXiv and Dublin Core records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kgraph.identifiers import arxiv_id, publisher_doi
from kgraph.model import Record, Skip
from kgraph.read.dates import parse_date
from kgraph.read.names import listed, turned
from kgraph.read.rows import made
from kgraph.read.source import Source
from kgraph.read.wording import one_line, unwrap
from kgraph.read.xml_stream import children, elements, first, local, root_name, words

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAME = "OAI-PMH"
_BODIES = ("arXivRaw", "arXiv", "dc")


def recognise(source: Source) -> bool:
    """Return whether the root element is an answer by OAI-PMH, or a list or record cut out of one."""
    return root_name(source) in ("OAI-PMH", "ListRecords", "GetRecord", "record", "arXivRaw")


def records(source: Source) -> Iterator[Record | Skip]:
    """Yield the record of each entry; deleted entries and the service's errors are Skips."""
    for number, element in elements(source, {"record", "error", "arXivRaw"}):
        locator = f"record {number}"
        if local(element.tag) == "error":
            code = element.get("code", "error")
            yield Skip(source.shown, f"the service's error: {code}: {one_line(words(element))}")
            continue
        body = element if local(element.tag) == "arXivRaw" else _body(element)
        if body is None:
            gone = any(header.get("status") == "deleted" for header in children(element, "header"))
            why = "deleted at its source" if gone else "no metadata in a known form (arXivRaw, arXiv, oai_dc)"
            yield Skip(f"{source.shown}: {locator}", why)
        elif local(body.tag) == "dc":
            yield _dublin_core(body, source.shown, locator)
        else:
            yield _arxiv(body, source.shown, locator)


def _body(element: Element) -> Element | None:
    return next((body for name in _BODIES for body in children(element, "metadata", name)), None)


def _arxiv(body: Element, shown: str, locator: str) -> Record | Skip:
    arxiv = arxiv_id(first(body, "id"))
    versions = [parse_date(first(version, "date")) for version in children(body, "version")]
    parsed = tuple(
        one_line(f"{first(author, 'forenames')} {first(author, 'keyname')} {first(author, 'suffix')}")
        for author in children(body, "authors", "author")
    )
    dois = first(body, "doi").split()
    return made(
        shown,
        locator,
        title=one_line(first(body, "title")),
        abstract=unwrap(first(body, "abstract"), indented=True),
        source_id=first(body, "id"),
        arxiv=arxiv,
        doi=publisher_doi(dois[0]) if dois else "",
        date=next(filter(None, versions), "") or parse_date(first(body, "created")),
        authors=parsed or listed(first(body, "authors")),
        venue=one_line(first(body, "journal-ref")),
        url=f"https://arxiv.org/abs/{arxiv}" if arxiv else "",
        service="arxiv",
    )


def _dublin_core(body: Element, shown: str, locator: str) -> Record | Skip:
    identifiers = [words(found).strip() for found in children(body, "identifier")]
    # several descriptions: the abstract and comments, of which the abstract is the longest
    described = sorted((unwrap(words(found)) for found in children(body, "description")), key=len)
    arxiv = next(filter(None, map(arxiv_id, identifiers)), "")
    return made(
        shown,
        locator,
        title=one_line(first(body, "title")),
        abstract=described[-1] if described else "",
        source_id=identifiers[0] if identifiers else "",
        arxiv=arxiv,
        doi=next(filter(None, map(publisher_doi, identifiers)), ""),
        date=min(filter(None, (parse_date(words(found)) for found in children(body, "date"))), default=""),
        authors=tuple(filter(None, (turned(one_line(words(found))) for found in children(body, "creator")))),
        url=next((i for i in identifiers if i.startswith("http")), ""),
        service="arxiv" if arxiv else "",
    )
