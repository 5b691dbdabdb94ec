"""Sources as records: one file per format, one registry line each; a format recognises its own input by content."""

from kgraph.read.inputs import Inputs, expand
from kgraph.read.limits import Limits
from kgraph.read.options import Options
from kgraph.read.reading import Format, Reading
from kgraph.read.registry import FORMATS, read

__all__ = ["FORMATS", "Format", "Inputs", "Limits", "Options", "Reading", "expand", "read"]
