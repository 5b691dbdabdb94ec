"""The surfaces of one text that may be names, and where each stands; what is hardly ever a name is left out."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from kgraph.extract.memo import Memo
from kgraph.extract.names.candidates import Span, candidates
from kgraph.extract.names.lexicon import commonness
from kgraph.extract.names.tokens import Class, Tokens, token_range
from kgraph.model import Kind

TITLE, ABSTRACT = 0, 1
_NEVER = re.compile(  # number formats, metrics with a cut-off, quantities, Roman numerals, LaTeX commands
    r"(?:(?:MX|NV|HiF)?(?:FP|BF|INT|UINT|TF|bfloat|float|int)-?[0-9]+\w{0,6}|W[0-9]+A[0-9]+\w{0,4}|\S+@[0-9k]+"
    r"|[0-9.]+ ?[kKMGT]?(?:Hz|B/s|FLOPS|bps)|[IVX]+|[0-9.]+[BMT]-A[0-9.]+[BM]"
    r"|\\(?:text[a-z]{2}|math[a-z]{2}|emph|underline|our|method)[A-Za-z]*)\Z"
)
_IS_NO_NAME = Memo(lambda surface: _NEVER.match(surface) is not None)

Place = tuple[int, int, int, int, int, str]
"""Where a surface stands: the text (0 or 1), and the `Span` in it."""


class Known(NamedTuple):
    """A stretch of title (0) or abstract (1) that is known to be of some kind: a vocabulary name or hardware."""

    text: int
    start: int
    end: int
    kind: Kind
    ambiguous: bool = False
    hardware: bool = False


def surfaces(
    tokens: tuple[Tokens, Tokens], known: Sequence[Known], head: str, *, inner: bool = False
) -> dict[str, list[Place]]:
    """Return where each surface stands, title first; `head` is that of the title, which is kept whatever it is.

    With `inner`, parts of runs of capitalised words count as well.
    """
    found: dict[str, list[Place]] = {}
    for where in (TITLE, ABSTRACT):
        text = tokens[where].text
        spans = candidates(tokens[where], title=where == TITLE, inner=inner)
        spans += _of_known(tokens[where], [k for k in known if k.text == where and not k.hardware], spans)
        if where == ABSTRACT and head in found:
            spans += _repeated(tokens[where], head, spans)
        for start, end, i, j, part in spans:
            found.setdefault(text[start:end], []).append((where, start, end, i, j, part))
    # Each of these looks at one surface alone, so they may come in any order: the cheapest and most telling is first.
    title_case = _only_titles(found, tokens[TITLE], head)
    return {
        surface: places
        for surface, places in found.items()
        if surface not in title_case
        and not _IS_NO_NAME[surface]
        and not (_OPENS[surface] and surface != head and _all_open(places, tokens))
    }


def _of_known(tokens: Tokens, known: Sequence[Known], spans: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    have = {(s.start, s.end) for s in spans} if known else set()
    for k in known:
        i, j = token_range(tokens, k.start, k.end)
        if i < j and tokens.words[i].lower() == "the":
            i += 1
            k = k._replace(start=tokens.starts[i] if i < j else k.end)
        if i < j and (k.start, k.end) not in have and (tokens.starts[i], tokens.ends[j - 1]) == (k.start, k.end):
            found.append(Span(k.start, k.end, i, j, "known"))
    return found


def _repeated(tokens: Tokens, head: str, spans: Sequence[Span]) -> list[Span]:
    """Return where the head of the title stands again, word by word, whatever its shape: "Next Zorb", "E$^2$-Zorb"."""
    have = {(s.start, s.end) for s in spans}
    found = []
    start = tokens.text.find(head)
    while start >= 0:
        end = start + len(head)
        i, j = token_range(tokens, start, end)
        if i < j and (start, end) not in have and (tokens.starts[i], tokens.ends[j - 1]) == (start, end):
            found.append(Span(start, end, i, j))
        start = tokens.text.find(head, end)
    return found


def _opens(surface: str) -> bool:
    """Whether a surface is an ordinary word that may have a capital only because a sentence begins."""
    if " " in surface or any(c.isupper() or c.isdigit() for c in surface[1:]):
        return False
    word = commonness(surface)
    return word.lower >= 7 and word.papers >= 6


_OPENS = Memo(_opens)


def _all_open(places: Sequence[Place], tokens: tuple[Tokens, Tokens]) -> bool:
    """Whether a surface stands nowhere but where a sentence begins."""
    return all(tokens[where].first[i] for where, _, _, i, _, _ in places)


def _only_titles(found: dict[str, list[Place]], title: Tokens, head: str) -> Collection[str]:
    """Return what looks like a name only because its title is written in title case."""
    long = [c for w, c in zip(title.words, title.classes, strict=True) if len(w) > 3 and w[0].isalpha()]
    if 2 * sum([c >= Class.CAPITAL for c in long]) <= len(long):
        return ()
    row, words = bytes(title.classes), title.words
    named = Class.NAME in row
    return {
        surface
        for surface, places in found.items()
        if places[-1][0] == TITLE  # the title's places come first
        and surface != head
        and (
            not named
            or not any(Class.NAME in row[i:j] for _, _, _, i, j, _ in places)
            or (
                " " in surface
                and any(
                    row[k] == Class.CAPITAL and commonness(words[k]).lower >= 3
                    for _, _, _, i, j, _ in places
                    for k in range(i, j)
                )
            )
        )
    }
