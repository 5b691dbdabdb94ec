"""Crossref: works by query, by DOI (https://api.crossref.org)."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from kgraph.fetch.rows import Row, first, text
from kgraph.fetch.source import Page, Source, Wanted, held, holding, listed, usable, whole
from kgraph.http import Client
from kgraph.identifiers import doi

PAGE = 100
MONTH = timedelta(days=30)
FIELDS = "DOI,title,abstract,author,issued,published,container-title"
_HEADING = re.compile(r"<(?:\w+:)?title\b[^>]*>.*?</(?:\w+:)?title\s*>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


def plain(marked: str) -> str:
    """Return the words of a text in JATS markup: without headings ("Abstract") and tags, entities resolved."""
    return text(html.unescape(_TAG.sub(" ", _HEADING.sub(" ", marked))))


def day(date: object) -> str:
    """Return Crossref's date-parts in ISO 8601, as far as known."""
    parts = date.get("date-parts") if isinstance(date, Mapping) else None
    numbers = parts[0] if isinstance(parts, list) and parts and isinstance(parts[0], list) else []
    known = []
    for number, low, high in zip(numbers, (1000, 1, 1), (2200, 12, 31), strict=False):
        if not isinstance(number, int) or not low <= number <= high:
            break
        known.append(f"{number:02d}")
    return "-".join(known)


def row(work: Mapping[str, Any]) -> Row | None:
    """Return the row of a work; None without a title or a DOI."""
    title, id_ = plain(first(work.get("title"))), doi(text(work.get("DOI")))
    if not title or not id_:
        return None
    people = work.get("author")
    authors = [a for a in people if isinstance(a, Mapping)] if isinstance(people, list) else []
    return Row(
        id=f"doi:{id_}",
        title=title,
        service="crossref",
        abstract=plain(str(work.get("abstract") or "")),
        date=day(work.get("published")) or day(work.get("issued")),
        authors=tuple(
            n for a in authors if (n := text(f"{a.get('given') or ''} {a.get('family') or a.get('name') or ''}"))
        ),
        doi=id_,
        venue=plain(first(work.get("container-title"))),
        url=f"https://doi.org/{id_}",
    )


def _person(author: Mapping[str, Any]) -> str:
    return text(f"{author.get('given') or ''} {author.get('family') or author.get('name') or ''}")


def search(client: Client, wanted: Wanted, cursor: str) -> Page:
    """Return one page of a query."""
    params = {"rows": str(PAGE), "cursor": cursor, "select": FIELDS}
    if wanted.query:
        params["query"] = wanted.query
    bounds = [f"from-pub-date:{wanted.since}"] if wanted.since else []
    bounds += [f"until-pub-date:{wanted.until}"] if wanted.until else []
    if bounds:
        params["filter"] = ",".join(bounds)
    answer = client.get("/works", params, check=holding(list, "message", "items"))
    message = answer.json()["message"]
    rows, unusable = usable(listed(message, "items"), row)
    following = text(held(message, "next-cursor")) or None
    total = whole(held(message, "total-results"))
    return Page(rows, following if rows or unusable else None, total, unusable=unusable)


def lookup(client: Client, ids: Sequence[str]) -> Page:
    """Return the works of these DOIs, asked one by one: Crossref's filter would take commas in a DOI for its own."""
    rows: list[Row] = []
    missing: list[str] = []
    unusable = 0
    for id_ in ids:
        answer = client.get(
            f"/works/{quote(id_, safe='/')}", keep=MONTH, check=holding(str, "message", "DOI"), absent=True
        )
        if answer.missing:
            missing.append(id_)
            continue
        found = row(answer.json()["message"])
        rows += [found] if found else []
        unusable += found is None
    return Page(tuple(rows), missing=tuple(missing), unusable=unusable)


SOURCE = Source("crossref", 1, "DOIs", True, doi, lookup, lambda wanted: "*", search)
