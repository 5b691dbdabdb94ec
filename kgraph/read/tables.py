"""Tables as text: comma, tab, semicolon or bar between the columns, whose names stand in the first line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import islice

from kgraph.errors import InputError
from kgraph.model import Record, Skip
from kgraph.read import rows
from kgraph.read.source import Source

NAME = "table"
_MARKS = (",", "\t", ";", "|")
_NAME = re.compile(r"\s*[^\W\d](?:[\w.()/#-]| (?! )){0,39}")


def recognise(source: Source) -> bool:
    """Return whether the first line names columns: a known one among them, or as many as the next lines have."""
    return _delimiter(source) is not None


def _delimiter(source: Source) -> str | None:
    sample = source.head_text.splitlines()[:6]
    if not sample:
        return None
    for mark in _MARKS:
        header = next(csv.reader([sample[0]], delimiter=mark), [])
        if len(header) > 1 and "title" in rows.columns(header, source.options):
            return mark
    if "title" in rows.columns([sample[0].strip().strip('"')], source.options):
        return ","  # a single column
    return next((mark for mark in _MARKS if _is_table(source, mark)), None)


def _is_table(source: Source, mark: str) -> bool:
    """Return whether there are columns under short names, though none of titles: the error can then name them."""
    head = source.head_text
    try:
        first = list(islice(csv.reader(head.splitlines(keepends=True), delimiter=mark), 6))
    except csv.Error:
        return False
    if len(first) < 2 or len(first[0]) < 2:
        return False
    even = len({len(row) for row in first[:5]}) == 1
    if all(map(_NAME.fullmatch, first[0])):
        return even or bool(rows.columns(first[0], source.options))
    return even and len(first) > 2 and len(first[0]) > 2 and all(len(cell) < 80 for cell in first[0])


def records(source: Source) -> Iterator[Record | Skip]:
    """Yield the record of each row; InputError where no column holds titles."""
    mark = _delimiter(source) or ","
    csv.field_size_limit(source.options.limits.line)
    reader = csv.reader((line for _, line in source.lines()), delimiter=mark)
    header = [name.strip() for name in next(reader, [])]
    if "title" not in rows.columns(header, source.options):
        raise InputError(rows.without_title(header, source.options, "column"), where=source.shown)
    missing = [
        column for column in source.options.columns.values() if rows.plain(column) not in map(rows.plain, header)
    ]
    if missing:
        said, listed = ", ".join(map(repr, missing)), ", ".join(header[:20])
        source.notes.append(f"{source.shown}: no column {said}, which --map names; there are {listed}")
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Skip(f"{source.shown}: line {start}", f"not a row: {error}")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            why = f"{len(cells)} cells for {len(header)} columns: a quote or {mark!r} is out of place"
            yield Skip(f"{source.shown}: line {start}", why)
            continue
        yield rows.record(dict(zip(header, cells, strict=False)), source.shown, f"line {start}", source.options)
