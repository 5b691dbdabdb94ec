"""What speaks for or against a candidate being a name, and a name of which kind, as sparse binary features.

A candidate is one surface with all its occurrences in one text: all of them are decided together, so the features of
all occurrences are put together. Features are short strings; the classifier maps them to weights.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kgraph.extract.memo import Memo
from kgraph.extract.names.lexicon import commonness, notion
from kgraph.extract.names.occurrences import CUT
from kgraph.extract.names.tokens import Tokens
from kgraph.extract.wordlists import words

_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]+|[a-z]+|[0-9.]+|[^\W\d_a-zA-Z]+")
_SHAPE = re.compile(r"(.)\1+")
_SIZE = re.compile(r"[0-9.]+[BMbm]\b")
_VERSION = re.compile(r"[vV]?[0-9]+(\.[0-9]+)*\Z")


@dataclass(slots=True)
class Candidate:
    """One surface of one text: where it occurs, and what was seen of it there.

    `describe` gives the features that a surface has in every text.
    """

    surface: str
    spans: list[tuple[int, int, int, int, int, str]]  # text, start, end, i, j, part
    describe: Callable[[str], Iterable[str]]
    here: list[str] = field(default_factory=list)

    @property
    def features(self) -> list[str]:
        """All features, each once: what a classifier learns from and decides on."""
        return list(dict.fromkeys((*self.describe(self.surface), *self.here)))


_OUTLINE = Memo(
    lambda c: "A" if c.isupper() else "a" if c.islower() else "0" if c.isdigit() else " " if c.isspace() else c
)


def outline(surface: str) -> str:
    """Return a surface with one sign for every kind of character: "vLLM-2" is "aAAA-0"."""
    return "".join(map(_OUTLINE.__getitem__, surface))


def shape(outlined: str) -> str:
    """Return the beginning of an outline without repetitions: "aAAA-0" is "aA-0"."""
    return _SHAPE.sub(r"\1", outlined)[:14]


class _Outlined(NamedTuple):
    """What an outline tells: the features, the shape, and whether all of it are capitals."""

    features: tuple[str, ...]
    shape: str
    capitals: bool


def _of_outline(outlined: str) -> _Outlined:
    shaped, size, count = shape(outlined), len(outlined), len(outlined.split())
    capitals = outlined.count("A") == size
    found = [f"sh={shaped}", f"n={min(count, 5)}", f"len={min(size, 16) // 2}"]
    if count == 1 and capitals:
        found.append(f"caps={min(size, 8)}")
    if "0" in outlined:
        found.append("digit")
    return _Outlined(tuple(found), shaped, capitals)


_OF_OUTLINE = Memo(_of_outline)


def of_surface(surface: str) -> list[str]:
    """Return the features of a surface by itself: shape, beginnings and endings, parts, commonness of its words."""
    lower = surface.lower()
    outlined = _OF_OUTLINE[outline(surface)]
    found = list(outlined.features)
    if _SIZE.search(surface):
        found.append("size")
    if len(lower) > 3:
        found += (f"^{lower[:3]}", f"{lower[-3:]}$")
    if len(lower) > 4:
        found += (f"^{lower[:4]}", f"{lower[-4:]}$")
    if len(lower) > 5:
        found += (f"^{lower[:5]}", f"{lower[-5:]}$")
    pieces = _CAMEL.findall(surface)
    if pieces:
        low = [p.lower() for p in pieces]
        found += (f"p0={low[0]}", f"pz={low[-1]}")
        found += [f"p={p}" for p in dict.fromkeys(low)]
        known = [commonness(p) for p in pieces if p.isalpha()]
        if known:
            found.append(f"pw={min(6, sum([k.lower >= 5 and k.papers > 3 for k in known]))}/{min(6, len(known))}")
    words = surface.split()
    found += _of_words(words) if len(words) > 1 else _of_word(surface, outlined.shape)
    judged = notion(surface)
    if judged is not None:
        found += (judged.value, f"{judged.value},{len(words) > 1:d}{outlined.capitals:d}")
    return found


def _of_words(words: list[str]) -> list[str]:
    """Return the features of the words of which a surface is made."""
    found = [f"w0={words[0].lower()}", f"wz={words[-1].lower()}"]
    if _VERSION.match(words[-1]):
        found.append("version")
    ratios = [commonness(w).lower for w in words if w[0].isalpha()]
    if ratios:
        found += (f"minlow={min(ratios)}", f"maxlow={max(ratios)}", f"rare={sum([r < 0 for r in ratios])}")
    return found


def _of_word(surface: str, shaped: str) -> tuple[str, ...]:
    """Return the features of a surface that is one word."""
    papers, lower = commonness(surface)
    return f"low={lower}", f"df={papers // 2}", f"lowdf={lower // 3},{papers // 3}", f"lowsh={lower // 2},{shaped[:4]}"


_OWN = words("our this the proposed these resulting")
_THINGS = {
    form: thing
    for thing, forms in {
        "model": "model models llm vlm vla mllm lm encoder decoder backbone network networks transformer checkpoints",
        "dataset": "dataset datasets corpus corpora data",
        "benchmark": "benchmark benchmarks testbed leaderboard suite",
        "framework": "framework system platform toolkit library engine runtime compiler simulator tool pipeline",
        "method": "method approach technique algorithm strategy mechanism scheme policy design attack",
        "hardware": "accelerator architecture processor chip hardware",
    }.items()
    for form in forms.split()
}
_TELLING = words(
    """
    parameters pretrained pre-trained pretraining fine-tuned training-free plug-and-play checkpoints weights
    annotated annotations samples throughput speedup overhead prototype implemented open-source family series
    """
)


def _role(word: str) -> int:
    """Return the sum of: 1 for a word of `_OWN`, 2 if it is "the", 4 for one of `_THINGS`, 8 for one of `_TELLING`."""
    low = word.lower()
    return (low in _OWN) + 2 * (low == "the") + 4 * (low in _THINGS) + 8 * (low in _TELLING)


_ROLE = Memo(_role)
_OWN_THING = re.compile(rb"([\1\3])(?=[^\4\x0c]{0,2}([\4\x0c]))")
_ITS_OWN = b"\1"
_TELLS = re.compile(rb"[\x08\x0c]")


def of_document(title: Tokens, abstract: Tokens) -> list[str]:
    """Return what a text says its own thing is: "our model", "the dataset", and the words behind the title's colon."""
    words = abstract.words
    roles = bytes(map(_ROLE.__getitem__, words))
    found = {f"Dw={words[m.start()].lower()}" for m in _TELLS.finditer(roles)}
    for m in _OWN_THING.finditer(roles):
        found.add(f"{'D' if m[1] == _ITS_OWN else 'Dthe'}={_THINGS[words[m.start(2)].lower()]}")
    subtitle = [w.lower() for w in title.words]
    if ":" in subtitle:
        behind = subtitle[subtitle.index(":") + 1 :]
        for word in behind:
            found.add(f"St={word}")
            if word in _THINGS:
                found.add(f"Stk={_THINGS[word]}")
        cut = next((k for k, w in enumerate(behind) if w in CUT or w == "via"), len(behind))
        if cut and not behind[0].endswith("ing") and not behind[cut - 1].endswith("s"):  # not "serving language models"
            found.add(f"Stz={behind[cut - 1]}")
            found.add(f"Stzk={_THINGS.get(behind[cut - 1], '-')}")
        if behind:
            found.add(f"St0={behind[0]}")
    return sorted(found)


def bucket(count: int) -> str:
    """Return a count as one of few steps."""
    return str(count) if count < 4 else "4-5" if count < 6 else "6+"


def document(counts: Sequence[int]) -> list[str]:
    """Return features of how often a candidate stands in title and abstract."""
    title, abstract = counts
    found = [f"times={bucket(abstract)}"]
    if title:
        found.append("in-title")
        found.append(f"title-times={bucket(abstract)}")
    return found
