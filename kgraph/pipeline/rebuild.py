"""A build done again: only texts that were not read before by the same extractor are read again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kgraph.engine import Engine
from kgraph.errors import GraphError
from kgraph.export.registry import exports
from kgraph.graph import provenance, tables
from kgraph.model import Extraction, Provenance
from kgraph.pipeline import fingerprint
from kgraph.pipeline.build import Result, build
from kgraph.pipeline.options import Options
from kgraph.pipeline.progress import Progress
from kgraph.pipeline.sources import Found, citations_file, digests, find, locate, sha256_of
from kgraph.references import FILE as CITATIONS


@dataclass(frozen=True)
class Changes:
    """What differs from the last build: source files by shown name, whether vocabulary or extractor changed, and
    whether kgraph or a judgement did.

    `damaged` tells that files of the export are missing.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    extractor: bool = False
    program: bool = False
    damaged: bool = False

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed or self.extractor or self.program or self.damaged)


@dataclass(frozen=True)
class Last:
    """The last build of a folder, and what its recorded arguments mean now."""

    folder: Path
    provenance: Provenance
    options: Options
    bases: tuple[Path, ...]
    found: Found
    changes: Changes


Made = tuple[Provenance, bool]
"""What a build was made from, and whether all its files are there."""

Digest = Callable[[Found, Path | None], dict[str, str]]
"""Gives the SHA-256 of files by their shown names, and that of a file of citations by its name."""


def last(folder: Path, digest: Digest | None = None, made: Made | None = None) -> Last:
    """Return the last build of `folder` and what has changed since.

    Its relative paths are looked for in the working folder, then beside `folder`. `digest` reads the files, where it
    isn't this process; `made` is what the last build was made from and whether its files are there, where that isn't
    written in `folder` itself. GraphError if there is no build; InputError if a recorded source is gone altogether.
    """
    origin, whole = made or _made(folder)
    options = Options.from_pairs(origin.options)
    bases = tuple(dict.fromkeys((Path(), folder.parent)))
    found = find(origin.inputs, out=folder, bases=bases)
    before = {source.path: source.sha256 for source in origin.sources}
    after = (digest or _digests)(found, citations_file(folder))
    extra = [locate(path, bases) for path in options.vocab]
    judged = [locate(path, bases) for path in options.judgements]
    changes = Changes(
        added=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(sorted(name for name in after.keys() & before.keys() if after[name] != before[name])),
        removed=tuple(sorted(before.keys() - after.keys())),
        extractor=fingerprint.extractor(extra) != origin.extractor,
        program=fingerprint.program(judged) != origin.program,
        damaged=not whole,
    )
    return Last(folder, origin, options, bases, found, changes)


def _made(folder: Path) -> Made:
    origin = provenance.read(folder)
    return origin, all((folder / name).exists() for name in exports(origin))


def _digests(found: Found, citations: Path | None) -> dict[str, str]:
    return digests(found) | ({CITATIONS: sha256_of(citations)} if citations else {})


def same_program(folder: Path) -> bool:
    """Return whether the build in `folder` was made by this very kgraph, with the judgements that stand in their files
    now. GraphError if there is no build; InputError if a file of judgements is gone."""
    origin = provenance.read(folder)
    judged = [locate(path, (Path(), folder.parent)) for path in Options.from_pairs(origin.options).judgements]
    return fingerprint.program(judged) == origin.program


def known(last: Last) -> Mapping[str, Extraction]:
    """Return what the last build already read and would read the same way now."""
    if last.changes.extractor:
        return {}
    try:
        return tables.load_extractions(last.folder)
    except GraphError:  # damaged tables cost time, nothing else: their texts are read again
        return {}


def rebuild(last: Last, engine: Engine, progress: Progress) -> Result:
    """Return the build of the recorded sources as they are now: the same as a fresh build of them."""
    return build(
        last.provenance.inputs,
        last.options,
        engine,
        progress,
        out=last.folder,
        bases=last.bases,
        known=known(last),
        found=last.found,
    )
