"""Run the benchmarks and print the table: `python -m benchmarks --help`."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

from rich.console import Console
from rich.table import Table

import kgraph
from benchmarks import bare, builds, cluster, extraction, page, queries, services, turtle
from benchmarks.corpus import records
from benchmarks.measure import Row, load, machine

NAMES = ("extraction", "bare", "turtle", "queries", "page", "services", "builds", "cluster")


HEAD = """# Benchmarks

Made by `python -m benchmarks`. Times are medians of runs that take turns with the peer's, after a warm-up; builds are
whole processes, run once. *Times better* is above 1 where kgraph is faster or smaller.
"""


def arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which: {', '.join(NAMES)} (default: all)")
    parser.add_argument("--corpus", type=Path, help="a file of papers to measure on (default: the embedded sample)")
    parser.add_argument("--papers", type=int, default=1000, help="papers in the graph that is queried and drawn")
    parser.add_argument("--sizes", default="100", help="sizes of the builds, such as 1000,10000,100000")
    parser.add_argument("--graph", type=Path, help="an export: `turtle` and `queries` measure it instead, at its size")
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each timing")
    parser.add_argument("--markdown", type=Path, help="also write the table to this file")
    asked = parser.parse_args()
    if wrong := sorted(set(asked.names) - set(NAMES)):
        parser.error(f"no benchmark is named {', '.join(wrong)}; there are {', '.join(NAMES)}")
    return asked


def main() -> None:
    """Measure what is asked for and print it."""
    asked = arguments()
    names = asked.names or list(NAMES)
    console = Console(stderr=True)
    sizes = [int(size) for size in asked.sizes.split(",")]
    rows: list[Row] = []
    if asked.graph:
        large = {
            "turtle": lambda: turtle.at_size(asked.graph),
            "queries": lambda: queries.at_size(asked.graph, asked.runs),
        }
        _tell([row for name in names if name in large for row in large[name]()], asked.markdown)
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        texts = records(asked.corpus, max([asked.papers, *sizes]))
        source = folder / "papers.jsonl"
        builds.write_rows(texts[: asked.papers], source)

        @cache
        def graph() -> kgraph.Graph:
            return kgraph.build(source)

        steps: dict[str, Callable[[], list[Row]]] = {
            "extraction": lambda: extraction.measure(texts[: asked.papers], asked.runs),
            "bare": lambda: bare.measure(texts[: asked.papers], graph(), folder, asked.runs),
            "turtle": lambda: turtle.measure(graph(), folder, asked.runs),
            "queries": lambda: queries.measure(graph(), folder, asked.runs),
            "page": lambda: page.measure(graph(), folder, asked.runs),
            "services": lambda: services.measure(asked.papers, folder),
            "builds": lambda: builds.measure(
                texts, [size for size in sizes if size <= len(texts)] or [len(texts)], folder
            ),
            "cluster": cluster.rows,
        }
        for name in names:
            console.print(f"measuring {name}")
            rows += steps[name]()
    _tell(rows, asked.markdown)


def _tell(rows: list[Row], path: Path | None) -> None:
    table = Table("what", "kgraph", "peer", "times better", title=machine())
    for row in rows:
        table.add_row(row.what, row.ours, row.peer, "" if row.ratio is None else f"{row.ratio:.1f}")
    Console().print(table)
    if path:
        path.write_text(markdown(rows), encoding="utf-8")


def markdown(rows: list[Row]) -> str:
    """Return the table as Markdown, with the machine named below."""
    lines = ["| what | kgraph | peer | times better |", "|---|---|---|---|"]
    for row in rows:
        lines.append(f"| {row.what} | {row.ours} | {row.peer} | {'' if row.ratio is None else f'{row.ratio:.1f}'} |")
    return "\n".join([HEAD, *lines, "", f"Measured on {date.today().isoformat()}; {machine()}; {load()}.", ""])


if __name__ == "__main__":
    main()
