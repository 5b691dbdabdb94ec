"""TEI headers as GROBID makes them of PDF files: title, abstract, authors and identifiers; the body is not read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kgraph.identifiers import arxiv_id, publisher_doi
from kgraph.model import Record, Skip
from kgraph.read.dates import parse_date
from kgraph.read.rows import made
from kgraph.read.source import Source
from kgraph.read.wording import one_line, unwrap
from kgraph.read.xml_stream import children, elements, first, inside, root_name, words

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAME = "TEI (GROBID)"


def recognise(source: Source) -> bool:
    """Return whether the root element is TEI's."""
    return root_name(source) in ("TEI", "teiCorpus")


def records(source: Source) -> Iterator[Record | Skip]:
    """Yield the record of each header, usually one."""
    for number, header in elements(source, {"teiHeader"}):
        locator = f"header {number}"
        item = _record(header, source.shown, locator)
        if isinstance(item, Skip):
            item = Skip(item.where, "no title was recognised in the PDF that this file was made of")
        yield item


def _record(header: Element, shown: str, locator: str) -> Record | Skip:
    source = children(header, "fileDesc", "sourceDesc", "biblStruct")
    article = source[0] if source else header
    numbers = {(n.get("type") or "").lower(): words(n).strip() for n in inside(article, "idno")}
    titles = [
        words(t) for t in children(header, "fileDesc", "titleStmt", "title") + children(article, "analytic", "title")
    ]
    abstract = children(header, "profileDesc", "abstract")
    parts = [words(p) for p in inside(abstract[0], "p")] if abstract else []
    imprint = children(article, "monogr", "imprint", "date") + children(header, "fileDesc", "publicationStmt", "date")
    return made(
        shown,
        locator,
        title=next((one_line(t) for t in titles if t.strip()), ""),
        abstract="\n\n".join(unwrap(p) for p in (parts or [words(a) for a in abstract[:1]]) if p.strip()),
        doi=publisher_doi(numbers.get("doi", "")),
        arxiv=arxiv_id(numbers.get("arxiv", "")) or arxiv_id(numbers.get("doi", "")),
        date=next(filter(None, (parse_date(d.get("when")) or parse_date(one_line(words(d))) for d in imprint)), ""),
        authors=tuple(filter(None, map(_name, children(article, "analytic", "author", "persName")))),
        venue=one_line(first(article, "monogr", "title")),
        service="tei",
    )


def _name(person: Element) -> str:
    parts = [words(p) for kind in ("forename", "surname") for p in children(person, kind)]
    return one_line(" ".join(parts) or words(person))
