"""Read the unlabelled and the annotated papers that the extractor learns from."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgraph.text import digest, key


@dataclass(frozen=True)
class Text:
    """Title and abstract of one paper, with its venue where known."""

    title: str
    abstract: str
    venue: str = ""


@dataclass(frozen=True)
class Annotated:
    """A paper with its entities as gold/GUIDELINES.md defines them, hardware perhaps not among them.

    Where only some surfaces were judged, `judged` has them, and of others nothing is known.
    """

    title: str
    abstract: str
    entities: tuple[dict[str, Any], ...]
    without_hardware: bool = False
    judged: frozenset[str] | None = None


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSONL file, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def texts(paths: Iterable[Path], held_out: Iterable[Path] = ()) -> Iterator[Text]:
    """Yield the papers of `paths` once each, without those whose title stands in a `held_out` file."""
    seen = {key(str(row["title"])) for path in held_out for row in rows(path)}
    for path in paths:
        for row in rows(path):
            title, abstract = str(row.get("title") or ""), str(row.get("abstract") or "")
            mark = key(title)
            if abstract and mark not in seen:
                seen.add(mark)
                yield Text(title, abstract, str(row.get("venue") or ""))


def annotated_by_digest(annotations: Path, files: Iterable[Path]) -> list[Annotated]:
    """Return the papers of `annotations` whose texts stand in `files`, sorted by the digest of their titles.

    A row has either all `names` of a paper or what was `judged` of it, where a kind may be none.
    """
    wanted = {str(row["paper"]): row for row in rows(annotations)}
    found: dict[str, Annotated] = {}
    for text in texts(files):
        mark = digest(key(text.title))
        if mark in wanted and mark not in found:
            row = wanted[mark]
            said = row["judged"] if "judged" in row else row["names"]
            judged = frozenset(name for name, *_ in said) if "judged" in row else None
            entities = tuple(
                {"name": name, "type": kind, "surfaces": [name], "introduced": introduced}
                for name, kind, introduced in said
                if kind is not None
            )
            found[mark] = Annotated(text.title, text.abstract, entities, without_hardware=True, judged=judged)
    return [found[mark] for mark in sorted(found)]


def annotated(gold: Path, source: Path) -> list[Annotated]:
    """Return the papers of `gold` with their texts from `source`."""
    by_title = {key(str(row["title"])): row for row in rows(source)}
    found = []
    for row in rows(gold):
        text = by_title[key(str(row["title"]))]
        found.append(Annotated(str(text["title"]), str(text["abstract"]), tuple(row["entities"])))
    return found
