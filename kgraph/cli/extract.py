"""`kgraph extract`."""

from __future__ import annotations

import json

import click

from kgraph.cli import settings
from kgraph.cli.options import corpus_options, engine_options


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
    one paper introduces is known in the others. SOURCE is as for `kgraph build`.

    \b
    Examples:
      kgraph extract page.txt | jq -c '{title, systems: [.entities[].name]}'
      kgraph extract pages/ > found.jsonl
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
        result = build(sources, options, runner, listener)
    warn(result.build.knowledge.provenance)
    for row in rows(result):
        click.echo(json.dumps(row, ensure_ascii=True))
