"""What a build writes: one line per file.

An export is a function that takes a `Build` and the path to write. To add one, write the function and add its line to
`EXPORTS`; its module is imported only when a build writes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from kgraph.graph.iris import DATA
from kgraph.model import Decision, Extraction, Knowledge, Provenance, Record


@dataclass(frozen=True)
class Build:
    """One finished build, ready to be written.

    `knowledge` is what is believed; `records` and `extractions` (by text id) are what was said; `decisions` say why
    names became entities. `base_iri` is the prefix of the IRIs of papers and entities; it ends in "/" or "#".
    """

    knowledge: Knowledge
    records: tuple[Record, ...] = ()
    extractions: Mapping[str, Extraction] = field(default_factory=dict)
    base_iri: str = DATA
    decisions: tuple[Decision, ...] = ()


Writer = Callable[[Build, Path], None]
"""Writes one file (or folder) at the path it is given, and nothing else; the path does not exist yet."""

# file name: "module:function". Written in this order; build.json is last, for it counts what the others wrote.
EXPORTS: dict[str, str] = {
    "graph.html": "kgraph.export.html:write_html",
    "papers.csv": "kgraph.export.csv:write_papers",
    "entities.csv": "kgraph.export.csv:write_entities",
    "relations.csv": "kgraph.export.csv:write_relations",
    "comentions.csv": "kgraph.export.csv:write_comentions",
    "graph.ttl": "kgraph.export.rdf:write_turtle",
    "graph.nq": "kgraph.export.rdf:write_nquads",
    "graph.jsonld": "kgraph.export.rdf_jsonld:write_jsonld",
    "graph.graphml": "kgraph.export.graphml:write_graphml",
    "graph.json": "kgraph.export.nodelink:write_nodelink",
    "tables": "kgraph.export.parquet:write_tables",
    "build.json": "kgraph.export.build_json:write_build_json",
}

ALSO = "also"
"""The option of a build that names an optional export."""

# option: (file or folder name, "module:function", help); written only by builds with that option (`--neo4j`)
OPTIONAL: dict[str, tuple[str, str, str]] = {
    "neo4j": ("neo4j", "kgraph.export.neo4j:write_neo4j", "Also write neo4j/, tables for neo4j-admin import."),
    "rdf12": (
        "graph.rdf12.ttl",
        "kgraph.export.rdf12:write_rdf12",
        "Also write graph.rdf12.ttl, RDF 1.2 with reifiers.",
    ),
    "nanopubs": (
        "nanopublications.trig",
        "kgraph.export.nanopublications:write_nanopublications",
        "Also write nanopublications.trig, one for each relation.",
    ),
}

FILES = (*EXPORTS, *(name for name, _, _ in OPTIONAL.values()))
"""All that any build may write."""

# files that one walk over `knowledge` writes together when a build writes all of them: "module:function", called with
# the folder; that takes as long as all the rest
TOGETHER: dict[str, tuple[str, ...]] = {
    "kgraph.export.rdf:write_all": ("graph.ttl", "graph.nq", "graph.jsonld"),
}


def exports(provenance: Provenance) -> tuple[str, ...]:
    """Return the names of all files and folders that a build writes, those it was asked for besides included."""
    *others, last = EXPORTS
    asked = sorted(value for name, value in provenance.options if name == ALSO and value in OPTIONAL)
    return (*others, *(OPTIONAL[option][0] for option in asked), last)


class Step(NamedTuple):
    """What writes some exports into a folder; `long` tells that it takes long and asks for nothing but `knowledge`."""

    names: tuple[str, ...]
    write: Writer
    long: bool = False


def steps(names: Iterable[str]) -> Iterator[Step]:
    """Yield what writes the exports `names`, in their order."""
    left = list(names)
    while left:
        for function, together in TOGETHER.items():
            if left[0] in together and set(together) <= set(left):
                left = [name for name in left if name not in together]
                yield Step(together, _found(function), long=True)
                break
        else:
            name = left.pop(0)
            yield Step((name,), partial(_write_in, name))


def _write_in(name: str, build: Build, folder: Path) -> None:
    writer(name)(build, folder / name)


def writer(name: str) -> Writer:
    """Return the function that writes the export `name`, importing its module; KeyError if there is none."""
    places = EXPORTS | {name: place for name, place, _ in OPTIONAL.values()}
    return _found(places[name])


def _found(place: str) -> Writer:
    module, function = place.split(":")
    found: Writer = getattr(import_module(module), function)
    return found
