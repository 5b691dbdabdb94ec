"""`kgraph check`: whether an export is sound."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgraph.cli import settings
from kgraph.graph import provenance
from kgraph.words import count

if TYPE_CHECKING:
    from kgraph.check import Outcome

SHOWN = 10


@click.command()
@click.option(
    "--graph",
    type=click.Path(path_type=Path),
    default=Path("exports"),
    show_default=True,
    help="Export folder, or an RDF file.",
)
@click.option("--json", "as_json", is_flag=True, help="The report as JSON on stdout.")
@click.option("--all", "all_", is_flag=True, help=f"Every fault, not the first {SHOWN} of a kind.")
def check(graph: Path, as_json: bool, all_: bool) -> int:
    """Check an export: SHACL shapes, every quote against its text, dangling ids, counts, every file against the tables.

    Exits with 1 and a report if anything is wrong. Shapes take most of the time: about half a minute for the graph of
    600 papers; of more than a million triples only some are checked, and it says so.

    \b
    Examples:
      kgraph check
      kgraph check --graph out --json
    """
    from kgraph.check import check as run

    outcomes: list[Outcome] = []
    waiting = Waiting()
    for outcome in run(graph, unlike=_unlike(graph), said=waiting.say):
        waiting.end()
        outcomes.append(outcome)
        if not as_json:
            for line in _lines(outcome, len(outcome.findings) if all_ else SHOWN):
                click.echo(line)
    if as_json:
        report = [asdict(outcome) | {"ok": outcome.ok} for outcome in outcomes]
        click.echo(json.dumps(report, ensure_ascii=True, indent=2))
    faults = sum(len(outcome.findings) for outcome in outcomes)
    if faults and not as_json:
        click.echo(f"{count(faults, 'fault')}: {graph} is not sound (build it again, or report this)")
    return 1 if faults else 0


class Waiting:
    """On a terminal, one line on stderr that says what is looked at, gone when that is done."""

    def __init__(self) -> None:
        self.shown = sys.stderr.isatty() and not settings().quiet

    def say(self, step: str) -> None:
        """Show what is looked at now."""
        if self.shown:
            click.echo(f"\r\x1b[Kchecking {step} ...", err=True, nl=False)

    def end(self) -> None:
        """Take the line away."""
        if self.shown:
            click.echo("\r\x1b[K", err=True, nl=False)


def _unlike(folder: Path) -> str:
    """Return why files can't be compared with what this kgraph would write of the tables, or "" where they can."""
    from kgraph.errors import InputError
    from kgraph.pipeline.rebuild import same_program

    if not (folder / provenance.FILE).is_file():
        return ""  # the check itself says what is missing
    try:
        same = same_program(folder)
    except InputError as error:
        return f"their content, since not all that the build was made with is here ({error})"
    return "" if same else "their content, since another kgraph, or another judgement, made them (kgraph rebuild)"


def _lines(outcome: Outcome, limit: int) -> Iterator[str]:
    from kgraph.cli.terminal import safe

    yield f"{'ok  ' if outcome.ok else 'FAIL'}  {outcome.name}: {outcome.looked_at}"
    for finding in outcome.findings[:limit]:
        yield f"      {safe(finding.where)}: {safe(finding.what)}"
    if len(outcome.findings) > limit:
        yield f"      and {len(outcome.findings) - limit:,} more (--all)"
    if outcome.skipped:
        yield f"      not checked: {safe(outcome.skipped)}"
    for note in outcome.notes:
        yield f"      note: {safe(note)}"
