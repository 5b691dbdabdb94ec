"""kgraph: citation and knowledge graphs of papers on machine-learning systems and hardware."""

from kgraph.version import __version__

__all__ = ["__version__"]
