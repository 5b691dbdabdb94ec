"""`kgraph rank`: what the shape of the citation graph tells."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kgraph.cli.options import graph_option

if TYPE_CHECKING:
    from kgraph.model import Knowledge

KINDS = ("pagerank", "co-citation", "coupling")


@click.command()
@click.argument("kind", type=click.Choice(KINDS), default="pagerank")
@graph_option
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Rows to show.")
@click.option("--least", type=click.IntRange(1), default=2, show_default=True, help="Least number that counts a pair.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per row.")
def rank(kind: str, graph: Path, limit: int, least: int, as_json: bool) -> None:
    """Rank papers by the citations among them, or pair those that citations bring together.

    pagerank: papers by PageRank, those outside the collection among them. co-citation: pairs of the collection that are
    cited together, with by how many papers. coupling: pairs that cite the same papers, with how many.

    \b
    Examples:
      kgraph rank
      kgraph rank co-citation --least 5
      kgraph rank coupling --json
    """
    from kgraph.errors import GraphError
    from kgraph.graph.tables import load

    knowledge = load(graph)
    if not knowledge.citations:
        raise GraphError(
            "no citations are known",
            where=str(graph),
            remedy=f"kgraph cite --graph {graph} && kgraph rebuild -o {graph}",
        )
    rows = _rows(kind, knowledge, least)[:limit]
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=True))
        return
    _print(rows, _titles(knowledge))


def _rows(kind: str, knowledge: Knowledge, least: int) -> list[dict[str, Any]]:
    from kgraph.graph.citations import co_citation, coupling, pagerank

    if kind == "pagerank":
        return [{"paper": paper, "rank": round(share, 9)} for paper, share in pagerank(knowledge).items()]
    count, name = (co_citation, "citing") if kind == "co-citation" else (coupling, "cited")
    return [{"paper": a, "other": b, name: n} for a, b, n in count(knowledge, least=least)]


def _titles(knowledge: Knowledge) -> dict[str, str]:
    return {p.id: f"{p.title} ({p.year})" if p.year else p.title for p in knowledge.papers if p.title}


def _print(rows: list[dict[str, Any]], titles: dict[str, str]) -> None:
    """Print the number first, then the papers by title; those known by an id alone by that."""
    from kgraph.cli.terminal import safe

    for row in rows:
        *papers, number = row.values()
        shown = f"{number:.6f}" if isinstance(number, float) else f"{number:>6,}"
        click.echo(f"{shown}  " + "  |  ".join(safe(titles.get(id_, id_)) for id_ in papers))
    if not rows:
        click.echo("none", err=True)
