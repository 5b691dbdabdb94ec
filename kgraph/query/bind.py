"""Binding parameters: values become RDF terms in a VALUES clause, whatever they contain.

A value is never part of the query's text before it is a term: pyoxigraph writes the term, with every quote and
backslash escaped. A bound query is plain SPARQL 1.1 that any engine runs. Unset parameters stay unbound.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal, NamedNode

from kgraph.errors import QueryError
from kgraph.graph.terms import clean
from kgraph.query.named import ParameterType, Query
from kgraph.query.tokens import Token, tokens

XSD = "http://www.w3.org/2001/XMLSchema#"


def term(value: str, type_: ParameterType) -> Literal | NamedNode:
    """Return a parameter's value as an RDF term. Raises QueryError if it is not of that type."""
    if type_ is ParameterType.IRI:
        try:
            return NamedNode(value)
        except ValueError as error:
            raise QueryError(f"{value!r} is no IRI: {error}") from None
    if type_ is ParameterType.NUMBER:
        try:
            number = Decimal(value)
        except InvalidOperation:
            raise QueryError(f"{value!r} is no number") from None
        if not number.is_finite() or abs(number.adjusted()) > 15:
            raise QueryError(f"{value!r} is out of range")
        return Literal(format(number, "f"), datatype=NamedNode(XSD + "decimal"))
    if type_ is ParameterType.INTEGER:
        if not re.fullmatch(r"[+-]?\d{1,18}", value, re.ASCII):
            raise QueryError(f"{value!r} is no whole number")
        return Literal(str(int(value)), datatype=NamedNode(XSD + "integer"))
    return Literal(clean(value))


def bind(query: Query, values: Mapping[str, str]) -> str:
    """Return the text of `query` with its parameters bound.

    A query without declared parameters takes any: each becomes a number if it looks like one, or else text. Raises
    QueryError for parameters that are unknown, missing, or of the wrong type.
    """
    declared = {parameter.name: parameter for parameter in query.parameters}
    if unknown := sorted(values.keys() - declared.keys()) if declared or query.title else []:
        known = ", ".join(declared) or "none"
        raise QueryError(f"the query {query.name} has no parameter {unknown[0]}", remedy=f"it takes: {known}")
    for parameter in query.parameters:
        if parameter.required and not values.get(parameter.name, "").strip():
            raise QueryError(
                f"the query {query.name} needs the parameter {parameter.name}: {parameter.about}",
                remedy=f"add -p {parameter.name}=...",
            )
    terms = {
        name: term(value.strip(), declared[name].type if name in declared else _guess(value))
        for name, value in sorted(values.items())
        if value.strip()
    }
    return _with_values(query.text, terms)


def _guess(value: str) -> ParameterType:
    if re.fullmatch(r"[+-]?\d{1,15}", value.strip(), re.ASCII):
        return ParameterType.INTEGER
    if re.fullmatch(r"[+-]?\d{1,15}\.\d{1,15}", value.strip(), re.ASCII):
        return ParameterType.NUMBER
    return ParameterType.TEXT


def _with_values(text: str, terms: Mapping[str, Literal | NamedNode]) -> str:
    """Return the query with a VALUES clause at the start of its outermost group."""
    if not terms:
        return text
    found = list(tokens(text))
    place = group_start(found)
    used = {token.text[1:] for token in found if token.kind == "var"}
    variables = " ".join(f"?{name}Param" if f"{name}Param" in used else f"?{name}" for name in terms)
    row = " ".join(str(term) for term in terms.values())
    return f"{text[:place]} VALUES ({variables}) {{ ({row}) }} {text[place:]}"


def group_start(found: list[Token]) -> int:
    """Return the offset just after the brace that opens the outermost group graph pattern."""
    depth = 0
    template = False
    for before, token in zip([None, *found], found, strict=False):
        if token.kind == "word" and token.text.upper() == "CONSTRUCT":
            template = True
        elif token.text == "{":
            after_where = before is not None and before.kind == "word" and before.text.upper() == "WHERE"
            if depth == 0 and (after_where or not template):
                return token.start + 1
            depth += 1
        elif token.text == "}":
            depth -= 1
            template = False
    raise QueryError("can't bind parameters: the query has no WHERE clause")
