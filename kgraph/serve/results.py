"""Answers in the formats of the SPARQL 1.1 recommendations, from rows that were counted first.

JSON: https://www.w3.org/TR/sparql11-results-json/, XML: https://www.w3.org/TR/rdf-sparql-XMLres/,
CSV and TSV: https://www.w3.org/TR/sparql11-results-csv-tsv/. Triples are pyoxigraph's work.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kgraph.graph.iris import PREFIXES
from kgraph.graph.terms import clean
from kgraph.graph.turtle import dump

Term = NamedNode | BlankNode | Literal | Triple
Row = Sequence[Term | None]

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv; charset=utf-8", "text/tab-separated-values; charset=utf-8"
TURTLE, NTRIPLES = "text/turtle; charset=utf-8", "application/n-triples"
RDFXML, JSONLD = "application/rdf+xml", "application/ld+json"

_STRING = PREFIXES["xsd"] + "string"
_FORMATS = {NTRIPLES: RdfFormat.N_TRIPLES, RDFXML: RdfFormat.RDF_XML, JSONLD: RdfFormat.JSON_LD}
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'


def truth(value: bool, media_type: str) -> bytes:
    """Return the answer to an ASK; CSV and TSV, which know none, as the bare word."""
    word = "true" if value else "false"
    if media_type == XML:
        return f"{_HEAD}<head></head><boolean>{word}</boolean></sparql>\n".encode()
    return f"{word}\n".encode() if media_type in (CSV, TSV) else b'{"head":{},"boolean":%s}\n' % word.encode()


def graph(triples: list[Triple], media_type: str, base: str) -> bytes:
    """Return triples in an RDF syntax, grouped by subject."""
    ordered = sorted(set(triples), key=str)
    if media_type == TURTLE:
        out = io.BytesIO()
        dump(ordered, out, base)
        return out.getvalue()
    return serialize(ordered, format=_FORMATS[media_type]) or b""


def table(names: list[str], rows: list[tuple[Term | None, ...]], media_type: str) -> bytes:
    """Return rows in a results format."""
    if media_type == JSON:
        found = [{n: _json(t) for n, t in zip(names, row, strict=True) if t is not None} for row in rows]
        text = json.dumps({"head": {"vars": names}, "results": {"bindings": found}}, ensure_ascii=False)
        return text.encode("utf-8", "replace")
    if media_type == XML:
        return "".join(_xml(names, rows)).encode()
    out = io.StringIO()
    if media_type == CSV:
        writer = csv.writer(out)
        writer.writerow(names)
        writer.writerows([_bare(term) for term in row] for row in rows)
    else:
        out.write("\t".join(f"?{name}" for name in names) + "\n")
        out.writelines("\t".join("" if t is None else _tsv(t) for t in row) + "\n" for row in rows)
    return out.getvalue().encode()


def _json(term: Term) -> dict[str, object]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json(part) for name, part in parts.items()}}
    more = {"xml:lang": term.language} if term.language else {}
    if not more and term.datatype.value != _STRING:
        more = {"datatype": term.datatype.value}
    return {"type": "literal", "value": term.value, **more}


def _xml(names: list[str], rows: list[tuple[Term | None, ...]]) -> Iterator[str]:
    variables = "".join(f"<variable name={quoteattr(name)}/>" for name in names)
    yield f"{_HEAD}<head>{variables}</head><results>"
    for row in rows:
        cells = (
            f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>"
            for name, term in zip(names, row, strict=True)
            if term is not None
        )
        yield f"<result>{''.join(cells)}</result>"
    yield "</results></sparql>\n"


def _xml_term(term: Term) -> str:
    if isinstance(term, NamedNode):
        return f"<uri>{escape(clean(term.value))}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{escape(term.value)}</bnode>"
    if isinstance(term, Triple):
        parts = (f"<{n}>{_xml_term(getattr(term, n))}</{n}>" for n in ("subject", "predicate", "object"))
        return f"<triple>{''.join(parts)}</triple>"
    kind = ""
    if term.language:
        kind = f" xml:lang={quoteattr(term.language)}"
    elif term.datatype.value != _STRING:
        kind = f" datatype={quoteattr(term.datatype.value)}"
    # a bare carriage return would be read as a line feed
    return f"<literal{kind}>{escape(clean(term.value), {chr(13): '&#13;'})}</literal>"


def _bare(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, BlankNode | Triple):
        return str(term)
    return term.value


def _tsv(term: Term) -> str:
    """Return a term in Turtle's syntax; a tab inside a literal is escaped, as the format wants."""
    return str(term).replace("\t", "\\t")
