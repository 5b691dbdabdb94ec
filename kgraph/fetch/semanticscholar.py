"""Semantic Scholar: its Academic Graph API (https://api.semanticscholar.org/api-docs/graph)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from kgraph.fetch.rows import Row, names, text
from kgraph.fetch.source import Page, Source, Wanted, holding, listed, usable, whole
from kgraph.http import Client, RefusedError
from kgraph.identifiers import arxiv_id, doi, publisher_doi, s2_id

BATCH = 500
MONTH = timedelta(days=30)
FIELDS = "title,abstract,year,publicationDate,venue,externalIds,authors"


def outside(paper: Mapping[str, Any]) -> tuple[str, str]:
    """Return the arXiv id and the DOI that a paper has elsewhere."""
    ids = paper.get("externalIds")
    ids = ids if isinstance(ids, Mapping) else {}
    return arxiv_id(text(ids.get("ArXiv")) or text(ids.get("DOI"))), publisher_doi(text(ids.get("DOI")))


def row(paper: Mapping[str, Any]) -> Row | None:
    """Return the row of a paper; None without a title or an id."""
    title, id_ = text(paper.get("title")), s2_id(text(paper.get("paperId")))
    if not title or not id_:
        return None
    arxiv, published = outside(paper)
    return Row(
        id=id_,
        title=title,
        service="s2",
        abstract=text(paper.get("abstract")),
        date=text(paper.get("publicationDate")) or str(whole(paper.get("year")) or ""),
        authors=names(paper.get("authors"), "name"),
        arxiv=arxiv,
        doi=published,
        s2=id_,
        venue=text(paper.get("venue")),
        url=f"https://www.semanticscholar.org/paper/{id_}",
    )


def results(body: bytes) -> str:
    """Return what is wrong with a list of results; where there are none, or a publisher objects, it has no data."""
    found = json.loads(body)
    if isinstance(found, dict) and found.get("data") is None and found.keys() & {"total", "offset", "data"}:
        return "" if not found.get("total") else "results are announced, but not given"
    return holding(list, "data")(body)


def search(client: Client, wanted: Wanted, cursor: str) -> Page:
    """Return one page of a bulk search, of up to a thousand papers."""
    params = {"query": wanted.query, "fields": FIELDS}
    if wanted.since or wanted.until:
        params["publicationDateOrYear"] = f"{wanted.since}:{wanted.until}"
    if cursor:
        params["token"] = cursor
    answer = client.get("/graph/v1/paper/search/bulk", params, check=results)
    found = answer.json()
    rows, unusable = usable(listed(found, "data"), row)
    following = text(found.get("token")) or None
    return Page(rows, following if rows or unusable else None, whole(found.get("total")), unusable=unusable)


def identify(given: str) -> str:
    """Return an id as Semantic Scholar wants it: its own, "ARXIV:…", "DOI:…" or "CorpusId:…"."""
    prefix, _, rest = given.strip().partition(":")
    if prefix.casefold() == "corpusid" and rest.strip().isdecimal():
        return f"CorpusId:{rest.strip()}"
    if found := s2_id(given):
        return found
    if found := arxiv_id(given):
        return f"ARXIV:{found}"
    return f"DOI:{found}" if (found := doi(given)) else ""


def one_each(ids: Sequence[str]) -> Callable[[bytes], str]:
    """Return a check that an answer has one item for each id: they are told apart by their places alone."""

    def check(body: bytes) -> str:
        found = json.loads(body)
        whole_list = isinstance(found, list) and len(found) == len(ids)
        return "" if whole_list else "an answer of another shape than documented: not one item for each id"

    return check


def batch(client: Client, ids: Sequence[str], fields: str = FIELDS) -> list[Mapping[str, Any] | None]:
    """Return the paper of each id, or None where there is none; in the order of the ids."""
    if not ids:
        return []
    try:
        answer = client.post(
            "/graph/v1/paper/batch", {"fields": fields}, {"ids": list(ids)}, keep=MONTH, check=one_each(ids)
        )
    except RefusedError as error:
        if error.status == 400 and "no valid paper" in error.what.casefold():  # it knows none of them
            return [None] * len(ids)
        raise
    return [item if isinstance(item, Mapping) else None for item in answer.json()]


def lookup(client: Client, ids: Sequence[str]) -> Page:
    """Return the papers of these ids."""
    found = batch(client, ids)
    rows, unusable = usable([item for item in found if item is not None], row)
    return Page(rows, missing=tuple(i for i, item in zip(ids, found, strict=True) if item is None), unusable=unusable)


SOURCE = Source(
    "s2",
    BATCH,
    "Semantic Scholar ids, arXiv ids, DOIs or CorpusId:…",
    True,
    identify,
    lookup,
    lambda wanted: "",
    search,
)
