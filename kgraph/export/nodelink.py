"""graph.json: the graph in networkx's node-link form, one node or edge a line.

`{"directed": true, "multigraph": true, "graph": {...}, "nodes": [{"id", ...}], "edges": [{"source", "target", "key",
...}]}` with the attributes of `kgraph.graph.networks`. Read it with
`networkx.node_link_graph(json.load(file), edges="edges")`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kgraph.export.registry import Build
from kgraph.graph import networks
from kgraph.graph.terms import clean


def write_nodelink(build: Build, path: Path) -> None:
    """Write the whole graph at `path`. Lone surrogates become U+FFFD."""
    nodes = ({"id": id_} | attributes for id_, attributes in networks.nodes(build.knowledge))
    edges = (
        {"source": source, "target": target, "key": key} | attributes
        for source, target, key, attributes in networks.edges(build.knowledge)
    )
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"directed": true, "multigraph": true, "graph": {"name": "kgraph"},\n"nodes": [\n')
        file.writelines(_lines(nodes))
        file.write('\n],\n"edges": [\n')
        file.writelines(_lines(edges))
        file.write("\n]}\n")


def _lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for number, row in enumerate(rows):
        yield (",\n" if number else "") + clean(encode(row))
