"""`kgraph score`."""

from __future__ import annotations

import json
from typing import TextIO

import click

from kgraph.cli.terminal import safe


@click.command()
@click.argument("gold", type=click.File(encoding="utf-8"))
@click.argument("predicted", type=click.File(encoding="utf-8"), metavar="PRED")
@click.option("--errors", type=click.IntRange(min=0), default=0, metavar="N", help="Print the first N errors.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def score(gold: TextIO, predicted: TextIO, errors: int, as_json: bool) -> None:
    """Score the extractions PRED against the gold file GOLD: precision, recall and F1.

    Both are JSON Lines as `kgraph extract` prints them; - reads standard input.

    \b
    Examples:
      kgraph extract pages/ > found.jsonl
      kgraph score gold.jsonl found.jsonl --errors 20
      kgraph extract pages/ | kgraph score gold.jsonl -
    """
    from kgraph.score import ROWS, read
    from kgraph.score import score as compare

    found = compare(read(gold, gold.name), read(predicted, predicted.name))
    figures = found.figures()
    if as_json:
        click.echo(json.dumps(figures))
    else:
        click.echo(f"{'':18}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'pred':>7}")
        for row in ROWS:
            f = figures[row]
            click.echo(f"{row:18}{f['P']:7.3f}{f['R']:7.3f}{f['F1']:7.3f}{f['gold']:7d}{f['predicted']:7d}")
        for name in ("polarity accuracy", "value accuracy", "papers", "papers not predicted"):
            click.echo(f"{name}: {figures[name]}")
    for error in found.errors[:errors]:
        click.echo(safe(error))
