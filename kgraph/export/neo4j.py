"""neo4j/: tables for `neo4j-admin database import`, one of nodes for each kind of thing and one for each type of edge.

The header format is that of the Neo4j operations manual (Import, "CSV header formats"): `id:ID` and `:LABEL` for nodes,
`:START_ID`, `:END_ID` and `:TYPE` for relationships, `name:type` for properties, `;` between the values of a list.
What nodes and edges carry is what `kgraph.graph.networks` says; what is not known is an empty cell, which becomes no
property. RFC 4180 quoting: titles and quotes may hold line breaks, hence `--multiline-fields=true` in import.args.
A `;` within a value of a list becomes a comma, for the importer knows no escape for it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from kgraph.export.registry import Build
from kgraph.graph import networks
from kgraph.graph.terms import clean
from kgraph.model import Kind, RelationType

ARGUMENTS = "import.args"
"""The file that names all others: `neo4j-admin database import full @import.args NAME`, run in the folder."""

NODE, EDGE = ("id:ID", ":LABEL"), (":START_ID", ":END_ID", ":TYPE", "key:string")
_TYPES = {str: "string", int: "long", float: "double", bool: "boolean", tuple: "string[]"}

_PAPER = ("label", "year", "date", "arxiv", "doi", "url", "venue", "authors")
_ENTITY = ("label", "aliases", "level", "manufacturer", "qualifier", "concept", "papers")
_RELATION = (
    "paper", "quote", "quote_in", "quote_start", "quote_end", "polarity", "metric", "higher_is_better", "value",
    "value_low", "value_high", "value_kind", "value_unit", "up_to", "own_claim", "confidence", "rule",
)  # fmt: skip

NODES: dict[str, tuple[str, str, tuple[str, ...]]] = {"paper": ("papers.csv", "Paper", _PAPER)} | {
    kind.value: (f"{kind}.csv" if kind is Kind.HARDWARE else f"{kind}s.csv", f"{kind.capitalize()};Entity", _ENTITY)
    for kind in Kind
}
"""By kind of node: its file, labels and properties."""

EDGES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "mentions": ("mentions.csv", "MENTIONS", ("count", "introduced")),
    **{type_.value: (f"{type_}.csv", type_.upper(), _RELATION) for type_ in RelationType},
    "broader": ("broader.csv", "BROADER", ()),
    "co_mention": ("co_mentioned_with.csv", "CO_MENTIONED_WITH", ("weight", "sentences", "npmi")),
    "cites": ("cites.csv", "CITES", ("contexts",)),
}
"""By type of edge: its file, relationship type and properties."""


def write_neo4j(build: Build, path: Path) -> None:
    """Write the folder `path`: all of `NODES` and `EDGES`, empty ones too, and `ARGUMENTS`."""
    path.mkdir()
    with ExitStack() as open_files:

        def table(name: str, keys: Iterable[str], properties: Iterable[str], types: Mapping[str, type]) -> Any:
            file = open_files.enter_context((path / name).open("w", encoding="utf-8", newline=""))
            rows = csv.writer(file)
            rows.writerow(header(keys, properties, types))
            return rows

        nodes = {
            kind: table(name, NODE, properties, networks.NODE_ATTRIBUTES)
            for kind, (name, _, properties) in NODES.items()
        }
        for node in networks.nodes(build.knowledge):
            kind, cells = node_row(node)
            nodes[kind].writerow(cells)
        edges = {
            type_: table(name, EDGE, properties, networks.EDGE_ATTRIBUTES)
            for type_, (name, _, properties) in EDGES.items()
        }
        for edge in networks.edges(build.knowledge):
            type_, cells = edge_row(edge)
            edges[type_].writerow(cells)
    lines = ["--multiline-fields=true", *(f"--nodes={name}" for name, _, _ in NODES.values())]
    lines += [f"--relationships={name}" for name, _, _ in EDGES.values()]
    (path / ARGUMENTS).write_text("\n".join(lines) + "\n", encoding="utf-8")


def header(keys: Iterable[str], properties: Iterable[str], types: Mapping[str, type]) -> list[str]:
    """Return the first line of a table: `keys` (`NODE` or `EDGE`), then properties with their types."""
    return [*keys, *(f"{each}:{_TYPES[types[each]]}" for each in properties)]


def node_row(node: networks.Node) -> tuple[str, list[str]]:
    """Return the kind of a node, and its cells."""
    id_, attributes = node
    kind = attributes.pop("kind")
    _, labels, properties = NODES[kind]
    return kind, [clean(id_), labels, *_cells(attributes, properties)]


def edge_row(edge: networks.Edge) -> tuple[str, list[str]]:
    """Return the type of an edge, and its cells."""
    start, end, key, attributes = edge
    type_ = attributes.pop("type")
    _, written, properties = EDGES[type_]
    return type_, [clean(start), clean(end), written, clean(key), *_cells(attributes, properties)]


def _cells(attributes: Mapping[str, Any], properties: tuple[str, ...]) -> list[str]:
    unknown = attributes.keys() - set(properties)
    assert not unknown, f"no column for {sorted(unknown)}"
    return [_cell(attributes.get(name)) for name in properties]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ";".join(clean(each).replace(";", ",") for each in value if each)
    return clean(value) if isinstance(value, str) else str(value)
