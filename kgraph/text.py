"""Text as every room sees it: sentences, keys under which near-equal texts meet, safe cells of tables, digests.

Pure functions; nothing here knows what a paper or an entity is. Offsets count Unicode code points.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from hashlib import blake2b

_STOP = re.compile(r"\.[\"”)\]]*\s+(?=[A-Z][a-z]|[A-Z]{2}|[A-Z] )")
_PLAIN_WORD = re.compile(r"(?<![\w.-])(?:[a-z]{3,}|[A-Z]{2,})\Z")
_LONGEST = 40  # letters of a word before a full stop
_ABBREVIATED = re.compile(
    r"(?:al|approx|avg|cf|conf|dept|dev|dr|eds?|eqs?|est|etc|figs?|incl|max|min|mrs?|ms|nos?|pp|proc|prof|refs?|resp|rev|"
    r"secs?|sp|std|st|tab|trans|ver|viz|vol|vs|wrt)\Z",
    re.IGNORECASE,
)
_MARKUP = re.compile(
    r"\\(?:text(?:bf|it|tt|sc|sf|rm|sl)|math(?:bf|it|tt|sf|rm|sc)|emph|underline|ensuremath)(?![A-Za-z])\s*|[${}]"
)
_GREEK = re.compile(
    r"\\([Aa]lpha|[Bb]eta|[Gg]amma|[Dd]elta|[Ee]psilon|[Zz]eta|[Ee]ta|[Tt]heta|[Kk]appa|[Ll]ambda|[Mm]u|[Nn]u|[Xx]i|[Pp]i|[Rr]ho|"
    r"[Ss]igma|[Tt]au|[Pp]hi|[Cc]hi|[Pp]si|[Oo]mega)(?![A-Za-z])\s*"
)
_NON_WORD = re.compile(r"[\W_]+")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each sentence of `text`, in order and without surrounding white space.

    Boundaries are found by the Punkt method (Kiss and Strunk 2006) as implemented by nupunkt; a full stop behind an
    ordinary word or an acronym, which Punkt may have seen as an abbreviation, ends a sentence as well ("by hand. For").
    """
    return list(_sentences(text))


@cache
def _splitter() -> Callable[[str], Iterable[tuple[int, int]]]:
    import nupunkt

    splitter: Callable[[str], Iterable[tuple[int, int]]] = nupunkt.load("default").span_tokenize
    return splitter


@lru_cache(maxsize=4)  # several readers of one paper ask for its title and abstract
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    for start, end in _parted(text, _splitter()(text)):
        piece = text[start:end]
        left = len(piece) - len(piece.lstrip())
        right = len(piece.rstrip())
        if right > left:
            spans.append((start + left, start + right))
    return tuple(spans)


def _parted(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans, parted behind full stops that plainly end a sentence."""
    for start, end in spans:
        for stop in _STOP.finditer(text, start, end):
            word = _PLAIN_WORD.search(text, max(start, stop.start() - _LONGEST), stop.start())
            if word is not None and _ABBREVIATED.match(word[0]) is None:
                yield start, stop.end()
                start = stop.end()
        yield start, end


def unmarked(name: str) -> str:
    """Return a name without the LaTeX that only sets its type: "$\\texttt{SPIN}$" is SPIN, "$\\pi$vec" is πvec."""
    if "\\" not in name and "$" not in name:
        return name
    return _GREEK.sub(_letter, _MARKUP.sub("", name)).strip() or name


def _letter(command: re.Match[str]) -> str:
    case = "CAPITAL" if command[1][0].isupper() else "SMALL"
    return unicodedata.lookup(f"GREEK {case} LETTER {command[1].upper()}")


def fold(text: str) -> str:
    """Return `text` with HTML entities resolved, compatibility forms and case folded, and white space single."""
    plain = unicodedata.normalize("NFKC", html.unescape(text)).casefold()
    return " ".join(plain.split())


def key(text: str) -> str:
    """Return the letters and digits of `text`, folded: "FlashAttention-2 " and "flash attention 2" share a key."""
    return _NON_WORD.sub("", fold(text))


def slug(text: str, limit: int = 60) -> str:
    """Return `text` as a readable part of an IRI: ASCII letters, digits and single hyphens, or "" if none is left."""
    ascii_text = unicodedata.normalize("NFKD", fold(text)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")[:limit].strip("-")


def guarded(text: str) -> str:
    """Return `text` as a cell of CSV that no spreadsheet runs: what begins like a formula gets a leading apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def digest(*parts: str, size: int = 8) -> str:
    """Return the hexadecimal BLAKE2b digest of the parts, `2 * size` characters long; parts can't run together."""
    return digest_of(parts, size)


def digest_of(parts: Iterable[str], size: int = 8) -> str:
    """Return the hexadecimal BLAKE2b digest of the parts, which need not be in memory at once."""
    state = blake2b(digest_size=size)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        state.update(len(data).to_bytes(8, "big"))
        state.update(data)
    return state.hexdigest()
