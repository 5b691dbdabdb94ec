"""Writing Turtle, against rdflib's writer on the same triples."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import Row, in_turn
from kgraph.api import Graph
from kgraph.export.registry import Build, writer


def measure(graph: Graph, folder: Path, runs: int) -> list[Row]:
    """Return triples a second of both; ours includes making the triples, rdflib's graph is already in memory."""
    peer_graph = graph.to_rdflib()
    count = len(peer_graph)
    path = folder / "bench.ttl"
    write = writer("graph.ttl")
    mine, theirs = in_turn(
        lambda: write(Build(graph.knowledge), path),
        lambda: peer_graph.serialize(str(path), format="turtle"),
        runs,
    )
    return [
        Row(
            f"Turtle, {count} triples",
            f"{count / mine / 1e3:.0f} k triples/s",
            f"rdflib: {count / theirs / 1e3:.0f} k triples/s",
            theirs / mine,
        )
    ]


def at_size(where: Path) -> list[Row]:
    """Return the rate at which a process writes the Turtle of a whole export and of a fifth of its triples, and how
    much memory writing adds to what the build holds anyway."""
    code = (
        "import resource, sys, time; from itertools import islice; import kgraph;"
        "from kgraph.graph.triples import triples; from kgraph.graph.turtle import dump;"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024;"
        "graph = kgraph.load(sys.argv[1]); before = peak(); start, cpu = time.perf_counter(), time.process_time();"
        "count = [0];\n"
        "def counted():\n"
        "    for triple in islice(triples(graph.knowledge), int(sys.argv[2])): count[0] += 1; yield triple\n"
        "dump(counted(), open(sys.argv[3], 'wb'), 'https://w3id.org/kgraph/id/');"
        "print(count[0], time.perf_counter() - start, time.process_time() - cpu, before, peak())"
    )
    rows = []
    with tempfile.TemporaryDirectory() as place:
        for most in (1_000_000, 1 << 60):
            arguments = [sys.executable, "-c", code, str(where), str(most), str(Path(place) / "out.ttl")]
            done = subprocess.run(arguments, check=True, capture_output=True, text=True)
            count, wall, cpu, before, peak = map(float, done.stdout.split())
            rate = f"{count / wall / 1e3:.0f} k triples/s ({count / cpu / 1e3:.0f} k a second of CPU)"
            memory = f"{peak - before:.0f} MiB more than the {before:.0f} MiB of the graph itself"
            rows.append(Row(f"Turtle, {count:.0f} triples", f"{rate}, {memory}"))
    return rows
