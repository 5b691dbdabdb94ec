"""BibTeX and BibLaTeX bibliographies."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from typing import Any

from kgraph.identifiers import arxiv_id, publisher_doi
from kgraph.latex import printed
from kgraph.model import Record, Skip
from kgraph.read.bibtex_inheritance import inherited
from kgraph.read.dates import iso, parse_date
from kgraph.read.names import turned
from kgraph.read.rows import made
from kgraph.read.source import Source
from kgraph.read.wording import one_line, unwrap

NAME = "BibTeX"
_ENTRY = re.compile(
    r"^[ \t]*@\s*(?:(?:comment|string|preamble)\s*[{(]|[a-z]+\s*[{(]\s*[^\s,{}()=\"']+\s*,)",
    re.IGNORECASE | re.MULTILINE,
)
_LATEX = re.compile(r"[\\{}$~]")
_AND = re.compile(r"\s+and\s+", re.I)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
_NO_PAPERS = frozenset((
    "proceedings", "mvproceedings", "collection", "mvcollection", "periodical", "xdata", "set", "comment", "string",
    "preamble",
))  # fmt: skip


def recognise(source: Source) -> bool:
    """Return whether an entry begins in the first lines, of which others are comments."""
    head = source.head_text
    match = _ENTRY.search(head)
    return match is not None and not re.search(r"^\s*[<{\[]", head[: match.start()])


def records(source: Source) -> Iterator[Record | Skip]:
    """Yield the record of each entry; a damaged entry is a Skip and the next is read."""
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.model import DuplicateBlockKeyBlock, Entry, ParsingFailedBlock

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what fails is reported as a Skip
    # two entries may share a key by accident
    blocks = [
        (f"line {(b.start_line or 0) + 1}", b.ignore_error_block if isinstance(b, DuplicateBlockKeyBlock) else b)
        for b in parse_string(source.text()).blocks
    ]
    entries: dict[str, dict[str, str]] = {}
    for _, entry in blocks:
        if isinstance(entry, Entry):
            entries.setdefault(entry.key.lower(), _fields(entry))
    for line, entry in blocks:
        if isinstance(entry, Entry):
            kind = entry.entry_type.lower()
            if kind not in _NO_PAPERS:
                fields, lost = inherited(_fields(entry), kind, entries)
                if lost:
                    source.notes.append(
                        f"{source.shown}: {line}: {entry.key} refers to {', '.join(lost)}, which is not in this file"
                    )
                yield _record(fields, entry.key, source.shown, line)
        elif isinstance(entry, ParsingFailedBlock):
            why = getattr(entry.error, "abort_reason", "") or str(entry.error)
            yield Skip(f"{source.shown}: {line}", f"not a BibTeX entry: {one_line(why)}")


def _fields(entry: Any) -> dict[str, str]:
    return {f.key.lower(): _opened(str(f.value)) for f in entry.fields}


def _record(fields: Mapping[str, str], key: str, shown: str, locator: str) -> Record | Skip:
    doi, url = _bare(fields.get("doi", "")), _bare(fields.get("url", ""))
    title = shown_text(fields.get("title", ""))
    subtitle = shown_text(fields.get("subtitle", ""))
    kind = fields.get("archiveprefix", fields.get("eprinttype", "")).lower()
    eprint = _bare(fields.get("eprint", "")) if kind in ("", "arxiv") else ""
    note = " ".join(fields.get(name, "") for name in ("journal", "note", "howpublished", "number", "volume"))[:500]
    mentioned = re.search(r"arxiv[:\s./]*(?:abs/|preprint\s+arxiv:)?\s*([\w.-]+/?[\d.]+)", note, re.I)
    return made(
        shown,
        locator,
        title=f"{title}: {subtitle}" if title and subtitle else title,
        abstract=unwrap(fields.get("abstract", "")),
        source_id=key,
        doi=publisher_doi(doi),
        arxiv=next(filter(None, map(arxiv_id, (eprint, doi, url, mentioned[1].rstrip(".") if mentioned else ""))), ""),
        date=_date(fields),
        authors=_authors(fields.get("author", "")),
        venue=shown_text(next((fields[n] for n in ("journal", "journaltitle", "booktitle") if fields.get(n)), "")),
        url=url,
        service="bibtex",
    )


def _opened(value: str) -> str:
    """Return a value without the quotes that the parser leaves on an entry whose key was used before."""
    quoted = len(value) > 1 and value[0] == value[-1] == '"'
    return value[1:-1] if quoted else value


def shown_text(value: str) -> str:
    """Return a field as it would be printed: accents composed, protective braces gone, formulas as plain text."""
    if not _LATEX.search(value):
        return one_line(value)
    plain = printed(value.replace("~", " "))
    return one_line(value.replace("{", "").replace("}", "") if plain is None else plain)


def _bare(value: str) -> str:
    return one_line(value.replace("\\_", "_").replace("\\url", "").replace("{", "").replace("}", ""))


def _date(fields: Mapping[str, str]) -> str:
    if found := parse_date(_bare(fields.get("date", "")).split("/")[0]):
        return found
    year = re.search(r"\d{4}", fields.get("year", ""))
    month = _bare(fields.get("month", "")).lower()
    number = int(month) if month.isdecimal() else next((i for i, m in enumerate(_MONTHS, 1) if month.startswith(m)), 0)
    day = _bare(fields.get("day", ""))
    return iso(int(year[0]), number, int(day) if day.isdecimal() else 0) if year else ""


def _authors(value: str) -> tuple[str, ...]:
    """Return the names; BibTeX writes "Last, First", "Last, Jr, First" or "First Last", and "others" for the rest."""
    found = []
    for name in _AND.split(one_line(value)):
        parts = [part.strip() for part in shown_text(name).split(",")]
        if parts[0].lower() != "others":
            found.append(turned(", ".join([parts[0], parts[-1], *parts[1:-1]])) if len(parts) > 1 else parts[0])
    return tuple(filter(None, found))
