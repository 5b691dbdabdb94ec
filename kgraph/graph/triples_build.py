"""The build itself as RDF: what made the graph from what (prov:), and a description of the whole (void:, dcat:).

No clocks: the same sources give the same activity. The digest of the input is over the ids of its records, so it stays
the same when rows of a file change places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kgraph.graph.iris import CC0, PREFIXES, prefixed
from kgraph.graph.naming import Naming
from kgraph.graph.terms import TYPE, Block, Pair, Term, integer, string, term
from kgraph.model import Kind, Knowledge, Provenance, RelationType
from kgraph.ontology import KG
from kgraph.text import digest, digest_of

ACTIVITY = [(TYPE, term("kg:Build")), (TYPE, term("prov:Activity"))]
SOURCE = [(TYPE, term("kg:Source")), (TYPE, term("prov:Entity"))]
EXTRACTOR = [(TYPE, term("kg:Extractor")), (TYPE, term("prov:SoftwareAgent"))]
DATASET = [(TYPE, term("void:Dataset")), (TYPE, term("dcat:Dataset")), (TYPE, term("prov:Entity"))]
NAME, VERSION, OPTION = term("schema:name"), term("schema:softwareVersion"), term("kg:option")
INPUT_DIGEST, EXTRACTOR_DIGEST = term("kg:inputDigest"), term("kg:extractorDigest")
USED, BY, GENERATED = term("prov:used"), term("prov:wasAssociatedWith"), term("prov:wasGeneratedBy")
FORMAT, RECORDS, SKIPPED = term("dcterms:format"), term("kg:recordCount"), term("kg:skippedCount")
TITLE, DESCRIPTION = term("dcterms:title"), term("dcterms:description")
LICENSE, RIGHTS = term("dcterms:license"), term("dcterms:rights")
TRIPLES, ENTITIES, SUBJECTS = term("void:triples"), term("void:entities"), term("void:distinctSubjects")
CLASS_PARTITION, CLASS = term("void:classPartition"), term("void:class")
PROPERTY_PARTITION, PROPERTY = term("void:propertyPartition"), term("void:property")
VOCABULARY, EXAMPLE, URI_SPACE = term("void:vocabulary"), term("void:exampleResource"), term("void:uriSpace")

QUOTES = (
    "The licence covers the facts. Titles and quoted sentences belong to the authors of the papers and are quoted "
    "with their source."
)


@dataclass(frozen=True)
class Whole:
    """What the description of a graph needs to know of all of it.

    `input` is the digest of all records, `rules` are those that found something, `examples` the least id of a paper
    and of an entity of each kind, where there is one.
    """

    provenance: Provenance
    input: str
    rules: frozenset[str]
    papers: int
    kinds: Mapping[Kind, int]
    types: Mapping[RelationType, int]
    examples: tuple[str, ...]


def whole(knowledge: Knowledge) -> Whole:
    """Return what describes all of `knowledge`."""
    entities, papers = knowledge.entities, knowledge.papers
    return Whole(
        provenance=knowledge.provenance,
        input=input_digest(sorted({record for paper in papers for record in paper.records})),
        rules=frozenset({m.rule for m in knowledge.mentions} | {r.rule for r in knowledge.relations}),
        papers=len(papers),
        kinds=Counter(entity.kind for entity in entities),
        types=Counter(relation.type for relation in knowledge.relations),
        examples=(
            min((paper.id for paper in papers), default=""),
            *(min((e.id for e in entities if e.kind is kind), default="") for kind in Kind),
        ),
    )


def input_digest(records: Iterable[str]) -> str:
    """Return the digest of the ids of all records, each once and in order (32 hexadecimal digits)."""
    return digest_of(records, size=16)


def licence(provenance: Provenance) -> str:
    """Return the IRI of the licence under which the facts may be used."""
    return dict(provenance.options).get("license", CC0)


def build_node(made: Whole, naming: Naming) -> NamedNode:
    """Return the IRI of the build."""
    origin = made.provenance
    options = (f"{name}={value}" for name, value in sorted(origin.options))
    sources = (part for s in origin.sources for part in (s.path, s.format))
    parts = (origin.version, origin.extractor, made.input, *options, "", *sorted(sources))
    return NamedNode(f"{naming.base}build/{digest(*parts)}")


def builds(made: Whole, naming: Naming) -> Iterator[Block]:
    """Yield the block of the build."""
    origin = made.provenance
    pairs: list[Pair] = [*ACTIVITY, (VERSION, string(origin.version)), (INPUT_DIGEST, string(made.input))]
    pairs.append((EXTRACTOR_DIGEST, string(origin.extractor)))
    pairs += [(OPTION, string(f"{name}={value}")) for name, value in sorted(origin.options)]
    pairs += [(USED, node) for node, _ in sources(made, naming)]
    pairs += [(BY, node) for node, _ in extractors(made, naming)]
    yield build_node(made, naming), pairs


def sources(made: Whole, naming: Naming) -> Iterator[Block]:
    """Yield one block per file that was read."""
    blocks: dict[str, list[Pair]] = {}
    for source in sorted(made.provenance.sources, key=lambda s: (s.path, s.format)):
        facts: list[Pair] = [*SOURCE, (NAME, string(source.path)), (FORMAT, string(source.format))]
        facts += [(RECORDS, integer(source.records)), (SKIPPED, integer(len(source.skipped)))]
        blocks.setdefault(f"{naming.base}source/{digest(made.input, source.path, source.format)}", facts)
    for iri in sorted(blocks):
        yield NamedNode(iri), blocks[iri]


def extractors(made: Whole, naming: Naming) -> Iterator[Block]:
    """Yield one block per rule that found something."""
    nodes = {naming.extractor(rule): rule for rule in sorted(made.rules)}
    for node in sorted(nodes, key=lambda n: f"{n.value}>"):
        yield node, [*EXTRACTOR, (NAME, string(nodes[node] or "unknown"))]


class Census:
    """Counts the triples that pass, for the description of the whole."""

    def __init__(self) -> None:
        self.triples = 0
        self.subjects = 0
        self._classes: Counter[Term] = Counter()
        self._properties: Counter[NamedNode] = Counter()

    def see(self, block: Block, *, new: bool = True) -> None:
        """Count one block; `new` is False for more about a subject that is counted already."""
        self.triples += len(block[1])
        self.subjects += new
        self._properties.update([predicate for predicate, _ in block[1]])
        self._classes.update([target for predicate, target in block[1] if predicate is TYPE or predicate == TYPE])

    def add(self, other: Census) -> Census:
        """Return this census with what another one has seen."""
        self.triples += other.triples
        self.subjects += other.subjects
        self._classes.update(other._classes)
        self._properties.update(other._properties)
        return self

    @property
    def classes(self) -> dict[str, int]:
        """Return the number of things of each class, by its IRI."""
        return {node.value: count for node, count in self._classes.items() if isinstance(node, NamedNode)}

    @property
    def properties(self) -> dict[str, int]:
        """Return the number of triples of each property, by its IRI."""
        return {node.value: count for node, count in self._properties.items()}


def _short(iri: str) -> str:
    found = prefixed(iri)
    return "-".join(found) if found else digest(iri)


def description(made: Whole, naming: Naming, census: Census) -> list[Block]:
    """Return the blocks that describe the whole graph, themselves not counted by class and property.

    `census` has seen all other blocks; void:triples counts these too.
    """
    parts: list[Block] = []
    for iri, count in sorted(census.classes.items()):
        pairs: list[Pair] = [(CLASS, NamedNode(iri)), (ENTITIES, integer(count))]
        parts.append((NamedNode(f"{naming.base}void/class/{_short(iri)}"), pairs))
    for iri, count in sorted(census.properties.items()):
        pairs = [(PROPERTY, NamedNode(iri)), (TRIPLES, integer(count))]
        parts.append((NamedNode(f"{naming.base}void/property/{_short(iri)}"), pairs))
    parts.sort(key=lambda block: f"{block[0].value}>")
    found = _description(made, naming, census)
    found += [(CLASS_PARTITION if "/void/class/" in n.value else PROPERTY_PARTITION, n) for n, _ in parts]
    total = census.triples + sum(len(pairs) for _, pairs in parts) + len(found) + 1
    found.append((TRIPLES, integer(total)))
    return [*parts, (NamedNode(f"{naming.base}void"), found)]


def _description(made: Whole, naming: Naming, census: Census) -> list[Pair]:
    said = ", ".join(
        [f"{made.papers} papers"]
        + [f"{made.kinds.get(kind, 0)} {kind} entities" for kind in Kind]
        + [f"{made.types.get(type_, 0)} {type_} relations" for type_ in RelationType]
    )
    namespaces = sorted({iri for iri in PREFIXES.values() if any(p.startswith(iri) for p in census.properties)} | {KG})
    return [
        *DATASET,
        (TITLE, string("Knowledge graph of papers on machine-learning systems and hardware")),
        (DESCRIPTION, string(said)),
        (LICENSE, NamedNode(licence(made.provenance))),
        (RIGHTS, string(QUOTES)),
        (GENERATED, build_node(made, naming)),
        (URI_SPACE, Literal(naming.base)),
        (SUBJECTS, integer(census.subjects)),
        *((VOCABULARY, NamedNode(iri)) for iri in namespaces),
        *((EXAMPLE, naming.node(id_)) for id_ in made.examples if id_),
    ]
