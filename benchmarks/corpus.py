"""The texts that are measured on: a file the user names, else the embedded sample."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from kgraph.model import Record
from kgraph.pipeline.progress import Silent
from kgraph.pipeline.sources import find, read_all
from kgraph.read.registry import read


def records(path: Path | None, limit: int) -> list[Record]:
    """Return up to `limit` records of `path` (any format that kgraph reads), or those of the embedded sample."""
    if path is None:
        return list(read_all(find(()), Silent()).records[:limit])
    return list(islice(read(path), limit))
