"""Knowledge as RDF 1.1: one traversal that feeds every RDF writer, the store and rdflib.

Blocks (a subject with all it says) come in the order of their IRIs and none of them twice, so that writers can stream:
sorted N-Quads need no sort, Turtle is grouped by subject, and memory does not grow with the number of triples.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial

from pyoxigraph import Triple

from kgraph.graph import triples_build, triples_entities, triples_mentions, triples_papers, triples_relations
from kgraph.graph.iris import DATA
from kgraph.graph.naming import FAMILY, Naming
from kgraph.graph.terms import Block, Pair
from kgraph.model import Kind, Knowledge


def blocks(knowledge: Knowledge, base_iri: str = DATA, *, abstracts: bool = False) -> Iterator[Block]:
    """Yield each subject once with its predicates and objects (no pair twice), subjects in order of `<IRI>`.

    `abstracts` adds dcterms:abstract to papers; it is off because abstracts have licences of their own.
    """
    naming = Naming(base_iri)
    census, whole = triples_build.Census(), triples_build.whole(knowledge)
    for subject, pairs in _families(knowledge, naming, whole, abstracts):
        block = subject, list(dict.fromkeys(pairs))
        census.see(block)
        yield block
    yield from triples_build.description(whole, naming, census)


def triples(knowledge: Knowledge, base_iri: str = DATA, *, abstracts: bool = False) -> Iterator[Triple]:
    """Yield all triples of `knowledge`, each once, grouped by subject; there are no blank nodes."""
    for subject, pairs in blocks(knowledge, base_iri, abstracts=abstracts):
        for predicate, target in pairs:
            yield Triple(subject, predicate, target)


def _families(knowledge: Knowledge, naming: Naming, whole: triples_build.Whole, abstracts: bool) -> Iterator[Block]:
    """Yield the blocks of every family of IRIs, families in order of their names and each of them in order."""
    links = _links(knowledge, naming)
    passages = triples_mentions.Passages(knowledge, naming)
    families: dict[str, Callable[[], Iterator[Block]]] = {
        "build": partial(triples_build.builds, whole, naming),
        "citation": partial(triples_papers.citations, knowledge, naming),
        "co-mention": partial(triples_entities.comentions, knowledge, naming),
        "extractor": partial(triples_build.extractors, whole, naming),
        "mention": partial(triples_mentions.mentions, knowledge, naming),
        "organization": partial(triples_entities.organizations, knowledge, naming),
        "paper": partial(triples_papers.papers, knowledge, naming, links, abstracts),
        "passage": passages.passages,
        "selector": passages.selectors,
        "source": partial(triples_build.sources, whole, naming),
        "text": partial(triples_mentions.texts, knowledge, naming),
    }
    for kind in Kind:
        families[kind] = partial(triples_entities.entities, knowledge, naming, kind, links)
    for type_, family in FAMILY.items():
        families[family] = partial(triples_relations.relations, knowledge, naming, type_)
    for name in sorted(families, key=lambda name: f"{name}/"):
        yield from families[name]()


def _links(knowledge: Knowledge, naming: Naming) -> dict[str, list[Pair]]:
    """Return the plain triples between things, by the id of their subject."""
    links: dict[str, list[Pair]] = defaultdict(list)
    for relation in knowledge.relations:
        links[relation.subject].extend(triples_relations.plain(relation, naming))
    for id_, pair in triples_entities.together(knowledge, naming):
        links[id_].append(pair)
    return {id_: sorted(set(pairs), key=lambda p: (p[0].value, str(p[1]))) for id_, pairs in links.items()}
