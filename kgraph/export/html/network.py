"""The door to pyvis: it holds the network, renders the page and brings the drawing library.

pyvis renders with our template instead of its own, which would load parts from elsewhere; `add_node` and `add_edge`
are passed by because they search all earlier nodes each time.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from pyvis.edge import Edge
from pyvis.network import Network
from pyvis.node import Node

from kgraph.export.html.catalogue import KINDS, Catalogue
from kgraph.export.html.links import Link
from kgraph.export.html.text import as_json

SHAPES = {"paper": "dot", "system": "dot", "hardware": "square", "model": "triangle", "dataset": "diamond"}
OPTIONS: dict[str, object] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": False,
        "hideEdgesOnDrag": False,
        "hideEdgesOnZoom": False,
        "keyboard": {"enabled": False},
        "tooltipDelay": 100,
        "zoomSpeed": 0.7,
    },
    "nodes": {"font": {"size": 0}, "scaling": {"label": {"enabled": False}}},
    "edges": {"smooth": False, "hoverWidth": 0, "selectionWidth": 0},
}


@cache
def drawing_library() -> str:
    """Return the vis-network script that pyvis brings, without the line that points to its source map."""
    text = files("pyvis").joinpath("lib/vis-9.1.2/vis-network.min.js").read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if not line.startswith("//# sourceMappingURL=")]
    return "\n".join(lines).replace("</script", "<\\/script")


def network(things: Catalogue, drawn: list[int], places: dict[int, tuple[int, int]], found: list[Link]) -> Network:
    """Return the pyvis network of the drawn things; nodes are numbered as in the catalogue, edges carry their type."""
    net = Network(height="100%", width="100%", cdn_resources="in_line")  # type: ignore[no-untyped-call]
    net.options = dict(OPTIONS)  # type: ignore[assignment]
    for number in drawn:
        kind = KINDS[things.kind(number)]
        spot = dict(zip("xy", places[number], strict=True)) if number in places else {}
        label = things.label(number)
        node = Node(number, SHAPES[kind], label, group=kind, value=things.score[number], **spot)  # type: ignore[no-untyped-call]
        net.nodes.append(node.options)
    for link in found:
        more = {"s": link.sentences, "npmi": link.npmi, "p": link.chance} if link.chance < 1 or link.sentences else {}
        edge = Edge(link.a, link.b, type=link.type, n=link.count, **more)  # type: ignore[no-untyped-call]
        net.edges.append(edge.options)
    return net


def page(net: Network, **context: object) -> str:
    """Return the whole page: our template rendered by pyvis, `context` beside its nodes, edges and options."""
    env = Environment(loader=PackageLoader("kgraph.export.html", "."), autoescape=True, undefined=StrictUndefined)
    env.filters["as_json"] = as_json
    env.globals.update(context)
    net.templateEnv, net.path = env, "explorer.html"
    html: str = net.generate_html("graph.html")  # type: ignore[no-untyped-call]
    return html
