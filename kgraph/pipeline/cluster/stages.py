"""What every use of a cluster begins with: from what a user asks for to what papers say and of which things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kgraph.engine.rows import Cluster, Rows
from kgraph.errors import KgraphError
from kgraph.model import Extraction, Paper, Provenance, Record, Source
from kgraph.pipeline import fingerprint
from kgraph.pipeline.build import as_given, made_from
from kgraph.pipeline.cluster.context import Context, Pair
from kgraph.pipeline.cluster.names import Resolved, resolve
from kgraph.pipeline.cluster.papers import papers
from kgraph.pipeline.cluster.reading import Row, extracted, read, records
from kgraph.pipeline.extraction import vocabulary
from kgraph.pipeline.options import Options
from kgraph.pipeline.progress import Progress
from kgraph.pipeline.sources import Found, find, locate
from kgraph.resolve.entities.judgements import read_judgements

PROBES = 100
"""Tasks that look which program they run; there may be more machines, but hardly more kinds of them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a user asks for: sources, options, and the files that these mean; `bases` are where they were looked for."""

    inputs: tuple[str, ...]
    options: Options
    found: Found
    bases: tuple[Path, ...]
    extra: tuple[Path, ...]
    judged: tuple[Path, ...]


def asked(
    inputs: Sequence[str],
    options: Options,
    *,
    out: Path | None = None,
    bases: Sequence[Path] = (Path(),),
    found: Found | None = None,
) -> Asked:
    """Return what is asked for. KgraphError where a file is not there or can't be read: before the long work."""
    found = found or find(inputs, out=out, bases=bases)
    # processes of a cluster work in folders of their own
    files = tuple(replace(file, path=file.path.absolute()) for file in found.files)
    extra = tuple(sorted(locate(path, bases).absolute() for path in options.vocab))
    judged = tuple(sorted(locate(path, bases) for path in options.judgements))
    vocabulary(extra)
    return Asked(tuple(inputs), options, replace(found, files=files), tuple(bases), extra, judged)


@dataclass(frozen=True, slots=True)
class Understood:
    """Rows of every stage up to names; `said` is by digest of the text, `pairs` has it with each paper.

    `count` is the number of papers, `extracted` of texts that no earlier build had read.
    """

    rows: Rows[Row]
    sources: tuple[Source, ...]
    notes: tuple[str, ...]
    works: Rows[Paper]
    count: int
    said: Rows[tuple[str, Extraction]]
    pairs: Rows[Pair]
    names: Resolved
    extracted: int

    @property
    def records(self) -> Rows[Record]:
        """All records; partitions are the files that were read."""
        return records(self.rows)


def understood(
    cluster: Cluster,
    given: Asked,
    progress: Progress,
    *,
    known: Rows[tuple[str, Extraction]] | None = None,
    things: bool = False,
) -> Understood:
    """Return what the papers of all sources say, and of which things.

    `known` are extractions of an earlier build with the same extractor; `things` asks for entities beside their uses.
    """
    options, found = given.options, given.found
    context = Context(given.extra, read_judgements(*given.judged), options.min_confidence, things)
    cluster.spread(sum(file.path.stat().st_size for file in found.files))
    _check_programs(cluster, fingerprint.program())
    with progress.stage("read", None, "records") as advance:
        rows, sources, told = read(cluster, found, options.columns, options.strict)
        advance(sum(source.records for source in sources))
    with progress.stage("find papers", None, "papers") as advance:
        works, dated = papers(cluster, records(rows), options.saved)
        count = works.count()
        advance(count)
    with progress.stage("extract", count, "texts") as advance:
        said, pairs, fresh = extracted(works, context, known)
        new = fresh.count()
        advance(said.count())
    with progress.stage("find entities", None, "entities") as advance:
        names = resolve(cluster, pairs, count, context)
        names = replace(names, entities=names.entities.kept())
        advance(names.entities.count())
    notes = (*told, *dated, *as_given(names.notes, options.judgements, given.bases))
    return Understood(rows, tuple(sources), notes, works, count, said, pairs, names, new)


def origin(given: Asked, sources: Sequence[Source], notes: Sequence[str]) -> Provenance:
    """Return what a build of what was asked for is made from."""
    return made_from(given.inputs, given.options, tuple(sources), tuple(notes), given.extra, given.judged)


def _check_programs(cluster: Cluster, own: str) -> None:
    """Raise KgraphError where a machine would run another kgraph than this one, and so give another graph."""
    others = cluster.rows(range(PROBES)).each(lambda _: [fingerprint.program()]).distinct().few(PROBES, "programs")
    if set(others) != {own}:
        raise KgraphError(
            "the machines of the cluster don't have the kgraph, or the libraries, that this one has",
            where="--master",
            remedy="the same environment for all: see docs/cluster.md",
        )
