"""`kgraph serve`: the explorer, a query page and a SPARQL endpoint."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option(
    "--graph",
    type=click.Path(path_type=Path),
    default=Path("exports"),
    show_default=True,
    help="Export folder, or an RDF file.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free port.")
@click.option(
    "--allow-host", "hosts", multiple=True, metavar="NAME", help="A name by which it may be called; repeatable."
)
@click.option(
    "--timeout", default=10.0, show_default=True, type=click.FloatRange(0.1, 3600), help="Seconds for a query."
)
@click.option(
    "--max-rows", default=50_000, show_default=True, type=click.IntRange(1), help="Rows or triples of an answer."
)
@click.option("--max-memory", default=1024, show_default=True, type=click.IntRange(64), help="Megabytes for a query.")
@click.option("--workers", default=4, show_default=True, type=click.IntRange(1, 64), help="Queries at the same time.")
@click.option(
    "--drawn", default=3000, show_default=True, type=click.IntRange(1), help="Things that the explorer starts with."
)
def serve(
    graph: Path,
    host: str,
    port: int,
    hosts: tuple[str, ...],
    timeout: float,
    max_rows: int,
    max_memory: int,
    workers: int,
    drawn: int,
) -> None:
    """Serve an export: the explorer at /, a query page at /query, SPARQL 1.1 at /sparql.

    Read-only. Queries may use the prefixes of `kgraph query` without declaring them. It listens to this machine alone
    unless --host says otherwise; then name it with --allow-host.

    \b
    Examples:
      kgraph serve
      kgraph serve --graph out --port 8080
    """
    from kgraph.serve.limits import Limits
    from kgraph.serve.run import run

    def ready(address: str) -> None:
        click.echo(f"explorer   {address}\nqueries    {address}query\nSPARQL     {address}sparql\nCtrl-C ends it")

    limits = Limits(seconds=timeout, rows=max_rows, megabytes=max_memory, workers=workers, drawn=drawn)
    run(graph, host, port, hosts, limits, ready)
