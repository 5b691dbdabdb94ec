"""Every quote and mention, read again from its text.

The texts are those of the source records, found by their digest: a paper's title and abstract must be what a record
said, and every mention and quote must stand in them, character for character, where it says it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from kgraph.check.outcome import Finding, Outcome
from kgraph.model import Knowledge, Paper, Record, Source, Where, text_id


def check_evidence(knowledge: Knowledge, records: tuple[Record, ...]) -> Outcome:
    """Return every quote or mention that its text does not hold."""
    texts = {record.text_id: record for record in records}
    papers = {paper.id: paper for paper in knowledge.papers}
    findings = [*_papers(knowledge, texts), *_mentions(knowledge, papers), *_quotes(knowledge, papers)]
    looked_at = f"{len(knowledge.relations):,} quotes and {len(knowledge.mentions):,} mentions"
    return Outcome("evidence", looked_at, tuple(sorted(findings)))


def _papers(knowledge: Knowledge, texts: Mapping[str, Record]) -> Iterator[Finding]:
    for paper in knowledge.papers:
        if text_id(paper.title, paper.abstract) != paper.text:
            yield Finding(paper.id, "its title and abstract are not those of its digest")
        if not paper.records and not paper.abstract:
            continue  # known from a citation alone: it says nothing that could be checked
        record = texts.get(paper.text)
        if record is None:
            yield Finding(paper.id, "no source record has its text")
        elif record.id not in paper.records:
            yield Finding(paper.id, f"its text is that of record {record.id}, which is not one of its own")


def _part(paper: Paper | None, where: Where) -> str:
    if paper is None:
        return ""
    return paper.title if where is Where.TITLE else paper.abstract


def _mentions(knowledge: Knowledge, papers: Mapping[str, Paper]) -> Iterator[Finding]:
    for m in knowledge.mentions:
        text = _part(papers.get(m.paper), m.where)
        if text[m.start : m.end] != m.surface or not m.surface:
            yield Finding(m.paper, f"the {m.where} does not hold {m.surface!r} at {m.start}-{m.end}")
        elif not 0 <= m.sentence_start <= m.start < m.end <= m.sentence_end <= len(text):
            yield Finding(
                m.paper, f"the mention {m.surface!r} at {m.start}-{m.end} of the {m.where} is outside its sentence"
            )


def _quotes(knowledge: Knowledge, papers: Mapping[str, Paper]) -> Iterator[Finding]:
    for relation in knowledge.relations:
        e = relation.evidence
        text = _part(papers.get(e.paper), e.where)
        if text[e.start : e.end] != e.quote or not e.quote:
            yield Finding(
                e.paper, f"the {e.where} does not hold the evidence of {relation.type} {relation.id}: {e.quote!r}"
            )
        if relation.value is not None and relation.value.text not in text:
            yield Finding(e.paper, f"the {e.where} does not hold the value {relation.value.text!r} of {relation.id}")


def source_notes(sources: tuple[Source, ...]) -> Iterator[str]:
    """Yield what has become of the source files: gone, or changed since the build. No fault of the export."""
    for source in sources:
        if source.format == "citations":
            continue  # it lies in the export itself and holds no records
        path = Path(source.path)
        if source.path.startswith("sample/"):  # the embedded sample lies in the package
            path = Path(__file__).parent.parent / source.path
        if not path.is_file():
            yield f"{source.path}: not here any more, so its records were read from tables/records.parquet"
        elif sha256(path.read_bytes()).hexdigest() != source.sha256:
            yield f"{source.path}: has changed since the build (kgraph rebuild reads it again)"
