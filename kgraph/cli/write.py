"""Writes a build to its folder while the user watches."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from kgraph.cli import settings
from kgraph.engine import Engine
from kgraph.export.publish import publish
from kgraph.export.registry import exports
from kgraph.pipeline.build import Result
from kgraph.pipeline.progress import Progress


def write(result: Result, folder: Path, engine: Engine, progress: Progress) -> None:
    """Publish all exports into `folder`, which must be held; with --verbose the time of each is told."""
    times: list[tuple[Sequence[str], float]] = []
    files = exports(result.build.knowledge.provenance)
    with progress.stage("write", len(files), "files") as advance:

        def report(names: Sequence[str], seconds: float) -> None:
            advance(len(names))
            times.append((names, seconds))

        publish(result.build, folder, report, engine.beside)
    if settings().verbose:
        for names, seconds in times:
            click.echo(f"  {', '.join(names):<36} {seconds:6.2f} s", err=True)
