"""How much a file may ask of the machine: guards against archives that expand without end."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import BinaryIO

from kgraph.errors import InputError


@dataclass(frozen=True, slots=True)
class Limits:
    """`line` bytes of one line or record, `document` characters of a file that must be held whole, `members` of an
    archive; compressed data may grow to `ratio` times its size, and always to `floor` bytes.
    """

    line: int = 32 << 20
    document: int = 256 << 20
    members: int = 100_000
    ratio: int = 200
    floor: int = 256 << 20

    def allowed(self, size: int, compressed: bool) -> int | None:
        """Return how many bytes may come out of a file of `size` bytes; None: any number."""
        return max(self.floor, self.ratio * size) if compressed else None


class Metered(io.RawIOBase):
    """A stream that ends with an InputError once more than `allowed` bytes came out of it."""

    def __init__(self, inner: BinaryIO, raw: BinaryIO, allowed: int | None, shown: str) -> None:
        self._inner, self._raw, self._left, self._shown = inner, raw, allowed, shown

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill `buffer` and return how many bytes were put there."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        # what is there, not all that was asked for: of a file that breaks off, what stands before the break is read
        data = self._inner.read1(len(view))  # type: ignore[attr-defined]
        if self._left is not None:
            self._left -= len(data)
            if self._left < 0:
                raise InputError(
                    "expands to far more than any text would", where=self._shown, remedy="unpack and look at it first"
                )
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the stream and the raw one below it."""
        if not self.closed:
            self._inner.close()
            self._raw.close()
        super().close()
