"""What reaches a terminal: consoles, and the one place where untrusted text is made harmless."""

from __future__ import annotations

import codecs
import re
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

# C0 and C1 controls (escape sequences begin with one), and the marks that turn the direction of writing around
_UNSAFE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")

PLAIN = "kgraph-plain"
"""What to do with characters that the encoding of an output lacks: `_plain`."""
_LIKE = {
    "▲": "^",
    "▼": "v",
    "≈": "~",
    "·": "*",
    "─": "-",
    "—": "-",
    "–": "-",
    "→": "->",
    "“": '"',
    "”": '"',
    "…": "...",
}


def _plain(error: UnicodeError) -> tuple[str, int]:
    r"""Write our own signs by what is like them in ASCII, and all else as an escape such as `\u4e2d`."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    characters = error.object[error.start : error.end]
    escaped = (_LIKE.get(char) or char.encode("ascii", "backslashreplace").decode() for char in characters)
    return "".join(escaped), error.end


codecs.register_error(PLAIN, _plain)


def safe(text: str) -> str:
    r"""Return `text` as one line that cannot steer a terminal: controls become visible escapes such as `\x1b`.

    Line breaks and direction marks are escaped too, and lone surrogates; everything else stays as it is.
    """
    return _UNSAFE.sub(lambda m: repr(m[0])[1:-1], text)


def stdout() -> Console:
    """Return a console for results. It is plain when stdout is no terminal or NO_COLOR is set."""
    return _console(sys.stdout)


def stderr() -> Console:
    """Return a console for progress and messages."""
    return _console(sys.stderr)


def _console(stream: TextIO) -> Console:
    from rich.console import Console

    class Pipe(Console):
        """A console whose reader may leave; rich itself would end the program with an error."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    # a pipe has no width: never break lines that another program will read
    width = None if stream.isatty() else 10_000
    return Pipe(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=not stream.isatty(), width=width)
