"""Opening a graph for queries: in memory, or for big ones as a store on disk that is made once and kept."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path

from pyoxigraph import RdfFormat, Store, __version__

from kgraph.errors import GraphError

BIG = 48_000_000
"""Bytes of N-Quads (about 250,000 triples, half a second to parse) from which a store on disk pays."""
KEPT = ".query-store"
NAMES = ("graph.nq", "graph.ttl", "graph.jsonld")


def graph_file(where: Path) -> Path:
    """Return the RDF file of an export folder, or the file itself. Raises GraphError if there is none."""
    if where.is_file():
        return where
    for name in NAMES:
        if (where / name).is_file():
            return where / name
    if where.is_dir():
        raise GraphError("no graph.nq in this folder", where=str(where), remedy=f"kgraph build -o {where}")
    raise GraphError("no such graph", where=str(where), remedy="kgraph build, or name another with --graph")


def open_store(where: Path) -> Store:
    """Return a store with the graph of an export folder or RDF file. Raises GraphError.

    A file with named graphs is read as their union, so that plain patterns find everything.
    """
    path = graph_file(where)
    if path.suffix == ".nq" and path.stat().st_size >= BIG:
        folder = kept(path)
        if folder is not None:
            return Store.read_only(str(folder))
    store = Store()
    _fill(store, path)
    return store


def on_disk(where: Path, scratch: Path) -> Path:
    """Return the folder of a store that other processes can open to read: the kept one, or one made in `scratch`."""
    path = graph_file(where)
    if path.stat().st_size >= BIG:
        folder = kept(path)
        if folder is not None:
            return folder
    make(path, scratch)
    return scratch


def make(path: Path, folder: Path) -> None:
    """Make a store of an RDF file in an empty folder."""
    store = Store(str(folder))
    _fill(store, path)
    store.optimize()
    store.flush()


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


def kept(path: Path) -> Path | None:
    """Return the folder of the store kept beside `path`, made anew if the file changed; None if none can be kept."""
    state = path.stat()
    folder = path.parent / KEPT
    # the stamp changes with the file and with the version that may change the store's layout
    wanted = folder / f"{state.st_size}-{state.st_mtime_ns}-{__version__}"
    if wanted.is_dir():
        return wanted
    try:
        folder.mkdir(exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix="new-", dir=folder))
    except OSError:
        return None
    try:
        make(path, fresh)
        with contextlib.suppress(OSError):  # another process was faster
            fresh.rename(wanted)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    for old in folder.iterdir():
        if old != wanted and not old.name.startswith("new-"):
            shutil.rmtree(old, ignore_errors=True)
    return wanted
