"""The named queries: .rq files in kgraph/query/named/, each with a header that says what it answers and takes.

    # title: Who claims to beat it
    # question: Which systems claim to outperform a given system, on what, and by how much?
    # param: system (entity) what is beaten
    # param: min (number, optional) only claims of at least this number
    # example: system=vLLM min=2
    # columns: winner metric value year evidence paper

A header is the comment lines before the query. Behind the type may stand what alone is taken: `(entity: Hardware)`
things of these classes, `(text: ratio|percent)` these words. A parameter is a variable of the query: `?min`, or
`?systemParam` where `?system` is something else, such as a column.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from kgraph.errors import QueryError

FOLDER = Path(__file__).parent / "named"
_LINE = re.compile(r"#\s*(title|question|param|example|columns):\s*(.*)", re.IGNORECASE)
_PARAM = re.compile(
    r"(?P<name>[A-Za-z]\w*)\s*\((?P<type>\w+)(?::\s*(?P<of>[\w|]+))?(?P<optional>,\s*optional)?\)\s*(?P<about>.*)"
)


class ParameterType(StrEnum):
    """What a parameter takes: a label, alias or id of a thing; text; a number; a year; an IRI."""

    ENTITY = "entity"
    TEXT = "text"
    NUMBER = "number"
    INTEGER = "integer"
    IRI = "iri"


@dataclass(frozen=True)
class Parameter:
    """A variable of a query that the user sets; `of` are the only words that a text may be, in any case, or the classes
    of which a thing may be, none where any will do. `about` names those words."""

    name: str
    type: ParameterType
    required: bool
    about: str
    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Query:
    """A query with its header. `name` is the file's; `example` are parameters that give rows on the embedded sample."""

    name: str
    text: str
    title: str = ""
    question: str = ""
    parameters: tuple[Parameter, ...] = ()
    example: Mapping[str, str] | None = None
    columns: tuple[str, ...] = ()


def parse(name: str, text: str) -> Query:
    """Read the header of a query; a query without one has no parameters declared. Raises QueryError."""
    fields: dict[str, str] = {}
    parameters: list[Parameter] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            break
        if not (match := _LINE.match(line.strip())):
            continue
        key, value = match[1].lower(), match[2].strip()
        if key != "param":
            fields[key] = value
            continue
        param = _PARAM.fullmatch(value)
        if param is None or param["type"] not in set(ParameterType):
            raise QueryError(
                f"can't read the parameter {value!r}",
                where=f"{name}, line {number}",
                remedy="write `# param: name (entity|text|number|integer|iri[: one|other][, optional]) what it is`",
            )
        kind = ParameterType(param["type"])
        of = tuple(param["of"].split("|")) if param["of"] else ()
        about = param["about"].strip()
        if of and kind is ParameterType.TEXT:
            about = f"{about}: {', '.join(of)}"
        parameters.append(Parameter(param["name"], kind, not param["optional"], about, of))
    return Query(
        name=name,
        text=text,
        title=fields.get("title", ""),
        question=fields.get("question", ""),
        parameters=tuple(parameters),
        example=assignments(shlex.split(fields.get("example", ""))),
        columns=tuple(fields.get("columns", "").split()),
    )


def assignments(pairs: list[str]) -> dict[str, str]:
    """Return `key=value` texts as a mapping. Raises QueryError."""
    found: dict[str, str] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key.isidentifier():
            raise QueryError(f"can't read the parameter {pair!r}", remedy="write -p name=value")
        if key in found:
            raise QueryError(f"the parameter {key} is given twice")
        found[key] = value
    return found


@cache
def named() -> Mapping[str, Query]:
    """Return all named queries by name, in order of name."""
    return {
        path.stem: parse(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(FOLDER.glob("*.rq"), key=lambda path: path.stem)
    }
