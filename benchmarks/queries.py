"""The named queries on pyoxigraph, as kgraph asks them, against rdflib on the same triples."""

from __future__ import annotations

import signal
import time
from pathlib import Path
from statistics import median
from types import FrameType

import pyoxigraph
import rdflib

from benchmarks.measure import Row, kgraph
from kgraph.api import Graph
from kgraph.errors import QueryError
from kgraph.export.registry import Build, writer
from kgraph.graph.iris import PREFIXES
from kgraph.query.engine import bound, run
from kgraph.query.named import ParameterType, Query, named
from kgraph.query.names import resolve
from kgraph.query.store import open_graph

LIMIT = 10.0
"""Seconds that rdflib may take for one query."""


def measure(graph: Graph, folder: Path, runs: int, patience: float = 40.0) -> list[Row]:
    """Return the median time of each named query's example; rdflib is asked once each, for
    `LIMIT` seconds at most, and for no more once it has taken `patience` seconds in all."""
    path = folder / "bench.nq"
    writer("graph.nq")(Build(graph.knowledge), path)
    store = pyoxigraph.Store()
    store.bulk_load(path=str(path), format=pyoxigraph.RdfFormat.N_QUADS)
    peer = graph.to_rdflib()
    rows, spent, all_mine, all_theirs = [], 0.0, [], []
    for name, query in named().items():
        values = _values(query, store)
        times = []
        for _ in range(runs):
            start = time.perf_counter()
            answer = run(store, query, values)
            if not isinstance(answer, pyoxigraph.QueryBoolean):
                list(answer)
            times.append(time.perf_counter() - start)
        mine = median(times)
        if spent > patience:
            rows.append(Row(f"query {name}", f"{mine * 1e3:.1f} ms", "rdflib: not asked, patience is over"))
            continue
        theirs = _asked(peer, bound(store, query, values), LIMIT)
        spent += theirs or LIMIT
        if theirs is None:
            rows.append(Row(f"query {name}", f"{mine * 1e3:.1f} ms", f"rdflib: not within {LIMIT:.0f} s"))
            continue
        all_mine.append(mine)
        all_theirs.append(theirs)
        rows.append(Row(f"query {name}", f"{mine * 1e3:.1f} ms", f"rdflib: {theirs * 1e3:.0f} ms", theirs / mine))
    if all_mine:
        mine, theirs = median(all_mine), median(all_theirs)
        what = f"named queries on {len(store)} triples, the median one"
        rows.append(Row(what, f"{mine * 1e3:.1f} ms", f"rdflib: {theirs * 1e3:.0f} ms", theirs / mine))
    return rows


def at_size(where: Path, runs: int) -> list[Row]:
    """Return the median time of each named query on the kept store of the export `where`, beside that of a whole
    `kgraph query` process; rdflib can't hold such a graph."""
    store, names = open_graph(where)
    rows = []
    for name, query in named().items():
        values = _values(query, store, names)
        took, used, count = [], [], 0
        for _ in range(runs + 1):
            start, cpu = time.perf_counter(), time.process_time()
            answer = run(store, query, values, names=names)
            count = 1 if isinstance(answer, pyoxigraph.QueryBoolean) else sum(1 for _ in answer)
            took.append(time.perf_counter() - start)
            used.append(time.process_time() - cpu)
        given = [part for key, value in values.items() for part in ("-p", f"{key}={value}")]
        whole = kgraph("query", name, *given, "--graph", str(where), "--format", "csv")
        ours = f"{median(took[1:]) * 1e3:.0f} ms ({median(used[1:]) * 1e3:.0f} ms of CPU), {count} rows"
        rows.append(Row(f"query {name}", ours, f"`kgraph query`: {whole.seconds:.2f} s ({whole.cpu:.2f} s of CPU)"))
    rows.append(Row("the graph of these queries", f"{len(store)} triples"))
    return rows


def _values(query: Query, store: pyoxigraph.Store, names: Path | None = None) -> dict[str, str]:
    """Return the query's example; what the graph does not know is replaced by what most papers name."""
    values = dict(query.example or {})
    for parameter in query.parameters:
        if parameter.type is ParameterType.ENTITY and parameter.name in values:
            try:
                resolve(store, values[parameter.name], names)
            except QueryError:
                values[parameter.name] = _most_named(parameter.name, store)
    return values


def _most_named(name: str, store: pyoxigraph.Store) -> str:
    """Return the id of the paper that names most things, or of the hardware or system that most papers name; for the
    name "b", of the second system."""
    ends = "?x schema:mentions ?y" if name == "paper" else "?y schema:mentions ?x"
    kind = {"paper": "Paper", "hardware": "Hardware", "machine": "Hardware"}.get(name, "System")
    text = f"""SELECT ?id {{ ?x a kg:{kind} ; dcterms:identifier ?id . {ends} }}
        GROUP BY ?x ?id ORDER BY DESC(COUNT(?y)) ?id LIMIT 2"""
    found = store.query(text, prefixes=PREFIXES)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    ids = [solution["id"].value for solution in found]
    return str(ids[-1 if name == "b" else 0])


def _asked(graph: rdflib.Graph, text: str, limit: float) -> float | None:
    """Return the seconds in which rdflib answers, or None if it has not within `limit` seconds."""

    def over(number: int, frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, limit, 0.1)  # again and again: rdflib swallows some errors
    start = time.perf_counter()
    try:
        list(graph.query(text))
    except TimeoutError:
        return None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return time.perf_counter() - start
