"""The build itself as RDF: what made the graph from what (prov:), and a description of the whole (void:, dcat:).

No clocks: the same sources give the same activity. The digest of the input is over the ids of its records, so it stays
the same when rows of a file change places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from kgraph.graph.iris import KG, PREFIXES
from kgraph.graph.naming import Naming
from kgraph.graph.terms import TYPE, Block, Pair, Term, integer, string, term
from kgraph.model import Kind, Knowledge, RelationType, digest

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

CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
QUOTES = (
    "The licence covers the facts. Titles and quoted sentences belong to the authors of the papers and are quoted "
    "with their source."
)


def input_digest(knowledge: Knowledge) -> str:
    """Return the digest of all records, whatever their order (32 hexadecimal digits)."""
    return digest(*sorted({record for paper in knowledge.papers for record in paper.records}), size=16)


def build_node(knowledge: Knowledge, naming: Naming) -> NamedNode:
    """Return the IRI of the build."""
    made = knowledge.provenance
    options = (f"{name}={value}" for name, value in sorted(made.options))
    sources = (part for s in knowledge.provenance.sources for part in (s.path, s.format))
    parts = (made.version, made.extractor, input_digest(knowledge), *options, "", *sorted(sources))
    return NamedNode(f"{naming.base}build/{digest(*parts)}")


def builds(knowledge: Knowledge, naming: Naming) -> Iterator[Block]:
    """Yield the block of the build."""
    made = knowledge.provenance
    pairs: list[Pair] = [*ACTIVITY, (VERSION, string(made.version)), (INPUT_DIGEST, string(input_digest(knowledge)))]
    pairs.append((EXTRACTOR_DIGEST, string(made.extractor)))
    pairs += [(OPTION, string(f"{name}={value}")) for name, value in sorted(made.options)]
    pairs += [(USED, node) for node, _ in sources(knowledge, naming)]
    pairs += [(BY, node) for node, _ in extractors(knowledge, naming)]
    yield build_node(knowledge, naming), pairs


def sources(knowledge: Knowledge, naming: Naming) -> Iterator[Block]:
    """Yield one block per file that was read."""
    whole = input_digest(knowledge)
    blocks: dict[str, list[Pair]] = {}
    for source in sorted(knowledge.provenance.sources, key=lambda s: (s.path, s.format)):
        facts: list[Pair] = [*SOURCE, (NAME, string(source.path)), (FORMAT, string(source.format))]
        facts += [(RECORDS, integer(source.records)), (SKIPPED, integer(len(source.skipped)))]
        blocks.setdefault(f"{naming.base}source/{digest(whole, source.path, source.format)}", facts)
    for iri in sorted(blocks):
        yield NamedNode(iri), blocks[iri]


def extractors(knowledge: Knowledge, naming: Naming) -> Iterator[Block]:
    """Yield one block per rule that found something."""
    rules = {m.rule for m in knowledge.mentions} | {r.rule for r in knowledge.relations}
    nodes = {naming.extractor(rule): rule for rule in sorted(rules)}
    for node in sorted(nodes, key=lambda n: f"{n.value}>"):
        yield node, [*EXTRACTOR, (NAME, string(nodes[node] or "unknown"))]


class Census:
    """Counts the triples that pass, for the description of the whole."""

    def __init__(self) -> None:
        self.triples = 0
        self.subjects = 0
        self._classes: Counter[Term] = Counter()
        self._properties: Counter[NamedNode] = Counter()

    def see(self, block: Block) -> None:
        """Count one block."""
        self.triples += len(block[1])
        self.subjects += 1
        self._properties.update([predicate for predicate, _ in block[1]])
        self._classes.update([target for predicate, target in block[1] if predicate is TYPE or predicate == TYPE])

    @property
    def classes(self) -> dict[str, int]:
        """Return the number of things of each class, by its IRI."""
        return {node.value: count for node, count in self._classes.items() if isinstance(node, NamedNode)}

    @property
    def properties(self) -> dict[str, int]:
        """Return the number of triples of each property, by its IRI."""
        return {node.value: count for node, count in self._properties.items()}


def _short(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}-{iri.removeprefix(namespace)}"
    return digest(iri)


def description(knowledge: Knowledge, naming: Naming, census: Census) -> list[Block]:
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
    whole = _whole(knowledge, naming, census)
    whole += [(CLASS_PARTITION if "/void/class/" in n.value else PROPERTY_PARTITION, n) for n, _ in parts]
    total = census.triples + sum(len(pairs) for _, pairs in parts) + len(whole) + 1
    whole.append((TRIPLES, integer(total)))
    return [*parts, (NamedNode(f"{naming.base}void"), whole)]


def _whole(knowledge: Knowledge, naming: Naming, census: Census) -> list[Pair]:
    kinds = Counter(entity.kind for entity in knowledge.entities)
    types = Counter(relation.type for relation in knowledge.relations)
    said = ", ".join(
        [f"{len(knowledge.papers)} papers"]
        + [f"{kinds[kind]} {kind} entities" for kind in Kind]
        + [f"{types[type_]} {type_} relations" for type_ in RelationType]
    )
    namespaces = sorted({iri for iri in PREFIXES.values() if any(p.startswith(iri) for p in census.properties)} | {KG})
    examples = [
        min((paper.id for paper in knowledge.papers), default=""),
        *(min((e.id for e in knowledge.entities if e.kind is kind), default="") for kind in Kind),
    ]
    return [
        *DATASET,
        (TITLE, string("Knowledge graph of papers on machine-learning systems and hardware")),
        (DESCRIPTION, string(said)),
        (LICENSE, NamedNode(CC0)),
        (RIGHTS, string(QUOTES)),
        (GENERATED, build_node(knowledge, naming)),
        (URI_SPACE, Literal(naming.base)),
        (SUBJECTS, integer(census.subjects)),
        *((VOCABULARY, NamedNode(iri)) for iri in namespaces),
        *((EXAMPLE, naming.node(id_)) for id_ in examples if id_),
    ]
