"""Citations at OpenAlex: references come with a work, citing works by filter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from kgraph.fetch.matching import same_paper
from kgraph.fetch.openalex import arxiv_of, works
from kgraph.fetch.rows import text
from kgraph.fetch.source import held, listed, whole
from kgraph.http import Client
from kgraph.identifiers import openalex_id, publisher_doi
from kgraph.model import Paper
from kgraph.references import Cites, Work

BATCH = 100
KEEP = timedelta(days=30)
LIGHT = "id,doi,title,publication_year,locations"
FIELDS = f"{LIGHT},referenced_works,cited_by_count"
NAME = "openalex"
Item = Mapping[str, Any]


def work(item: Item) -> Work | None:
    """Return the work of an item; None without an id."""
    id_ = openalex_id(text(item.get("id")))
    if not id_:
        return None
    return Work(
        f"{NAME}:{id_}",
        text(item.get("title")),
        whole(item.get("publication_year")) or None,
        arxiv_of(item),
        publisher_doi(text(item.get("doi"))),
        openalex=id_,
    )


def references(item: Item) -> tuple[Cites, ...]:
    """Return what an item says that it cites."""
    citing = f"{NAME}:{openalex_id(text(item.get('id')))}"
    cited = (openalex_id(text(value)) for value in listed(item, "referenced_works"))
    return tuple(Cites(citing, f"{NAME}:{id_}", NAME) for id_ in cited if id_)


def _by(client: Client, scheme: str, values: Iterable[str], fields: str) -> list[Item]:
    """Return the items of these ids or DOIs, a hundred at a time."""
    wanted = sorted({v for v in values if not set(v) & set(",|!")})
    found: list[Item] = []
    for start in range(0, len(wanted), BATCH):
        answer = works(client, f"{scheme}:{'|'.join(wanted[start : start + BATCH])}", "*", fields, KEEP)
        found += [item for item in listed(answer, "results") if isinstance(item, dict)]
    return found


def find(client: Client, papers: Sequence[Paper]) -> dict[str, list[Item]]:
    """Return the items that are these papers, by paper id: by OpenAlex id, DOI or arXiv id, else by title and year.

    A preprint and its publication may be two works.
    """
    by_id: dict[str, list[str]] = {}
    by_doi: dict[str, list[str]] = {}
    for paper in papers:
        if paper.openalex:
            by_id.setdefault(paper.openalex.upper(), []).append(paper.id)
        if paper.doi:
            by_doi.setdefault(paper.doi.lower(), []).append(paper.id)
        if paper.arxiv:
            by_doi.setdefault(f"10.48550/arxiv.{paper.arxiv}".lower(), []).append(paper.id)
    found: dict[str, list[Item]] = {}
    items = _by(client, "openalex", by_id, FIELDS) + _by(client, "doi", by_doi, FIELDS)
    for item in items:
        owners = by_id.get(openalex_id(text(item.get("id"))), []) + by_doi.get(_doi(item), [])
        for owner in dict.fromkeys(owners):
            if item not in found.setdefault(owner, []):
                found[owner].append(item)
    for paper in papers:
        if paper.id not in found and (hit := _by_title(client, paper)):
            found[paper.id] = [hit]
    return found


def _doi(item: Item) -> str:
    return text(item.get("doi")).lower().removeprefix("https://doi.org/")


def _by_title(client: Client, paper: Paper) -> Item | None:
    words = " ".join("".join(c if c.isalnum() else " " for c in paper.title).split())
    if not words:
        return None
    answer = works(client, f"title.search:{words}", "*", FIELDS, KEEP)
    for item in listed(answer, "results")[:10]:
        said = (text(held(item, "title")), whole(held(item, "publication_year")))
        if isinstance(item, dict) and same_paper(paper.title, paper.year, *said):
            return item
    return None


def citing(client: Client, item: Item, most: int) -> tuple[list[Work], list[Cites]]:
    """Return up to `most` works that cite an item, those that are cited most themselves first."""
    id_ = openalex_id(text(item.get("id")))
    found: list[Work] = []
    cursor = "" if item.get("cited_by_count") == 0 else "*"  # no question where the answer is known
    while len(found) < most and cursor:
        answer = works(client, f"cites:{id_}", cursor, LIGHT, KEEP, sort="cited_by_count:desc")
        page = [w for i in listed(answer, "results") if isinstance(i, dict) and (w := work(i))]
        found += page[: most - len(found)]
        cursor = text(held(answer, "meta", "next_cursor")) if page else ""
    return found, [Cites(w.key, f"{NAME}:{id_}", NAME) for w in found]


def describe(client: Client, ids: Iterable[str]) -> list[Work]:
    """Return the works of these OpenAlex ids."""
    return [w for item in _by(client, "openalex", ids, LIGHT) if (w := work(item))]
