"""What `kgraph build --engine spark` does: parts always, and the files of a local build where one machine can."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import click

from kgraph.cli import settings, summary
from kgraph.cli.terminal import safe
from kgraph.cli.write import write
from kgraph.engine import Engine
from kgraph.pipeline.options import Options
from kgraph.pipeline.progress import Progress

DRAWN = ("graph.html", "graph.graphml")
"""Of a graph that is too large for one machine, its foremost part as these files."""


def build(
    sources: Sequence[str], options: Options, engine: Engine, progress: Progress, out: Path, as_json: bool
) -> None:
    """Write the parts of a build, and what one machine can write of it, into `out`, and say so."""
    from kgraph.engine.rows import Cluster
    from kgraph.pipeline.cluster.build import ONE_MACHINE
    from kgraph.pipeline.cluster.build import build as run
    from kgraph.pipeline.cluster.gather import gathered
    from kgraph.pipeline.sources import PARTS

    made = run(sources, options, cast(Cluster, engine), progress, out)
    if made.foremost is None:
        result = gathered(out / PARTS, options)
        write(result, out, progress)
        click.echo(summary.as_json(result, out, parts=str(out / PARTS))) if as_json else summary.say(result, out)
        if not as_json and not settings().quiet:
            click.echo(f"the same as parts: {safe(str(out / PARTS))}/")
        return
    _draw(made.foremost, options, out)
    files = [str(out / name) for name in (PARTS, *DRAWN)]
    if as_json:
        click.echo(json.dumps({"out": str(out), "files": files, "counts": made.counts}, ensure_ascii=True))
    elif not settings().quiet:
        number: dict[str, Any] = made.counts
        click.echo(f"{number['records']:,} records of {number['papers']:,} papers, {number['triples']:,} triples")
        click.echo(f"more than {ONE_MACHINE:,} papers: tables and triples are parts in {safe(str(out / PARTS))}/")
        click.echo(f"the {len(made.foremost.papers):,} papers that state most are drawn in {safe(files[1])}")


def _draw(foremost: Any, options: Options, out: Path) -> None:
    from kgraph.export.registry import FILES, Build, writer

    for name in FILES:  # what an earlier, smaller build left would tell of other papers
        shutil.rmtree(out / name) if (out / name).is_dir() else (out / name).unlink(missing_ok=True)
    for name in DRAWN:
        beside = out / f".{name}.new"
        writer(name)(Build(foremost, base_iri=options.base_iri), beside)
        beside.replace(out / name)
