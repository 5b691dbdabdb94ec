"""What a user may say about a build, and how a build remembers it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from kgraph.errors import KgraphError
from kgraph.export.registry import OPTIONAL
from kgraph.graph.iris import CC0, DATA, is_base, is_iri


@dataclass(frozen=True)
class Options:
    """What decides the content of a build, besides its sources.

    `saved` is the date on which saved pages were saved, `vocab` are further vocabulary files and `judgements` CSV files
    on which names are the same thing, all as given; `strict` ends the build at the first record that can't be used.
    `columns` say which column of a table holds what, as "title=Name"; `also` are exports that are made only when asked
    for, by the names of their options. `license` is the IRI of the licence under which the facts may be used; what has
    less confidence than `min_confidence` (0 to 1) is left out.
    """

    saved: str = ""
    base_iri: str = DATA
    vocab: tuple[str, ...] = ()
    judgements: tuple[str, ...] = ()
    strict: bool = False
    columns: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    license: str = CC0
    min_confidence: float = 0.0

    def __post_init__(self) -> None:
        if self.saved and not is_date(self.saved):
            raise KgraphError(f"{self.saved!r} is no date", remedy="one like 2025-10-29, 2025-10 or 2025")
        if unknown := sorted(set(self.also) - OPTIONAL.keys()):
            raise KgraphError(f"no export is called {unknown[0]!r}", remedy=f"there are {', '.join(OPTIONAL)}")
        if not 0 <= self.min_confidence <= 1:
            raise KgraphError(f"{self.min_confidence:g} is no confidence", remedy="a number from 0 to 1")
        if not is_base(self.base_iri):
            raise KgraphError(
                f"{self.base_iri!r} can't begin IRIs", remedy="an absolute IRI that ends in / or #, without spaces"
            )
        if not is_iri(self.license):
            raise KgraphError(
                f"{self.license!r} is no IRI of a licence",
                remedy="one like https://creativecommons.org/licenses/by/4.0/",
            )

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the options that differ from their defaults, by their names on the command line, sorted."""
        found: set[tuple[str, str]] = set()
        for each in fields(self):
            value = getattr(self, each.name)
            if value != each.default:
                values = value if isinstance(value, tuple) else (value,)
                found.update((_name(each.name), _text(one)) for one in values)
        return tuple(sorted(found))

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[str, str]]) -> Options:
        """Return the options that `pairs` gave."""
        said: dict[str, list[str]] = {}
        for name, text in pairs:
            said.setdefault(name, []).append(text)
        known = {_name(each.name): each for each in fields(cls)}
        return cls(**{known[n].name: _value(known[n].default, texts) for n, texts in said.items() if n in known})


def _name(field: str) -> str:
    return "map" if field == "columns" else field.replace("_", "-")


def _text(value: object) -> str:
    return "true" if value is True else str(value)


def _value(default: object, texts: list[str]) -> Any:
    """Return what `texts` say, as the type that an option has by its default."""
    if isinstance(default, tuple):
        return tuple(texts)
    *_, last = texts
    if isinstance(default, bool):
        return last == "true"
    return float(last) if isinstance(default, float) else last


def is_date(text: str) -> bool:
    """Return whether `text` is a day, month or year that exists: 2025-10-29, 2025-10, 2025."""
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
        return False
    try:
        date.fromisoformat(text + "2000-01-01"[len(text) :])
    except ValueError:
        return False
    return True
