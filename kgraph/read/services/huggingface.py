"""Hugging Face: answers to /api/daily_papers, /api/papers/search and /api/papers/ID, and the same data in pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kgraph.identifiers import arxiv_id
from kgraph.model import Record, Skip
from kgraph.read.dates import parse_date
from kgraph.read.options import Options
from kgraph.read.rows import made, people, text
from kgraph.read.wording import one_line, unwrap

NAME = "Hugging Face papers"


def fits(row: Mapping[str, Any]) -> bool:
    """Return whether the object is a paper of Hugging Face, by itself or in an entry of a daily list."""
    paper = _paper(row)
    if "title" not in paper or not arxiv_id(text(paper.get("id"))):
        return False
    return paper is not row or ("summary" in paper and not {"upvotes", "publishedAt", "discussionId"}.isdisjoint(paper))


def _paper(row: Mapping[str, Any]) -> Mapping[str, Any]:
    inner = row.get("paper")
    return inner if isinstance(inner, Mapping) else row


def record(row: Mapping[str, Any], shown: str, locator: str, options: Options) -> Record | Skip:
    """Return the paper; its date is that of the arXiv, not of its day on the list."""
    paper = _paper(row)
    arxiv = arxiv_id(text(paper.get("id")))
    authors = [a for a in paper.get("authors") or [] if not (isinstance(a, Mapping) and a.get("hidden"))]
    return made(
        shown,
        locator,
        title=one_line(text(paper.get("title")) or text(row.get("title"))),
        abstract=unwrap(text(paper.get("summary")) or text(row.get("summary"))),
        source_id=arxiv,
        arxiv=arxiv,
        date=parse_date(paper.get("publishedAt")) or parse_date(row.get("publishedAt")),
        authors=people(authors),
        url=f"https://huggingface.co/papers/{arxiv}",
        service="huggingface",
    )
