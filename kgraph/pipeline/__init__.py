"""The corridor that ties the rooms together: from sources to a finished build, and a build done again."""

from kgraph.pipeline.build import Result, build
from kgraph.pipeline.options import Options
from kgraph.pipeline.progress import Progress, Silent
from kgraph.pipeline.rebuild import last, rebuild

__all__ = ["Options", "Progress", "Result", "Silent", "build", "last", "rebuild"]
