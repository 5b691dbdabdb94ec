"""Writes a build to its folder while the user watches."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import click

from kgraph.cli import settings
from kgraph.export.publish import publish
from kgraph.export.registry import EXPORTS
from kgraph.pipeline.build import Result
from kgraph.pipeline.progress import Progress


def write(result: Result, folder: Path, progress: Progress) -> None:
    """Publish all exports into `folder`, which must be held; with --verbose the time of each is told."""
    times: list[tuple[str, float]] = []
    with progress.stage("write", len(EXPORTS), "files") as advance:

        def report(name: str) -> None:
            times.append((name, time.perf_counter()))
            if len(times) > 1:
                advance(1)

        publish(result.build, folder, report)
        times.append(("", time.perf_counter()))
        advance(1)
    if settings().verbose:
        for (name, start), (_, end) in pairwise(times):
            click.echo(f"  {name:<16} {end - start:6.2f} s", err=True)
