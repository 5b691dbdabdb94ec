"""What a service must be able to do for us, and what is wanted of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kgraph.errors import InputError
from kgraph.fetch.rows import Row
from kgraph.http import Client
from kgraph.text import digest


@dataclass(frozen=True, slots=True)
class Wanted:
    """The papers that are wanted: by `ids`, or by a query, days (ISO 8601, both inclusive), or both."""

    query: str = ""
    since: str = ""
    until: str = ""
    ids: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """What tells one wish from another."""
        return digest(json.dumps(asdict(self), sort_keys=True))


@dataclass(frozen=True, slots=True)
class Page:
    """Part of an answer: papers, where to go on (None at the end), how many there are in all, and what is wrong.

    `missing` are ids that the service doesn't know; `unusable` counts items without a title.
    """

    rows: tuple[Row, ...]
    next: str | None = None
    total: int | None = None
    missing: tuple[str, ...] = ()
    unusable: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A service: how it searches, looks ids up, and which ids it understands.

    `search(client, wanted, cursor)` starts at the cursor `start(wanted)`. `identify` returns the normal form of an id
    or "". `lookup` takes up to `batch` normal ids. `opaque` cursors are the service's own and may have expired. `place`
    says for people where a cursor is, where a service doesn't tell how many papers there are.
    """

    name: str
    batch: int
    ids: str
    opaque: bool
    identify: Callable[[str], str]
    lookup: Callable[[Client, Sequence[str]], Page]
    start: Callable[[Wanted], str]
    search: Callable[[Client, Wanted, str], Page]
    place: Callable[[str], str] = lambda cursor: ""


def normal_ids(source: Source, given: Sequence[str]) -> tuple[str, ...]:
    """Return the ids in normal form, each once and in order; InputError names the first that is none."""
    found: dict[str, None] = {}
    for text in given:
        normal = source.identify(text)
        if not normal:
            raise InputError(f"{text.strip()[:80]!r} is no id that {source.name} knows", remedy=f"give {source.ids}")
        found[normal] = None
    return tuple(found)


def usable(items: Sequence[object], row: Callable[[Any], Row | None]) -> tuple[tuple[Row, ...], int]:
    """Return the rows of the items, and how many items were none."""
    rows = [row(item) if isinstance(item, dict) else None for item in items]
    return tuple(r for r in rows if r is not None), sum(r is None for r in rows)


def held(value: object, *keys: str) -> object:
    """Return what an answer holds under nested keys, or None."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def listed(value: object, *keys: str) -> list[Any]:
    """Return the list that an answer holds under nested keys; empty where it holds none."""
    found = held(value, *keys)
    return found if isinstance(found, list) else []


def holding(kind: type, *keys: str) -> Callable[[bytes], str]:
    """Return a check that an answer holds a value of this kind under nested keys: an answer of another shape than the
    service documents must not pass for an empty one.
    """

    def check(body: bytes) -> str:
        if isinstance(held(json.loads(body), *keys), kind):
            return ""
        return f"an answer of another shape than documented: no {'.'.join(keys) or kind.__name__}"

    return check


def whole(value: object) -> int | None:
    """Return a count, or None for what is no count."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
