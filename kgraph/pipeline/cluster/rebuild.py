"""A build on a cluster done again: texts that the last one read in the same way are not read again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

from kgraph.engine.rows import Cluster, Rows
from kgraph.graph import provenance
from kgraph.graph.rows import from_table, schema
from kgraph.graph.tables import FOLDER, SAID, Extracted
from kgraph.model import Extraction, Mention, RelationMention
from kgraph.pipeline import rebuild
from kgraph.pipeline.cluster.build import Summary, build
from kgraph.pipeline.cluster.parts import TRIPLES
from kgraph.pipeline.cluster.reading import MOST_FILES
from kgraph.pipeline.cluster.stages import asked
from kgraph.pipeline.progress import Progress
from kgraph.pipeline.sources import PARTS, Found, sha256_of
from kgraph.references import FILE as CITATIONS

R = TypeVar("R")


def last(cluster: Cluster, folder: Path) -> rebuild.Last:
    """Return the last build of `folder`, of which parts may be all there is, and what has changed since.

    Errors as from `pipeline.rebuild.last`. The files are read on the cluster, each by one machine.
    """

    def digest(found: Found, citations: Path | None) -> dict[str, str]:
        files = [(file.shown, file.path.absolute()) for file in found.files]
        files += [(CITATIONS, citations.absolute())] if citations else []
        read = cluster.rows(files, len(files)).each(lambda file: [(file[0], sha256_of(file[1]))])
        return dict(read.few(MOST_FILES, "files"))

    parts = folder / PARTS
    if provenance.interrupted(folder) or (folder / provenance.FILE).exists() or not parts.exists():
        return rebuild.last(folder, digest)
    made = provenance.read(parts), (parts / FOLDER).exists() and (parts / TRIPLES).exists()
    return rebuild.last(folder, digest, made)


def again(last: rebuild.Last, cluster: Cluster, progress: Progress) -> Summary:
    """Build the recorded sources as they are now: the same as a fresh build of them."""
    given = asked(last.provenance.inputs, last.options, bases=last.bases, found=last.found)
    known = None if last.changes.extractor else _known(cluster, last)
    return build(given, cluster, progress, last.folder, known=known)


def _known(cluster: Cluster, last: rebuild.Last) -> Rows[tuple[str, Extraction]] | None:
    """Return what the last build read in the way in which it would be read now, part by part; None where parts were
    not made that way, or not by a cluster."""
    parts = last.folder.absolute() / PARTS
    if not (parts / provenance.FILE).exists() or provenance.read(parts).extractor != last.provenance.extractor:
        return None
    names = sorted(path.name for path in (parts / FOLDER / "extractions.parquet").glob("part-*.parquet"))
    # parts of one number hold the same texts in the same order
    found = [tuple(parts / FOLDER / f"{table}.parquet" / name for table in SAID) for name in names]
    whole = [paths for paths in found if all(path.exists() for path in paths)]
    return cluster.rows(whole, len(whole)).each(_extractions) if whole else None


def _extractions(paths: tuple[Path, Path, Path]) -> Iterator[tuple[str, Extraction]]:
    """Yield what parts of one number hold; nothing of damaged ones: their texts are read again."""
    texts, mentions, relations = paths
    try:
        rows, said, stated = (
            _read(texts, Extracted),
            iter(_read(mentions, Mention)),
            iter(_read(relations, RelationMention)),
        )
    except (OSError, KeyError, ValueError, TypeError):  # what Arrow raises for damaged files are such, too
        return
    for row in rows:
        own, claims = tuple(islice(said, row.mentions)), tuple(islice(stated, row.relation_mentions))
        if (len(own), len(claims)) == (row.mentions, row.relation_mentions):
            yield row.text, Extraction(row.text, own, claims)


def _read(path: Path, row: type[R]) -> tuple[R, ...]:
    import pyarrow.parquet as pq

    return from_table(row, pq.read_table(path, columns=schema(row).names, partitioning=None))
