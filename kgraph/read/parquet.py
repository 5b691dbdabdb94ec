"""Parquet tables, as dataset hubs give them: read batch by batch, rows as in any other table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kgraph.errors import InputError
from kgraph.model import Record, Skip
from kgraph.read import json_rows, rows
from kgraph.read.source import Source

NAME = "Parquet"
BATCH = 1024


def recognise(source: Source) -> bool:
    """Return whether the file begins as Parquet does."""
    return source.head.startswith(b"PAR1")


def records(source: Source) -> Iterator[Record | Skip]:
    """Yield the record of each row; InputError where the file is damaged or no column holds titles."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    if source.compression:
        raise InputError("a Parquet file within a compressed file", where=source.shown, remedy="unpack it first")
    with source.opener() as raw:
        try:
            table = pq.ParquetFile(raw)
            names = table.schema_arrow.names
            wanted = rows.columns(names, source.options)
            if "title" not in wanted:
                raise InputError(rows.without_title(names, source.options, "column"), where=source.shown)
            number = 0
            for batch in table.iter_batches(batch_size=BATCH):
                for row in batch.to_pylist():
                    number += 1
                    yield _record(row, source, f"row {number}")
        except (pa.ArrowException, OSError, ValueError) as error:
            raise InputError(f"damaged Parquet: {error}", where=source.shown, remedy="get it again") from error


def _record(row: dict[str, Any], source: Source, locator: str) -> Record | Skip:
    plain = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
    shape = next((s for s in json_rows.SHAPES if s.fits(plain)), json_rows.OWN)
    return shape.record(plain, source.shown, locator, source.options)
