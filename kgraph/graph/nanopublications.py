"""Relations as nanopublications: each claim alone, with where it comes from and who publishes it under which licence.

The form is that of the Nanopublication Guidelines (https://nanopub.net/guidelines/): four named graphs, of which the
head names the others. The assertion is the plain triple and the relation's node; the provenance is paper, quote,
passage and extractor; the publication information is creator, licence and kind. The nodes are those of the graph
(`kgraph.graph.triples`), so that both can be asked together.

The IRI is a trusty URI: a digest of the content. What a nanopublication says is therefore chosen so that a claim keeps
its IRI from build to build while paper, sentence, names and version stay the same; it names no build and no date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kgraph.graph import triples_build, triples_entities, triples_mentions, triples_papers, triples_relations
from kgraph.graph.iris import NANOPUBLICATION_PREFIXES, PREFIXES
from kgraph.graph.naming import FAMILY, Naming
from kgraph.graph.terms import IDENTIFIER, TYPE, Block, Pair, string, term
from kgraph.graph.triples_relations import ATTRIBUTED, CONFIDENCE, DERIVED, EVIDENCE, OWN, PASSAGE
from kgraph.graph.trusty import Statement, artifact_code
from kgraph.model import Entity, Knowledge, Paper, Polarity, Relation, RelationType

NP, NPX = NANOPUBLICATION_PREFIXES["np"], NANOPUBLICATION_PREFIXES["npx"]
NANOPUBLICATION, ASSERTION = NamedNode(f"{NP}Nanopublication"), NamedNode(f"{NP}Assertion")
PROVENANCE, PUBLICATION_INFO = NamedNode(f"{NP}Provenance"), NamedNode(f"{NP}PublicationInfo")
HAS_ASSERTION, HAS_PROVENANCE = NamedNode(f"{NP}hasAssertion"), NamedNode(f"{NP}hasProvenance")
HAS_PUBLICATION_INFO, HAS_TYPE = NamedNode(f"{NP}hasPublicationInfo"), NamedNode(f"{NPX}hasNanopubType")
LABEL, CREATOR = NamedNode(PREFIXES["rdfs"] + "label"), term("dcterms:creator")

GRAPHS = ("head", "assertion", "provenance", "pubinfo")
FROM_WHERE = {EVIDENCE, PASSAGE, DERIVED, ATTRIBUTED, OWN, CONFIDENCE}
"""What a relation's node carries that is provenance and no part of the claim."""
OF_ENTITY = {TYPE, IDENTIFIER, triples_entities.PREF, triples_entities.QUALIFIER}
OF_PAPER = {
    TYPE, IDENTIFIER, triples_papers.TITLE, triples_papers.ISSUED, triples_papers.YEAR, triples_papers.ARXIV,
    triples_papers.DOI, triples_papers.SAME, triples_papers.SEE, triples_papers.TEXT_DIGEST,
}  # fmt: skip
VERBS = {
    RelationType.COMPARES_AGAINST: "is compared against",
    RelationType.RUNS_ON: "runs on",
    RelationType.BUILDS_ON: "builds on",
    RelationType.INTRODUCES: "introduces",
}
OUTCOMES = {
    Polarity.BETTER: "outperforms",
    Polarity.WORSE: "is outperformed by",
    Polarity.SIMILAR: "is on par with",
}


@dataclass(frozen=True)
class _Frame:
    """The five IRIs of a nanopublication: itself and its graphs."""

    itself: NamedNode
    graphs: dict[str, NamedNode]


def _frame(base: str, code: str) -> _Frame:
    itself = f"{base}nanopub/{code}"
    mark = "/" if "#" in base else "#"  # an IRI has one fragment
    return _Frame(NamedNode(itself), {name: NamedNode(f"{itself}{mark}{name}") for name in GRAPHS})


def nanopublications(knowledge: Knowledge, base: str) -> Iterator[Quad]:
    """Yield the quads of one nanopublication after another, in order of their relations' IRIs, graph by graph.

    Each takes time and memory of its own; only the index of papers and entities is kept.
    """
    naming, licence = Naming(base), NamedNode(triples_build.licence(knowledge.provenance))
    papers = {paper.id: paper for paper in knowledge.papers}
    entities = {entity.id: entity for entity in knowledge.entities}
    version = knowledge.provenance.version
    draft = _frame(base, "draft")
    for relation in sorted(knowledge.relations, key=lambda r: (FAMILY[r.type], f"{r.id}>")):
        things = [entities[id_] for id_ in (relation.subject, relation.object) if id_ in entities]
        paper = papers.get(relation.paper)
        statements = [
            *_head(draft),
            *_placed(draft.graphs["assertion"], _assertion(relation, things, naming)),
            *_placed(draft.graphs["provenance"], _provenance(draft, relation, paper, naming)),
            *_placed(draft.graphs["pubinfo"], _publication(draft, relation, things, paper, version, licence, naming)),
        ]
        yield from _sealed(draft, statements, base)


def _sealed(draft: _Frame, statements: list[Statement], base: str) -> Iterator[Quad]:
    """Yield the statements under IRIs that hold their digest."""
    nodes = [draft.itself, *draft.graphs.values()]
    start = f"{base}nanopub/"
    code = artifact_code(statements, {n: f"{start} {n.value.removeprefix(draft.itself.value)}" for n in nodes})
    final = _frame(base, code)
    renamed = dict(zip(nodes, [final.itself, *final.graphs.values()], strict=True))
    for graph, subject, predicate, target in dict.fromkeys(statements):
        last = renamed.get(target, target) if isinstance(target, NamedNode) else target
        yield Quad(renamed.get(subject, subject), predicate, last, renamed[graph])


def _placed(graph: NamedNode, blocks: Iterator[Block]) -> Iterator[Statement]:
    for subject, pairs in blocks:
        for predicate, target in pairs:
            yield graph, subject, predicate, target


def _head(frame: _Frame) -> Iterator[Statement]:
    head = frame.graphs["head"]
    yield head, frame.itself, TYPE, NANOPUBLICATION
    yield head, frame.itself, HAS_ASSERTION, frame.graphs["assertion"]
    yield head, frame.itself, HAS_PROVENANCE, frame.graphs["provenance"]
    yield head, frame.itself, HAS_PUBLICATION_INFO, frame.graphs["pubinfo"]


def _node(relation: Relation, naming: Naming) -> tuple[NamedNode, list[Pair]]:
    [block] = triples_relations.relations(Knowledge(relations=(relation,)), naming, relation.type)
    return block


def _assertion(relation: Relation, things: list[Entity], naming: Naming) -> Iterator[Block]:
    """Yield the claim, and what the things are called that it is about."""
    yield naming.node(relation.subject), list(triples_relations.plain(relation, naming))
    node, pairs = _node(relation, naming)
    yield node, [pair for pair in pairs if pair[0] not in FROM_WHERE]
    for thing in things:
        for subject, facts in triples_entities.entities(Knowledge(entities=(thing,)), naming, thing.kind, {}):
            yield subject, [pair for pair in facts if pair[0] in OF_ENTITY]


def _provenance(frame: _Frame, relation: Relation, paper: Paper | None, naming: Naming) -> Iterator[Block]:
    """Yield where the claim comes from: paper, passage with its words, and what found it."""
    node, pairs = _node(relation, naming)
    found = [pair for pair in pairs if pair[0] in FROM_WHERE]
    sources: list[Pair] = [(DERIVED, target) for predicate, target in found if predicate in (DERIVED, PASSAGE)]
    by = [pair for pair in found if pair[0] == ATTRIBUTED]
    yield frame.graphs["assertion"], [(TYPE, ASSERTION), *sources, *by]
    yield node, found
    part = Knowledge(papers=(paper,) if paper else (), relations=(relation,))
    passages = triples_mentions.Passages(part, naming)
    yield from passages.passages()
    yield from passages.selectors()
    text = naming.text(relation.paper, relation.evidence.where)
    yield from (block for block in triples_mentions.texts(part, naming) if block[0] == text)
    for subject, facts in triples_papers.papers(part, naming, {}, abstracts=False):
        yield subject, [pair for pair in facts if pair[0] in OF_PAPER]


def _publication(
    frame: _Frame,
    relation: Relation,
    things: list[Entity],
    paper: Paper | None,
    version: str,
    licence: NamedNode,
    naming: Naming,
) -> Iterator[Block]:
    """Yield who publishes the claim, under which licence, and what it is in words."""
    agent = naming.extractor(relation.rule)
    names = {thing.id: thing.label for thing in things} | ({paper.id: paper.title} if paper else {})
    verb = OUTCOMES.get(relation.polarity or Polarity.UNSPECIFIED, VERBS[relation.type])
    said = f"{names.get(relation.subject, relation.subject)} {verb} {names.get(relation.object, relation.object)}"
    yield (
        frame.itself,
        [
            (LABEL, string(said)),
            (HAS_TYPE, triples_relations.CLASS[relation.type][1]),
            (CREATOR, agent),
            (triples_build.LICENSE, licence),
            (triples_build.RIGHTS, string(triples_build.QUOTES)),
        ],
    )
    name = (triples_build.NAME, string(relation.rule or "unknown"))
    yield frame.graphs["provenance"], [(TYPE, PROVENANCE)]
    yield frame.graphs["pubinfo"], [(TYPE, PUBLICATION_INFO)]
    yield agent, [*triples_build.EXTRACTOR, name, (triples_build.VERSION, string(version))]
