"""Citations at Semantic Scholar: with the sentences that cite, and what they are thought to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from kgraph.fetch.matching import same_paper, title_words
from kgraph.fetch.rows import text
from kgraph.fetch.semanticscholar import BATCH, batch, outside, results
from kgraph.fetch.source import listed, whole
from kgraph.http import Client
from kgraph.identifiers import s2_id
from kgraph.model import Paper
from kgraph.references import Cites, Work
from kgraph.text import digest

KEEP = timedelta(days=30)
PAGE = 1000
FIELDS = "title,year,externalIds"
EDGE = f"contexts,intents,{FIELDS}"
COUNTS = {"references": "referenceCount", "citations": "citationCount"}
OWN = f"{FIELDS},{','.join(COUNTS.values())}"
NAME = "s2"
Item = Mapping[str, Any]


def work(item: Item) -> Work | None:
    """Return the work of a paper; one without an id of its own goes by its title; None without either."""
    title, year = text(item.get("title")), whole(item.get("year")) or None
    id_ = s2_id(text(item.get("paperId")))
    arxiv, doi = outside(item)
    if not id_ and not title_words(title):
        return None
    key = f"{NAME}:{id_}" if id_ else f"title:{digest(*title_words(title))}"
    return Work(key, title, year, arxiv, doi, s2=id_)


def find(client: Client, papers: Sequence[Paper]) -> dict[str, Item]:
    """Return the papers' items by paper id: by Semantic Scholar id, arXiv id, DOI, else by title and year."""
    found: dict[str, Item] = {}
    for scheme in ("s2", "arxiv", "doi"):
        asked = [(p.id, _id(p, scheme)) for p in papers if p.id not in found and _id(p, scheme)]
        for start in range(0, len(asked), BATCH):
            part = asked[start : start + BATCH]
            for (paper, _), item in zip(part, batch(client, [id_ for _, id_ in part], OWN), strict=True):
                if item is not None and s2_id(text(item.get("paperId"))):
                    found[paper] = item
    for left in papers:
        if left.id not in found and (hit := _by_title(client, left)):
            found[left.id] = hit
    return found


def _id(paper: Paper, scheme: str) -> str:
    value: str = getattr(paper, scheme)
    return f"{ {'arxiv': 'ARXIV:', 'doi': 'DOI:', 's2': ''}[scheme] }{value}" if value else ""


def _by_title(client: Client, paper: Paper) -> Item | None:
    if not title_words(paper.title):
        return None
    question = {"query": paper.title, "fields": OWN}
    answer = client.get("/graph/v1/paper/search/match", question, keep=KEEP, check=results, absent=True)
    for item in [] if answer.missing else listed(answer.json(), "data"):
        said = (text(item.get("title")), whole(item.get("year")))
        if isinstance(item, dict) and s2_id(text(item.get("paperId"))) and same_paper(paper.title, paper.year, *said):
            return item
    return None


def edges(client: Client, item: Item, side: str, most: int) -> tuple[list[Work], list[Cites]]:
    """Return up to `most` works on the other side of a paper's "references" or "citations", and the edges to them."""
    here = f"{NAME}:{s2_id(text(item.get('paperId')))}"
    there = "citedPaper" if side == "references" else "citingPaper"
    found: list[Work] = []
    cites: list[Cites] = []
    offset: int | None = None if item.get(COUNTS[side]) == 0 else 0  # no question where the answer is known
    while offset is not None and len(found) < most:
        size = min(PAGE, most - len(found))
        question = {"fields": EDGE, "offset": str(offset), "limit": str(size)}
        path = f"/graph/v1/paper/{here.partition(':')[2]}/{side}"
        answer = client.get(path, question, keep=KEEP, check=results, absent=True)
        value = {} if answer.missing else answer.json()
        for entry in listed(value, "data"):
            other = work(entry[there]) if isinstance(entry, dict) and isinstance(entry.get(there), dict) else None
            if other is None:
                continue
            found.append(other)
            pair = (here, other.key) if side == "references" else (other.key, here)
            cites.append(Cites(*pair, NAME, _texts(entry.get("contexts")), _texts(entry.get("intents"))))
        following = whole(value.get("next"))
        offset = following if following is not None and following > offset else None
    return found, cites


def _texts(values: object) -> tuple[str, ...]:
    said = (text(value) for value in values) if isinstance(values, list) else ()
    return tuple(dict.fromkeys(s for s in said if s))
