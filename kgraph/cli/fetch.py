"""`kgraph fetch`: papers from a service, as JSON lines."""

from __future__ import annotations

import re
import shlex
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgraph.words import count

if TYPE_CHECKING:
    from kgraph.fetch.run import Fetched

SERVICES = ("hf", "arxiv", "openalex", "s2", "crossref")


class Day(click.ParamType):  # type: ignore[type-arg]  # generic for type checkers alone
    """A day in ISO 8601; a month or a year means its first day, or its last with `last`."""

    name = "date"

    def __init__(self, *, last: bool) -> None:
        self.last = last

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the day as "2024-01-31"."""
        from calendar import monthrange

        found = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", str(value))
        if not found:
            self.fail(f"{value!r} is no date such as 2024, 2024-01 or 2024-01-31", param, ctx)
        year, month, day = (int(part) if part else 0 for part in found.groups())
        try:
            month = month or (12 if self.last else 1)
            return date(year, month, day or (monthrange(year, month)[1] if self.last else 1)).isoformat()
        except ValueError:
            self.fail(f"there is no {value}", param, ctx)


@click.command()
@click.argument("service", type=click.Choice(SERVICES))
@click.option("--query", default="", help="Words, or an expression in the service's own language.")
@click.option("--since", type=Day(last=False), help="First day (2024-01-31, 2024-01 or 2024).")
@click.option("--until", type=Day(last=True), help="Last day.")
@click.option("--id", "ids", multiple=True, help="An id that the service knows; can be given again.")
@click.option("--ids", "ids_file", type=click.Path(path_type=Path, allow_dash=True), help="A file with one id a line.")
@click.option("--limit", type=click.IntRange(1), help="At most this many papers  [1000 of a query, all of the ids]")
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="Where to write  [SERVICE.jsonl]")
@click.option("--offline", is_flag=True, help="Answer from the cache alone.")
@click.option("--refresh", is_flag=True, help="Ask again for what the cache has.")
@click.option("--restart", is_flag=True, help="Throw an unfinished fetch into the same file away.")
@click.option("--budget", type=click.FloatRange(0), help="Dollars to spend at most, where a service charges.")
@click.option("--cache", type=click.Path(path_type=Path, dir_okay=False), help="Where answers are kept.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def fetch(
    service: str,
    query: str,
    since: str | None,
    until: str | None,
    ids: tuple[str, ...],
    ids_file: Path | None,
    limit: int | None,
    out: Path | None,
    offline: bool,
    refresh: bool,
    restart: bool,
    budget: float | None,
    cache: Path | None,
    as_json: bool,
) -> None:
    """Fetch papers from a service into a file of JSON lines, which `kgraph build` reads.

    By --query, by days, or by ids. An interrupted fetch goes on where it stopped when the same command is given again.
    Keys come from the environment (HF_TOKEN, OPENALEX_API_KEY, S2_API_KEY, CROSSREF_PLUS_TOKEN) or the configuration
    file.

    \b
    Examples:
      kgraph fetch hf --since 2025-08-01 --until 2025-08-31 -o august.jsonl
      kgraph fetch arxiv --query "abs:accelerator AND cat:cs.AR" --since 2024 --limit 500
      kgraph fetch openalex --ids dois.txt -o papers.jsonl
    """
    given = _ids(ids, ids_file)
    if bool(given) == bool(query or since or until):
        raise click.UsageError("Say what to fetch: --query and days, or ids (not both).")
    if since and until and since > until:
        raise click.UsageError("--since is after --until.")
    from kgraph.cli import settings
    from kgraph.cli.network import Progress, client_of, summary
    from kgraph.fetch.run import SOURCES
    from kgraph.fetch.run import fetch as run
    from kgraph.fetch.source import Wanted, normal_ids

    source = SOURCES[service]
    limit = limit or (None if given else 1000)
    wanted = Wanted(query, since or "", until or "", normal_ids(source, given))
    target = out or Path(f"{service}.jsonl")
    again = ["kgraph", "fetch", service]
    for name, value in (
        ("--query", query), ("--since", since), ("--until", until), ("--ids", ids_file), ("--cache", cache)
    ):  # fmt: skip
        again += [name, str(value)] if value else []
    again += [part for id_ in ids for part in ("--id", id_)]
    again += [*(["--limit", str(limit)] if limit else []), "-o", str(target)]
    with (
        client_of(service, cache=cache, offline=offline, refresh=refresh, budget=budget) as client,
        Progress(f"{client.service.title}", quiet=settings().quiet) as progress,
    ):
        client.notify = progress.say
        done = run(
            source, client, wanted, target,
            limit=limit, restart=restart, resume=shlex.join(again), progress=progress.update,
        )  # fmt: skip
    summary(
        as_json,
        {
            "file": str(target),
            "papers": done.rows,
            "of": done.total,
            "missing": list(done.missing),
            "unusable": done.unusable,
        },
        client.usage,
        _text(target, done, client.service.title),
    )


def _ids(ids: tuple[str, ...], file: Path | None) -> list[str]:
    if file is None:
        return list(ids)
    from kgraph.errors import InputError

    try:
        lines = (sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8-sig")).splitlines()
    except UnicodeDecodeError:
        raise InputError("not text", where=str(file), remedy="give one id a line") from None
    found = [re.split(r"(?:^|\s)#", line)[0].strip() for line in lines]  # a DOI may hold the mark of a comment
    given = [*ids, *filter(None, found)]
    if not given:
        raise InputError("no ids in this file", where=str(file), remedy="give one id a line")
    return given


def _text(out: Path, done: Fetched, title: str) -> list[str]:
    more = done.total is not None and done.total > done.rows + len(done.missing) + done.unusable
    lines = [f"{count(done.rows, 'paper')} in {out}" + (f", of {done.total:,} at {title}" if more else "")]
    if done.missing:
        shown = ", ".join(done.missing[:5]) + (", …" if len(done.missing) > 5 else "")
        lines.append(f"{count(len(done.missing), 'id')} that {title} doesn't know: {shown}")
    if done.unusable:
        lines.append(f"{count(done.unusable, 'item')} without a title or an id left out")
    return lines
