"""Binding parameters: values become RDF terms in a VALUES clause, whatever they contain.

A value is never part of the query's text before it is a term: pyoxigraph writes the term, with every quote and
backslash escaped. A bound query is plain SPARQL 1.1 that any engine runs. Unset parameters stay unbound.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
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


Resolve = Callable[[str, Sequence[str]], Sequence[NamedNode]]
"""Returns the things of some classes (none: of any) that a user means by a name; raises QueryError if it finds none."""


def validate(query: Query, values: Mapping[str, str], *, all_of_them: bool = True) -> None:
    """Say what is wrong with parameters before a graph is opened: unknown, missing, or of the wrong type.

    None is missing where not `all_of_them` are needed. Raises QueryError.
    """
    declared = {parameter.name: parameter for parameter in query.parameters}
    if declared or query.title:
        if unknown := sorted(values.keys() - declared.keys()):
            known = ", ".join(declared) or "none"
            raise QueryError(f"the query {query.name} has no parameter {unknown[0]}", remedy=f"it takes: {known}")
    elif values:
        variables = _variables(query.text)
        if unknown := sorted(name for name in values if not {name, f"{name}Param"} & variables):
            raise QueryError(f"{query.name} has no variable ?{unknown[0]}, which {unknown[0]}=... would set")
    for parameter in query.parameters:
        value = values.get(parameter.name, "").strip()
        if all_of_them and parameter.required and not value:
            raise QueryError(
                f"the query {query.name} needs the parameter {parameter.name}: {parameter.about}",
                remedy=f"add -p {parameter.name}=...",
            )
        if value and parameter.of and parameter.type is ParameterType.TEXT:
            if value.lower() not in map(str.lower, parameter.of):
                raise QueryError(f"the parameter {parameter.name}: {value!r} is none of {', '.join(parameter.of)}")
        elif value and parameter.type is not ParameterType.ENTITY:
            try:
                term(value, parameter.type)
            except QueryError as error:
                raise QueryError(f"the parameter {parameter.name}: {error}") from None


def bind(query: Query, values: Mapping[str, str], resolve: Resolve, *, all_of_them: bool = True) -> str:
    """Return the text of `query` with its parameters bound; entities become the IRIs that `resolve` finds.

    Without `all_of_them`, a required parameter may stay unset: the query then asks about everything.

    A query without declared parameters takes any: each becomes a number if it looks like one, or else text. Raises
    QueryError for parameters that are unknown, missing, or of the wrong type, and for names that mean nothing.
    """
    validate(query, values, all_of_them=all_of_them)
    declared = {parameter.name: parameter for parameter in query.parameters}
    terms: dict[str, Sequence[Literal | NamedNode]] = {}
    for name, value in sorted(values.items()):
        if not (wanted := value.strip()):
            continue
        parameter = declared.get(name)
        type_ = parameter.type if parameter else _guess(wanted)
        classes = parameter.of if parameter else ()
        terms[name] = resolve(wanted, classes) if type_ is ParameterType.ENTITY else [term(wanted, type_)]
    return _with_values(query.text, terms)


def _variables(text: str) -> set[str]:
    return {token.text[1:] for token in tokens(text) if token.kind == "var"}


def _guess(value: str) -> ParameterType:
    if re.fullmatch(r"[+-]?\d{1,15}", value.strip(), re.ASCII):
        return ParameterType.INTEGER
    if re.fullmatch(r"[+-]?\d{1,15}\.\d{1,15}", value.strip(), re.ASCII):
        return ParameterType.NUMBER
    return ParameterType.TEXT


def _with_values(text: str, terms: Mapping[str, Sequence[Literal | NamedNode]]) -> str:
    """Return the query with VALUES clauses at the start of each group in which a parameter occurs.

    One at the start of the outermost group would mean the same; in every group, engines look the values up in their
    indexes instead of listing all that a branch of a UNION could give.
    """
    if not terms:
        return text
    found = list(tokens(text))
    start = group_start(found)
    used = _variables(text)
    clauses = {
        f"{name}Param" if f"{name}Param" in used else name: " ".join(str(term) for term in values)
        for name, values in terms.items()
    }
    pieces: list[str] = []
    last = 0
    for place, inside in _groups(found, start):
        wanted = [name for name in clauses if name in inside or place == start]
        pieces += [text[last:place], *(f" VALUES ?{name} {{ {clauses[name]} }}" for name in wanted)]
        last = place
    return "".join([*pieces, text[last:]])


def _groups(found: list[Token], start: int) -> list[tuple[int, set[str]]]:
    """Return (offset after the brace, names of the variables inside) of each group pattern from `start` on.

    Data blocks of VALUES are no groups, and neither is the brace before the SELECT of a subquery, but its pattern is: a
    parameter means the same wherever its name stands.
    """
    groups: list[tuple[int, set[str]]] = []
    open_: list[set[str] | None] = []  # None: nothing in here is a group
    for i, token in enumerate(found):
        if token.start + 1 < start:
            continue
        if token.text == "{":
            following = found[i + 1] if i + 1 < len(found) else token
            if _is_data(found, i) or (following.kind == "word" and following.text.upper() == "SELECT"):
                open_.append(None)
            else:
                names: set[str] = set()
                groups.append((token.start + 1, names))
                open_.append(names)
        elif token.text == "}":
            if open_:
                open_.pop()
            if not open_:
                break
        elif token.kind == "var":
            for inside in open_:
                if inside is not None:
                    inside.add(token.text[1:])
    return groups


def _is_data(found: list[Token], brace: int) -> bool:
    """Whether a brace opens the data of VALUES: `VALUES ?x {` or `VALUES (?x ?y) {`."""
    i = brace - 1
    if i >= 0 and found[i].text == ")":
        while i >= 0 and found[i].text != "(":
            i -= 1
    return i >= 1 and found[i - 1].kind == "word" and found[i - 1].text.upper() == "VALUES"


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
