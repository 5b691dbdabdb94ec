"""The IRIs of all that a build describes, under one base."""

from __future__ import annotations

from pyoxigraph import NamedNode

from kgraph.graph.iris import concept_iri, data_iri
from kgraph.model import CoMention, Relation, RelationType, Where
from kgraph.text import digest, slug

FAMILY = {
    RelationType.COMPARES_AGAINST: "comparison",
    RelationType.RUNS_ON: "runs-on",
    RelationType.BUILDS_ON: "builds-on",
    RelationType.INTRODUCES: "introduction",
}
"""The first part of a relation's IRI."""


class Naming:
    """Makes IRIs below `base`, each node once."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._nodes: dict[str, NamedNode] = {}

    def node(self, id_: str) -> NamedNode:
        """Return the IRI of a paper or entity."""
        found = self._nodes.get(id_)
        if found is None:
            found = self._nodes[id_] = NamedNode(data_iri(self.base, id_))
        return found

    def concept(self, concept: str) -> NamedNode:
        """Return the IRI of a vocabulary concept."""
        return NamedNode(concept_iri(concept))

    def relation(self, relation: Relation) -> NamedNode:
        """Return the IRI of a relation's node."""
        return NamedNode(data_iri(self.base, f"{FAMILY[relation.type]}/{relation.id}"))

    def comention(self, pair: CoMention) -> NamedNode:
        """Return the IRI of a co-mention."""
        return NamedNode(f"{self.base}co-mention/{digest(pair.a, pair.b)}")

    def citation(self, citing: str, cited: str) -> NamedNode:
        """Return the IRI of a citation."""
        return NamedNode(f"{self.base}citation/{digest(citing, cited)}")

    def text(self, paper: str, where: Where) -> NamedNode:
        """Return the IRI of a paper's title or abstract."""
        return self.node(f"text/{paper.removeprefix('paper/')}/{where}")

    def passage(self, paper: str, where: Where, start: int, end: int) -> NamedNode:
        """Return the IRI of a stretch of a paper's text."""
        return NamedNode(self._span("passage", paper, where, start, end))

    def selector(self, paper: str, where: Where, start: int, end: int) -> NamedNode:
        """Return the IRI of what says where that stretch is."""
        return NamedNode(self._span("selector", paper, where, start, end))

    def mention(self, paper: str, where: Where, start: int, end: int, entity: str) -> NamedNode:
        """Return the IRI of a mention."""
        return NamedNode(self._span("mention", paper, where, start, end) + data_iri("/", entity))

    def extractor(self, rule: str) -> NamedNode:
        """Return the IRI of the part of the extractor that found something."""
        return self.node(f"extractor/{rule or 'unknown'}")

    def organization(self, name: str) -> NamedNode:
        """Return the IRI of a manufacturer."""
        return self.node(f"organization/{slug(name) or digest(name)}")

    def _span(self, family: str, paper: str, where: Where, start: int, end: int) -> str:
        return data_iri(self.base, f"{family}/{paper.removeprefix('paper/')}/{where}/{start}-{end}")
