"""Files that many machines write: each whole or not there, with bytes that depend on its rows alone."""

from __future__ import annotations

import gzip
import os
import uuid
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path


def written(path: Path, write: Callable[[Path], None]) -> None:
    """Call `write` with a name beside `path` and then rename what it wrote: a part is whole or not there.

    Two machines may write one part at once, or one after the other: it has the same bytes.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        write(beside)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def packed(path: Path, pieces: Iterable[str]) -> None:
    """Write pieces of text, packed by gzip, as `written` does."""
    written(path, partial(_pack, pieces))


def _pack(pieces: Iterable[str], path: Path) -> None:
    # without name and time, so that the bytes depend on the text alone
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as out:
        for piece in pieces:
            out.write(piece.encode())
