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
Line = tuple[int, str]
"""A line with its number."""

OPEN_QUOTES = 100
"""Quotes without an end after which the rest of a table is given up."""
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
    numbered = source.lines()
    header = [name.strip() for name in next(csv.reader((line for _, line in numbered), delimiter=mark), [])]
    if "title" not in rows.columns(header, source.options):
        raise InputError(rows.without_title(header, source.options, "column"), where=source.shown)
    missing = [
        column for column in source.options.columns.values() if rows.plain(column) not in map(rows.plain, header)
    ]
    if missing:
        said, listed = ", ".join(map(repr, missing)), ", ".join(header[:20])
        source.notes.append(f"{source.shown}: no column {said}, which --map names; there are {listed}")
    for held, cells in _rows(numbered, mark, source.shown):
        if isinstance(cells, Skip):
            yield cells
        elif len(cells) > len(header):
            lost = ", and takes the lines below into its cell" if len(held) > 1 else ""
            why = f"{len(cells)} cells for {len(header)} columns: a quote or {mark!r} is out of place{lost}"
            yield Skip(f"{source.shown}: {_place(held)}", why)
        else:
            row = dict(zip(header, cells, strict=False))
            yield rows.record(row, source.shown, _place(held[:1]), source.options)


def _rows(numbered: Iterator[Line], mark: str, shown: str) -> Iterator[tuple[list[Line], list[str] | Skip]]:
    """Yield the lines and the cells of each row that isn't empty, or what couldn't be read.

    A quote that is never closed would take all that follows into its cell: its line is left out, and the lines below
    are read as if it weren't there.
    """
    for _ in range(OPEN_QUOTES):
        held: list[Line] = []
        reader = csv.reader(_held(numbered, held), delimiter=mark)
        while True:
            held.clear()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield held, Skip(f"{shown}: {_place(held)}", f"not a row: {error}")
                continue
            if len(held) > 1 and _open(held, mark):
                break
            if any(cell.strip() for cell in cells):
                yield held, cells
        below = len(held) - 1
        said = "the line below was" if below == 1 else f"the {below:,} lines below were"
        why = f"a quote begins here that never ends (close it); {said} read without it"
        yield held, Skip(f"{shown}: line {held[0][0]}", why)
        numbered = iter(held[1:])
    held = list(numbered)
    yield held, Skip(f"{shown}: {_place(held)}", "too many quotes that never end (close them, or give another format)")


def _held(numbered: Iterator[Line], held: list[Line]) -> Iterator[str]:
    for line in numbered:
        held.append(line)
        yield line[1]


def _open(held: list[Line], mark: str) -> bool:
    """Return whether the lines of a row end within a quoted cell."""
    try:
        list(csv.reader((line for _, line in held), delimiter=mark, strict=True))
    except csv.Error as error:
        return "end of data" in str(error)
    return False


def _place(held: list[Line]) -> str:
    first, last = held[0][0], held[-1][0]
    return f"line {first}" if first == last else f"lines {first} to {last}"
