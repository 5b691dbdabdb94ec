"""`kgraph diff`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kgraph.cli import settings
from kgraph.cli.terminal import safe

if TYPE_CHECKING:
    from kgraph.graph.differences import Difference, Item
    from kgraph.model import Knowledge

SIGNS = {"added": "+", "removed": "-", "changed": "~"}


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Lines of each sort.")
@click.option("--all", "all_", is_flag=True, help="Print every line, co-mentions too.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--feed", type=click.Choice(["atom", "json"]), help="New papers and what they beat, as a feed.")
@click.option("--beats", default="", metavar="NAME", help="With --feed: only papers that claim to beat this.")
def diff(old: Path, new: Path, limit: int, all_: bool, as_json: bool, feed: str | None, beats: str) -> None:
    """Say what the build in NEW has that the one in OLD has not, and the other way round.

    Papers, entities and relations that were added (+), removed (-) or changed (~), then how many co-mentions.

    \b
    Examples:
      kgraph diff exports new-exports
      kgraph diff exports new-exports --json | jq '.relations.added'
      kgraph diff exports new-exports --feed atom --beats vLLM > vllm.atom
    """
    from kgraph.graph.differences import differences
    from kgraph.graph.tables import load
    from kgraph.graph.view import as_json as plain

    if feed or beats:
        click.echo(_feed(load(old), load(new), feed or "atom", beats), nl=False)
        return
    found = differences(load(old), load(new))
    if as_json:
        data = {
            sort: {part: [_item(item, plain) for item in getattr(difference, part)] for part in SIGNS}
            for sort, difference in found.items()
        }
        click.echo(json.dumps(data, ensure_ascii=True))
        return
    if not any(found.values()) and not settings().quiet:
        click.echo("no difference")
    for sort, difference in found.items():
        if difference:
            numbers = ", ".join(f"{len(getattr(difference, part)):,} {part}" for part in SIGNS)
            click.echo(f"{sort}: {numbers}")
            if all_ or sort != "comentions":
                _lines(difference, None if all_ else limit)


def _feed(old: Knowledge, new: Knowledge, form: str, beats: str) -> str:
    from kgraph.errors import GraphError
    from kgraph.export.feed import atom, entries, json_feed
    from kgraph.graph.lookup import find, label
    from kgraph.pipeline.options import Options

    base = Options.from_pairs(new.provenance.options).base_iri
    things = find(new, beats) if beats else ()
    if beats and len(things) != 1:
        why = "nothing is called" if not things else f"{len(things)} things are called"
        raise GraphError(f"{why} {beats!r}", remedy="give one of: " + ", ".join(t.id for t in things) if things else "")
    loser = things[0].id if things else ""
    title = f"New papers that claim to beat {label(things[0])}" if things else "New papers and what they claim to beat"
    found = entries(old, new, base, loser)
    return atom(title, f"{base}feed/{loser or 'all'}", found) if form == "atom" else json_feed(title, found)


def _item(item: Item, plain: Any) -> dict[str, Any]:
    row: dict[str, Any] = {"id": item.id, "label": item.label}
    if item.fields:
        row["fields"] = {name: {"old": plain(before), "new": plain(after)} for name, before, after in item.fields}
    return row


def _lines(difference: Difference, limit: int | None) -> None:
    for part, sign in SIGNS.items():
        items = getattr(difference, part)
        for item in items[:limit]:
            names = f"  [{', '.join(name for name, *_ in item.fields)}]" if item.fields else ""
            click.echo(f"  {sign} {safe(item.label)}{names}")
        if limit is not None and len(items) > limit:
            click.echo(f"  {sign} and {len(items) - limit:,} more (--all)")
