"""Zip archives: every member is a file of its own, recognised and read like any other."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from kgraph.errors import InputError
from kgraph.model import Record, Skip
from kgraph.read.source import BROKEN, Source

Producer = Callable[[Source], tuple[str, Iterator[Record | Skip]]]


def is_zip(source: Source) -> bool:
    """Return whether the file is a zip archive with members."""
    with source.opener() as raw:
        return raw.read(4) == b"PK\x03\x04"


def open_members(
    path: Path, source: Source, produce: Producer
) -> tuple[str, Callable[[Source], Iterator[Record | Skip]]]:
    """Return the name of the format and the function that yields the records of every member in the archive's order."""
    return "zip archive", partial(_records, path=path, produce=produce)


def _records(outer: Source, *, path: Path, produce: Producer) -> Iterator[Record | Skip]:
    limits = outer.options.limits
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as error:
        raise InputError(f"damaged zip archive: {error}", where=outer.shown, remedy="get it again") from error
    with archive:
        if {"[Content_Types].xml", "mimetype"} & set(archive.namelist()):
            raise InputError("an office document or e-book", where=outer.shown, remedy="save it as CSV or text")
        members = [m for m in archive.infolist() if not m.is_dir() and not _is_litter(m.filename)]
        if len(members) > limits.members:
            raise InputError(f"more than {limits.members:,} files in one archive", where=outer.shown)
        allowed = limits.allowed(path.stat().st_size, compressed=True)
        if allowed is not None and sum(m.file_size for m in members) > allowed:
            raise InputError("expands to far more than any text would", where=outer.shown, remedy="unpack it first")
        for member in members:
            shown = f"{outer.shown}/{member.filename}"
            opener = cast("Callable[[], BinaryIO]", partial(archive.open, member))
            inner = Source(shown, max(member.compress_size, 1), opener, outer.options, outer.skips, outer.notes)
            try:
                if is_zip(inner):
                    raise InputError("an archive within an archive", where=shown, remedy="unpack it first")
                _, items = produce(inner)
                yield from items
            except InputError as error:
                yield Skip(error.where or shown, f"{error.what} ({error.remedy})" if error.remedy else error.what)
            except (*BROKEN, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
                yield Skip(shown, f"can't be unpacked: {error}")


def _is_litter(name: str) -> bool:
    return any(part.startswith(("__MACOSX", ".")) for part in name.split("/"))
