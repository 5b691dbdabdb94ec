"""Files read where there is a machine free: each by one, as a stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kgraph.engine.rows import Cluster, Rows
from kgraph.errors import InputError
from kgraph.model import Extraction, Paper, Record, Skip, Source
from kgraph.pipeline.cluster.context import Context, Pair
from kgraph.pipeline.extraction import extract_texts
from kgraph.pipeline.sources import File, Found, read_options, stream, strictly

MOST_FILES = 1_000_000
MOST_SKIPPED = 1_000
"""Places in one file that couldn't be read and are named; of more, the number is told."""

At = tuple[int, int]
"""Number of the file, number of the record in it."""
Row = tuple[At, Record | tuple[Source, tuple[str, ...]]]


def read(
    cluster: Cluster, found: Found, columns: Sequence[str], strict: bool
) -> tuple[Rows[Row], list[Source], tuple[str, ...]]:
    """Return the rows of all files (of each, last, what it was), the files, and what a user should know.

    InputError as from `pipeline.sources.read_all`.
    """
    if strict and found.skipped:
        raise strictly(found.skipped[0])
    options = read_options(columns)

    def rows(numbered: tuple[int, File]) -> Iterator[Row]:
        number, file = numbered
        for place, one in enumerate(stream(file, options)):
            yield (number, place), one if isinstance(one, Record) else (_short(one[0]), one[1])

    read = cluster.rows(list(enumerate(found.files)), len(found.files)).each(rows).kept()
    said = sorted(read.each(_sources).few(MOST_FILES, "files"), key=lambda row: row[0])
    sources = [source for _, (source, _) in said]
    skips = [skip for source in sources for skip in source.skipped]
    if strict and skips:
        raise strictly(skips[0])
    if not any(source.records for source in sources):
        raise InputError("no papers found: " + "; ".join(f"{skip.where}: {skip.why}" for skip in skips[:5]))
    notes = [note for _, (_, own) in said for note in own]
    return read, sources, (*notes, *(f"{skip.where}: {skip.why}" for skip in found.skipped))


def _short(source: Source) -> Source:
    if len(source.skipped) <= MOST_SKIPPED:
        return source
    more = Skip(source.path, f"{len(source.skipped) - MOST_SKIPPED:,} more places couldn't be read")
    return replace(source, skipped=(*source.skipped[:MOST_SKIPPED], more))


def _sources(row: Row) -> Iterable[tuple[At, tuple[Source, tuple[str, ...]]]]:
    at, one = row
    return [] if isinstance(one, Record) else [(at, one)]


def records(rows: Rows[Row]) -> Rows[Record]:
    """Return the records alone."""
    return rows.each(lambda row: [row[1]] if isinstance(row[1], Record) else [])


Texts = Rows[tuple[str, Extraction]]


def extracted(papers: Rows[Paper], context: Context, known: Texts | None) -> tuple[Texts, Rows[Pair], Texts]:
    """Return (digest of a text, what it says), each text once; each paper with what its text says; and of the first
    those that are new.

    `known` are extractions of an earlier build, of whatever texts.
    """
    extra = context.extra

    def extract(rows: Iterator[tuple[str, tuple[str, str]]]) -> Iterator[tuple[str, Extraction]]:
        for id_, text in rows:
            (found,) = extract_texts(extra, [text])
            yield id_, found

    texts = papers.each(lambda paper: [(paper.text, (paper.title, paper.abstract))]).reduced(min)
    if known is None:
        said = new = texts.parts(extract).kept()
    else:
        met = texts.joined(known)
        new = met.each(_unread).parts(extract).kept()
        said = new.plus(met.each(_read_before).kept())
    both = papers.each(lambda paper: [(paper.text, paper)]).joined(said)
    return said, both.each(lambda row: [(paper, row[1][1][0]) for paper in row[1][0]]).kept(), new


Met = tuple[str, tuple[list[tuple[str, str]], list[Extraction]]]


def _unread(row: Met) -> list[tuple[str, tuple[str, str]]]:
    id_, (texts, known) = row
    return [] if known else [(id_, text) for text in texts]


def _read_before(row: Met) -> list[tuple[str, Extraction]]:
    id_, (texts, known) = row
    return [(id_, known[0])] if texts and known else []
