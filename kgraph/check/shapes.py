"""The SHACL shapes of ontology/shapes.ttl.

SHACL Core is pySHACL's work. Constraints in SPARQL are run by pyoxigraph, each once over all its focus nodes instead of
once per node, which gives the same faults in a fraction of the time.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, RdfFormat, Store, Triple

from kgraph.check.outcome import Finding, Outcome
from kgraph.graph.iris import PREFIXES
from kgraph.graph.rdf import empty_graph, rdflib_term
from kgraph.query.bind import group_start
from kgraph.query.engine import base_of
from kgraph.query.formats import short
from kgraph.query.tokens import tokens

SH = "http://www.w3.org/ns/shacl#"
LIMIT = 1_000_000
"""Triples up to which pySHACL is asked (it takes about 90 s and 1 GB for a million)."""

Node = NamedNode | BlankNode


def check_shapes(store: Store, shapes: Path) -> Outcome:
    """Return every violation of `shapes` in the graph."""
    triples = len(store)
    findings = list(sparql_violations(store, shapes))
    skipped = ""
    if triples <= LIMIT:
        findings += core_violations(store, shapes)
    else:
        skipped = f"SHACL Core: {triples:,} triples are more than pySHACL can take ({LIMIT:,})"
    return Outcome("shapes", f"{triples:,} triples", tuple(sorted(set(findings))), skipped)


def core_violations(store: Store, shapes: Path) -> Iterator[Finding]:
    """Yield the violations of SHACL Core constraints, as pySHACL reports them."""
    import rdflib
    from pyshacl import validate

    data = empty_graph()
    for quad in store:
        if isinstance(quad.object, Triple):
            continue  # rdflib knows no triple terms, and what they speak of is asserted besides
        data.add((rdflib_term(quad.subject), rdflib_term(quad.predicate), rdflib_term(quad.object)))
    rules = rdflib.Graph()
    rules.parse(data=shapes.read_text(encoding="utf-8"), format="turtle")
    sh = rdflib.Namespace(SH)
    rules.remove((None, sh.sparql, None))
    quiet = logging.getLogger("kgraph.pyshacl")
    quiet.setLevel(logging.CRITICAL)
    _, report, _ = validate(data, shacl_graph=rules, inplace=True, logger=quiet)
    assert isinstance(report, rdflib.Graph)
    base = base_of(store)
    for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
        focus = str(report.value(result, sh.focusNode))
        value = report.value(result, sh.value)
        message = str(report.value(result, sh.resultMessage))
        given = f" (here: {_brief(str(value).removeprefix(base))})" if value is not None else ""
        yield Finding(focus.removeprefix(base), message + given)


def _brief(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def sparql_violations(store: Store, shapes: Path) -> Iterator[Finding]:
    """Yield the violations of the constraints that are written in SPARQL."""
    rules = Store()
    rules.load(path=str(shapes), format=RdfFormat.TURTLE)
    prefixes = _prefixes(rules)
    base = base_of(store)
    for shape, constraint in _pairs(rules, f"{SH}sparql"):
        [select] = [o.value for o in _objects(rules, constraint, "select") if isinstance(o, Literal)]
        [message] = [o.value for o in _objects(rules, constraint, "message") if isinstance(o, Literal)]
        found = store.query(prefixes + _over_all(select, _targets(rules, shape)))
        assert isinstance(found, QuerySolutions)
        names = [variable.value for variable in found.variables]
        for row in found:
            said = {name: _brief(short(row[name], base)) for name in names if row[name] is not None}
            yield Finding(said["this"], re.sub(r"\{[?$](\w+)\}", lambda m, s=said: s.get(m[1], m[1]), message))  # type: ignore[misc]


def _pairs(rules: Store, predicate: str) -> list[tuple[Node, Node]]:
    found = rules.quads_for_pattern(None, NamedNode(predicate), None, None)
    rows = [(q.subject, q.object) for q in found]
    return [(s, o) for s, o in rows if isinstance(s, Node) and isinstance(o, Node)]


def _objects(rules: Store, subject: Node, name: str) -> list[object]:
    return [q.object for q in rules.quads_for_pattern(subject, NamedNode(SH + name), None, None)]


def _prefixes(rules: Store) -> str:
    declared = {name: iri for name, iri in PREFIXES.items() if name != "sh"}
    for _, declaration in _pairs(rules, f"{SH}declare"):
        [name] = [o.value for o in _objects(rules, declaration, "prefix") if isinstance(o, Literal)]
        [iri] = [o.value for o in _objects(rules, declaration, "namespace") if isinstance(o, Literal)]
        declared[name] = iri
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in sorted(declared.items()))


def _targets(rules: Store, shape: Node) -> str:
    """Return a graph pattern that $this satisfies exactly if it is a focus node of the shape."""
    classes = " ".join(sorted(str(o) for o in _objects(rules, shape, "targetClass")))
    if classes:
        return f"{{ SELECT DISTINCT ?this {{ VALUES ?focusClass {{ {classes} }} ?this a ?focusClass }} }} "
    properties = " | ".join(sorted(str(o) for o in _objects(rules, shape, "targetSubjectsOf")))
    return f"{{ SELECT DISTINCT ?this {{ ?this {properties} ?focusValue }} }} "


def _over_all(select: str, targets: str) -> str:
    place = group_start(list(tokens(select)))
    return f"{select[:place]} {targets} {select[place:]}"
