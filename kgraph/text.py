"""Text as every room sees it: sentence boundaries and keys under which near-equal texts meet.

Pure functions; nothing here knows what a paper or an entity is. Offsets count Unicode code points.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from hashlib import blake2b

_NON_WORD = re.compile(r"[\W_]+")


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each sentence of `text`, in order and without surrounding white space.

    Boundaries are found by the Punkt method (Kiss and Strunk 2006) as implemented by nupunkt.
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
    for start, end in _splitter()(text):
        piece = text[start:end]
        left = len(piece) - len(piece.lstrip())
        right = len(piece.rstrip())
        if right > left:
            spans.append((start + left, start + right))
    return tuple(spans)


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


def digest_of(parts: Iterable[str], size: int = 8) -> str:
    """Return the hexadecimal BLAKE2b digest of the parts, which need not be in memory at once."""
    state = blake2b(digest_size=size)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        state.update(len(data).to_bytes(8, "big"))
        state.update(data)
    return state.hexdigest()
