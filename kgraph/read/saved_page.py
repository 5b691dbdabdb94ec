"""Hugging Face Daily Papers, saved as text from a browser.

Noise, then per paper a title, an abstract and on some pages who and when:

    Sleep-time Compute: Beyond Inference Scaling at Test-time

    Scaling test-time compute has emerged ...

      • 7 authors
    ·
    Apr 17 3

An organisation's name may stand in place of the authors; the number after the date counts comments. A date without a
year is of the year in which the page was saved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from kgraph.model import Record, Skip
from kgraph.read.dates import page_date
from kgraph.read.segment import Role, roles, title_odds
from kgraph.read.source import Source

NAME = "Hugging Face saved page"
_MARK = re.compile(
    r"^[ \t]*(?:Get trending papers in your email inbox!?|by\s*AK and the research community)[ \t\r]*$", re.M
)
_META = re.compile(r"^[ \t]*[•*·-]\s*\d+ authors?\s*\n\s*·\s*\n\s*[A-Z][a-z]{2,8} \d{1,2}\b", re.M)
_AK = re.compile(r"by\s*AK and the research community")
_AUTHORS = re.compile(r"(?:[•*·-]\s*)?(\d+) authors?")
_DOT = re.compile(r"[·•]")
_NOISE = frozenset((
    "new", "get trending papers in your email inbox!", "get trending papers in your email inbox", "subscribe",
    "daily papers", "byak and the research community", "by ak and the research community", "hugging face", "models",
    "datasets", "spaces", "buckets", "community", "docs", "enterprise", "pricing", "log in", "sign up", "papers",
    "trending papers", "trending", "daily", "weekly", "monthly", "previous", "next", "load more", "company", "tos",
    "privacy", "about", "careers", "website", "system theme", "upvote", "submitted by", "view all papers", "search",
    "ai-powered search",
))  # fmt: skip


@dataclass(slots=True)
class _Block:
    """The lines between blank lines, and the number of the first."""

    line: int
    lines: list[str]


@dataclass(slots=True)
class _Meta:
    """Who and when, as far as known."""

    date: str = ""
    authors: int | None = None
    seen: bool = False

    def add(self, other: _Meta) -> None:
        """Fill in what the other knows."""
        self.date = self.date or other.date
        self.authors = self.authors or other.authors
        self.seen = self.seen or other.seen


@dataclass(slots=True)
class _Stretch:
    """Paragraphs up to and including the lines of authors and date, which belong to the last paper among them."""

    paragraphs: list[_Block] = field(default_factory=list)
    meta: _Meta = field(default_factory=_Meta)


def recognise(source: Source) -> bool:
    """Return whether the page's own words, or lines of authors and date, stand near the beginning."""
    head = source.head_text.replace("\r\n", "\n")
    return not head.lstrip().startswith(("<", "{", "[")) and bool(_MARK.search(head[:4000]) or _META.search(head))


def records(source: Source) -> Iterator[Record | Skip]:
    """Yield a record per paper, in the order of the page."""
    stretch, began = _Stretch(), False
    for block in _blocks(source):
        if not began and any(_AK.fullmatch(line.strip()) for line in block.lines):
            stretch = _Stretch()  # all that stood above is the site's own
            continue
        kept, meta = _split_meta(block, stretch)
        if kept.lines and not all(_is_noise(line) for line in kept.lines):
            if stretch.meta.seen:
                yield from _papers(source, stretch)
                stretch, began = _Stretch(), True
            stretch.paragraphs.extend(_apart(kept))
        if stretch.paragraphs:
            stretch.meta.add(meta)
    yield from _papers(source, stretch)


def _blocks(source: Source) -> Iterator[_Block]:
    block = _Block(0, [])
    for number, line in source.lines():
        for bare in line.rstrip("\r\n").split("\r"):
            if bare.strip():
                block.line = block.line or number
                block.lines.append(bare)
            elif block.lines:
                yield block
                block = _Block(0, [])
    if block.lines:
        yield block


def _split_meta(block: _Block, stretch: _Stretch) -> tuple[_Block, _Meta]:
    """Return what of a block is text, and what its last lines say of authors and date."""
    lines = [line.strip() for line in block.lines]
    dot = next((i for i, line in enumerate(lines) if _DOT.fullmatch(line)), None)
    who = next((i for i, line in enumerate(lines) if _AUTHORS.fullmatch(line)), None)
    nothing = _Block(block.line, [])
    if dot is None and who is None:
        when = page_date(lines[0]) if len(lines) == 1 else None
        if when is None:
            return block, _Meta()
        # a date by itself is the page's own, unless lines of authors stand above it
        return nothing, _Meta(when if stretch.meta.seen else "")
    first = who if who is not None else max(0, (dot or 0) - 1)  # an organisation stands where authors would
    meta = _Meta(seen=True)
    if who is not None and (match := _AUTHORS.fullmatch(lines[who])):
        meta.authors = int(match[1])
    meta.date = next((when for line in lines[first:] if (when := page_date(line))), "")
    return _Block(block.line, block.lines[:first]), meta


def _is_noise(line: str) -> bool:
    bare = " ".join(line.split()).lower()
    return bare in _NOISE


def _is_count(block: _Block, after: _Block | None) -> bool:
    """Return whether a lone number is a count of votes; one that an abstract follows is a title."""
    lone = len(block.lines) == 1 and block.lines[0].strip().isdigit()
    return lone and (after is None or title_odds("\n".join(after.lines)) > 0)


def _apart(block: _Block) -> list[_Block]:
    """Split a title from an abstract that follows without a blank line."""
    rest = "\n".join(block.lines[1:])
    if rest and title_odds(block.lines[0]) > 1 and title_odds(rest) < -1:
        return [_Block(block.line, block.lines[:1]), _Block(block.line + 1, block.lines[1:])]
    return [block]


def _papers(source: Source, stretch: _Stretch) -> Iterator[Record | Skip]:
    blocks = [b for b, after in zip_longest(stretch.paragraphs, stretch.paragraphs[1:]) if not _is_count(b, after)]
    found = roles(["\n".join(block.lines) for block in blocks], alone=stretch.meta.seen)
    heads = [i for i, role in enumerate(found) if role is Role.TITLE]
    for block in blocks[: heads[0] if heads else None]:
        yield Skip(f"{source.shown}: line {block.line}", "a paragraph without a title above it")
    for n, i in enumerate(heads):
        last = n + 1 == len(heads)
        body = blocks[i + 1 : None if last else heads[n + 1]]
        yield Record(
            title=" ".join(line.strip() for line in blocks[i].lines),
            abstract="\n\n".join("\n".join(b.lines).strip() for b in body),
            source=source.shown,
            locator=f"line {blocks[i].line}",
            date=stretch.meta.date if last else "",
            author_count=stretch.meta.authors if last else None,
            service="huggingface",
        )
