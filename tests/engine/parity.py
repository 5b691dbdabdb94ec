"""What the parts of a cluster's build say, to hold against a build in one process."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from kgraph.engine.local import LocalEngine
from kgraph.export.publish import publish
from kgraph.pipeline.build import build
from kgraph.pipeline.options import Options
from kgraph.pipeline.progress import Silent
from kgraph.pipeline.sources import PARTS


def rows_of(path: Path) -> list[str]:
    """Return the rows of a table, of one file or many, each as text, sorted."""
    return sorted(json.dumps(row, sort_keys=True) for row in pq.read_table(path, partitioning=None).to_pylist())


def lines_of(folder: Path) -> list[str]:
    return sorted(
        line for part in sorted(folder.rglob("*.nt.gz")) for line in gzip.open(part, "rt", encoding="utf-8", newline="")
    )


def local(inputs: Iterable[str], out: Path, options: Options | None = None) -> Path:
    out.mkdir()
    with LocalEngine(1) as engine:
        publish(build(list(inputs), options or Options(), engine, Silent()).build, out)
    return out


def differences(out: Path, here: Path) -> dict[str, Any]:
    """Return what the parts of `out` and the local export `here` differ in, by table; nothing if they are equal."""
    found: dict[str, Any] = {}
    tables = sorted(path.name for path in (here / "tables").iterdir())
    assert tables == sorted(path.name for path in (out / PARTS / "tables").iterdir())
    for name in tables:
        ours, theirs = rows_of(out / PARTS / "tables" / name), rows_of(here / "tables" / name)
        if ours != theirs:
            found[name] = (set(ours) - set(theirs), set(theirs) - set(ours), len(ours), len(theirs))
    lines = (here / "graph.nq").read_text(encoding="utf-8").splitlines(keepends=True)
    ours = lines_of(out / PARTS / "triples")
    if ours != sorted(lines):
        found["triples"] = (set(ours) - set(lines), set(lines) - set(ours), len(ours), len(lines))
    one, other = ((folder / "build.json").read_text(encoding="utf-8") for folder in (out / PARTS, here))
    if one != other:
        found["build.json"] = (one, other)
    return found
