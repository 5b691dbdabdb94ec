"""Progress of a build: a bar with rate and time left on a terminal, a line for each finished stage elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from kgraph.cli import settings
from kgraph.cli.terminal import stderr
from kgraph.pipeline.progress import Advance, Progress, Silent
from kgraph.words import count


def progress() -> Progress:
    """Return the listener that fits: none if quiet, bars on a terminal, lines otherwise."""
    if settings().quiet:
        return Silent()
    return Bars() if sys.stderr.isatty() else Lines()


class Lines:
    """Says one line when a stage has ended: what was done, how much of it, how long it took."""

    @contextmanager
    def stage(self, name: str, total: int | None = None, unit: str = "") -> Iterator[Advance]:
        """Time a stage and say so at its end."""
        done, start = 0, time.perf_counter()

        def advance(count: int) -> None:
            nonlocal done
            done += count

        yield advance
        click.echo(_line(name, done, unit, time.perf_counter() - start), err=True)


class Bars:
    """Shows a bar for the running stage, and leaves a line for each that has ended."""

    @contextmanager
    def stage(self, name: str, total: int | None = None, unit: str = "") -> Iterator[Advance]:
        """Show a bar while the stage runs."""
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            SpinnerColumn,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        done, start = 0, time.perf_counter()
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, TimeElapsedColumn(), TimeRemainingColumn(), console=stderr(), transient=True) as bars:
            task = bars.add_task(name, total=total or None)

            def advance(count: int) -> None:
                nonlocal done
                done += count
                bars.advance(task, count)

            yield advance
        click.echo(_line(name, done, unit, time.perf_counter() - start), err=True)


def _line(name: str, done: int, unit: str, seconds: float) -> str:
    rate = f", {done / seconds:,.0f}/s" if 1 <= seconds <= done else ""
    one = "entity" if unit == "entities" else unit.removesuffix("s")
    return f"{name:<15} {count(done, one, unit) if unit else '':<20} {seconds:6.2f} s{rate}"
