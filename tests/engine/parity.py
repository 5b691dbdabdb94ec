"""What the parts of a cluster's build say, to hold against a build in one process."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from pyoxigraph import RdfFormat, parse, serialize

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


def packed(files: Iterable[Path]) -> list[str]:
    """The lines of compressed files, sorted."""
    return sorted(line for file in files for line in gzip.open(file, "rt", encoding="utf-8", newline="\n"))


def local(inputs: Iterable[str], out: Path, options: Options | None = None) -> Path:
    """Build with one process; citations are those of the file that lies in `out`."""
    out.mkdir(exist_ok=True)
    with LocalEngine(1) as engine:
        publish(build(list(inputs), options or Options(), engine, Silent(), out=out).build, out)
    return out


def _lines(data: bytes | None) -> list[str]:
    return sorted((data or b"").decode().split("\n"))


def _optional(parts: Path, here: Path) -> dict[str, Any]:
    """Return what exports differ in that were asked for: some lines only in the parts, some only here, and numbers."""
    pairs: dict[str, tuple[list[str], list[str]]] = {}
    if (here / "nanopublications.trig").exists():
        quads = parse((here / "nanopublications.trig").read_bytes(), format=RdfFormat.TRIG)
        ours = packed((parts / "nanopublications").iterdir())
        pairs["nanopublications"] = ours, _lines(serialize(quads, format=RdfFormat.N_QUADS))
    if (here / "graph.rdf12.ttl").exists():
        triples = (quad.triple for quad in parse((here / "graph.rdf12.ttl").read_bytes(), format=RdfFormat.TURTLE))
        files = [*(parts / "triples").rglob("*.gz"), *(parts / "rdf12").rglob("*.gz")]
        ours = packed(file for file in files if "triples/whole" not in file.as_posix())
        pairs["rdf12"] = ours, _lines(serialize(triples, format=RdfFormat.N_TRIPLES))
    if (here / "neo4j").exists():
        tables = sorted((here / "neo4j").glob("*.csv"))
        assert len(list((parts / "neo4j").glob("*-header.csv"))) == len(tables)
        for table in tables:
            first = (parts / "neo4j" / f"{table.stem}-header.csv").read_bytes()
            ours = [first.decode(), *packed((parts / "neo4j" / table.stem).glob("part-*.csv.gz"))]
            pairs[f"neo4j/{table.name}"] = ours, _lines(table.read_bytes())
    return {
        name: (sorted(set(ours) - set(theirs))[:9], sorted(set(theirs) - set(ours))[:9], len(ours), len(theirs))
        for name, (ours, theirs) in pairs.items()
        if sorted(line.removesuffix("\n") for line in [*ours, ""]) != theirs
    }


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
    found |= _optional(out / PARTS, here)
    one, other = ((folder / "build.json").read_text(encoding="utf-8") for folder in (out / PARTS, here))
    if one != other:
        found["build.json"] = (one, other)
    return found
