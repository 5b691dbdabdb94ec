"""PDF files: title and abstract of a paper's first pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any

from kgraph.errors import InputError, MissingExtraError
from kgraph.identifiers import arxiv_id, publisher_doi
from kgraph.model import Record, Skip
from kgraph.read.pdf_layout import Line, bomb, lines
from kgraph.read.rows import made
from kgraph.read.source import Source
from kgraph.read.wording import one_line

NAME = "PDF"
PAGES = 3
LARGEST = 256 << 20
LONGEST = 6000
_HEADING = re.compile(r"[ \t]*(?:\d+\.?\s*)?(?:a\s?b\s?s\s?t\s?r\s?a\s?c\s?t|summary)[ \t]*(?:[.:—–-]+[ \t]*|$)", re.I)
_INTRODUCTION = re.compile(r"[ \t]*(?:(?:\d+|[IVX]+)\.?[ \t]*)?introduction\b", re.I)
_END = re.compile(
    r"[ \t]*(?:(?:(?:\d+|[IVX]+)\.?)?[ \t]*introduction\b|(?:key\s?words|index terms|ccs concepts|general terms"
    r"|categories and subject descriptors|acm reference format|a\.?c\.?m\.? classification|©)|1[ \t]*$)",
    re.I,
)
_MARKS = re.compile(r"[\s*∗†‡§¶✝]+$")
_BROKEN = re.compile(r"(?P<start>[\w-]*\w)-\n(?P<end>\w+)")
# the stamp on the margin, not a preprint that the text cites
_STAMP = re.compile(r"arXiv:(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?\s*\[[\w.-]+\]", re.I)
_DOI = re.compile(r"\b(?:doi\.org/|doi:\s*)(10\.\d{4,9}/[^\s,;]+)", re.I)


def recognise(source: Source) -> bool:
    """Return whether the file begins as a PDF does."""
    return b"%PDF-" in source.head[:1024]


def records(source: Source) -> Iterator[Record | Skip]:
    """Yield the paper, or a Skip where no title is found; MissingExtraError without the extra "pdf"."""
    try:
        import pypdfium2 as pdfium
        from pypdfium2 import raw
    except ImportError as error:
        raise MissingExtraError("the reader of PDF files", "pdf") from error
    with source.open() as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise InputError("too large a PDF", where=source.shown, remedy="give its first pages")
    if bomb(data):
        raise InputError("expands to far more than any text would", where=source.shown, remedy="look at it first")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise InputError(
                "the PDF is locked with a password", where=source.shown, remedy="save it without"
            ) from error
        raise _damaged(source, error) from error
    try:
        pages, sideways = _pages(document, raw)
        named = one_line(document.get_metadata_value("Title"))
    except (pdfium.PdfiumError, ValueError) as error:
        raise _damaged(source, error) from error
    finally:
        document.close()
    yield _record(pages, sideways, named, source.shown)


def _damaged(source: Source, error: Exception) -> InputError:
    return InputError(f"damaged PDF: {error}", where=source.shown, remedy="open and save it again")


def _pages(document: Any, raw: Any) -> tuple[list[list[Line]], str]:
    """Return the lines of the first pages, and what stands sideways on the first."""
    found: list[list[Line]] = []
    stamp = ""
    for number in range(min(len(document), PAGES)):
        page = document[number]
        try:
            here, sideways = lines(page, raw)
        finally:
            page.close()
        found.append(here)
        stamp = stamp or (sideways if not number else "")
    return found, stamp


def _record(pages: list[list[Line]], sideways: str, named: str, shown: str) -> Record | Skip:
    if not any(pages):
        why = "the PDF holds no text, only images (run OCR on it first)" if pages else "the PDF has no pages"
        return Skip(shown, why)
    first = pages[0]
    front = "\n".join(line.text for line in first)  # identifiers further in are those of other papers
    # what is printed in the margins, or before the text begins, is the paper's own
    head = "\n".join(line.text for line in first[: _begin(first) or 8])
    stamp = _STAMP.search(sideways) or _STAMP.search(head)
    doi = _DOI.search(f"{sideways}\n{head}") or _DOI.search(front)
    body = [line for page in pages for line in page]
    known = frozenset(re.findall(r"[\w-]+", front.casefold()))
    item = made(
        shown,
        "page 1",
        title=_MARKS.sub("", _joined(_title(first), known)) or named,
        abstract=_joined(_abstract(body), known)[:LONGEST],
        arxiv=arxiv_id(stamp[1]) if stamp else "",
        doi=publisher_doi(doi[1]) if doi else "",
        service="pdf",
    )
    return Skip(shown, "no title was found on the first page") if isinstance(item, Skip) else item


def _begin(page: Sequence[Line]) -> int | None:
    """Return the number of the line with the heading "Abstract", or of the introduction, or None."""
    marks = [i for i, line in enumerate(page) if _HEADING.match(line.text)]
    marks += [i for i, line in enumerate(page) if _INTRODUCTION.match(line.text)]
    return marks[0] if marks else None


def _title(page: Sequence[Line]) -> list[str]:
    """Return the lines in the largest type above the abstract that are together of a title's length."""
    above = page[: _begin(page)] or page
    runs: list[list[Line]] = []
    for line in above:
        last = runs[-1][-1] if runs else None
        near = last and abs(last.size - line.size) < 0.6 and 0 <= last.base - line.base < 2.2 * line.size
        if near:
            runs[-1].append(line)
        else:
            runs.append([line])
    fitting = [run for run in runs if _is_title(" ".join(line.text for line in run))]
    return [line.text for line in max(fitting, key=lambda run: run[0].size)] if fitting else []


def _is_title(text: str) -> bool:
    text = one_line(text)
    return 8 <= len(text) <= 300 and len(text.split()) > 1 and not _STAMP.search(text)


def _abstract(page: Sequence[Line]) -> list[str]:
    """Return the lines between the heading "Abstract" and what follows an abstract.

    Lines in smaller type (footnotes, headers, marks) don't belong to it; one in larger type ends it. Without a heading
    it is the last paragraph of forty words or more before the introduction.
    """
    start = next((i for i, line in enumerate(page) if _HEADING.match(line.text)), None)
    if start is None:
        return _unheaded(page)
    rest = _HEADING.sub("", page[start].text, count=1)
    body = [rest] if rest.strip() else []
    size = page[start].size if body else next((line.size for line in page[start + 1 :]), 0.0)
    for line in page[start + 1 :]:
        if _END.match(line.text) or sum(map(len, body)) > LONGEST:
            break
        if line.size > size + 0.8:
            if body:
                break
            size = line.size
        if line.size >= size - 0.6:
            body.append(line.text)
    return body


def _unheaded(page: Sequence[Line]) -> list[str]:
    end = next((i for i, line in enumerate(page) if _INTRODUCTION.match(line.text)), None)
    if not end:
        return []
    typical = median(line.size for line in page)
    runs: list[list[Line]] = [[page[0]]]
    for above, line in pairwise(page[:end]):
        near = abs(above.size - line.size) < 0.6 and 0 <= above.base - line.base < 1.7 * line.size
        if near and abs(above.left - line.left) < 40:
            runs[-1].append(line)
        else:
            runs.append([line])
    long = [run for run in runs if sum(len(line.text.split()) for line in run) >= 40 and run[0].size < typical + 2]
    return [line.text for line in long[-1]] if long else []


def _joined(found: Sequence[str], known: frozenset[str]) -> str:
    """Return lines as one, without ligatures and with words that were broken at a line's end whole again.

    A word that stands elsewhere with its hyphen keeps it, and so does what has others ("state-of-the-art") or goes on
    with a capital or a digit.
    """

    def whole(match: re.Match[str]) -> str:
        start, end = match["start"], match["end"]
        plain, kept = f"{start}{end}", f"{start}-{end}"
        hyphen = "-" in start or not end[0].islower() or not start[-1].isalpha()
        if plain.casefold() in known:
            hyphen = False
        elif kept.casefold() in known:
            hyphen = True
        return kept if hyphen else plain

    text = "\n".join(line.strip() for line in found)
    text = "".join(unicodedata.normalize("NFKC", c) if "\ufb00" <= c <= "\ufb06" else c for c in text)
    return one_line(_BROKEN.sub(whole, text))
