"""The ontology as a page for people: docs/ontology.html, and /ontology of `kgraph serve`.

`python -m kgraph.export.ontology docs/ontology.html` writes it anew.
"""

from kgraph.export.ontology.page import policy, render

__all__ = ["policy", "render"]
