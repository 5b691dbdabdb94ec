"""graph.graphml: nodes and edges for Gephi, yEd, igraph and networkx.

Attributes are those of `kgraph.graph.networks`; lists are joined by " | ", for GraphML knows only scalars, and what is
not known is left out. Written as a stream, not through networkx, which holds the whole document in memory; that
networkx reads the same graph back is tested.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from kgraph.export.registry import Build
from kgraph.graph import networks
from kgraph.graph.terms import clean

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_TYPES = {bool: "boolean", int: "long", float: "double", str: "string", tuple: "string"}
_ESCAPES = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def write_graphml(build: Build, path: Path) -> None:
    """Write the whole graph at `path`."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_HEAD)
        file.writelines(_keys("node", "n", networks.NODE_ATTRIBUTES))
        file.writelines(_keys("edge", "e", networks.EDGE_ATTRIBUTES))
        file.write('  <graph edgedefault="directed" id="kgraph">\n')
        file.writelines(_nodes(build))
        file.writelines(_edges(build))
        file.write("  </graph>\n</graphml>\n")


def _keys(domain: str, letter: str, attributes: dict[str, type]) -> Iterator[str]:
    for number, (name, kind) in enumerate(attributes.items()):
        yield f'  <key id="{letter}{number}" for="{domain}" attr.name="{name}" attr.type="{_TYPES[kind]}"/>\n'


def _numbered(letter: str, attributes: dict[str, type]) -> dict[str, str]:
    return {name: f"{letter}{number}" for number, name in enumerate(attributes)}


def _nodes(build: Build) -> Iterator[str]:
    keys = _numbered("n", networks.NODE_ATTRIBUTES)
    for node, attributes in networks.nodes(build.knowledge):
        yield f'    <node id="{_text(node)}">{_data(keys, attributes)}</node>\n'


def _edges(build: Build) -> Iterator[str]:
    keys = _numbered("e", networks.EDGE_ATTRIBUTES)
    for source, target, key, attributes in networks.edges(build.knowledge):
        ends = f'id="{_text(key)}" source="{_text(source)}" target="{_text(target)}"'
        yield f"    <edge {ends}>{_data(keys, attributes)}</edge>\n"


def _data(keys: dict[str, str], attributes: dict[str, Any]) -> str:
    return "".join(f'<data key="{keys[name]}">{_scalar(value)}</data>' for name, value in attributes.items())


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (tuple, list)):
        return _text(" | ".join(value))
    return str(value)


def _text(text: str) -> str:
    """Return `text` safe inside elements and attributes; white space survives parsing."""
    return escape(clean(text), _ESCAPES)
