"""OpenAlex: works by filter, a hundred at a time (https://developers.openalex.org)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from kgraph.fetch.rows import Row, text
from kgraph.fetch.source import Page, Source, Wanted, held, holding, listed, usable, whole
from kgraph.http import Client
from kgraph.identifiers import arxiv_id, doi, openalex_id, publisher_doi

PAGE = 100
MONTH = timedelta(days=30)
FIELDS = "id,doi,title,publication_year,publication_date,authorships,primary_location,locations,abstract_inverted_index"


def abstract(index: object, most: int = 20_000) -> str:
    """Return the text of an inverted index (word → positions), or "" where it is none or names absurd positions."""
    if not isinstance(index, Mapping):
        return ""
    words: dict[int, str] = {}
    for word, places in index.items():
        for place in places if isinstance(places, list) else ():
            if isinstance(place, int) and 0 <= place < most:
                words[place] = str(word)
    return text(" ".join(words[place] for place in sorted(words)))


def arxiv_of(work: Mapping[str, Any]) -> str:
    """Return the arXiv id of a work: from its DOI, or from a place where it can be read."""
    if found := arxiv_id(text(work.get("doi"))):
        return found
    places = work.get("locations")
    for place in places if isinstance(places, list) else ():
        if isinstance(place, Mapping) and (found := arxiv_id(text(place.get("landing_page_url")))):
            return found
    return ""


def row(work: Mapping[str, Any]) -> Row | None:
    """Return the row of a work; None without a title or an id."""
    title, id_ = text(work.get("title")), openalex_id(text(work.get("id")))
    if not title or not id_:
        return None
    place = work.get("primary_location")
    source = place.get("source") if isinstance(place, Mapping) else None
    people = work.get("authorships")
    authors = [a.get("author") for a in people if isinstance(a, Mapping)] if isinstance(people, list) else []
    return Row(
        id=id_,
        title=title,
        service="openalex",
        abstract=abstract(work.get("abstract_inverted_index")),
        date=text(work.get("publication_date")) or str(whole(work.get("publication_year")) or ""),
        authors=tuple(n for a in authors if isinstance(a, Mapping) and (n := text(a.get("display_name")))),
        arxiv=arxiv_of(work),
        doi=publisher_doi(text(work.get("doi"))),
        openalex=id_,
        venue=text(source.get("display_name")) if isinstance(source, Mapping) else "",
        url=f"https://openalex.org/{id_}",
    )


def _value(query: str) -> str:
    """Return a query without the marks that have a meaning in filters."""
    return " ".join(re.sub(r"[,|!:]", " ", query).split())


def works(
    client: Client, filters: str, cursor: str, fields: str = FIELDS, keep: timedelta = MONTH, sort: str = ""
) -> dict[str, Any]:
    """Return one answer of the list of works; `cursor` is "*" at the start."""
    params = {"filter": filters, "select": fields, "per-page": str(PAGE), "cursor": cursor}
    if sort:
        params["sort"] = sort
    answer = client.get("/works", params, keep=keep, check=holding(list, "results"))
    found: dict[str, Any] = answer.json()
    return found


def search(client: Client, wanted: Wanted, cursor: str) -> Page:
    """Return one page of the works whose title or abstract has the words, in the days."""
    parts = [f"title_and_abstract.search:{_value(wanted.query)}"] if wanted.query else []
    parts += [f"from_publication_date:{wanted.since}"] if wanted.since else []
    parts += [f"to_publication_date:{wanted.until}"] if wanted.until else []
    found = works(client, ",".join(parts), cursor, keep=timedelta(days=1))
    rows, unusable = usable(listed(found, "results"), row)
    following = text(held(found, "meta", "next_cursor")) or None
    return Page(rows, following if rows or unusable else None, whole(held(found, "meta", "count")), unusable=unusable)


def identify(given: str) -> str:
    """Return the OpenAlex id or the DOI that a text is; an arXiv id counts as its DOI."""
    if found := openalex_id(given):
        return found
    if found := arxiv_id(given):
        return f"10.48550/arxiv.{found}"
    return doi(given)


def lookup(client: Client, ids: Sequence[str]) -> Page:
    """Return the works of these OpenAlex ids and DOIs."""
    rows: list[Row] = []
    unusable = 0
    seen: set[str] = set()
    for name, chosen in (("openalex", [i for i in ids if i[0] == "W"]), ("doi", [i for i in ids if i[0] != "W"])):
        # a filter cannot say a DOI that has its own marks in it; those are looked up one by one
        plain = [i for i in chosen if not set(i) & set(",|!")]
        found = listed(works(client, f"{name}:{'|'.join(plain)}", "*"), "results") if plain else []
        for odd in sorted(set(chosen) - set(plain)):
            answer = client.get(
                f"/works/doi:{odd}", {"select": FIELDS}, keep=MONTH, check=holding(str, "id"), absent=True
            )
            found += [] if answer.missing else [answer.json()]
        got, bad = usable(found, row)
        rows += got
        unusable += bad
        for work in (w for w in found if isinstance(w, dict)):
            seen |= {openalex_id(text(work.get("id"))), doi(text(work.get("doi")))}
    return Page(tuple(rows), missing=tuple(i for i in ids if i not in seen), unusable=unusable)


SOURCE = Source(
    "openalex", PAGE, "OpenAlex ids (W…), DOIs or arXiv ids", True, identify, lookup, lambda wanted: "*", search
)
