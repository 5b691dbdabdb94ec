"""Who cites whom, as a service says it, and the file that keeps it.

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
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "citations.jsonl"


@dataclass(frozen=True, slots=True, order=True)
class Work:
    """A paper as a service knows it."""

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
