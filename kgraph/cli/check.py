"""`kgraph check`: whether an export is sound."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

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
    """Check an export: SHACL shapes, every quote against its text, dangling ids, counts in every file.

    Exits with 1 and a report if anything is wrong.

    \b
    Examples:
      kgraph check
      kgraph check --graph out --json
    """
    from kgraph.check import check as run

    outcomes: list[Outcome] = []
    for outcome in run(graph):
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
