"""Every format, most particular first: one line each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from kgraph.errors import InputError
from kgraph.model import Record, Skip
from kgraph.read import (
    archive,
    atom,
    bibtex,
    json_rows,
    oai,
    parquet,
    pdf,
    plain_text,
    ris,
    saved_html,
    saved_page,
    tables,
    tei,
)
from kgraph.read.options import Options
from kgraph.read.reading import Format, Reading
from kgraph.read.source import Source

FORMATS: tuple[Format, ...] = (
    Format(pdf.NAME, pdf.recognise, pdf.records),
    Format(parquet.NAME, parquet.recognise, parquet.records),
    Format(saved_page.NAME, saved_page.recognise, saved_page.records),
    *(Format(s.name, partial(json_rows.recognise_shape, shape=s), json_rows.records) for s in json_rows.SHAPES),
    Format(json_rows.NAME_LINES, json_rows.recognise_lines, json_rows.records),
    Format(json_rows.NAME, json_rows.recognise, json_rows.records),
    Format(atom.NAME, atom.recognise, atom.records),
    Format(oai.NAME, oai.recognise, oai.records),
    Format(tei.NAME, tei.recognise, tei.records),
    Format(saved_html.NAME, saved_html.recognise, saved_html.records),
    Format(bibtex.NAME, bibtex.recognise, bibtex.records),
    Format(ris.NAME, ris.recognise, ris.records),
    Format(tables.NAME, tables.recognise, tables.records),
    Format(plain_text.NAME, plain_text.recognise, plain_text.records),
)


def read(path: Path, *, shown: str | None = None, options: Options | None = None) -> Reading:
    """Return the reading of the file at `path`, its format recognised by content whatever its name.

    `shown` is how records and messages name the file (default: the path as given). Raises InputError where the file is
    missing, a folder, empty, not text, or of no known format; whatever goes wrong later is a Skip of the reading.
    """
    shown = shown if shown is not None else str(path)
    if path.is_dir():
        raise InputError("this is a folder", where=shown, remedy="give a file, or expand the folder first")
    if not path.exists():
        raise InputError("there is no such file", where=shown)
    if not path.is_file():
        raise InputError("not a regular file", where=shown)
    try:
        source = Source(shown, path.stat().st_size, lambda: path.open("rb"), options or Options())
        if archive.is_zip(source):
            return Reading(path, source, *archive.open_members(path, source, produce))
        kind = recognise(source)
    except PermissionError as error:
        raise InputError("permission denied", where=shown, remedy="check who may read it") from error
    except OSError as error:
        raise InputError(error.strerror or str(error), where=shown) from error
    return Reading(path, source, kind.name, kind.records)


def recognise(source: Source) -> Format:
    """Return the format of a source; InputError where it is empty, not text, or of none."""
    if not source.head:
        raise InputError("the file is empty", where=source.shown)
    found = next((f for f in FORMATS if f.recognise(source)), None)
    if found is None:
        if not source.head_text.strip():
            raise InputError("nothing but white space", where=source.shown)
        raise InputError(
            "of no known format",
            where=source.shown,
            remedy="a table begins with the names of its columns, among them title; a text with a title, an empty line"
            " and an abstract of some sentences; docs/sources lists all formats",
        )
    return found


def produce(source: Source) -> tuple[str, Iterator[Record | Skip]]:
    """Return the name of the source's format and its stream of records."""
    kind = recognise(source)
    return kind.name, kind.records(source)
