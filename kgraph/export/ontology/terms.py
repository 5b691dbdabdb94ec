"""ontology/kgraph.ttl and the vocabularies, read into what a page shows of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kgraph.graph.iris import NANOPUBLICATION_PREFIXES, PREFIXES, prefixed
from kgraph.graph.terms import term
from kgraph.ontology import KG
from kgraph.vocab.schemes import read_schemes

Node = NamedNode | BlankNode | Literal

KINDS = {
    "owl:Class": "class",
    "owl:ObjectProperty": "link",
    "owl:DatatypeProperty": "value",
    "owl:AnnotationProperty": "annotation",
    "owl:NamedIndividual": "individual",
}
"""What a term is, by its OWL type; the first that it has counts."""
TRAITS = {
    "owl:FunctionalProperty": "at most one value",
    "owl:SymmetricProperty": "symmetric",
    "owl:TransitiveProperty": "transitive",
}


@dataclass(frozen=True)
class Term:
    """A term and what is said of it; other terms are given by prefixed name ("kg:Paper").

    `meaning` is the definition, or for a term of others what it serves here. `loose` tells that domain and range are
    what to expect rather than what follows (schema:domainIncludes).
    """

    name: str
    iri: str
    kind: str
    label: str
    meaning: str
    notes: tuple[str, ...]
    examples: tuple[str, ...]
    above: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    near: tuple[str, ...]
    parts: tuple[str, ...]
    traits: tuple[str, ...]
    loose: bool

    @property
    def own(self) -> bool:
        """Whether kgraph declares it."""
        return self.iri.startswith(KG)

    @property
    def anchor(self) -> str:
        """The fragment of the page at which it stands: that of the term's IRI, if it is one of ours."""
        return anchor(self.name)


@dataclass(frozen=True)
class Scheme:
    """A vocabulary that is shipped: how many concepts it lists, under how many names."""

    iri: str
    title: str
    about: str
    file: str
    concepts: int
    names: int
    tops: int
    linked: int


@dataclass(frozen=True)
class Ontology:
    """What the ontology says of itself, and its terms in order of name."""

    iri: str
    version_iri: str
    version: str
    title: str
    about: str
    licence: str
    creator: str
    citation: str
    history: tuple[str, ...]
    terms: tuple[Term, ...]


def anchor(name: str) -> str:
    """Return the anchor of a term by its prefixed name."""
    return name.removeprefix("kg:").replace(":", "-")


def short(iri: str) -> str:
    """Return an IRI as a prefixed name, or as it is."""
    found = prefixed(iri, PREFIXES | NANOPUBLICATION_PREFIXES)
    return ":".join(found) if found and found[1] else iri


class _Facts:
    """The triples of a file by subject and predicate, in the order of the file."""

    def __init__(self, path: Path) -> None:
        self.by: dict[Node, dict[NamedNode, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            subject, value = quad.subject, quad.object
            if not isinstance(subject, Triple) and not isinstance(value, Triple):
                self.by[subject][quad.predicate].append(value)

    def texts(self, subject: Node, *predicates: str) -> tuple[str, ...]:
        return tuple(o.value for p in predicates for o in self.by[subject][term(p)] if isinstance(o, Literal))

    def text(self, subject: Node, predicate: str) -> str:
        return next((o.value for o in self.by[subject][term(predicate)]), "")

    def names(self, subject: Node, *predicates: str) -> tuple[str, ...]:
        found = (o for p in predicates for o in self.by[subject][term(p)] if isinstance(o, NamedNode))
        return tuple(short(o.value) for o in found)

    def members(self, subject: Node, *predicates: str) -> tuple[str, ...]:
        """The members of the lists that are values of `predicates`."""
        found: list[str] = []
        for predicate in predicates:
            for head in self.by[subject][term(predicate)]:
                at: Node | None = head
                while isinstance(at, BlankNode):
                    found += [short(o.value) for o in self.by[at][term("rdf:first")] if isinstance(o, NamedNode)]
                    at = next(iter(self.by[at][term("rdf:rest")]), None)
        return tuple(found)


def read_ontology(path: Path) -> Ontology:
    """Return the ontology that `path` holds; terms are those with a label, but not its annotations of itself."""
    facts = _Facts(path)
    types = {node: facts.names(node, "rdf:type") for node in list(facts.by) if isinstance(node, NamedNode)}
    [itself] = [node for node, kinds in types.items() if "owl:Ontology" in kinds]
    terms = [_term(facts, node, kinds) for node, kinds in types.items() if node != itself]
    return Ontology(
        iri=itself.value,
        version_iri=facts.text(itself, "owl:versionIRI"),
        version=facts.text(itself, "owl:versionInfo"),
        title=facts.text(itself, "dcterms:title"),
        about=facts.text(itself, "dcterms:description"),
        licence=facts.text(itself, "dcterms:license"),
        creator=facts.text(itself, "dcterms:creator"),
        citation=facts.text(itself, "dcterms:bibliographicCitation"),
        history=facts.texts(itself, "skos:historyNote"),
        terms=tuple(sorted((t for t in terms if t.meaning), key=lambda t: (t.name.lower(), t.name))),
    )


def _term(facts: _Facts, node: NamedNode, types: Iterable[str]) -> Term:
    held = set(types)
    domain, expected = facts.names(node, "rdfs:domain"), facts.names(node, "schema:domainIncludes")
    range_, expected_range = facts.names(node, "rdfs:range"), facts.names(node, "schema:rangeIncludes")
    own = node.value.startswith(KG)
    return Term(
        name=short(node.value),
        iri=node.value,
        kind=next((kind for type_, kind in KINDS.items() if type_ in held), "link"),
        label=facts.text(node, "rdfs:label"),
        meaning=facts.text(node, "skos:definition" if own else "skos:scopeNote"),
        notes=facts.texts(node, "skos:note", *(["skos:scopeNote"] if own else [])),
        examples=facts.texts(node, "skos:example"),
        above=(
            *facts.names(node, "rdfs:subClassOf", "rdfs:subPropertyOf"),
            *(t for t in types if t.startswith("kg:")),
        ),
        domain=domain or expected,
        range=range_ or expected_range,
        near=facts.names(node, "skos:closeMatch"),
        parts=facts.members(node, "owl:unionOf", "owl:oneOf"),
        traits=tuple(said for type_, said in TRAITS.items() if type_ in held),
        loose=bool(expected or expected_range),
    )


def read_scheme(path: Path) -> Scheme:
    """Return what the page says of one vocabulary file; it holds one scheme."""
    facts = _Facts(path)
    [itself] = [node for node in list(facts.by) if "skos:ConceptScheme" in facts.names(node, "rdf:type")]
    concepts = read_schemes([path])
    return Scheme(
        iri=str(getattr(itself, "value", "")),
        title=facts.text(itself, "dcterms:title"),
        about=facts.text(itself, "dcterms:description"),
        file=path.name,
        concepts=len(concepts),
        names=sum(len(concept.names) for concept in concepts),
        tops=sum(not concept.broader for concept in concepts),
        linked=sum(bool(concept.exact_match) for concept in concepts),
    )
