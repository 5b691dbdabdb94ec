"""Pages saved as HTML: Hugging Face's with their embedded JSON, and any page that describes its paper in meta tags."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from kgraph.identifiers import arxiv_id, publisher_doi
from kgraph.model import Record, Skip
from kgraph.read.dates import parse_date
from kgraph.read.names import turned
from kgraph.read.rows import made
from kgraph.read.services import huggingface
from kgraph.read.source import Source
from kgraph.read.wording import one_line, plain

NAME = "saved HTML page"
_HTML = re.compile(
    r"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body|div|main|article|section)\b", re.I | re.S
)


def recognise(source: Source) -> bool:
    """Return whether the text begins as HTML does."""
    return bool(_HTML.match(source.head_text))


def records(source: Source) -> Iterator[Record | Skip]:
    """Yield the papers that the page's embedded JSON holds, else the one that its meta tags describe."""
    page = _Page()
    for _, line in source.lines():
        page.feed(line)
    page.close()
    found = False
    seen: set[str] = set()
    for place, value in page.data:
        for row in _papers(value):
            item = huggingface.record(row, source.shown, f"line {place}", source.options)
            key = item.arxiv if isinstance(item, Record) else ""
            if key not in seen or not key:
                seen.add(key)
                found = True
                yield item
    if not found and page.meta.get("citation_title"):
        found = True
        yield _described(page.meta, source.shown)
    if not found:
        yield Skip(
            source.shown, "the page holds no data of papers: neither embedded JSON nor citation_title in a meta tag"
        )


def _papers(value: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Yield the outermost objects that are papers, in document order."""
    if isinstance(value, Mapping):
        if huggingface.fits(value):
            yield value
        elif depth < 8:
            for inner in value.values():
                yield from _papers(inner, depth + 1)
    elif isinstance(value, list) and depth < 8:
        for inner in value:
            yield from _papers(inner, depth + 1)


class _Page(HTMLParser):
    """Gathers JSON (of data-props attributes and script elements) and meta tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.data: list[tuple[int, Any]] = []
        self.meta: dict[str, list[str]] = {}
        self._script: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what an element's attributes hold."""
        given = {name: value or "" for name, value in attrs}
        if "data-props" in given:
            self._take(given["data-props"])
        if tag == "meta":
            self.meta.setdefault((given.get("name") or given.get("property", "")).lower(), []).append(
                given.get("content", "")
            )
        if tag == "script" and "json" in given.get("type", ""):
            self._script = []

    def handle_data(self, data: str) -> None:
        """Keep the text of a script of JSON."""
        if self._script is not None:
            self._script.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Read a script of JSON at its end."""
        if tag == "script" and self._script is not None:
            self._take("".join(self._script))
            self._script = None

    def _take(self, text: str) -> None:
        try:
            self.data.append((self.getpos()[0], json.loads(text)))
        except (ValueError, RecursionError):
            return  # other data of the site


def _described(meta: Mapping[str, list[str]], shown: str) -> Record | Skip:
    """Return the paper of the tags that Google Scholar reads (citation_title, citation_author, ...)."""

    def one(*names: str) -> str:
        return next((one_line(v) for name in names for v in meta.get(name, []) if v.strip()), "")

    doi = one("citation_doi", "dc.identifier", "prism.doi")
    abstract = next((v for name in ("citation_abstract", "dc.description", "og:description", "description")
                     for v in meta.get(name, []) if v.strip()), "")  # fmt: skip
    return made(
        shown,
        "meta tags",
        title=one("citation_title"),
        abstract=plain(abstract),
        doi=publisher_doi(doi),
        arxiv=arxiv_id(one("citation_arxiv_id")) or arxiv_id(doi),
        date=parse_date(one("citation_date", "citation_publication_date", "citation_online_date")),
        authors=tuple(turned(name) for name in meta.get("citation_author", []) if name.strip()),
        venue=one("citation_conference_title", "citation_journal_title"),
        url=one("citation_abstract_html_url", "og:url"),
    )
