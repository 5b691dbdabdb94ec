"""One page to explore the graph: a single file that needs no network."""

from kgraph.export.html.page import render, write_html

__all__ = ["render", "write_html"]
