"""Semantic Scholar: answers of its Graph API (papers, searches, references, citations) and lines of its S2AG dumps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kgraph.identifiers import arxiv_id, publisher_doi
from kgraph.model import Record, Skip
from kgraph.read.dates import parse_date
from kgraph.read.options import Options
from kgraph.read.rows import made, people, text
from kgraph.read.wording import one_line, unwrap

NAME = "Semantic Scholar papers"
_WRAPPERS = ("citingPaper", "citedPaper", "paper")


def fits(row: Mapping[str, Any]) -> bool:
    """Return whether the object is a paper of the API or a dump, or wraps one."""
    paper = _paper(row)
    if paper is not row and ("citingPaper" in row or "citedPaper" in row):
        return True
    known = "externalIds" in paper or "externalids" in paper or "openAccessInfo" in paper
    bare = bool(re.fullmatch("[0-9a-f]{40}", text(paper.get("paperId")))) or "corpusid" in paper
    return known or bare


def _paper(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return next((row[key] for key in _WRAPPERS if isinstance(row.get(key), Mapping)), row)


def record(row: Mapping[str, Any], shown: str, locator: str, options: Options) -> Record | Skip:
    """Return the paper. A dump's line of abstracts alone, without a title, is a Skip that says so."""
    paper = _paper(row)
    if "title" not in paper and "abstract" in paper:
        return Skip(f"{shown}: {locator}", "an abstract without a title; give lines of the papers data set as well")
    ids = paper.get("externalIds") or paper.get("externalids")
    ids = {str(k).lower(): text(v) for k, v in ids.items()} if isinstance(ids, Mapping) else {}
    found = text(paper.get("paperId"))
    corpus = text(paper.get("corpusId")) or text(paper.get("corpusid")) or ids.get("corpusid", "")
    journal = paper.get("journal")
    return made(
        shown,
        locator,
        title=one_line(text(paper.get("title"))),
        abstract=unwrap(text(paper.get("abstract"))),
        source_id=found or (f"CorpusId:{corpus}" if corpus else ""),
        s2=found if re.fullmatch("[0-9a-f]{40}", found) else "",
        arxiv=arxiv_id(ids.get("arxiv", "")) or arxiv_id(ids.get("doi", "")),
        doi=publisher_doi(ids.get("doi", "")),
        date=parse_date(paper.get("publicationDate") or paper.get("publicationdate")) or parse_date(paper.get("year")),
        authors=people(paper.get("authors") or []),
        venue=one_line(text(paper.get("venue")) or (text(journal.get("name")) if isinstance(journal, Mapping) else "")),
        url=text(paper.get("url")),
        service="s2",
    )
