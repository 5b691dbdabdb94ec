"""`kgraph rebuild`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from kgraph.cli import settings
from kgraph.cli.options import engine_options, out_option
from kgraph.words import count


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
    from kgraph.cli.changes import told
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
