"""kgraph: citation and knowledge graphs of papers on machine-learning systems and hardware."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kgraph.version import __version__

if TYPE_CHECKING:
    from kgraph.api import Graph, build, extract_text, load

__all__ = ["Graph", "__version__", "build", "extract_text", "load"]


def __getattr__(name: str) -> Any:
    """Import the Python API when it is first used, so that the command line starts at once."""
    if name in __all__:
        from kgraph import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
