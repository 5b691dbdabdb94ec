"""One file being read: its records as a stream, and what couldn't be used."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kgraph.errors import KgraphError
from kgraph.model import Record, Skip
from kgraph.read.source import BROKEN, Source
from kgraph.words import count

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its name, how it recognises its own input, and how it yields records and what it skipped.

    `recognise` looks at the beginning only. `records` may raise InputError where the rest can't be read.
    """

    name: str
    recognise: Callable[[Source], bool]
    records: Callable[[Source], Iterator[Record | Skip]]


@dataclass
class Reading:
    """Iterate once for the records; afterwards `count`, `skipped` and `notes` are complete.

    `skipped` names what couldn't be used (where, why); `notes` are things a user should know that cost no record.
    A file that breaks off keeps the records before the break, and the break is a Skip.
    """

    path: Path
    source: Source
    format: str
    produce: Callable[[Source], Iterator[Record | Skip]]
    count: int = 0
    skipped: list[Skip] = field(default_factory=list)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a user should know, as far as read."""
        return tuple(self.source.notes)

    @cached_property
    def sha256(self) -> str:
        """Hexadecimal SHA-256 of the file as it lies on disk."""
        with self.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    def __iter__(self) -> Iterator[Record]:
        items = self.produce(self.source)
        while True:
            try:
                item = next(items)
            except StopIteration:
                break
            except KgraphError as error:
                self._stop(error.where or self.source.shown, error.what, error.remedy)
                break
            except BROKEN as error:
                self._stop(
                    self.source.shown, f"breaks off after {count(self.count, 'record')}: {error}", "get it again"
                )
                break
            if isinstance(item, Skip):
                self.skipped.append(item)
            else:
                self.count += 1
                yield item
        self.skipped.extend(self.source.skips)
        if not self.count and not self.skipped:
            self.skipped.append(Skip(self.source.shown, f"no records in this {self.format} file"))

    def _stop(self, where: str, why: str, remedy: str) -> None:
        self.skipped.append(Skip(where, f"{why} ({remedy})" if remedy else why))
