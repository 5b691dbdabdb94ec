"""JSON Lines and JSON documents whose objects are papers: of a service, or a user's own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kgraph.errors import InputError
from kgraph.model import Record, Skip
from kgraph.read import json_stream, rows
from kgraph.read.options import Options
from kgraph.read.services import arxiv_metadata, crossref, csl, huggingface, openalex, semantic_scholar
from kgraph.read.source import BROKEN, Source

NAME_LINES = "JSON Lines"
NAME = "JSON"
LONG_LINE = 4 << 20
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """The objects of one service: how they are told apart, and what record each is."""

    name: str
    fits: Callable[[Row], bool]
    record: Callable[[Row, str, str, Options], Record | Skip]


SHAPES: tuple[Shape, ...] = (
    Shape(huggingface.NAME, huggingface.fits, huggingface.record),
    Shape(arxiv_metadata.NAME, arxiv_metadata.fits, arxiv_metadata.record),
    Shape(openalex.NAME, openalex.fits, openalex.record),
    Shape(semantic_scholar.NAME, semantic_scholar.fits, semantic_scholar.record),
    Shape(crossref.NAME, crossref.fits, crossref.record),
    Shape(csl.NAME, csl.fits, csl.record),
)
OWN = Shape("rows", lambda row: True, rows.record)


def recognise_shape(source: Source, shape: Shape) -> bool:
    """Return whether the source is JSON and its first object is of the shape."""
    if not recognise(source):
        return False
    if "json shape" not in source.seen:
        first = first_row(source)
        source.seen["json shape"] = next((s for s in SHAPES if s.fits(first)), OWN) if first is not None else None
    return source.seen["json shape"] is shape


def first_row(source: Source) -> Row | None:
    """Return the first object that a source gives, or None where none can be read."""
    sniffed = replace(source, skips=[], notes=[])
    try:
        for item in _stream(sniffed):
            if not isinstance(item, Skip) and isinstance(item[1], Mapping):
                return item[1]
            break
    except (InputError, *BROKEN):
        pass
    return None


def _stream(source: Source) -> Iterator[tuple[str, Any] | Skip]:
    return json_stream.lines(source) if recognise_lines(source) else json_stream.document(source)


def recognise_lines(source: Source) -> bool:
    """Return whether the first two lines that aren't empty are JSON objects, or look like ones with a slip in them.

    Where the first line doesn't end for long, the text is read as a document, which may be several.
    """
    if "json lines" not in source.seen:
        source.seen["json lines"] = source.head_text.lstrip().startswith("{") and _two_lines(source)
    return bool(source.seen["json lines"])


def _two_lines(source: Source) -> bool:
    start, ended = "", False
    try:
        for chunk in source.chunks():
            start = (start + chunk).lstrip()
            _, line_end, rest = start.partition("\n")
            ended = bool(line_end) and rest.strip() != ""
            if ended or len(start) > LONG_LINE:
                break
    except (InputError, *BROKEN):
        pass
    if not ended:
        return False
    first, _, rest = start.partition("\n")
    if not rest.lstrip().startswith("{"):
        return False
    try:
        json.loads(first, strict=False)
    except (ValueError, RecursionError):
        return first.rstrip().endswith("}")
    return True


def recognise(source: Source) -> bool:
    """Return whether the text begins as an object or an array of JSON does."""
    head = source.head_text.lstrip()
    return head[:1] in ("{", "[") and head[1:].lstrip()[:1] in ('"', "{", "[", "}", "]", "")


def records(source: Source) -> Iterator[Record | Skip]:
    """Yield the record of each object, or why it is none."""
    for item in _stream(source):
        if isinstance(item, Skip):
            yield item
            continue
        locator, value = item
        if not isinstance(value, Mapping):
            found = "null, as a service says of what it doesn't know" if value is None else type(value).__name__
            yield Skip(f"{source.shown}: {locator}", f"expected an object, found {found}")
            continue
        shape = next((s for s in SHAPES if s.fits(value)), OWN)
        yield shape.record(value, source.shown, locator, source.options)
