"""What the commands that talk to services share: a client, its progress, its account."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import click

from kgraph.cli.terminal import safe, stderr
from kgraph.words import count

if TYPE_CHECKING:
    from rich.progress import TaskID

    from kgraph.http import Cache, Client, Usage


@contextmanager
def cache_of(path: Path | None) -> Iterator[Cache]:
    """Open the cache at `path`, or the user's."""
    from kgraph.http import Cache, cache_path

    cache = Cache(path or cache_path(os.environ))
    try:
        yield cache
    finally:
        cache.close()


@contextmanager
def client_of(
    name: str, *, cache: Path | None, offline: bool, refresh: bool = False, budget: float | None = None
) -> Iterator[Client]:
    """Open a client for a service, with the keys and addresses of the environment and the configuration file."""
    from kgraph.http import Budget, Client, load_settings

    found = load_settings()
    with cache_of(cache) as store:
        yield Client(found.services[name], found, store, offline=offline, refresh=refresh, budget=Budget(most=budget))


class Progress:
    """A bar on stderr where that is a terminal, and lines worth saying; neither in quiet runs."""

    def __init__(self, label: str, *, quiet: bool) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

        self._console = stderr()
        self._quiet = quiet
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        shown = not quiet and self._console.is_terminal
        self._bar = Bar(*columns, console=self._console, disable=not shown, transient=True)
        self._label = label
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        self._bar.start()
        self._task = self._bar.add_task(self._label, total=None)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._bar.stop()

    def update(self, done: int, total: int | None) -> None:
        """Show how far it is."""
        if self._task is not None:
            self._bar.update(self._task, completed=done, total=total)

    def stage(self, label: str, done: int, total: int) -> None:
        """Show how far a stage is."""
        if self._task is not None:
            self._bar.update(self._task, description=label, completed=done, total=total)

    def say(self, message: str) -> None:
        """Print a line above the bar."""
        if not self._quiet:
            self._console.print(safe(message))


def summary(as_json: bool, facts: dict[str, Any], usage: Usage, lines: list[str]) -> None:
    """Print what was done: as one JSON object on stdout, or as lines, with the account of requests last."""
    account = {
        "requests": usage.requests,
        "cache_hits": usage.hits,
        "retries": usage.retries,
        "waited_seconds": round(usage.waited, 1),
        "cost_usd": round(usage.cost, 6),
    }
    if as_json:
        click.echo(json.dumps({**facts, **account}, ensure_ascii=False))
        return
    from kgraph.cli import settings

    if settings().quiet:
        return
    cost = f", ${usage.cost:.4f} spent" if usage.cost else ""
    waited = f", {usage.waited:.0f} s waited" if usage.waited >= 1 else ""
    for line in [
        *lines,
        f"{count(usage.requests, 'request')}, {count(usage.hits, 'answer')} from the cache{waited}{cost}",
    ]:
        click.echo(safe(line))
