"""Opening a graph for queries: in memory, or for big ones as a store on disk that is made once and kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store

from kgraph.errors import GraphError
from kgraph.query.kept import OnDisk, kept
from kgraph.query.names import write_index

BIG = 48_000_000
"""Bytes of N-Quads (about 250,000 triples, half a second to parse) from which a store on disk pays."""
DENSE = 12_000_000
"""The same in syntaxes that write less for each triple."""
NAMES = ("graph.nq", "graph.ttl", "graph.jsonld")


class Opened(NamedTuple):
    """A graph to ask: its triples, and the index of its names where there is one."""

    store: Store
    names: Path | None


def graph_file(where: Path) -> Path:
    """Return the RDF file of an export folder, or the file itself. Raises GraphError if there is none."""
    if where.is_file():
        return where
    for name in NAMES:
        if (where / name).is_file():
            return where / name
    if where.is_dir():
        raise GraphError("no graph here", where=str(where), remedy=f"make one: kgraph build -o {where}")
    if where.suffix:
        raise GraphError("there is no such file or folder", where=str(where))
    raise GraphError("no graph here", where=str(where), remedy=f"make one: kgraph build -o {where}")


def open_graph(where: Path, making: Callable[[], None] = lambda: None) -> Opened:
    """Return the graph of an export folder or RDF file. Raises GraphError.

    A file with named graphs is read as their union, so that plain patterns find everything; GRAPH finds each of them.
    `making` is called before a store is made, which takes about 5 s for a million triples.
    """
    path = graph_file(where)

    def told(path: Path, place: OnDisk) -> None:
        making()
        make(path, place)

    if is_big(path) and (found := kept(path, told)):
        return Opened(Store.read_only(str(found.triples)), found.names)
    store = Store()
    _fill(store, path)
    return Opened(store, None)


def open_store(where: Path) -> Store:
    """Return the triples of an export folder or RDF file, as `open_graph` does."""
    return open_graph(where).store


def on_disk(where: Path, scratch: Path) -> OnDisk:
    """Return a store that other processes can open to read: the kept one, or one made in the folder `scratch`."""
    path = graph_file(where)
    if is_big(path) and (found := kept(path, make)):
        return found
    made = OnDisk(scratch)
    make(path, made)
    return made


def make(path: Path, place: OnDisk) -> None:
    """Make a store of an RDF file, and the index of its names, in an empty folder."""
    store = Store(str(place.triples))
    _fill(store, path)
    store.optimize()
    store.flush()
    write_index(store, place.names)


def is_big(path: Path) -> bool:
    """Return whether an RDF file is so large that a store on disk pays."""
    return path.stat().st_size >= (BIG if path.suffix in (".nq", ".nt") else DENSE)


def _format(path: Path) -> RdfFormat:
    found = RdfFormat.from_extension(path.suffix.removeprefix("."))
    if found is None:
        raise GraphError("this is no RDF file", where=str(path), remedy="use .nq, .ttl, .nt, .trig, .jsonld or .rdf")
    return found


def _fill(store: Store, path: Path) -> None:
    try:
        store.bulk_load(path=str(path), format=_format(path))
    except (SyntaxError, ValueError) as error:
        raise GraphError(f"can't be read as RDF: {error}", where=str(path), remedy="build it again") from None
    for graph in list(store.named_graphs()):
        quads = store.quads_for_pattern(None, None, None, graph)
        store.bulk_extend(Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in quads)
