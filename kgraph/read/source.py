"""A file as text: compression and encoding seen through, line by line and in bounded memory."""

from __future__ import annotations

import bz2
import codecs
import gzip
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import BinaryIO, cast

from kgraph.errors import InputError
from kgraph.model import Skip
from kgraph.read.limits import Metered
from kgraph.read.options import Options

HEAD = 1 << 16
BROKEN = (EOFError, OSError, zlib.error, lzma.LZMAError)

_COMPRESSED: tuple[tuple[bytes, str], ...] = ((b"\x1f\x8b", "gzip"), (b"BZh", "bzip2"), (b"\xfd7zXZ\x00", "xz"))
_MARKS = (  # longest first: the UTF-32 mark begins with the UTF-16 one
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


@dataclass
class Source:
    """What a reader reads: the bytes of one file or archive member, decompressed, and their text.

    `shown` is how messages and records name it. `skips` and `notes` gather what a user should know; a reader may add.
    `seen` is where recognisers keep what they found out. `opener` returns the raw bytes from their beginning, `size` of
    them.
    """

    shown: str
    size: int
    opener: Callable[[], BinaryIO]
    options: Options = field(default_factory=Options)
    skips: list[Skip] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seen: dict[str, object] = field(default_factory=dict)

    @cached_property
    def compression(self) -> str:
        """The name of the compression, or "" for none."""
        with self.opener() as raw:
            start = raw.read(6)
        return next((name for magic, name in _COMPRESSED if start.startswith(magic)), "")

    def open(self) -> BinaryIO:
        """Return the decompressed bytes; reading raises InputError past the limits (see `Limits`)."""
        compression, raw = self.compression, self.opener()
        allowed = self.options.limits.allowed(self.size, bool(compression))
        metered = Metered(_decompressed(raw, compression), raw, allowed, self.shown)
        return io.BufferedReader(metered, HEAD)

    @cached_property
    def head(self) -> bytes:
        """Up to the first 64 KiB, decompressed; what is broken later doesn't matter here."""
        with self.open() as stream:
            parts: list[bytes] = []
            left = HEAD
            while left:
                try:
                    part = stream.read1(left)  # type: ignore[attr-defined]
                except BROKEN as error:
                    if not parts:
                        raise InputError(f"damaged {self.compression or 'file'}: {error}", where=self.shown) from error
                    break
                if not part:
                    break
                parts.append(part)
                left -= len(part)
        return b"".join(parts)

    @cached_property
    def encoding(self) -> str:
        """The codec of the text; InputError where the bytes are no text at all."""
        for mark, name in _MARKS:
            if self.head.startswith(mark):
                return name
        even, odd = self.head[0::2].count(0), self.head[1::2].count(0)
        if not even and not odd:
            return "utf-8"
        half = len(self.head) / 2
        if odd > 0.7 * half and even < 0.1 * half:
            return "utf-16-le"
        if even > 0.7 * half and odd < 0.1 * half:
            return "utf-16-be"
        raise InputError("this is binary data, not text", where=self.shown, remedy="give a text, JSON, CSV or XML file")

    @cached_property
    def head_text(self) -> str:
        """The text of `head`; a character cut at its end is left out."""
        text = self.head.decode(self.encoding, "replace" if self.encoding == "utf-8" else "ignore")
        return text.removeprefix("\ufeff").removesuffix("\ufffd")

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield (number, line with its end); only LF ends a line. What can't be decoded or is too long is noted.

        A line that is not UTF-8 is read as Windows-1252, which never fails; the first such line is named in `notes`.
        """
        with self.open() as binary:
            if self.encoding == "utf-8":
                yield from self._byte_lines(binary)
            else:
                reader = io.TextIOWrapper(binary, encoding=self.encoding, errors="replace", newline="\n")
                for number, line in enumerate(reader, 1):
                    yield number, line.removeprefix("\ufeff") if number == 1 else line

    def chunks(self) -> Iterator[str]:
        """Yield the text in pieces of no meaning, whatever the length of its lines.

        Bytes that are not UTF-8 are read as Windows-1252, as in `lines`.
        """
        decoder = codecs.getincrementaldecoder(self.encoding)(
            "kgraph-windows-1252" if self.encoding == "utf-8" else "replace"
        )
        with self.open() as binary:
            fresh = True
            while data := binary.read1(HEAD):  # type: ignore[attr-defined]
                text = decoder.decode(data)
                yield text.removeprefix("\ufeff") if fresh else text
                fresh = False
            yield decoder.decode(b"", final=True)

    def _byte_lines(self, binary: BinaryIO) -> Iterator[tuple[int, str]]:
        limit = self.options.limits.line
        odd: list[int] = []
        number = 0
        while data := binary.readline(limit):
            number += 1
            if len(data) == limit and not data.endswith(b"\n"):
                self.skips.append(Skip(f"{self.shown}: line {number}", f"the line is longer than {limit} bytes"))
                while data and not data.endswith(b"\n"):
                    data = binary.readline(limit)
                continue
            if number == 1:
                data = data.removeprefix(b"\xef\xbb\xbf")
            try:
                line = data.decode("utf-8")
            except UnicodeDecodeError:
                odd.append(number)
                line = data.decode("cp1252", "replace")
            yield number, line
        if odd:
            said = f"line {odd[0]} is" if len(odd) == 1 else f"{len(odd):,} lines, first line {odd[0]}, are"
            self.notes.append(
                f"{self.shown}: {said} not UTF-8 and read as Windows-1252; save the file as UTF-8 if names look wrong"
            )

    def text(self) -> str:
        """Return the whole text, for formats that can't be read piecewise; InputError past `limits.document`."""
        parts: list[str] = []
        left = self.options.limits.document
        for _, line in self.lines():
            parts.append(line)
            left -= len(line)
            if left < 0:
                raise InputError(
                    f"too large for its format (over {self.options.limits.document:,} characters)",
                    where=self.shown,
                    remedy="split it",
                )
        return "".join(parts)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Decode what is no UTF-8 as Windows-1252, which has a character for nearly every byte."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("kgraph-windows-1252", _as_windows)


def _decompressed(raw: BinaryIO, compression: str) -> BinaryIO:
    streams: dict[str, Callable[[], object]] = {
        "gzip": lambda: gzip.GzipFile(fileobj=raw),
        "bzip2": lambda: bz2.BZ2File(raw),
        "xz": lambda: lzma.LZMAFile(raw),  # noqa: SIM115 - whoever reads it closes it
    }
    return cast("BinaryIO", streams[compression]()) if compression else raw
