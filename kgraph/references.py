"""Who cites whom, as services say it, and the file of an export that keeps it.

`citations.jsonl` holds two kinds of lines, works first, each kind sorted:

    {"kind": "work", "key": "openalex:W1", "title": …, "year": 2023, "arxiv": …, "doi": …, "openalex": …, "s2": …}
    {"kind": "cites", "citing": "s2:1f…", "cited": "s2:0f40…", "source": "s2", "contexts": […], "intents": […]}

A key is "openalex:", "s2:" or "title:" and the id there (for "title:" a digest). Works that are mentioned in a "cites"
line alone are known by that id and nothing else. No line names a paper of the export by its id there: whatever is built
later, papers are found again by their identifiers and titles.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from kgraph.errors import InputError
from kgraph.identifiers import SCHEMES

FILE = "citations.jsonl"
YEARS = 2
"""Most years between a preprint and its publication; 99 % of such pairs of records lie within."""
_REMEDY = "make it again with kgraph cite"


@dataclass(frozen=True, slots=True, order=True)
class Work:
    """A paper as a service knows it; `key` is how the lines of the file name it."""

    key: str
    title: str = ""
    year: int | None = None
    arxiv: str = ""
    doi: str = ""
    openalex: str = ""
    s2: str = ""

    def line(self) -> str:
        """Return the line of the file."""
        return _line("work", {k: v for k, v in asdict(self).items() if v})

    def __or__(self, other: Work) -> Work:
        """Return one work from two on it, under this one's key: each field from the first that has it."""
        return replace(
            self, **{name: getattr(self, name) or getattr(other, name) for name in ("title", "year", *SCHEMES)}
        )


@dataclass(frozen=True, slots=True, order=True)
class Cites:
    """One work cites another; `contexts` are sentences of the citing one, `intents` what the service thinks they do."""

    citing: str
    cited: str
    source: str
    contexts: tuple[str, ...] = ()
    intents: tuple[str, ...] = ()

    def line(self) -> str:
        """Return the line of the file."""
        return _line("cites", {k: v for k, v in asdict(self).items() if v})


@dataclass(frozen=True, slots=True)
class References:
    """What a file says: works by key, and who cites whom."""

    works: Mapping[str, Work] = field(default_factory=dict)
    edges: tuple[Cites, ...] = ()


def _line(kind: str, fields: dict[str, object]) -> str:
    return json.dumps({"kind": kind, **fields}, ensure_ascii=False) + "\n"


def write(path: Path, works: Iterable[Work], edges: Iterable[Cites]) -> None:
    """Write the file, whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8") as out:
        out.writelines(work.line() for work in sorted(set(works), key=lambda w: (w.key, w.line())))
        out.writelines(edge.line() for edge in sorted(set(edges)))
        out.flush()
        os.fsync(out.fileno())
    os.replace(part, path)


def read(path: Path) -> References:
    """Return what a file says; InputError with file and line where a line is none of its two kinds."""
    works: dict[str, Work] = {}
    edges: list[Cites] = []
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    said = parsed(line)
                except ValueError as error:
                    raise wrong(path, number, str(error)) from None
                if isinstance(said, Cites):
                    edges.append(said)
                else:
                    works[said.key] = both(works[said.key], said) if said.key in works else said
    except UnicodeDecodeError:
        raise InputError("not text in UTF-8", where=str(path), remedy=_REMEDY) from None
    return References(works, tuple(edges))


def parsed(line: str) -> Work | Cites:
    """Return what a line of the file says; ValueError where it is none of its two kinds."""
    try:
        item = _object(line)
        if item["kind"] == "work":
            return _work(item)
        if item["kind"] == "cites":
            return _edge(item)
    except KeyError as error:
        raise ValueError(f"lacks {error}") from None
    except TypeError as error:
        raise ValueError(str(error)) from None
    raise ValueError(f"unknown kind {item['kind']!r}")


def wrong(path: Path, number: int, why: str) -> InputError:
    """Return the error for a line that is none of the two kinds."""
    return InputError(why, where=f"{path}: line {number}", remedy=_REMEDY)


def _object(line: str) -> dict[str, Any]:
    value = json.loads(line)
    if not isinstance(value, dict):
        raise ValueError("expected an object")
    return value


def _work(item: Mapping[str, Any]) -> Work:
    year = item.get("year")
    texts = {name: str(item.get(name) or "") for name in ("title", *SCHEMES)}
    return Work(_key(item["key"]), year=year if isinstance(year, int) else None, **texts)


def _key(value: object) -> str:
    scheme, _, id_ = str(value).partition(":")
    if scheme not in ("openalex", "s2", "title") or not id_:
        raise ValueError(f"{value!r} is no key")
    return f"{scheme}:{id_}"


def _edge(item: Mapping[str, Any]) -> Cites:
    contexts, intents = (tuple(map(str, item.get(name) or ())) for name in ("contexts", "intents"))
    return Cites(_key(item["citing"]), _key(item["cited"]), str(item.get("source") or ""), contexts, intents)


def both(one: Work, other: Work) -> Work:
    """Return one work from two lines on it, whatever their order."""
    a, b = sorted((one, other), key=repr)
    return a | b
