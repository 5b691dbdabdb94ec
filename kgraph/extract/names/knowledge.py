"""What names were taken for in many other papers: priors that help where the context says little.

The table is counted by tools/build_names_table.py from unlabelled papers: for each surface, and for each stem (so that
"Qwen9-400B" profits from what is known of "Qwen"), the number of papers and the mean probability of each
kind, in tenths.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from kgraph.extract.memo import Memo
from kgraph.extract.names.features import of_surface
from kgraph.extract.names.lexicon import DATA
from kgraph.text import key

_STEM = re.compile(r"[^\W\d_]+")

PRIOR_FEATURES = ("k=", "k^")
"""How the features of `Knowledge.features` begin."""

Prior = tuple[int, int, int, int, int]
"""Binary logarithm of the number of papers; tenths of system, model, dataset, introduced."""


def stem(surface: str) -> str:
    """Return the letters with which a surface begins, folded: "llama" of "LLaMA-2-7B"."""
    match = _STEM.search(surface)
    return match[0].casefold() if match else ""


@lru_cache(maxsize=1 << 16)
def folded(surface: str) -> str:
    """Return the key under which a surface stands in the table."""
    return key(surface)


def distinct(surface: str) -> str:
    """Return the key of a surface with its last pluses, which make another name: LoRA+ is not LoRA."""
    return folded(surface) + surface[len(surface.rstrip("+")) :]


def encode(prior: Prior) -> str:
    """Return a prior as the five characters that stand in the table; numbers from 0 on begin at "0"."""
    return "".join(chr(48 + number) for number in prior)


@lru_cache(maxsize=1 << 12)
def decode(code: str) -> Prior:
    """Return the prior that `encode` wrote."""
    a, b, c, d, e = (ord(sign) - 48 for sign in list(code))
    return a, b, c, d, e


@lru_cache(maxsize=1 << 14)
def _features(mark: str, code: str | None) -> tuple[str, ...]:
    if code is None:
        return (f"k{mark}?",)
    papers, *kinds, introduced = decode(code)
    size = min(papers // 2, 4)
    total = min(10, sum(kinds))
    top = max(range(3), key=lambda k: kinds[k])
    share = 10 * kinds[top] // max(1, sum(kinds))
    found = [f"k{mark}{total // 2}:{size}"]
    found += [f"k{mark}{kind}{tenths}" for kind, tenths in zip("smd", kinds, strict=True)]
    found.append(f"k{mark}top={'smd'[top]}{share // 3},{total // 3},{size > 0:d}")
    if introduced:
        found.append(f"k{mark}i{min(introduced, 3)}:{size}")
    return tuple(found)


@dataclass(frozen=True, eq=False)
class Knowledge:
    """Encoded priors by "=" and the key of a surface, or "^" and its stem."""

    table: Mapping[str, str]

    def __reduce__(self) -> tuple[type[Knowledge], tuple[Mapping[str, str]]]:
        return Knowledge, (self.table,)  # without what it remembers

    @cached_property
    def hopeless(self) -> Memo[bool]:
        """Whether a surface stands in many papers and is hardly ever taken for a name, as "LLM"."""
        return Memo(self._hopeless)

    @cached_property
    def top(self) -> Memo[str]:
        """The kind ("model") that a surface is mostly taken for, or an empty string if that is not clear."""
        return Memo(self._top)

    def always(self, surface: str) -> list[str]:
        """Return the features that a surface has in every text, each once: its shape, its words, its priors."""
        return of_surface(surface) + self.features(surface)

    def features(self, surface: str) -> list[str]:
        """Return what is known of a surface as features."""
        if not self.table:
            return []
        whole, first = folded(surface), stem(surface)
        code = self.table.get("=" + whole)
        if code is None and whole.endswith("s"):
            code = self.table.get("=" + whole[:-1])
        return [*_features("=", code), *_features("^", self.table.get("^" + first))]

    def _hopeless(self, surface: str) -> bool:
        if not (" " in surface or surface[1:].islower() or surface.rstrip("s").isupper()):  # "TransForm": "transform"
            return False
        code = self.table.get("=" + folded(surface))
        return code is not None and code[1:4] == "000" and decode(code)[0] >= 6

    def _top(self, surface: str) -> str:
        code = self.table.get("=" + folded(surface))
        if code is None:
            return ""
        kinds = decode(code)[1:4]
        best = max(range(3), key=lambda k: kinds[k])
        return ("system", "model", "dataset")[best] if kinds[best] >= 4 and 2 * kinds[best] >= sum(kinds) else ""


EMPTY = Knowledge({})


@cache
def load(path: Path = DATA / "known.tsv.gz") -> Knowledge:
    """Return the table that ships."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = (line.partition("\t") for line in lines.read().splitlines())
        return Knowledge({name: code for name, _, code in rows})
