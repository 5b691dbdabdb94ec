"""Identifiers as users write them, brought to the form in which a service wants them."""

from __future__ import annotations

import re

_ARXIV = re.compile(
    r"(?:arxiv:\s*|https?://(?:\w+\.)?(?:arxiv\.org|huggingface\.co)/(?:abs|pdf|papers)/|(?:https?://doi\.org/)?10\.48550/arxiv\.)?"
    r"(?P<id>\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?/?",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(?P<id>10\.\d{4,9}(?:\.\d+)*/\S+)", re.IGNORECASE)
_OPENALEX = re.compile(r"(?:https?://(?:api\.)?openalex\.org/(?:works/)?)?(?P<id>W\d+)", re.IGNORECASE)
_S2 = re.compile(r"(?:https?://(?:www\.)?semanticscholar\.org/paper/(?:[^/\s]+/)?)?(?P<id>[0-9a-f]{40})", re.IGNORECASE)


def _match(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.fullmatch(text.strip())
    return found["id"] if found else ""


def arxiv_id(text: str) -> str:
    """Return the bare arXiv id without version that `text` is in any of its usual forms, or ""."""
    return _match(_ARXIV, text).lower()


def doi(text: str) -> str:
    """Return the bare DOI in lower case that `text` is, or ""."""
    return _match(_DOI, text).lower()


def openalex_id(text: str) -> str:
    """Return the OpenAlex work id ("W2741809807") that `text` is, or ""."""
    return _match(_OPENALEX, text).upper()


def s2_id(text: str) -> str:
    """Return the Semantic Scholar paper id (40 hexadecimal digits) that `text` is, or ""."""
    return _match(_S2, text).lower()


def published_doi(text: str) -> str:
    """Return the DOI that `text` is, or "" where it is none or only restates an arXiv id."""
    found = doi(text)
    return "" if found.startswith("10.48550/arxiv.") else found
