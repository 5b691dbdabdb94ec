"""Identifiers of papers in the many ways people write them, as bare normal forms."""

from __future__ import annotations

import re

SCHEMES = ("arxiv", "doi", "openalex", "s2")
"""The kinds of identifiers by which a paper is found again, as fields of records, papers and works are called."""

_ARXIV_NEW = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
_ARXIV_OLD = (
    r"(?:astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nlin|nucl-(?:ex|th)|quant-ph"
    r"|[a-z]{2,8}(?:-[a-z]{2,3})?(?:\.[A-Z]{2})?)/\d{7}"
)
_ARXIV_ID = rf"(?P<id>{_ARXIV_NEW}|{_ARXIV_OLD})(?:v\d+)?"
_ARXIV_BARE = re.compile(rf"(?:arxiv[:\s]\s*)?{_ARXIV_ID}(?:\s*\[[\w.-]+\])?", re.I)
_ARXIV_URL = re.compile(
    rf"(?:https?://)?(?:[\w-]+\.)*(?:arxiv\.org|alphaxiv\.org|ar5iv\.org|huggingface\.co)"
    rf"/(?:abs|pdf|html|format|papers|overview)/{_ARXIV_ID}(?:\.pdf)?/?(?:[?#].*)?",
    re.I,
)
_ARXIV_OAI = re.compile(rf"oai:arxiv\.org:{_ARXIV_ID}", re.I)
_ARXIV_DOI = re.compile(rf"10\.48550/arxiv\.{_ARXIV_ID}", re.I)
_DOI = re.compile(
    r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:?\s*|info:doi/)?(?P<id>10\.\d{4,9}(?:\.\d+)*/\S+)", re.I
)
_OPENALEX = re.compile(r"(?P<address>(?:https?://)?(?:api\.)?openalex\.org/(?:works/)?)?(?P<id>W\d+)", re.I)
_S2 = re.compile(
    r"(?P<address>(?:https?://)?(?:www\.)?semanticscholar\.org/paper/(?:[^/\s]+/)?)?(?P<id>[0-9a-f]{40})", re.I
)


def arxiv_id(text: str) -> str:
    """Return the arXiv id that `text` is, bare and without version ("2309.06180"), or ""."""
    stripped = text.strip()
    if not stripped:
        return ""
    for pattern in (_ARXIV_BARE, _ARXIV_URL, _ARXIV_OAI):
        if match := pattern.fullmatch(stripped):
            return match["id"].lower()
    found = doi(stripped)
    match = _ARXIV_DOI.fullmatch(found)
    return match["id"].lower() if match else ""


def doi(text: str) -> str:
    """Return the DOI that `text` is, bare and in lower case (DOIs ignore case), or ""."""
    match = _DOI.fullmatch(text.strip()) if "10." in text else None
    return match["id"].rstrip(".,;").lower() if match else ""


def publisher_doi(text: str) -> str:
    """Return the DOI that `text` is, or "" where it only restates an arXiv id."""
    found = doi(text)
    return "" if _ARXIV_DOI.fullmatch(found) else found


def openalex_id(text: str, *, bare: bool = True) -> str:
    """Return the OpenAlex work id that `text` is ("W2741809807"), or ""; an address of it only unless `bare`."""
    match = _OPENALEX.fullmatch(text.strip())
    return match["id"].upper() if match and (bare or match["address"]) else ""


def s2_id(text: str, *, bare: bool = True) -> str:
    """Return the Semantic Scholar paper id (40 hexadecimal digits) that `text` is, or ""; as for `openalex_id`."""
    match = _S2.fullmatch(text.strip())
    return match["id"].lower() if match and (bare or match["address"]) else ""
