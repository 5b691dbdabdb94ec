"""Every file that the build wrote is there, and holds what the tables hold: it is written again and compared."""

from __future__ import annotations

import filecmp
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from kgraph.check.outcome import Finding, Outcome
from kgraph.export.registry import Build, exports, steps
from kgraph.graph import tables
from kgraph.graph.iris import DATA
from kgraph.graph.provenance import FILE
from kgraph.model import Knowledge, Record
from kgraph.words import count


def check_files(
    folder: Path,
    knowledge: Knowledge,
    records: tuple[Record, ...],
    *,
    unlike: str = "",
    said: Callable[[str], None] = lambda name: None,
) -> Outcome:
    """Return every file of the export that is missing, or is not byte for byte what the tables give.

    `unlike` says why files can't be compared, such as that another kgraph wrote them: then only their presence is
    checked. The tables themselves and build.json, which others check, are not written again. `said` is called with the
    name of each file before it is.
    """
    names = exports(knowledge.provenance)
    findings = [
        Finding(name, "missing (kgraph rebuild writes it again)") for name in names if not (folder / name).exists()
    ]
    present = [name for name in names if (folder / name).exists() and name not in (tables.FOLDER, FILE)]
    if not unlike:
        try:
            findings += _other(folder, present, _build(folder, knowledge, records), said)
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            findings.append(
                Finding(tables.FOLDER, f"no files can be made of these tables: {type(error).__name__}: {error}")
            )
    return Outcome("files", count(len(names), "file"), tuple(sorted(findings)), unlike)


def _build(folder: Path, knowledge: Knowledge, records: tuple[Record, ...]) -> Build:
    base = dict(knowledge.provenance.options).get("base-iri", DATA)
    return Build(knowledge, records, tables.load_extractions(folder), base, tables.load_decisions(folder))


def _other(folder: Path, names: list[str], build: Build, said: Callable[[str], None]) -> Iterator[Finding]:
    with tempfile.TemporaryDirectory(prefix="kgraph-check-") as made:
        place = Path(made)
        for step in steps(names):
            said(", ".join(step.names))
            step.write(build, place)
            for name in step.names:
                yield from _differing(folder / name, place / name, name)
                _away(place / name)


def _differing(there: Path, made: Path, name: str) -> Iterator[Finding]:
    if made.is_dir():
        own = {path.name for path in made.iterdir()}
        other = {path.name for path in there.iterdir()} if there.is_dir() else set()
        for inner in sorted(own | other):
            yield from _differing(there / inner, made / inner, f"{name}/{inner}")
    elif not there.is_file() or not made.exists():
        yield Finding(name, "missing" if made.exists() else "no part of this export")
    elif not filecmp.cmp(there, made, shallow=False):
        yield Finding(name, f"changed since it was written{_place(there, made)}")


def _place(there: Path, made: Path) -> str:
    """Return the first line at which a file is other than it should be, in words, where it has short enough lines."""
    with there.open("rb") as left, made.open("rb") as right:
        for number, (a, b) in enumerate(zip(left, right, strict=False), 1):
            if a != b:
                return f": line {number} is not what the tables give"
    return ": it is shorter or longer than what the tables give"


def _away(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
