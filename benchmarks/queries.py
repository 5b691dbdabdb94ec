"""The named queries on pyoxigraph, as kgraph asks them, against rdflib on the same triples."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

import pyoxigraph

from benchmarks.measure import Row
from kgraph.api import Graph
from kgraph.export.registry import writer
from kgraph.query.bind import bind
from kgraph.query.engine import run
from kgraph.query.named import named


def measure(graph: Graph, folder: Path, runs: int, patience: float = 60.0) -> list[Row]:
    """Return the median time of each named query's example; rdflib is asked once, within `patience` seconds."""
    path = folder / "bench.nq"
    writer("graph.nq")(graph._build, path)
    store = pyoxigraph.Store()
    store.bulk_load(path=str(path), format=pyoxigraph.RdfFormat.N_QUADS)
    peer = graph.to_rdflib()
    rows, spent, all_mine, all_theirs = [], 0.0, [], []
    for name, query in named().items():
        values = dict(query.example or {})
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
        start = time.perf_counter()
        list(peer.query(bind(query, values)))
        theirs = time.perf_counter() - start
        spent += theirs
        all_mine.append(mine)
        all_theirs.append(theirs)
        rows.append(Row(f"query {name}", f"{mine * 1e3:.1f} ms", f"rdflib: {theirs * 1e3:.0f} ms", theirs / mine))
    if all_mine:
        mine, theirs = median(all_mine), median(all_theirs)
        what = f"named queries on {len(store)} triples, the median one"
        rows.append(Row(what, f"{mine * 1e3:.1f} ms", f"rdflib: {theirs * 1e3:.0f} ms", theirs / mine))
    return rows
