"""arXiv: its query API, which answers in Atom (https://info.arxiv.org/help/api/user-manual.html)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from kgraph.fetch.rows import Row, text
from kgraph.fetch.source import Page, Source, Wanted
from kgraph.http import Client, Expected
from kgraph.identifiers import arxiv_id, publisher_doi

ATOM, ARXIV, OPENSEARCH = (
    "{http://www.w3.org/2005/Atom}",
    "{http://arxiv.org/schemas/atom}",
    "{http://a9.com/-/spec/opensearch/1.1/}",
)
PAGE = 100
MONTH = timedelta(days=30)
_FIELD = re.compile(r"\b(ti|au|abs|co|jr|cat|rn|id|all|submittedDate):|\b(AND|OR|ANDNOT)\b|\"")


def parse(body: bytes) -> Element:
    """Return the feed; ValueError where it is no well-formed Atom feed or tries something (entities, a DTD)."""
    try:
        feed: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException) as error:
        raise ValueError(f"broken XML: {type(error).__name__}") from None
    if feed.tag != f"{ATOM}feed":
        raise ValueError("not an Atom feed")
    return feed


def row(entry: Element) -> Row | None:
    """Return the row of a feed's entry; None without a title or an arXiv id (as for the entry of an error)."""
    title = text(entry.findtext(f"{ATOM}title"))
    arxiv = arxiv_id((entry.findtext(f"{ATOM}id") or "").replace("http://", "https://"))
    if not title or not arxiv:
        return None
    return Row(
        id=f"arXiv:{arxiv}",
        title=title,
        service="arxiv",
        abstract=text(entry.findtext(f"{ATOM}summary")),
        date=text(entry.findtext(f"{ATOM}published"))[:10],
        authors=tuple(n for a in entry.iter(f"{ATOM}author") if (n := text(a.findtext(f"{ATOM}name")))),
        arxiv=arxiv,
        doi=publisher_doi(text(entry.findtext(f"{ARXIV}doi"))),
        venue=text(entry.findtext(f"{ARXIV}journal_ref")),
        url=f"https://arxiv.org/abs/{arxiv}",
    )


def problem(body: bytes) -> str:
    """Return what is wrong with a feed: arXiv at times sends an empty page in the middle of a result."""
    try:
        feed = parse(body)
    except ValueError as error:
        return str(error)
    total, start = _count(feed, "totalResults"), _count(feed, "startIndex")
    wanted = _count(feed, "itemsPerPage")
    if wanted and start < total and feed.find(f"{ATOM}entry") is None:
        return "an empty page within the results"
    return ""


def _count(feed: Element, name: str) -> int:
    said = (feed.findtext(f"{OPENSEARCH}{name}") or "").strip()
    return int(said) if said.isdecimal() else 0


def expression(wanted: Wanted) -> str:
    """Return what is wanted in arXiv's query language; words alone mean all of them, anywhere."""
    parts = []
    if wanted.query:
        plain = not _FIELD.search(wanted.query)
        parts.append(" AND ".join(f"all:{w}" for w in wanted.query.split()) if plain else f"({wanted.query})")
    if wanted.since or wanted.until:
        first = (wanted.since or "1991-01-01").replace("-", "")
        last = (wanted.until or "2100-01-01").replace("-", "")
        parts.append(f"submittedDate:[{first}0000 TO {last}2359]")
    return " AND ".join(parts)


def search(client: Client, wanted: Wanted, cursor: str) -> Page:
    """Return the page that starts at a number; the oldest first, so that new papers don't move it."""
    offset = int(cursor)
    answer = client.get(
        "/api/query",
        {"search_query": expression(wanted), "sortBy": "submittedDate", "sortOrder": "ascending",
         "start": cursor, "max_results": str(PAGE)},
        expected=Expected.XML,
        check=problem,
    )  # fmt: skip
    rows, unusable, total = _entries(answer.body)
    after = offset + len(rows) + unusable
    return Page(rows, str(after) if after < total and rows else None, total, unusable=unusable)


def lookup(client: Client, ids: Sequence[str]) -> Page:
    """Return the papers of these arXiv ids."""
    answer = client.get(
        "/api/query",
        {"id_list": ",".join(ids), "max_results": str(len(ids))},
        expected=Expected.XML,
        keep=MONTH,
        check=lambda body: "" if _is_feed(body) else "broken XML",
    )
    rows, _, _ = _entries(answer.body)
    found = {r.arxiv for r in rows}
    return Page(rows, missing=tuple(i for i in ids if i not in found))


def _is_feed(body: bytes) -> bool:
    try:
        parse(body)
    except ValueError:
        return False
    return True


def _entries(body: bytes) -> tuple[tuple[Row, ...], int, int]:
    feed = parse(body)
    rows = [row(entry) for entry in feed.iter(f"{ATOM}entry")]
    return tuple(r for r in rows if r), sum(r is None for r in rows), _count(feed, "totalResults")


SOURCE = Source("arxiv", PAGE, "arXiv ids", False, arxiv_id, lookup, lambda wanted: "0", search)
