"""Hugging Face: the papers of a day (/api/daily_papers), a search (/api/papers/search), one paper (/api/papers/ID)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from kgraph.errors import InputError
from kgraph.fetch.rows import Row, names, text
from kgraph.fetch.source import Page, Source, Wanted, holding, listed, usable
from kgraph.http import Client
from kgraph.identifiers import arxiv_id

PAGE = 100
MONTH = timedelta(days=30)


def row(item: Mapping[str, Any]) -> Row | None:
    """Return the row of an entry of a day's list or of a paper by itself; None without a title."""
    inner = item.get("paper")
    paper: Mapping[str, Any] = inner if isinstance(inner, Mapping) else item
    title = text(paper.get("title")) or text(item.get("title"))
    if not title:
        return None
    arxiv = arxiv_id(text(paper.get("id")))
    published = text(paper.get("publishedAt")) or text(item.get("publishedAt"))
    return Row(
        id=f"arXiv:{arxiv}" if arxiv else text(paper.get("id")) or f"hf:{title}",
        title=title,
        service="huggingface",
        abstract=text(paper.get("summary")) or text(item.get("summary")),
        date=published[:10],
        authors=names(paper.get("authors"), "name"),
        arxiv=arxiv,
        url=f"https://huggingface.co/papers/{arxiv}" if arxiv else "",
    )


def start(wanted: Wanted) -> str:
    """Return the first cursor: a search has one page, days have pages of their own ("2025-08-18 0")."""
    if wanted.query:
        return "search"
    if not wanted.since:
        raise InputError("Hugging Face lists papers by day", remedy="give --query, or --since and --until")
    return f"{wanted.since} 0"


def search(client: Client, wanted: Wanted, cursor: str) -> Page:
    """Return one page: of a search (which has only one, of at most 120 papers), or of a day."""
    if cursor == "search":
        answer = client.get("/api/papers/search", {"q": wanted.query, "limit": "120"}, check=holding(list))
        rows, unusable = usable(listed(answer.json()), row)
        kept = tuple(r for r in rows if (wanted.since or "0") <= r.date <= (wanted.until or "9"))
        return Page(kept, None, len(kept), unusable=unusable)
    day_text, page_text = cursor.split(" ")
    day, page = date.fromisoformat(day_text), int(page_text)
    today = datetime.now(UTC).date()
    last = min(date.fromisoformat(wanted.until) if wanted.until else today, today)
    if day > last:
        return Page(())
    settled = day < today - timedelta(days=3)
    answer = client.get(
        "/api/daily_papers",
        {"date": day_text, "limit": str(PAGE), "p": page_text},
        keep=MONTH if settled else timedelta(hours=2),
        check=holding(list),
    )
    papers = listed(answer.json())
    rows, unusable = usable(papers, row)
    if len(papers) >= PAGE:
        return Page(rows, f"{day_text} {page + 1}", unusable=unusable)
    following = day + timedelta(days=1)
    return Page(rows, f"{following} 0" if following <= last else None, unusable=unusable)


def lookup(client: Client, ids: Sequence[str]) -> Page:
    """Return the papers of these arXiv ids, asked one by one."""
    rows: list[Row] = []
    missing: list[str] = []
    for id_ in ids:
        answer = client.get(f"/api/papers/{quote(id_)}", keep=MONTH, check=holding(str, "title"), absent=True)
        found = None if answer.missing else row(answer.json())
        if found is None:
            missing.append(id_)
        else:
            rows.append(found)
    return Page(tuple(rows), missing=tuple(missing))


def place(cursor: str) -> str:
    """Return the day that a cursor is at, or "" for that of a search."""
    return "" if cursor == "search" else f"the days before {cursor.partition(' ')[0]} are done"


SOURCE = Source("hf", 1, "arXiv ids", False, arxiv_id, lookup, start, search, place)
