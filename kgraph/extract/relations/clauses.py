"""A sentence as a row of words, names and numbers, and who takes part in it.

Relations are read off these rows: a name and a number are one token each, whatever characters they hold, so that rules
speak of "name, verb, name" and not of letters. Only sentences with names that may relate are ever tokenised.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from kgraph.extract.memo import Memo
from kgraph.extract.relations.quantities import Found, quantities
from kgraph.model import PAPER, Kind, Level, Mention, Quantity, Where

_TOKEN = re.compile(
    r"((?:e\.g|i\.e|w\.r\.t|vs|cf|et al)\.(?=[\s,)])|(?<!-)[-–][A-Za-z][\w'’-]*|[^\W\d_]+(?:[-–'’][^\W_]+)*|"
    r"\d[\d.,]*\d|\d|\S)"
)


class Token(NamedTuple):
    """A word, a name (`mention`), a number (`quantity`) or a sign; `low` is its text in lower case.

    `thing` says that the name can be an end of a relation between things here; `name` is that of the mention, or "".
    """

    low: str
    start: int
    end: int
    mention: Mention | None = None
    quantity: Quantity | None = None
    thing: bool = False
    name: str = ""


@dataclass(frozen=True)
class Sentence:
    """A stretch [start, end) of a title or abstract, `text` being all of it, and the tokens of its names.

    Its other tokens are found once they are asked for.
    """

    where: Where
    text: str
    start: int
    end: int
    named: tuple[Token, ...]

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """All tokens in order; a number inside a name is none."""
        tokens: list[Token] = []
        at = self.start
        for name in self.named:
            tokens += _plain(self.text, at, name.start)
            tokens.append(name)
            at = name.end
        return (*tokens, *_plain(self.text, at, self.end))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The tokens in lower case."""
        return tuple([t.low for t in self.tokens])

    def relates(self, own: frozenset[str]) -> bool:
        """Return whether it names two things, or one that is not the paper's `own`: a relation needs that."""
        things = {name.name for name in self.named if name.thing}
        return len(things) > 1 or not things <= own


SURE = 0.5
"""From this confidence on an introduced name stands for "we": a wrong one would speak for the whole paper."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The named things of one text.

    `primary` is the name that "we", "our system" and "it" stand for: the introduced system, model or product that the
    title or else the abstract gives first, or `PAPER` where there is none that is rather a name than not.
    """

    primary: str
    own: frozenset[str]
    kinds: Mapping[str, Kind]
    levels: Mapping[str, Level | None]


def cast_of(mentions: Sequence[Mention]) -> Cast:
    """Return who takes part in a text with these mentions (in reading order or not)."""
    ordered = sorted(mentions, key=lambda m: (m.where is not Where.TITLE, m.start))
    own = {m.name for m in ordered if m.introduced}
    datasets = datasets_act(ordered)
    sure = {m.name for m in ordered if m.introduced and m.confidence >= SURE}
    actors = [m for m in ordered if m.name in sure and (datasets or m.kind is not Kind.DATASET)]
    return Cast(
        primary=actors[0].name if actors else PAPER,
        own=frozenset(own),
        kinds={m.name: m.kind for m in reversed(ordered)},
        levels={m.name: m.level for m in reversed(ordered)},
    )


def datasets_act(mentions: Iterable[Mention]) -> bool:
    """Return whether a text's own work is data, so that data sets are compared like systems elsewhere."""
    kinds = {m.kind for m in mentions if m.introduced}
    return kinds == {Kind.DATASET}


def sentences_with_names(title: str, abstract: str, mentions: Iterable[Mention]) -> list[Sentence]:
    """Return the sentences that hold a mention, title first, in reading order."""
    held = list(mentions)
    datasets = datasets_act(held)
    texts = {Where.TITLE: title, Where.ABSTRACT: abstract}
    groups: dict[tuple[bool, int, int], list[Mention]] = {}
    for m in held:
        text = texts[m.where]
        if 0 <= m.sentence_start <= m.start < m.end <= min(m.sentence_end, len(text)):
            groups.setdefault((m.where is Where.ABSTRACT, m.sentence_start, m.sentence_end), []).append(m)
    out: list[Sentence] = []
    for (in_abstract, start, end), group in sorted(groups.items(), key=lambda item: item[0]):
        where = Where.ABSTRACT if in_abstract else Where.TITLE
        out.append(read_sentence(texts[where], where, start, end, group, datasets=datasets))
    return out


def read_sentence(
    text: str, where: Where, start: int, end: int, mentions: Iterable[Mention], *, datasets: bool = False
) -> Sentence:
    """Return `text[start:end]` as a sentence; of overlapping mentions the longer counts.

    Data sets are things that relations hold between only if `datasets`.
    """
    named: list[Token] = []
    taken = start
    for m in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if m.start >= taken:
            low, thing = text[m.start : m.end].lower(), datasets or m.kind is not Kind.DATASET
            named.append(Token(low, m.start, m.end, mention=m, thing=thing, name=m.name))
            taken = m.end
    return Sentence(where, text, start, end, tuple(named))


def _plain(text: str, start: int, end: int) -> list[Token]:
    """Return the tokens of a stretch without names."""
    found: list[Found] = quantities(text, start, end) if end - start > 1 else []
    out: list[Token] = []
    at = start
    for f in [*found, None]:
        stop = f.start if f else end
        pieces = _TOKEN.split(text[at:stop])  # gap, word, gap, ..., gap
        edges = list(accumulate(map(len, pieces), initial=at))
        out += map(Token, map(_LOW.__getitem__, pieces[1::2]), edges[1::2], edges[2::2])
        if f:
            out.append(Token(f.quantity.text.lower(), f.start, f.end, quantity=f.quantity))
            at = f.end
    return out


def _low(word: str) -> str:
    """Return a word in lower case, an abbreviation without its last full stop ("e.g." and "e.g" are one word)."""
    return word.lower().rstrip(".") if len(word) > 1 else word.lower()


_LOW = Memo(_low)
