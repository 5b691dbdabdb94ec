"""Every quote and mention, read again from its text.

The texts are those of the source records, found by their digest: a paper's title and abstract must be what a record
said, and every mention and quote must stand in them, character for character, where it says it stands: in the tables
and in the RDF.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from pyoxigraph import QuerySolutions, Store

from kgraph.check.outcome import Finding, Outcome
from kgraph.graph.iris import PREFIXES
from kgraph.graph.naming import Naming
from kgraph.graph.terms import clean
from kgraph.model import Knowledge, Paper, Record, Source, Where, text_id
from kgraph.query.engine import base_of
from kgraph.query.formats import short, text_of
from kgraph.words import count

# each half whole: what both share, joined from outside, would be found for every pair of passage and place first
_STRETCHES = """
SELECT ?said ?text ?start ?end ?words {
  { ?passage oa:hasSource ?text ; oa:hasSelector ?said . ?said oa:exact ?words ; oa:start ?start ; oa:end ?end }
  UNION
  { ?said kg:evidence ?words ; kg:passage ?passage . ?passage oa:hasSource ?text ; oa:hasSelector ?place .
    ?place oa:start ?start ; oa:end ?end }
}"""


def check_evidence(knowledge: Knowledge, records: tuple[Record, ...], store: Store) -> Outcome:
    """Return every quote or mention that its text does not hold; `store` is the RDF of the same export."""
    texts = {record.text_id: record for record in records}
    papers = {paper.id: paper for paper in knowledge.papers}
    findings = [
        *_papers(knowledge, texts),
        *_mentions(knowledge, papers),
        *_quotes(knowledge, papers),
        *_stretches(knowledge, store),
    ]
    looked_at = (
        f"{count(len(knowledge.relations), 'quote')} and {count(len(knowledge.mentions), 'mention')} in tables and RDF"
    )
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
    return paper.said_in(where) if paper else ""


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


def _stretches(knowledge: Knowledge, store: Store) -> Iterator[Finding]:
    """Yield the words of the RDF that do not stand at their place."""
    base = base_of(store)
    naming = Naming(base)
    texts = {
        naming.text(paper.id, where).value: (paper.id, where, clean(_part(paper, where)))
        for paper in knowledge.papers
        for where in Where
    }
    found = store.query(_STRETCHES, prefixes=PREFIXES)
    assert isinstance(found, QuerySolutions)
    for row in found:
        paper, where, text = texts.get(text_of(row["text"]), ("", Where.TITLE, ""))
        start, end, words = (text_of(row[name]) for name in ("start", "end", "words"))
        if not (start.isdecimal() and end.isdecimal()) or text[int(start) : int(end)] != words:
            what = f"the {where} does not hold {words!r} at {start}-{end}, as the RDF says"
            yield Finding(paper or short(row["said"], base), what)


def source_notes(sources: tuple[Source, ...], bases: Sequence[Path]) -> Iterator[str]:
    """Yield what has become of the source files: gone, or changed since the build. No fault of the export.

    They are looked for below each of `bases`, as a rebuild does.
    """
    for source in sources:
        if source.format == "citations":
            continue  # it lies in the export itself and holds no records
        places = [base / source.path for base in bases]
        path = next((place for place in places if place.is_file()), Path(source.path))
        if source.path.startswith("sample/"):  # the embedded sample lies in the package
            path = Path(__file__).parent.parent / source.path
        if not path.is_file():
            yield f"{source.path}: not here any more, so its records were read from tables/records.parquet"
        elif sha256(path.read_bytes()).hexdigest() != source.sha256:
            yield f"{source.path}: has changed since the build (kgraph rebuild reads it again)"
