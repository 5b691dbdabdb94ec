"""One page to explore the graph: a single file that needs no network, or a page that asks its server."""

from kgraph.export.html.page import render, render_served, write_html
from kgraph.export.html.stock import Stock
from kgraph.export.html.trails import Filters

__all__ = ["Filters", "Stock", "render", "render_served", "write_html"]
