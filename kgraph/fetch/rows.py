"""A paper as fetched: one line of JSON with the names that the reader of rows knows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """What a service says of one paper; empty fields are left out of the line. `date` is ISO 8601 as far as known."""

    id: str
    title: str
    service: str
    abstract: str = ""
    date: str = ""
    authors: tuple[str, ...] = ()
    arxiv: str = ""
    doi: str = ""
    openalex: str = ""
    s2: str = ""
    venue: str = ""
    url: str = ""

    def line(self) -> str:
        """Return the row as one line of JSON, with its line break."""
        return json.dumps({k: v for k, v in asdict(self).items() if v}, ensure_ascii=False) + "\n"


def text(value: object) -> str:
    """Return a text with all white space single, or "" for what is no text."""
    if not isinstance(value, str):
        return ""
    return " ".join(value.encode("utf-8", "replace").decode().split())


def first(values: object) -> str:
    """Return the first text of a list, or the text itself."""
    if isinstance(values, list):
        return next((text(v) for v in values if text(v)), "")
    return text(values)


def names(people: object, *keys: str) -> tuple[str, ...]:
    """Return the names of a list of people, each an object with a name under the first of `keys` that holds one."""
    found: Iterable[Any] = people if isinstance(people, list) else ()
    said = (next((text(p[k]) for k in keys if text(p.get(k))), "") for p in found if isinstance(p, Mapping))
    return tuple(name for name in said if name)
