"""`kgraph rebuild`."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgraph.cli import settings
from kgraph.cli.options import engine_options, out_option
from kgraph.words import count

if TYPE_CHECKING:
    from kgraph.pipeline.rebuild import Changes, Last


@click.command()
@out_option
@click.option("--force", is_flag=True, help="Build even if nothing changed.")
@engine_options
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def rebuild(out: Path, force: bool, engine: str, master: str, jobs: int | None, as_json: bool) -> None:
    """Do the last build of DIR again, with its sources and options.

    Only what changed is read for mentions again: new and changed texts, or all if the vocabulary or kgraph itself
    changed. The result is the same, byte for byte, as a fresh build of the same sources.

    \b
    Examples:
      kgraph rebuild            the last build of exports/
      kgraph rebuild -o out     the last build of out/
    """
    from kgraph.cli import summary
    from kgraph.cli.progress import progress
    from kgraph.cli.write import write
    from kgraph.engine import open_engine
    from kgraph.export.publish import opened
    from kgraph.graph import provenance
    from kgraph.pipeline.rebuild import last
    from kgraph.pipeline.rebuild import rebuild as run

    if engine == "spark":
        from kgraph.cli import cluster

        with cluster.held(out), open_engine(engine, jobs, master) as runner:
            cluster.rebuild(out, runner, progress(), force, as_json)
        return
    if not provenance.interrupted(out):
        provenance.read(out)  # a folder without a build is not to be made by looking at it
    with opened(out):
        before = last(out)
        changes = asdict(before.changes)
        if not told(before, out, force, as_json):
            return
        with open_engine(engine, jobs, master) as runner:
            listener = progress()
            result = run(before, runner, listener)
            write(result, out, runner, listener)
    if as_json:
        click.echo(summary.as_json(result, out, unchanged=False, changes=changes))
    else:
        texts = len(result.build.extractions)
        if not settings().quiet:
            click.echo(f"{result.extracted:,} of {count(texts, 'text')} read for mentions, the others were known")
        summary.say(result, out)


def told(before: Last, out: Path, force: bool, as_json: bool) -> bool:
    """Say what has changed since the last build, and return whether there is anything to do."""
    if not before.changes and not force:
        if as_json:
            click.echo(json.dumps({"out": str(out), "unchanged": True, "changes": asdict(before.changes)}))
        elif not settings().quiet:
            sources = len(before.provenance.sources)
            were = "is as it was" if sources == 1 else "are as they were"
            click.echo(f"nothing changed: {count(sources, 'source')} {were}")
        return False
    if not settings().quiet and not as_json:
        _say(before.changes)
    return True


def _say(changes: Changes) -> None:
    from kgraph.cli.terminal import safe

    for word, names in (("new", changes.added), ("changed", changes.changed), ("gone", changes.removed)):
        for name in names:
            click.echo(f"{word}: {safe(name)}")
    if changes.extractor:
        click.echo("the vocabulary or the extractor changed: every text is read again")
    elif changes.program:
        click.echo("kgraph or a judgement changed: all is made again from what the texts said")
    if changes.damaged:
        click.echo("the export was incomplete")
