"""RDF terms: the predicates and classes that kgraph writes, and literals made from untrusted text and numbers."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from kgraph.graph.iris import PREFIXES

Term = NamedNode | Literal
Pair = tuple[NamedNode, Term]
"""Predicate and object."""
Block = tuple[NamedNode, list[Pair]]
"""One subject with all its predicates and objects."""

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def term(name: str) -> NamedNode:
    """Return the term that a prefixed name stands for: `term("kg:System")`."""
    prefix, local = name.split(":", 1)
    return NamedNode(PREFIXES[prefix] + local)


TYPE = term("rdf:type")
DECIMAL = term("xsd:decimal")
INTEGER = term("xsd:integer")
IDENTIFIER = term("dcterms:identifier")
GYEAR = term("xsd:gYear")
TRUE, FALSE = Literal(True), Literal(False)


def clean(text: str) -> str:
    """Return `text` with each character that XML, and so some RDF syntax, can't hold replaced by U+FFFD.

    These are lone surrogates, U+FFFE, U+FFFF and control characters but tab, line feed and carriage return. One
    character replaces one, so offsets stay right.
    """
    return _NOT_XML.sub("\ufffd", text)


def string(text: str) -> Literal:
    """Return a plain literal."""
    return Literal(_NOT_XML.sub("\ufffd", text))


def integer(number: int) -> Literal:
    """Return an xsd:integer."""
    return Literal(str(number), datatype=INTEGER)


def decimal(number: Decimal | float) -> Literal:
    """Return an xsd:decimal in canonical form: no exponent, no trailing zeros."""
    exact = number if isinstance(number, Decimal) else Decimal(str(number))
    text = format(exact, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Literal("0" if text == "-0" else text, datatype=DECIMAL)


def boolean(value: bool) -> Literal:
    """Return an xsd:boolean."""
    return TRUE if value else FALSE


def year(number: int) -> Literal:
    """Return an xsd:gYear."""
    return Literal(f"{number:04d}", datatype=GYEAR)


def when(text: str) -> Literal:
    """Return a date as far as it is known: xsd:date, gYearMonth, gYear, gMonthDay, or a string if it is none."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        try:
            date.fromisoformat(text)
        except ValueError:
            return string(text)
        return Literal(text, datatype=term("xsd:date"))
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        return Literal(text, datatype=term("xsd:gYearMonth"))
    if re.fullmatch(r"\d{4}", text) and text != "0000":
        return Literal(text, datatype=GYEAR)
    if re.fullmatch(r"--(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", text):
        return Literal(text, datatype=term("xsd:gMonthDay"))
    return string(text)
