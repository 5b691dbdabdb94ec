"""What a finished build tells its user: counts, what was skipped, what to open."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from kgraph.cli import settings
from kgraph.cli.terminal import safe
from kgraph.export.build_json import counts
from kgraph.export.registry import exports
from kgraph.model import Provenance
from kgraph.pipeline.build import Result
from kgraph.words import count

NAMES = {"hardware": ("piece of hardware", "pieces of hardware")}
FEW = 3
"""How many skipped records of a file are named without --verbose."""


def as_json(result: Result, folder: Path, **more: Any) -> str:
    """Return the summary as one JSON object."""
    knowledge = result.build.knowledge
    data = {
        "out": str(folder),
        "files": [str(folder / name) for name in exports(knowledge.provenance)],
        "counts": {"records": len(result.build.records)} | counts(knowledge),
        "extracted": result.extracted,
        "skipped": [
            {"where": s.where, "why": s.why} for source in knowledge.provenance.sources for s in source.skipped
        ],
        "notes": list(knowledge.provenance.notes),
    }
    return json.dumps(data | more, ensure_ascii=True)


def say(result: Result, folder: Path) -> None:
    """Print the summary: warnings to stderr, counts and files to stdout; with --quiet only warnings of lost records."""
    warn(result.build.knowledge.provenance)
    if settings().quiet:
        return
    knowledge = result.build.knowledge
    number = counts(knowledge)
    kinds = ", ".join(count(n, *NAMES.get(kind, (kind,))) for kind, n in number["entities"].items())
    types = ", ".join(f"{n:,} {name.replace('_', ' ')}" for name, n in number["relations"].items() if n)
    outside = number["papers_outside"]
    others = f", and {count(outside, 'other')} by citations" if outside else ""
    click.echo(f"{count(len(result.build.records), 'record')} of {count(number['papers'] - outside, 'paper')}{others}")
    click.echo(f"{kinds}; {count(number['mentions'], 'mention')}")
    click.echo(f"{types or 'no relations'}; {count(number['comentions'], 'co-mention')}")
    click.echo(f"written to {safe(str(folder))}/: {', '.join(exports(knowledge.provenance))}")
    if (folder / "graph.html").exists():
        click.echo(f"open {safe(str(folder / 'graph.html'))}")


def warn(provenance: Provenance) -> None:
    """Name on stderr what was skipped and, unless quiet, what a user should know."""
    for source in provenance.sources:
        shown = source.skipped if settings().verbose else source.skipped[:FEW]
        for skip in shown:
            click.echo(f"skipped {safe(skip.where)}: {safe(skip.why)}", err=True)
        if len(source.skipped) > len(shown):
            left = len(source.skipped) - len(shown)
            click.echo(f"skipped {left:,} more of {safe(source.path)} (-v names them; so does build.json)", err=True)
    if not settings().quiet:
        for note in provenance.notes:
            click.echo(f"note: {safe(note)}", err=True)
