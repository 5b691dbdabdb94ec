"""`kgraph query`: SPARQL over an export."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgraph.cli import settings
from kgraph.words import count

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Store

    from kgraph.query.engine import Answer
    from kgraph.query.named import Query

FORMATS = ("table", "csv", "tsv", "json", "ttl")


@click.command()
@click.argument("what", metavar="NAME|FILE.rq|-", required=False)
@click.argument("more", nargs=-1, metavar="")
@click.option("-p", "--param", "params", multiple=True, metavar="KEY=VALUE", help="Set a parameter; repeatable.")
@click.option(
    "--graph",
    type=click.Path(path_type=Path),
    default=Path("exports"),
    show_default=True,
    help="Export folder or RDF file.",
)
@click.option("--format", "format_", type=click.Choice(FORMATS), help="Default: table, or ttl for CONSTRUCT.")
@click.option("--list", "list_", is_flag=True, help="List the named queries with their parameters.")
@click.option("--show", is_flag=True, help="Print the query, to be pasted elsewhere, instead of running it.")
@click.option("--prefixes", is_flag=True, help="Print the prefixes that queries may use, to be pasted elsewhere.")
@click.option("--allow-remote", is_flag=True, help="Let SERVICE ask other machines.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="End a query that takes longer. [default: never]",
)
def query(
    what: str | None,
    more: tuple[str, ...],
    params: tuple[str, ...],
    graph: Path,
    format_: str | None,
    list_: bool,
    show: bool,
    prefixes: bool,
    allow_remote: bool,
    timeout: float | None,
) -> None:
    """Ask the graph: a named query, a SPARQL file, or SPARQL from standard input.

    Entities are given by label, alias or id, in any case, papers also by DOI or address. The graph is only read.
    The prefixes kg, schema, dcterms, skos, cito, fabio, prism, mls, prov, oa, xsd, rdf, rdfs, owl, void, dcat and dc
    need no declaration.

    csv is safe to open in a spreadsheet; tsv and json keep every value exact, as SPARQL 1.1 has them. Only the answer
    goes to standard output, so all formats can be piped.

    \b
    Examples:
      kgraph query --list
      kgraph query beats -p loser=vLLM -p min=2
      kgraph query runs-on -p hardware=A100 --format csv
      kgraph query beats -p loser=vLLM --show > beats.rq
      echo 'SELECT ?s { ?s a kg:System } LIMIT 5' | kgraph query -
    """
    from kgraph.cli.endable import endable
    from kgraph.cli.terminal import safe
    from kgraph.errors import QueryError
    from kgraph.graph.iris import PREFIXES
    from kgraph.query.bind import validate
    from kgraph.query.engine import find, run
    from kgraph.query.hints import hints
    from kgraph.query.named import assignments
    from kgraph.query.store import open_graph

    if list_:
        click.echo("\n".join(_listing()))
        return
    if prefixes:
        click.echo("\n".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items()))
        return
    if what is None:
        raise click.UsageError("name a query, a file or -; `kgraph query --list` lists the named queries")
    wanted = find(what)
    if more:
        takes = [parameter.name for parameter in wanted.parameters] or ["name"]
        raise click.UsageError(f"{more[0]!r} is the value of what? Write it as -p {'=... or -p '.join(takes)}=...")
    try:  # says what is wrong with the parameters before a big graph is opened
        values = assignments(list(params))
        validate(wanted, values, all_of_them=not show)
    except QueryError as error:
        raise click.UsageError(str(error)) from None
    if show:
        click.echo(_shown(wanted, values, graph))
        return
    with endable():
        store, names = open_graph(graph, _making)
    with endable(timeout, f"the query took longer than {timeout or 0:g} s (--timeout gives it more)"):
        answer = run(store, wanted, values, allow_remote=allow_remote, names=names)
        text, rows = _written(store, answer, format_)
    click.echo(text, nl=False)
    if rows is not None:
        click.echo(count(rows, "row"), err=True)
    if not settings().quiet:
        for hint in hints(store, wanted.text, empty=rows == 0):
            click.echo(f"note: {safe(hint)}", err=True)


def _shown(wanted: Query, values: dict[str, str], graph: Path) -> str:
    """Return the query to be pasted elsewhere; the graph is opened only to look up the things that it asks about."""
    from kgraph.query.bind import bind
    from kgraph.query.names import resolve
    from kgraph.query.portable import portable
    from kgraph.query.store import open_graph

    def found(name: str, classes: Sequence[str]) -> Sequence[NamedNode]:
        store, names = open_graph(graph, _making)
        return resolve(store, name, names, classes)

    text = bind(wanted, values, found, all_of_them=False)
    return portable(wanted, text, values)


def _making() -> None:
    if not settings().quiet:
        click.echo("a store of this graph is made, once", err=True)


def _written(store: Store, answer: Answer, format_: str | None) -> tuple[str | bytes, int | None]:
    """Return the whole answer in its format, and for a table how many rows it has."""
    from pyoxigraph import QueryTriples

    from kgraph.cli.tables import lay_out
    from kgraph.query import formats
    from kgraph.query.engine import base_of

    chosen = format_ or ("ttl" if isinstance(answer, QueryTriples) else "table")
    if chosen == "csv":
        return formats.to_csv(answer), None
    if chosen == "tsv":
        return formats.to_tsv(answer), None
    if chosen == "json":
        return formats.to_json(answer), None
    if chosen == "ttl":
        return formats.to_turtle(answer, base_of(store)), None
    table = formats.rows(answer)
    lines = lay_out(list(formats.shown(table, base_of(store))), _width())
    return "".join(f"{line}\n" for line in lines), len(table.rows)


def _width() -> int:
    """Return the width of the terminal; what goes to another program is never broken."""
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 1_000_000


def _listing() -> Sequence[str]:
    from kgraph.query.named import named

    lines: list[str] = []
    for found in named().values():
        lines.append(f"{found.name}  {found.title}")
        lines.append(f"    {found.question}")
        lines += [f"    -p {p.name}=...  {'' if p.required else 'optional: '}{p.about}" for p in found.parameters]
    return lines
