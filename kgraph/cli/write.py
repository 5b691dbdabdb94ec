"""Writes a build to its folder while the user watches."""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import click

from kgraph.cli import settings
from kgraph.export.publish import publish
from kgraph.export.registry import exports
from kgraph.pipeline.build import Result
from kgraph.pipeline.progress import Progress


def write(result: Result, folder: Path, progress: Progress) -> None:
    """Publish all exports into `folder`, which must be held; with --verbose the time of each is told."""
    times: list[tuple[Sequence[str], float]] = []
    files = exports(result.build.knowledge.provenance)
    with progress.stage("write", len(files), "files") as advance:

        def report(names: Sequence[str]) -> None:
            if times:
                advance(len(times[-1][0]))
            times.append((names, time.perf_counter()))

        publish(result.build, folder, report)
        report(())
    if settings().verbose:
        for (names, start), (_, end) in pairwise(times):
            click.echo(f"  {', '.join(names):<36} {end - start:6.2f} s", err=True)
