"""What `--engine spark` does: parts always, and the files of a local build where one machine can."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from kgraph.cli import settings, summary
from kgraph.cli.changes import told
from kgraph.cli.terminal import safe
from kgraph.cli.write import write
from kgraph.engine import Engine
from kgraph.pipeline.options import Options
from kgraph.pipeline.progress import Progress
from kgraph.words import count

if TYPE_CHECKING:
    from kgraph.engine.rows import Cluster
    from kgraph.pipeline.cluster.build import Summary

DRAWN = ("graph.html", "graph.graphml")
"""Of a graph that is too large for one machine, its foremost part as these files."""


def build(
    sources: Sequence[str], options: Options, engine: Engine, progress: Progress, out: Path, as_json: bool
) -> None:
    """Write the parts of a build, and what one machine can write of it, into `out`, and say so."""
    from kgraph.pipeline.cluster.build import build as run
    from kgraph.pipeline.cluster.stages import asked

    made = run(asked(sources, options, out=out), cast("Cluster", engine), progress, out)
    _finish(made, engine, options, progress, out, as_json)


def rebuild(out: Path, engine: Engine, progress: Progress, force: bool, as_json: bool) -> None:
    """Do the last build of `out` again where anything changed, and say so."""
    from kgraph.pipeline.cluster.rebuild import again, last

    before = last(cast("Cluster", engine), out)
    if not told(before, out, force, as_json):
        return
    made = again(before, cast("Cluster", engine), progress)
    if not as_json and not settings().quiet:
        click.echo(f"{made.extracted:,} of {count(made.texts, 'text')} read for mentions, the others were known")
    _finish(made, engine, before.options, progress, out, as_json, unchanged=False, changes=asdict(before.changes))


def extract(sources: Sequence[str], options: Options, engine: Engine, progress: Progress) -> None:
    """Print what each paper says, one JSON object a line."""
    from kgraph.pipeline.cluster.said import lines

    origin, found = lines(sources, options, cast("Cluster", engine), progress)
    summary.warn(origin)
    for line in found:
        click.echo(line)


@contextmanager
def held(out: Path) -> Iterator[None]:
    """Hold the folder of the last build, of which parts may be all there is; GraphError where there is none."""
    from kgraph.export.publish import opened
    from kgraph.graph import provenance
    from kgraph.pipeline.sources import PARTS

    if not provenance.interrupted(out) and not (out / PARTS / provenance.FILE).exists():
        provenance.read(out)
    with opened(out):
        yield


def _finish(
    made: Summary, engine: Engine, options: Options, progress: Progress, out: Path, as_json: bool, **more: Any
) -> None:
    """Write what one machine can of a build whose parts are there, and say what there is."""
    from kgraph.pipeline.cluster.build import ONE_MACHINE
    from kgraph.pipeline.cluster.gather import gathered
    from kgraph.pipeline.sources import PARTS

    if made.foremost is None:
        result = replace(gathered(out / PARTS, options), extracted=made.extracted)
        write(result, out, engine, progress)
        more = {"parts": str(out / PARTS)} | more
        click.echo(summary.as_json(result, out, **more)) if as_json else summary.say(result, out)
        if not as_json and not settings().quiet:
            click.echo(f"the same as parts: {safe(str(out / PARTS))}/")
        return
    _draw(made.foremost, options, out)
    files = [str(out / name) for name in (PARTS, *DRAWN)]
    if as_json:
        click.echo(json.dumps({"out": str(out), "files": files, "counts": made.counts} | more, ensure_ascii=True))
        return
    summary.warn(made.provenance)
    if not settings().quiet:
        number: dict[str, Any] = made.counts
        click.echo(
            f"{count(number['records'], 'record')} of {count(number['papers'], 'paper')}, {number['triples']:,} triples"
        )
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
