"""`kgraph show`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kgraph.cli.options import graph_option
from kgraph.errors import KgraphError


@click.command()
@click.argument("name", nargs=-1, required=True)
@graph_option
@click.option("--limit", type=click.IntRange(min=1), default=8, show_default=True, help="Lines in each part.")
@click.option("--all", "all_", is_flag=True, help="Show every line of every part.")
@click.option("--why", is_flag=True, help="Say why these names are this thing.")
@click.option("--json", "as_json", is_flag=True, help="Print all that is known as JSON.")
def show(name: tuple[str, ...], graph: Path, limit: int, all_: bool, why: bool, as_json: bool) -> None:
    """Show one system, piece of hardware, model, dataset or paper.

    What it is, its aliases, who introduced it, what it is compared with and by how much, what it runs on and builds on,
    and the papers that name it: each with its sentence. NAME is a label, an alias, a title, an id, an arXiv id, a
    DOI or an address with one of these; case and punctuation don't matter unless there is a choice.

    \b
    Examples:
      kgraph show vLLM
      kgraph show A100 --graph out
      kgraph show FlashAttention --why
      kgraph show system/zero-3 --json
      kgraph show 2309.06180
    """
    from kgraph.graph.around import load_around
    from kgraph.graph.lookup import listed, nearest
    from kgraph.graph.tables import load_decisions
    from kgraph.graph.view import Views
    from kgraph.graph.view import as_json as plain

    wanted = " ".join(name)
    things, knowledge = load_around(graph, wanted)
    if not things:
        near = nearest(knowledge, wanted)
        remedy = f"nearest: {listed(near)}" if near else "nothing has a name like it"
        raise KgraphError(f"nothing is called {wanted!r}", where=str(graph), remedy=remedy)
    views = Views(knowledge)
    decisions = load_decisions(graph) if why else ()
    reasons = {thing.id: [d for d in decisions if d.entity == thing.id] for thing in things}
    if as_json:
        shown = [plain(views.of(thing)) | ({"why": plain(reasons[thing.id])} if why else {}) for thing in things]
        click.echo(json.dumps(shown, ensure_ascii=True, indent=2))
        return
    from kgraph.cli.card import Card
    from kgraph.cli.terminal import stdout

    console = stdout()
    if len(things) > 1:
        console.print(f"{len(things)} things go by this name.\n")
    for number, thing in enumerate(things):
        if number:
            console.print()
        card = Card(console, None if all_ else limit)
        card.show(views.of(thing))
        if why:
            card.why(reasons[thing.id])
