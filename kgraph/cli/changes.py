"""What has changed since the last build of a folder, for whoever wants it done again."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgraph.cli import settings
from kgraph.words import count

if TYPE_CHECKING:
    from kgraph.pipeline.rebuild import Changes, Last


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
