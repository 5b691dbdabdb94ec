"""`kgraph diff`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kgraph.cli import settings
from kgraph.cli.terminal import safe
from kgraph.model import Evidence, Quantity

if TYPE_CHECKING:
    from kgraph.export.feed import Entry
    from kgraph.graph.differences import Difference, Item
    from kgraph.model import Knowledge

FEW = 4
"""Parts of a list that are named where it has changed."""
SIGNS = {"added": "+", "removed": "-", "changed": "~"}


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Lines of each sort.")
@click.option("--all", "all_", is_flag=True, help="Print every line, co-mentions too.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--feed", type=click.Choice(["atom", "json"]), help="New papers and what they beat, as a feed.")
@click.option("--beats", default="", metavar="NAME", help="Only new papers that claim to beat this, and how.")
def diff(old: Path, new: Path, limit: int, all_: bool, as_json: bool, feed: str | None, beats: str) -> None:
    """Say what the build in NEW has that the one in OLD has not, and the other way round.

    Papers, entities and relations that were added (+), removed (-) or changed (~, with what came and went), then how
    many co-mentions.

    \b
    Examples:
      kgraph diff exports new-exports
      kgraph diff exports new-exports --json | jq '.relations.added'
      kgraph diff exports new-exports --beats vLLM
      kgraph diff exports new-exports --beats vLLM --feed atom > vllm.atom
    """
    from kgraph.graph.differences import differences
    from kgraph.graph.tables import load
    from kgraph.graph.view import as_json as plain

    if feed or beats:
        form = feed or ("json rows" if as_json else "text")
        click.echo(_news(load(old), load(new), form, beats, None if all_ else limit), nl=False)
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


def _news(old: Knowledge, new: Knowledge, form: str, beats: str, limit: int | None) -> str:
    """Return the new papers that claim to beat something, as a feed, as text or as JSON."""
    from kgraph.errors import GraphError
    from kgraph.export.feed import atom, entries, json_feed, last_day
    from kgraph.graph.lookup import find, label, listed, nearest
    from kgraph.pipeline.options import Options

    base = Options.from_pairs(new.provenance.options).base_iri
    things = find(new, beats) if beats else ()
    if beats and len(things) != 1:
        near = listed(nearest(new, beats))
        other = f"nearest: {near}" if near else "nothing has a name like it"
        remedy = "give one of: " + ", ".join(t.id for t in things) if things else other
        why = "nothing is called" if not things else f"{len(things)} things are called"
        raise GraphError(f"{why} {beats!r}", remedy=remedy)
    loser = things[0].id if things else ""
    title = f"New papers that claim to beat {label(things[0])}" if things else "New papers and what they claim to beat"
    found = entries(old, new, base, loser)
    if form == "atom":
        return atom(title, f"{base}feed/{loser or 'all'}", found, last_day(new))
    if form == "json":
        return json_feed(title, found)
    if form == "json rows":
        return json.dumps([_row(entry) for entry in found], ensure_ascii=True) + "\n"
    return "".join(f"{line}\n" for line in _told(found, label(things[0]), limit))


def _row(entry: Entry) -> dict[str, Any]:
    claims = [{"claim": claim, "quote": quote} for claim, quote in entry.claims]
    return {"paper": entry.iri, "title": entry.title, "date": entry.date, "url": entry.url, "claims": claims}


def _told(found: Sequence[Entry], loser: str, limit: int | None) -> Iterator[str]:
    number = (
        f"{len(found):,} new paper{' claims' if len(found) == 1 else 's claim'}" if found else "no new paper claims"
    )
    yield f"{number} to beat {safe(loser)}"
    for entry in found[:limit]:
        yield f"  + {safe(entry.title)}" + (f" ({entry.date})" if entry.date else "")
        for claim, quote in entry.claims:
            yield f"      {safe(claim)}"
            yield f"      “{safe(quote)}”"
    if limit is not None and len(found) > limit:
        yield f"  + and {len(found) - limit:,} more (--all)"


def _item(item: Item, plain: Any) -> dict[str, Any]:
    row: dict[str, Any] = {"id": item.id, "label": item.label}
    if item.fields:
        row["fields"] = {name: {"old": plain(before), "new": plain(after)} for name, before, after in item.fields}
    return row


def _change(name: str, before: Any, after: Any) -> str:
    """Return how a field has changed: of lists what came and what went, of anything else both values, in few words."""
    if isinstance(before, tuple) and isinstance(after, tuple):
        came, went = ([_brief(v) for v in a if v not in b] for a, b in ((after, before), (before, after)))
        parts = [f"{sign}{part}" for sign, part in [*(("+", v) for v in came), *(("-", v) for v in went)]]
        more = f" and {len(parts) - FEW:,} more" if len(parts) > FEW else ""
        return f"{name} {' '.join(parts[:FEW])}{more}" if parts else f"{name} in another order"
    return f"{name} {_brief(before)} → {_brief(after)}"


def _brief(value: Any, most: int = 50) -> str:
    if value is None or value == "":
        return "none"
    text = value.quote if isinstance(value, Evidence) else value.text if isinstance(value, Quantity) else str(value)
    shown = f"“{text}”" if " " in text or "," in text else text
    return safe(shown if len(shown) <= most else f"{shown[: most - 2]}…”")


def _lines(difference: Difference, limit: int | None) -> None:
    for part, sign in SIGNS.items():
        items = getattr(difference, part)
        for item in items[:limit]:
            changes = f"  [{'; '.join(_change(*field) for field in item.fields)}]" if item.fields else ""
            click.echo(f"  {sign} {safe(item.label)}{changes}")
        if limit is not None and len(items) > limit:
            click.echo(f"  {sign} and {len(items) - limit:,} more (--all)")
