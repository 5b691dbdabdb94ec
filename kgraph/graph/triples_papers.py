"""Papers and their citations as RDF."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from pyoxigraph import NamedNode

from kgraph.graph.iris import doi_iri, web_iri
from kgraph.graph.naming import Naming
from kgraph.graph.terms import IDENTIFIER, TYPE, Block, Pair, integer, string, term, when, year
from kgraph.model import Citation, Knowledge, Paper

PAPER = [(TYPE, term("kg:Paper")), (TYPE, term("fabio:ResearchPaper")), (TYPE, term("schema:ScholarlyArticle"))]
PREPRINT, IN_PROCEEDINGS = (TYPE, term("fabio:Preprint")), (TYPE, term("fabio:ConferencePaper"))
OUTSIDE = [(TYPE, term("fabio:ResearchPaper"))]
TITLE, ABSTRACT = term("dcterms:title"), term("dcterms:abstract")
ISSUED, YEAR = term("dcterms:issued"), term("fabio:hasPublicationYear")
CREATOR, AUTHOR_COUNT = term("dc:creator"), term("kg:authorCount")
ARXIV, DOI, VENUE = term("fabio:hasArXivId"), term("prism:doi"), term("prism:publicationName")
OPENALEX, S2 = term("kg:openAlexId"), term("kg:semanticScholarId")
SAME, SEE = term("owl:sameAs"), term("rdfs:seeAlso")
MENTIONS, CITES = term("schema:mentions"), term("cito:cites")
TEXT_DIGEST, RECORD = term("kg:textDigest"), term("kg:recordId")
CITATION, CITING, CITED = term("cito:Citation"), term("cito:hasCitingEntity"), term("cito:hasCitedEntity")
INTENT, CONTEXT, SOURCE = term("cito:hasCitationCharacterization"), term("kg:evidence"), term("dcterms:source")

# What Semantic Scholar calls an intent, as CiTO says it; "result" has no exact term, "discusses" is the nearest.
INTENTS = {
    "methodology": term("cito:usesMethodIn"),
    "background": term("cito:obtainsBackgroundFrom"),
    "result": term("cito:discusses"),
}
_PROCEEDINGS = re.compile(r"\b(conference|symposium|proceedings|workshop)\b", re.IGNORECASE)


def papers(knowledge: Knowledge, naming: Naming, links: dict[str, list[Pair]], abstracts: bool) -> Iterator[Block]:
    """Yield one block per paper, in order of IRI; `links` are its relations' plain triples.

    A paper that is cited but was not read has its type only.
    """
    mentioned: dict[str, set[str]] = defaultdict(set)
    for mention in knowledge.mentions:
        mentioned[mention.paper].add(mention.entity)
    cited: dict[str, set[str]] = defaultdict(set)
    for citation in knowledge.citations:
        cited[citation.citing].add(citation.cited)
    known = {paper.id: paper for paper in knowledge.papers}
    outside = {c for targets in cited.values() for c in targets} | cited.keys()
    for id_ in sorted(known.keys() | outside, key=lambda i: f"{i}>"):
        paper = known.get(id_)
        pairs = list(_facts(paper, abstracts)) if paper else list(OUTSIDE)
        pairs += links.get(id_, [])
        pairs += [(MENTIONS, naming.node(entity)) for entity in sorted(mentioned.get(id_, ()))]
        pairs += [(CITES, naming.node(other)) for other in sorted(cited.get(id_, ()))]
        yield naming.node(id_), pairs


def _facts(paper: Paper, abstracts: bool) -> Iterator[Pair]:
    yield from PAPER
    if paper.venue:
        if _PROCEEDINGS.search(paper.venue):
            yield IN_PROCEEDINGS
    elif paper.arxiv:
        yield PREPRINT
    yield IDENTIFIER, string(paper.id)
    yield TITLE, string(paper.title)
    if abstracts and paper.abstract:
        yield ABSTRACT, string(paper.abstract)
    if paper.date:
        yield ISSUED, when(paper.date)
    if paper.year is not None:
        yield YEAR, year(paper.year)
    for author in paper.authors:
        yield CREATOR, string(author)
    if paper.author_count is not None:
        yield AUTHOR_COUNT, integer(paper.author_count)
    if paper.venue:
        yield VENUE, string(paper.venue)
    yield from _identifiers(paper)
    yield TEXT_DIGEST, string(paper.text)
    for record in paper.records:
        yield RECORD, string(record)


def _identifiers(paper: Paper) -> Iterator[Pair]:
    """Identifiers as text, the same work elsewhere as owl:sameAs, and pages about it as rdfs:seeAlso."""
    if paper.arxiv:
        yield ARXIV, string(paper.arxiv)
        if page := web_iri(f"https://arxiv.org/abs/{paper.arxiv}"):
            yield SEE, NamedNode(page)
    if paper.doi:
        yield DOI, string(paper.doi)
        yield SAME, NamedNode(doi_iri(paper.doi))
    if paper.openalex:
        yield OPENALEX, string(paper.openalex)
        if re.fullmatch(r"W\d+", paper.openalex):
            yield SAME, NamedNode(f"https://openalex.org/{paper.openalex}")
            yield SAME, NamedNode(f"https://semopenalex.org/work/{paper.openalex}")
    if paper.s2:
        yield S2, string(paper.s2)
    if page := web_iri(paper.url):
        yield SEE, NamedNode(page)


def citations(knowledge: Knowledge, naming: Naming) -> Iterator[Block]:
    """Yield a cito:Citation for each citation of which more is known than that it exists."""
    rich: dict[NamedNode, list[Citation]] = defaultdict(list)
    for citation in knowledge.citations:
        if citation.contexts or citation.intents:
            rich[naming.citation(citation.citing, citation.cited)].append(citation)
    for node in sorted(rich, key=lambda n: n.value):
        first = rich[node][0]
        pairs: list[Pair] = [
            (TYPE, CITATION),
            (CITING, naming.node(first.citing)),
            (CITED, naming.node(first.cited)),
        ]
        for citation in rich[node]:
            pairs += [(INTENT, INTENTS[intent]) for intent in citation.intents if intent in INTENTS]
            pairs += [(CONTEXT, string(context)) for context in citation.contexts]
            if citation.source:
                pairs.append((SOURCE, string(citation.source)))
        yield node, pairs
