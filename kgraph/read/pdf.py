"""PDF files: title and abstract of a paper's first pages."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

from kgraph.errors import InputError, MissingExtraError
from kgraph.identifiers import arxiv_id, publisher_doi
from kgraph.model import Record, Skip
from kgraph.read.rows import made
from kgraph.read.source import Source
from kgraph.read.wording import one_line

NAME = "PDF"
PAGES = 3
LARGEST = 256 << 20
_HEADING = re.compile(r"^[ \t]*(?:\d+\.?\s*)?a\s?b\s?s\s?t\s?r\s?a\s?c\s?t[ \t]*(?:[.:—–-]+[ \t]*|$)", re.I | re.M)
_END = re.compile(
    r"^[ \t]*(?:(?:\d+\.?|[IVX]+\.)?[ \t]*introduction\b|(?:key\s?words|index terms|ccs concepts|general terms"
    r"|categories and subject descriptors|acm reference format|a\.?c\.?m\.? classification)\b|1[ \t]*$)",
    re.I | re.M,
)
# the stamp on the margin, not a preprint that the text cites
_STAMP = re.compile(r"arXiv:(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?\s*\[[\w.-]+\]", re.I)
_DOI = re.compile(r"\b(?:doi\.org/|doi:\s*)(10\.\d{4,9}/[^\s,;]+)", re.I)


def recognise(source: Source) -> bool:
    """Return whether the file begins as a PDF does."""
    return b"%PDF-" in source.head[:1024]


def records(source: Source) -> Iterator[Record | Skip]:
    """Yield the paper, or a Skip where no title is found; MissingExtraError without the extra "pdf"."""
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise MissingExtraError("the reader of PDF files", "pdf") from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what can't be read is reported as a Skip
    with source.open() as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise InputError("too large a PDF", where=source.shown, remedy="give its first pages")
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("the PDF is locked with a password", where=source.shown, remedy="save it without")
        pages = [_spans(page) for page in reader.pages[:PAGES]]
        info = reader.metadata
        named = one_line(str(info.title)) if info is not None and isinstance(info.title, str) else ""
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise InputError(f"damaged PDF: {error}", where=source.shown, remedy="open and save it again") from error
    yield _record(pages, named, source.shown)


def _record(pages: list[list[tuple[str, float]]], named: str, shown: str) -> Record | Skip:
    whole = "\n".join("".join(text for text, _ in page) for page in pages)
    if not whole.strip():
        return Skip(shown, "the PDF holds no text, only images (run OCR on it first)")
    front = "".join(text for text, _ in pages[0])  # identifiers further in are those of other papers
    stamp, doi = _STAMP.search(front), _DOI.search(front)
    item = made(
        shown,
        "page 1",
        title=_title(pages[0]) or named,
        abstract=_abstract(whole),
        arxiv=arxiv_id(stamp[1]) if stamp else "",
        doi=publisher_doi(doi[1]) if doi else "",
        service="pdf",
    )
    return Skip(shown, "no title was found on the first page") if isinstance(item, Skip) else item


def _spans(page: Any) -> list[tuple[str, float]]:
    """Return the text of a page in pieces, each with the size of its type in points."""
    spans: list[tuple[str, float]] = []

    def visit(text: str, device: list[float], matrix: list[float], font: object, size: float) -> None:
        scale = (abs(matrix[3]) or abs(matrix[1]) or 1.0) * (abs(device[3]) or abs(device[1]) or 1.0)
        upright = abs(matrix[3]) >= abs(matrix[1])  # the arXiv's stamp stands on its side in large type
        if text:
            spans.append((text, round(float(size or 0) * scale, 1) if upright else 0.0))

    page.extract_text(visitor_text=visit)
    return spans


def _title(spans: list[tuple[str, float]]) -> str:
    """Return the longest run in the largest type of the first page's upper part, of a title's length."""
    runs: list[tuple[float, str]] = []
    for text, size in spans:
        if runs and (abs(runs[-1][0] - size) < 0.6 or not text.strip()):
            runs[-1] = (runs[-1][0], runs[-1][1] + text)
        else:
            runs.append((size, text))
        if _HEADING.search(text):
            break
    fitting = [(size, one_line(text)) for size, text in runs]
    fitting = [(size, text) for size, text in fitting if 8 <= len(text) <= 300 and len(text.split()) > 1]
    return max(fitting, key=lambda run: run[0])[1] if fitting else ""


def _abstract(text: str) -> str:
    """Return the text between the heading "Abstract" and what follows an abstract, on one line, or ""."""
    start = _HEADING.search(text)
    if not start:
        return ""
    end = _END.search(text, start.end())
    body = text[start.end() : end.start() if end else start.end() + 2500]
    joined = re.sub(r"(?<=[a-z])[-\u00ad]\n(?=[a-z])", "", body)  # a word broken at the line's end
    return one_line(joined)[:6000]
