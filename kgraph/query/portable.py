"""A query that can be taken elsewhere: it declares every prefix that it uses and says what it could be asked with."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from kgraph.graph.iris import PREFIXES
from kgraph.query.named import Parameter, Query
from kgraph.query.tokens import tokens


def portable(query: Query, text: str, values: Mapping[str, str]) -> str:
    """Return `text`, which is `query` with `values` bound, with its missing prefixes and its parameters told.

    Parameters are comment lines before the query, each with the value that was given or what it means to leave it out.
    """
    told = [_told(parameter, values.get(parameter.name, "").strip()) for parameter in query.parameters]
    declared, used = _prefixes(text)
    missing = [f"PREFIX {name}: <{PREFIXES[name]}>" for name in PREFIXES if name in used and name not in declared]
    body = text.strip()
    if query.parameters:  # the header that only kgraph reads gives way to what was asked
        body = "\n".join(line for line in body.split("\n") if not line.startswith(("# param:", "# example:")))
    head, _, rest = body.partition("\n\n") if body.startswith("#") else ("", "", body)
    return "\n".join([*([head] if head else []), *told, *([""] if head or told else []), *missing, rest])


def _told(parameter: Parameter, value: str) -> str:
    about = " ".join(parameter.about.split())
    if value:
        return f"# {parameter.name} = {' '.join(value.split())}  ({about})"
    return f"# {parameter.name}: not set{'' if parameter.required else ', and need not be'}  ({about})"


def _prefixes(text: str) -> tuple[set[str], set[str]]:
    """Return the prefixes that a query declares and those of all its names."""
    found = list(tokens(text))
    declared = {
        token.text.partition(":")[0]
        for before, token in pairwise(found)
        if token.kind == "name" and before.kind == "word" and before.text.upper() == "PREFIX"
    }
    return declared, {token.text.partition(":")[0] for token in found if token.kind == "name"}
