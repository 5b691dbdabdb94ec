"""The other faces of the RDF, where a build wrote them: that they say what graph.nq says, and are whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, Triple, parse

from kgraph.check.outcome import Finding, Outcome
from kgraph.graph.nanopublications import GRAPHS
from kgraph.graph.reifiers import REIFIES
from kgraph.graph.triples_build import TRIPLES
from kgraph.graph.trusty import Statement, artifact_code
from kgraph.ontology import KG
from kgraph.query.engine import base_of
from kgraph.query.formats import short, text_of

RDF12, NANOPUBLICATIONS = "graph.rdf12.ttl", "nanopublications.trig"
_CODE = re.compile(rf"nanopub/(RA[\w-]{{43}})[#/]({'|'.join(GRAPHS)})")


def check_faces(folder: Path, store: Store) -> Iterator[Outcome]:
    """Yield one outcome for each face that is in `folder`; `store` holds graph.nq."""
    for name, check in ((RDF12, _rdf12), (NANOPUBLICATIONS, _nanopublications)):
        if (folder / name).is_file():
            try:
                yield check(folder / name, store)
            except (SyntaxError, ValueError) as error:
                yield Outcome(name, "", (Finding(name, f"can't be read: {error}"),))


def _relations(store: Store) -> int:
    found = store.query(f"SELECT (COUNT(DISTINCT ?r) AS ?n) {{ ?r <{KG}subject> ?s }}")
    assert isinstance(found, QuerySolutions)
    return int(next(iter(found))["n"].value)


def _rdf12(path: Path, store: Store) -> Outcome:
    """Find what the file lacks of the graph or has besides it, and reifiers of what the graph does not assert."""
    base, relations = base_of(store), _relations(store)
    known = total = 0
    told = ""
    findings: set[Finding] = set()
    reifiers = set()
    for quad in parse(path=str(path), format=RdfFormat.TURTLE):
        target = quad.object
        total += 1
        if quad.predicate == TRIPLES and quad.subject == NamedNode(f"{base}void"):
            told = text_of(target)
        if isinstance(target, Triple):
            reifiers.add(quad.subject)
            if quad.predicate != REIFIES or Quad(target.subject, target.predicate, target.object) not in store:
                findings.add(Finding(str(quad.subject), f"reifies {target}, which graph.nq does not say"))
        elif quad in store:
            known += 1
        elif not str(quad.subject).startswith(f"<{base}void"):  # it describes itself
            findings.add(Finding(str(quad.subject), f"{quad.predicate} {target} is not in graph.nq"))
    if told != str(total):
        findings.add(Finding(path.name, f"{total:,} triples, but it says of itself that it holds {told or 'none'}"))
    if known + 1 != len(store):  # its number of triples is its own
        findings.add(Finding(path.name, f"{known + 1:,} triples of graph.nq, which holds {len(store):,}"))
    if len(reifiers) != relations:
        findings.add(Finding(path.name, f"{len(reifiers):,} reifiers, but {relations:,} relations"))
    return Outcome("RDF 1.2", f"{len(reifiers):,} reifiers", tuple(sorted(findings)))


def _nanopublications(path: Path, store: Store) -> Outcome:
    """Find nanopublications whose name is not the digest of their content, or that claim what the graph does not."""
    base, count, relations = base_of(store), 0, _relations(store)
    findings: set[Finding] = set()
    for code, quads in groupby(parse(path=str(path), format=RdfFormat.TRIG), key=_code):
        count += 1
        statements: list[Statement] = []
        for q in quads:
            assert isinstance(q.graph_name, NamedNode)
            if not isinstance(q.subject, NamedNode) or not isinstance(q.object, NamedNode | Literal):
                raise ValueError(f"{q}: neither blank nodes nor triple terms belong here")
            statements.append((q.graph_name, q.subject, q.predicate, q.object))
            if q.graph_name.value.endswith("assertion") and Quad(q.subject, q.predicate, q.object) not in store:
                said = " ".join(short(term, base) for term in (q.subject, q.predicate, q.object))
                findings.add(Finding(f"nanopub/{code}", f"claims what graph.nq does not say: {said}"))
        nodes = {node for row in statements for node in row if isinstance(node, NamedNode) and code in node.value}
        if artifact_code(statements, {node: node.value.replace(code, " ") for node in nodes}) != code:
            findings.add(Finding(f"nanopub/{code}", "its name is not the digest of what it says"))
    if count != relations:
        findings.add(Finding(path.name, f"{count:,} nanopublications, but {relations:,} relations"))
    return Outcome("nanopublications", f"{count:,} of them", tuple(sorted(findings)))


def _code(quad: Quad) -> str:
    match = _CODE.search(str(quad.graph_name))
    if match is None:
        raise ValueError(f"{quad.graph_name} is no graph of a nanopublication")
    return match[1]
