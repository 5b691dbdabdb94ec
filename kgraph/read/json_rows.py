"""JSON Lines and JSON documents whose objects are papers: of a service, or a user's own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kgraph.model import Record, Skip
from kgraph.read import json_stream, rows
from kgraph.read.options import Options
from kgraph.read.source import Source

NAME_LINES = "JSON Lines"
NAME = "JSON"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shape:
    """The objects of one service: how they are told apart, and what record each is."""

    name: str
    fits: Callable[[Row], bool]
    record: Callable[[Row, str, str, Options], Record | Skip]


OWN = Shape("rows", lambda row: True, rows.record)
SHAPES: tuple[Shape, ...] = (OWN,)


def recognise_lines(source: Source) -> bool:
    """Return whether the first line that isn't empty is a JSON object by itself."""
    first = source.head_text.lstrip().split("\n", 1)
    if not first[0].startswith("{"):
        return False
    if len(first) == 1:  # a single line, perhaps longer than the head: a document does as well
        return False
    try:
        json.loads(first[0])
    except (ValueError, RecursionError):
        return first[0].rstrip().endswith("}") and first[1].lstrip().startswith("{")
    return True


def recognise(source: Source) -> bool:
    """Return whether the text begins as an object or an array of JSON does."""
    head = source.head_text.lstrip()
    return head[:1] in ("{", "[") and head[1:].lstrip()[:1] in ('"', "{", "[", "}", "]", "")


def records(source: Source) -> Iterator[Record | Skip]:
    """Yield the record of each object, or why it is none."""
    stream = json_stream.lines(source) if recognise_lines(source) else json_stream.document(source)
    for item in stream:
        if isinstance(item, Skip):
            yield item
            continue
        locator, value = item
        if not isinstance(value, Mapping):
            yield Skip(f"{source.shown}: {locator}", f"expected an object, found {type(value).__name__}")
            continue
        shape = next(s for s in SHAPES if s.fits(value))
        yield shape.record(value, source.shown, locator, source.options)
