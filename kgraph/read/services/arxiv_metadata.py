"""The arXiv's metadata as Kaggle gives it: one JSON object per line, authors as text and in parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kgraph.identifiers import arxiv_id, publisher_doi
from kgraph.model import Record, Skip
from kgraph.read.dates import parse_date
from kgraph.read.names import listed
from kgraph.read.options import Options
from kgraph.read.rows import made, text
from kgraph.read.wording import one_line, unwrap

NAME = "arXiv metadata"


def fits(row: Mapping[str, Any]) -> bool:
    """Return whether the object has the fields that only this file has together."""
    return "categories" in row and "title" in row and ("versions" in row or "authors_parsed" in row)


def record(row: Mapping[str, Any], shown: str, locator: str, options: Options) -> Record | Skip:
    """Return the paper, dated by its first version."""
    arxiv = arxiv_id(text(row.get("id")))
    versions = [v for v in row.get("versions") or [] if isinstance(v, Mapping)]
    first = parse_date(versions[0].get("created")) if versions else ""
    parsed = tuple(
        one_line(f"{text(part[1:2])} {text(part[:1])} {text(part[2:3])}")
        for part in row.get("authors_parsed") or []
        if isinstance(part, list)
    )
    return made(
        shown,
        locator,
        title=one_line(text(row.get("title"))),
        abstract=unwrap(text(row.get("abstract")), indented=True),
        source_id=text(row.get("id")),
        arxiv=arxiv,
        doi=publisher_doi(text(row.get("doi")).split()[0]) if text(row.get("doi")).split() else "",
        date=first or parse_date(row.get("update_date")),
        authors=parsed or listed(text(row.get("authors"))),
        venue=one_line(text(row.get("journal-ref"))),
        url=f"https://arxiv.org/abs/{arxiv}" if arxiv else "",
        service="arxiv",
    )
