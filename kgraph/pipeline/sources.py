"""The files that a user's arguments mean, and all records in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from glob import glob, has_magic
from itertools import islice
from pathlib import Path

import kgraph.sample
from kgraph.errors import InputError
from kgraph.export.registry import FILES
from kgraph.graph.provenance import STAGING
from kgraph.model import Record, Skip, Source
from kgraph.pipeline.progress import Progress
from kgraph.read import Options as ReadOptions
from kgraph.read import expand, read
from kgraph.references import FILE as CITATIONS

TABLE, JSON = "table", ("JSON", "JSON Lines", "Parquet")
"""Formats of rows with names of their own."""

SAMPLE = "sample"
"""How the files of the embedded sample are shown: as if they lay in a folder of this name."""


PARTS = "parts"
"""The folder in an export folder in which a cluster's build puts its parts: an export of its own, without pages."""


FEW = 5
"""Reasons, and places of each, that an error names where nothing could be read."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to read: where it is, and how it is named in the graph (as the user named it)."""

    path: Path
    shown: str


@dataclass(frozen=True, slots=True)
class Found:
    """The files of a build, sorted by their shown names, and places that couldn't be entered."""

    files: tuple[File, ...]
    skipped: tuple[Skip, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """All records in the order of their files, the files, and what a user should know."""

    records: tuple[Record, ...]
    sources: tuple[Source, ...]
    notes: tuple[str, ...] = ()


def find(inputs: Sequence[str], *, out: Path | None = None, bases: Sequence[Path] = (Path(),)) -> Found:
    """Return the files that `inputs` mean (none: the embedded sample), sorted by their shown names.

    An input is a file, a folder or a pattern. What lies in the folder `out` is left out; of inputs that lie in `out`
    themselves only kgraph's own files are. A relative input is looked for below each of `bases` in turn. InputError
    where there is no such file.
    """
    if not inputs:
        return _sample()
    files: dict[Path, File] = {}
    skipped: list[Skip] = []
    own = out.resolve() if out else None
    for given in sorted({path for one in inputs for path in _matching(one, bases)}):
        place = locate(given, bases)
        expanded = expand([place])
        skipped += [Skip(_shown(Path(skip.where), place, given), skip.why) for skip in expanded.skipped]
        for path in expanded.files:
            real = path.resolve()
            if own is None or not _is_output(real, own, place.resolve()):
                files.setdefault(real, File(path, _shown(path, place, given)))
    if not files:
        raise InputError("nothing to read here but kgraph's own output", where=", ".join(inputs))
    return Found(tuple(sorted(files.values(), key=lambda file: file.shown)), tuple(skipped))


def _is_output(file: Path, out: Path, place: Path) -> bool:
    if not file.is_relative_to(out):
        return False
    return not place.is_relative_to(out) or file.relative_to(out).parts[0] in {*FILES, CITATIONS, STAGING, PARTS}


def _sample() -> Found:
    folder = Path(kgraph.sample.__file__).parent
    paths = sorted(path for path in folder.iterdir() if path.is_file() and path.suffix in {".txt", ".csv", ".jsonl"})
    return Found(tuple(File(path, f"{SAMPLE}/{path.name}") for path in paths))


def _matching(given: str, bases: Sequence[Path]) -> list[str]:
    """Return the paths that a pattern means ("works/*/part_*.gz"), or what was given where it is none or fits none."""
    if not has_magic(given) or any((base / given).exists() for base in bases):
        return [given]
    found = [sorted(glob(given, root_dir=base, recursive=True)) for base in bases]
    return next(filter(None, found), [given])


def locate(given: str, bases: Sequence[Path]) -> Path:
    """Return the path that an argument means: below the first of `bases` that has it."""
    places = [base / given for base in bases]
    for place in places:
        if place.exists() or place.is_symlink():
            return place
    if given == "-":
        raise InputError(
            "a build names its sources, so that it can be done again, and standard input is gone by then",
            remedy="write it to a file first; `kgraph extract -` reads standard input",
        )
    tried = " and ".join(str(place.absolute()) for place in places)
    remedy = f"looked for {tried}; if it is gone for good, build again without it" if len(bases) > 1 else ""
    raise InputError("there is no such file or folder", where=given, remedy=remedy)


def _shown(path: Path, place: Path, given: str) -> str:
    """Return how a file below `place` is named: as the user would have, with forward slashes everywhere."""
    below = path.relative_to(place) if path != place else Path()
    return (Path(given) / below).as_posix()


def digests(found: Found) -> dict[str, str]:
    """Return the SHA-256 of each file by its shown name."""
    return {file.shown: sha256_of(file.path) for file in found.files}


def citations_file(out: Path | None) -> Path | None:
    """Return the file of citations in the export folder `out`, where `kgraph cite` has written one."""
    path = out / CITATIONS if out else None
    return path if path and path.is_file() else None


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file; OSError if it can't be read."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def read_all(found: Found, progress: Progress, *, strict: bool = False, columns: Sequence[str] = ()) -> Read:
    """Read every file. What can't be used is counted in the source it stood in.

    `columns` say which column of a table holds what ("title=Name"). InputError if nothing at all could be read, or if
    `strict` and anything was skipped.
    """
    options = read_options(columns)
    records: list[Record] = []
    sources: list[Source] = []
    notes: list[str] = []
    if strict and found.skipped:
        raise strictly(found.skipped[0])
    with progress.stage("read", None, "records") as advance:
        for file in found.files:
            before = len(records)
            for one in stream(file, options):
                if isinstance(one, Record):
                    records.append(one)
                    continue
                source, said = one
                if strict and source.skipped:
                    raise strictly(source.skipped[0])
                sources.append(source)
                notes += said
            advance(len(records) - before)
    notes += [f"{skip.where}: {skip.why}" for skip in found.skipped]
    if not records:
        raise InputError("no papers found: " + _reasons([skip for source in sources for skip in source.skipped]))
    return Read(tuple(records), tuple(sources), tuple(notes))


def _reasons(skips: Sequence[Skip]) -> str:
    """Return why nothing could be read: each reason once, with the places that it holds for."""
    places: dict[str, list[str]] = {}
    for skip in skips:
        places.setdefault(skip.why, []).append(skip.where)
    said = []
    for why, where in islice(places.items(), FEW):
        more = f" and {len(where) - FEW:,} more" if len(where) > FEW else ""
        said.append(f"{', '.join(where[:FEW])}{more}: {why}")
    return "; ".join(said) + (f"; and {len(places) - FEW:,} other reasons" if len(places) > FEW else "")


def read_options(columns: Sequence[str]) -> ReadOptions:
    """Return what readers are told of columns; InputError where one is no mapping."""
    return ReadOptions(dict(map(_column, columns)))


def _column(said: str) -> tuple[str, str]:
    field, equals, column = said.partition("=")
    if not equals or not field.strip() or not column.strip():
        raise InputError(f"{said!r} is no mapping", where="--map", remedy="write it as title=Name")
    return field.strip(), column.strip()


def strictly(skip: Skip) -> InputError:
    """Return the error for what was skipped where nothing may be."""
    return InputError(skip.why, where=skip.where, remedy="mend it, or build without --strict to go on without it")


def stream(file: File, options: ReadOptions) -> Iterator[Record | tuple[Source, tuple[str, ...]]]:
    """Yield the records of a file, and last what it was and what a user should know."""
    try:
        reading = read(file.path, shown=file.shown, options=options)
    except InputError as error:
        why = f"{error.what} ({error.remedy})" if error.remedy else error.what
        yield Source(file.shown, "unknown", _sha256_if_any(file.path), 0, (Skip(error.where or file.shown, why),)), ()
        return
    told = identified = False
    for record in reading:
        told = told or bool(record.abstract)
        identified = identified or bool(record.arxiv or record.doi)
        yield record
    notes = reading.notes
    # a table of identifiers adds to papers that others tell of; anything else without abstracts tells next to nothing
    if reading.count and not told and not (identified and reading.format == TABLE):
        notes = (*notes, f"{file.shown}: {_no_abstracts(reading.count, reading.format)}")
    yield Source(file.shown, reading.format, reading.sha256, reading.count, tuple(reading.skipped)), notes


def _no_abstracts(records: int, kind: str) -> str:
    own = "; if a column or field of another name holds them, say so with --map abstract=NAME"
    which = "its one record has no abstract" if records == 1 else f"none of its {records:,} records has an abstract"
    return f"{which}, so only titles are read{own if kind in (TABLE, *JSON) else ''}"


def _sha256_if_any(path: Path) -> str:
    """Return the digest of a file, or "" if it can't be read at all."""
    try:
        return sha256_of(path)
    except OSError:
        return ""
