"""A page of a PDF file as lines in reading order, with their place and the size of their type; pdfium reads the file.

Columns are told by whether lines cross the middle of the page. Lines that do part the page into bands, from the top
down; within a band the left column is read before the right one, in whatever order the file has them.
"""

from __future__ import annotations

import ctypes
import re
import zlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

CHARACTERS = 40_000
"""Most characters of a page that are looked at; a page of a paper has some five thousand."""
EXPANDED = 32 << 20
"""Most bytes of one compressed stream that is no picture: pages of text have some ten thousand."""
_STREAM = re.compile(rb"stream\r?\n")
_TWICE = re.compile(rb"/Filter\s*\[[^\]]*/Fl(?:ateDecode)?\b[^\]]*/Fl(?:ateDecode)?\b")
_SHEER = 0.01


@dataclass(slots=True)
class Line:
    """A line: its text, where it stands in points from the lower left corner, and the size of most of its letters.

    `sideways` lines stand on their side, as the arXiv's stamp does.
    """

    text: str = ""
    left: float = 0.0
    right: float = 0.0
    base: float = 0.0
    size: float = 0.0
    sideways: bool = False
    _sizes: Counter[float] = field(default_factory=Counter, repr=False)

    def add(self, letter: str, left: float, right: float, size: float) -> None:
        """Put a letter at the end."""
        self.text += letter
        self.left, self.right = min(self.left, left), max(self.right, right)
        if not letter.isspace():
            self._sizes[round(size, 1)] += 1
            self.size = min(self._sizes, key=lambda s: (-self._sizes[s], -s))


def bomb(data: bytes) -> bool:
    """Return whether a stream of the file expands to more than any text would, or is compressed twice over.

    pdfium has no such bound of its own. Pictures, which may be large and are not decoded for their text, don't count.
    """
    for match in _STREAM.finditer(data):
        about = data[max(0, match.start() - 600) : match.start()].rpartition(b" obj")[2]
        if b"/Image" in about or data[match.start() - 3 : match.start()] == b"end":
            continue
        if _TWICE.search(about):
            return True
        unpacker = zlib.decompressobj()
        size, rest = 0, data[match.end() : match.end() + EXPANDED]
        try:
            while rest and not unpacker.eof:
                size += len(unpacker.decompress(rest, 1 << 20))
                rest = unpacker.unconsumed_tail
                if size > EXPANDED:
                    return True
        except zlib.error:
            continue  # compressed in another way, or not at all
    return False


def lines(page: Any, raw: Any) -> tuple[list[Line], str]:
    """Return the upright lines of a page in reading order, and what stands sideways on it.

    `page` is pypdfium2's, `raw` its module of pdfium's own functions.
    """
    width, _ = page.get_size()
    text = page.get_textpage()
    try:
        found = _merged(_written(text, raw))
    finally:
        text.close()
    upright = [line for line in found if not line.sideways and line.text.strip()]
    return _read(upright, width / 2), " ".join(line.text.strip() for line in found if line.sideways)


def _written(text: Any, raw: Any) -> list[Line]:
    """Return the lines in the order of the file."""
    found: list[Line] = []
    matrix, box = raw.FS_MATRIX(), raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    current: Line | None = None
    for i in range(min(raw.FPDFText_CountChars(text), CHARACTERS)):
        letter = _letter(raw.FPDFText_GetUnicode(text, i))
        if raw.FPDFText_IsGenerated(text, i):
            if letter in "\r\n":
                current = None
            elif current:
                current.text += letter  # a space that pdfium saw between two words
            continue
        raw.FPDFText_GetMatrix(text, i, matrix)
        raw.FPDFText_GetLooseCharBox(text, i, box)
        raw.FPDFText_GetCharOrigin(text, i, x, y)
        sideways = abs(matrix.a) < _SHEER < abs(matrix.b)
        size = raw.FPDFText_GetFontSize(text, i) * ((matrix.c**2 + matrix.d**2) ** 0.5 or 1.0)
        if current is None or sideways != current.sideways or not (sideways or _follows(current, box.left, y.value)):
            current = Line("", box.left, box.right, y.value, size, sideways)
            found.append(current)
        current.add(letter, box.left, box.right, size)
    return found


def _letter(code: int) -> str:
    if code in (0x02, 0xFFFE, 0xAD):  # how pdfium and typesetters mark a hyphen at a line's end
        return "-"
    if code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return "\ufffd"
    return chr(code)


def _follows(line: Line, left: float, base: float) -> bool:
    """Return whether a letter at this place goes on with the line: no gap between columns, no other height."""
    return abs(base - line.base) < 0.6 * line.size and -2 * line.size < left - line.right < 1.3 * max(line.size, 6.0)


def _merged(found: list[Line]) -> list[Line]:
    """Return the lines with pieces of one line put together: formulas and changes of type break lines in the file."""
    out: list[Line] = []
    for line in found:
        last = out[-1] if out else None
        if (
            last
            and not line.sideways
            and not last.sideways
            and line.text.strip()
            and _follows(last, line.left, line.base)
        ):
            gap = "" if line.left - last.right < 0.15 * last.size or last.text.endswith(" ") else " "
            last.text += gap + line.text
            last.right = max(last.right, line.right)
        else:
            out.append(line)
    return out


def _read(found: list[Line], middle: float) -> list[Line]:
    """Return lines in the order in which they are read."""
    ordered = sorted(found, key=lambda line: (-line.base, line.left))
    out: list[Line] = []
    band: list[Line] = []
    for line in ordered:
        if line.left < middle - 4 and line.right > middle + 4:
            out += [*_columns(band, middle), line]
            band = []
        else:
            band.append(line)
    return [*out, *_columns(band, middle)]


def _columns(band: list[Line], middle: float) -> list[Line]:
    return [line for line in band if line.left < middle - 4] + [line for line in band if line.left >= middle - 4]
