"""From sources to a finished build: read, resolve papers, extract, resolve entities, link."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kgraph.engine import Engine
from kgraph.export.registry import Build
from kgraph.link.citations import Linked, link_citations
from kgraph.link.comentions import comentions
from kgraph.link.relations import link_relations
from kgraph.model import Extraction, Knowledge, Paper, Provenance, Source
from kgraph.pipeline import fingerprint
from kgraph.pipeline.extraction import extractions, vocabulary
from kgraph.pipeline.options import Options
from kgraph.pipeline.progress import Progress
from kgraph.pipeline.sources import Found, citations_file, find, locate, read_all, sha256_of
from kgraph.references import FILE as CITATIONS
from kgraph.references import read as read_citations
from kgraph.resolve.entities import resolve_entities
from kgraph.resolve.entities.judgements import read_judgements
from kgraph.resolve.papers import resolve_papers
from kgraph.version import __version__


@dataclass(frozen=True)
class Result:
    """A finished build, and what only those need who look closer.

    `names` gives the entity of each (paper id, name within its text); `extracted` is the number of texts that were
    read for mentions, the others being known from an earlier build.
    """

    build: Build
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    extracted: int = 0


def build(
    inputs: Sequence[str],
    options: Options,
    engine: Engine,
    progress: Progress,
    *,
    out: Path | None = None,
    bases: Sequence[Path] = (Path(),),
    known: Mapping[str, Extraction] | None = None,
    found: Found | None = None,
) -> Result:
    """Return the build of `inputs` (paths as a user gives them; none: the embedded sample).

    What lies in the folder `out` is not read, but for citations that `kgraph cite` has put there. Relative paths are
    looked for below each of `bases` in turn. `known` are extractions by text digest from an earlier build with the same
    extractor; `found` saves looking for the files again. InputError where nothing can be read.
    """
    found = found or find(inputs, out=out, bases=bases)
    extra = tuple(sorted(locate(path, bases) for path in options.vocab))
    judged = tuple(sorted(locate(path, bases) for path in options.judgements))
    # a mistake in one of these files shows before the long work
    words, judgements = vocabulary(extra), read_judgements(*judged)
    read = read_all(found, progress, strict=options.strict, columns=options.columns)
    with progress.stage("find papers", len(read.records), "records") as advance:
        resolved = resolve_papers(read.records, options.saved or None)
        advance(len(read.records))
    papers = resolved.papers
    known = known or {}
    said = extractions(papers, extra, engine, progress, known)
    with progress.stage("find entities", len(papers), "papers") as advance:
        entities = resolve_entities(papers, said, words, judgements, options.min_confidence)
        advance(len(papers))
    with progress.stage("link", len(papers), "papers") as advance:
        relations = link_relations(papers, said, entities, options.min_confidence)
        pairs = comentions(engine, len(papers), entities.mentions)
        advance(len(papers))
    linked, cited = _citations(papers, out)
    notes = (*read.notes, *resolved.notes, *as_given(entities.notes, options.judgements, bases))
    provenance = made_from(inputs, options, (*read.sources, *cited), notes, extra, judged)
    everyone = tuple(sorted((*linked.papers, *linked.outside), key=lambda paper: paper.id))
    believed = (entities.entities, entities.mentions, relations, pairs, linked.citations)
    knowledge = Knowledge(everyone, *believed, provenance)
    finished = Build(knowledge, read.records, said, options.base_iri, entities.decisions)
    return Result(finished, entities.names, sum(text not in known for text in said))


def made_from(
    inputs: Sequence[str],
    options: Options,
    sources: tuple[Source, ...],
    notes: tuple[str, ...],
    extra: Sequence[Path],
    judged: Sequence[Path],
) -> Provenance:
    """Return what a build is made from; `extra` and `judged` are the files of vocabulary and judgements."""
    return Provenance(
        version=__version__,
        inputs=tuple(sorted(set(inputs))),
        options=options.pairs(),
        sources=sources,
        extractor=fingerprint.extractor(extra),
        notes=notes,
        program=fingerprint.program(judged),
    )


def _citations(papers: Sequence[Paper], out: Path | None) -> tuple[Linked, tuple[Source, ...]]:
    """Return the citations that the export folder holds, and the file as a source."""
    path = citations_file(out)
    if path is None:
        return Linked(tuple(papers)), ()
    source = Source(CITATIONS, "citations", sha256_of(path), 0)
    return link_citations(papers, read_citations(path)), (source,)


def as_given(notes: Iterable[str], paths: Iterable[str], bases: Sequence[Path]) -> list[str]:
    """Return notes with paths as the user gave them, wherever they were found: a rebuild elsewhere says the same."""
    found = list(notes)
    for given in paths:
        found = [note.replace(str(locate(given, bases)), given) for note in found]
    return found
