"""`kgraph cite`: the citations of an export's papers, into its folder."""

from __future__ import annotations

import shlex
from contextlib import ExitStack
from pathlib import Path

import click

from kgraph.words import count

SOURCES = ("openalex", "s2")


@click.command()
@click.option("--graph", "folder", type=click.Path(path_type=Path), default="exports", show_default=True,
              help="The export whose papers are looked up.")  # fmt: skip
@click.option("--from", "sources", type=click.Choice(SOURCES), multiple=True, help="Ask this service only.")
@click.option("--citing", type=click.IntRange(0), default=100, show_default=True,
              help="Citing papers to take per paper.")  # fmt: skip
@click.option("--outside", type=click.IntRange(0), default=1000, show_default=True,
              help="Papers outside the collection to take in per service, the most linked first.")  # fmt: skip
@click.option("--offline", is_flag=True, help="Answer from the cache alone.")
@click.option("--budget", type=click.FloatRange(0), help="Dollars to spend at most, where a service charges.")
@click.option("--cache", type=click.Path(path_type=Path, dir_okay=False), help="Where answers are kept.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
def cite(
    folder: Path,
    sources: tuple[str, ...],
    citing: int,
    outside: int,
    offline: bool,
    budget: float | None,
    cache: Path | None,
    as_json: bool,
) -> None:
    """Find the papers of an export at OpenAlex and Semantic Scholar and take what they cite and what cites them.

    Writes citations.jsonl into the export's folder; `kgraph rebuild` puts the citations into the graph and later
    rebuilds keep them. A stopped run goes on where it was when the same command is given again.

    \b
    Examples:
      kgraph cite && kgraph rebuild
      kgraph cite --from s2 --citing 0       references alone, with the sentences that cite
    """
    from kgraph.cli import settings
    from kgraph.cli.network import Progress, cache_of, summary
    from kgraph.errors import GraphError
    from kgraph.fetch.cite import cite as run
    from kgraph.graph.tables import load
    from kgraph.http import Budget, Client, Usage, load_settings
    from kgraph.references import FILE, write

    papers = [paper for paper in load(folder).papers if paper.records]
    if not papers:
        raise GraphError("this export has no papers", where=str(folder), remedy="build one first")
    again = ["kgraph", "cite", "--graph", str(folder), "--citing", str(citing), "--outside", str(outside)]
    again += [part for name in sources for part in ("--from", name)]
    again += ["--cache", str(cache)] if cache else []
    found = load_settings()
    account = Usage()
    with ExitStack() as stack:
        store = stack.enter_context(cache_of(cache))
        progress = stack.enter_context(Progress("citations", quiet=settings().quiet))
        clients = {
            name: Client(
                found.services[name], found, store,
                offline=offline, budget=Budget(most=budget), usage=account, notify=progress.say,
            )
            for name in dict.fromkeys(sources or SOURCES)
        }  # fmt: skip
        done = run(
            papers, clients,
            citing=citing, outside=outside, resume=shlex.join(again), progress=progress.stage,
        )  # fmt: skip
    write(folder / FILE, done.works, done.edges)
    facts = {
        "file": str(folder / FILE),
        "papers": len(papers),
        "sources": {
            a.source: {
                "found": a.found,
                "missing": list(a.missing),
                "citations": a.edges,
                "outside": a.described,
                "dangling": a.dangling,
            }
            for a in done.accounts
        },
    }
    lines = [
        f"{found.services[a.source].title}: {a.found} of {count(len(papers), 'paper')} found, "
        f"{count(a.edges, 'citation')}, "
        f"{count(a.described, 'paper')} outside the collection, {a.dangling} more known by their ids alone"
        for a in done.accounts
    ]
    lines += [f"citations in {folder / FILE}: kgraph rebuild -o {folder} puts them into the graph"]
    summary(as_json, facts, account, lines)
