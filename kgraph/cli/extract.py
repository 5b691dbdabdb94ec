"""`kgraph extract`."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kgraph.cli import settings
from kgraph.cli.options import corpus_options, engine_options

STDIN = "standard input"
"""How what came from there is named in messages."""


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@corpus_options
@engine_options
def extract(
    sources: tuple[str, ...],
    saved: str,
    columns: tuple[str, ...],
    vocab: tuple[str, ...],
    judgements: tuple[str, ...],
    strict: bool,
    min_confidence: float,
    engine: str,
    master: str,
    jobs: int | None,
) -> None:
    """Print what each paper says, one JSON object a line; no graph is written.

    Named systems, hardware, models and datasets with the places where they stand, which of them the paper introduces,
    and what it compares, runs on and builds on, each with its sentence. All sources are seen together, so a name that
    one paper introduces is known in the others. SOURCE is as for `kgraph build`, or - for standard input.

    \b
    Examples:
      kgraph extract pages/ > found.jsonl
      kgraph extract - < page.txt
      kgraph extract page.txt | jq -c '{title, systems: [.entities[] | select(.type == "system").name]}'
    """
    from kgraph.cli.progress import progress
    from kgraph.cli.summary import warn
    from kgraph.engine import open_engine
    from kgraph.pipeline.build import build
    from kgraph.pipeline.options import Options
    from kgraph.pipeline.progress import Silent
    from kgraph.pipeline.said import rows

    options = Options(
        saved, vocab=vocab, judgements=judgements, strict=strict, columns=columns, min_confidence=min_confidence
    )
    with open_engine(engine, jobs, master) as runner:
        listener = progress() if settings().verbose else Silent()
        if engine == "spark":
            from kgraph.cli import cluster

            cluster.extract(sources, options, runner, listener)
            return
        with _spooled(sources) as (names, places):
            result = build(names, options, runner, listener, bases=places)
    warn(result.build.knowledge.provenance)
    for row in rows(result):
        click.echo(json.dumps(row, ensure_ascii=True))


@contextmanager
def _spooled(sources: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[Path, ...]]]:
    """Give the sources, and the folders in which they are looked for; standard input lies in one of these as a file."""
    if "-" not in sources or Path("-").exists():
        yield sources, (Path(),)
        return
    with tempfile.TemporaryDirectory(prefix="kgraph-extract-") as place:
        with (Path(place) / STDIN).open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        yield tuple(STDIN if source == "-" else source for source in sources), (Path(), Path(place))
